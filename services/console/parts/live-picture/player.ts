import { playOn } from './freshness.ts';

/** What the server says of a camera that cannot be shown. */
export interface PictureTrouble {
  readonly code: string;
  readonly detail: string;
  readonly remedy: string;
}

export interface PlayerNews {
  /** A picture was put on the screen; `lag` is how far behind the newest received it was, milliseconds. */
  shown(lag: number): void;
  trouble(trouble: PictureTrouble): void;
  /** The way to the camera ended; `opened` false when it was never let in. */
  closed(opened: boolean): void;
}

/** As much of the past as the browser keeps, seconds. */
const kept = 10;

/** Plays one camera into one video element: fragmented MP4 over a WebSocket into Media Source Extensions. */
export class Player {
  readonly #video: HTMLVideoElement;
  readonly #news: PlayerNews;
  readonly #socket: WebSocket;
  readonly #waiting: ArrayBuffer[] = [];
  #media: MediaSource | undefined;
  #buffer: SourceBuffer | undefined;
  #url = '';
  #jumpedAt = Number.NEGATIVE_INFINITY;
  #ended = false;
  #opened = false;

  constructor(video: HTMLVideoElement, address: string, news: PlayerNews) {
    this.#video = video;
    this.#news = news;
    this.#socket = new WebSocket(address);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.addEventListener('open', () => {
      this.#opened = true;
    });
    this.#socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => this.#take(data));
    this.#socket.addEventListener('close', () => {
      if (!this.#ended) news.closed(this.#opened);
    });
    this.#look();
  }

  static readonly possible = (): boolean => 'MediaSource' in globalThis && MediaSource.isTypeSupported('video/mp4; codecs="avc1.42E01E"');

  /** Leaves the last picture where it stands. */
  leave(): void {
    this.#ended = true;
    this.#socket.close();
    URL.revokeObjectURL(this.#url);
  }

  close(): void {
    this.leave();
    this.#video.removeAttribute('src');
    this.#video.load();
  }

  #take(data: string | ArrayBuffer): void {
    if (this.#ended) return;
    if (typeof data !== 'string') {
      this.#waiting.push(data);
      this.#feed();
      return;
    }
    const message = JSON.parse(data) as { type: string; codec?: string } & PictureTrouble;
    if (message.type === 'trouble') this.#news.trouble(message);
    else if (message.codec !== undefined) this.#begin(`video/mp4; codecs="${message.codec}"`);
  }

  /** Each initialisation segment gets a new MediaSource: what came before belongs to another picture. */
  #begin(type: string): void {
    this.#waiting.length = 0;
    this.#buffer = undefined;
    if (!MediaSource.isTypeSupported(type)) {
      this.#news.trouble({ code: 'codec', detail: type, remedy: '' });
      return;
    }
    const media = new MediaSource();
    this.#media = media;
    URL.revokeObjectURL(this.#url);
    this.#url = URL.createObjectURL(media);
    this.#video.src = this.#url;
    media.addEventListener('sourceopen', () => {
      if (this.#media !== media || this.#ended) return;
      this.#buffer = media.addSourceBuffer(type);
      this.#buffer.addEventListener('updateend', () => this.#feed());
      this.#feed();
    });
  }

  #feed(): void {
    const buffer = this.#buffer;
    if (!buffer || buffer.updating || this.#ended || this.#media?.readyState !== 'open') return;
    const video = this.#video;
    const ranges = Array.from(
      { length: buffer.buffered.length },
      (_none, at) => [buffer.buffered.start(at), buffer.buffered.end(at)] as const,
    );
    const { seek, rate } = playOn(ranges, video.currentTime, performance.now() - this.#jumpedAt);
    if (seek !== undefined) {
      video.currentTime = seek;
      this.#jumpedAt = performance.now();
    }
    video.playbackRate = rate;
    if (video.paused) video.play().catch((error: unknown) => console.info('the picture waits to be played:', error));
    const oldest = ranges[0]?.[0] ?? 0;
    if (video.currentTime - oldest > 2 * kept) return buffer.remove(0, video.currentTime - kept);
    const piece = this.#waiting.shift();
    if (piece) buffer.appendBuffer(piece);
  }

  /** Told by the browser when a picture is really on the screen. */
  #look(): void {
    this.#video.requestVideoFrameCallback(() => {
      if (this.#ended) return;
      const { buffered, currentTime } = this.#video;
      const end = buffered.length > 0 ? buffered.end(buffered.length - 1) : currentTime;
      this.#news.shown(Math.max(0, end - currentTime) * 1000);
      this.#look();
    });
  }
}
