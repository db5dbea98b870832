import worklet from './microphone-worklet.ts?worker&url';
import { loudness } from './resample.ts';

/** A person speaks to loudspeakers: microphone to WebSocket, as long as it lasts. */
export interface Talk {
  /** What was spoken is still said to its end. */
  end(): void;
}

export interface TalkNews {
  /** One loudspeaker speaks, waits for another's words, or is done. */
  loudspeaker(deviceId: string, state: 'talking' | 'waiting' | 'ended'): void;
  /** 0 to 1, some ten times a second. */
  level(loudness: number): void;
  over(): void;
}

/** Why there is no microphone. */
export class NoMicrophone extends Error {
  readonly why: 'insecure' | 'refused' | 'none';
  constructor(why: 'insecure' | 'refused' | 'none', cause?: unknown) {
    super(`no microphone: ${why}`, { cause });
    this.why = why;
  }
}

export interface OpenMicrophone {
  hear(take: (sound: Int16Array<ArrayBuffer>) => void): void;
  close(): void;
}

/** @throws NoMicrophone */
export async function openMicrophone(): Promise<OpenMicrophone> {
  if (!isSecureContext || !navigator.mediaDevices) throw new NoMicrophone('insecure');
  const stream = await navigator.mediaDevices
    .getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } })
    .catch((error: unknown) => {
      throw new NoMicrophone(error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'none', error);
    });
  const leave = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  return hearing(stream, leave).catch((error: unknown) => {
    leave();
    throw error;
  });
}

async function hearing(stream: MediaStream, leave: () => void): Promise<OpenMicrophone> {
  const context = new AudioContext();
  await context.audioWorklet.addModule(worklet);
  const node = new AudioWorkletNode(context, 'baiying-microphone', { numberOfOutputs: 0 });
  context.createMediaStreamSource(stream).connect(node);
  await context.resume();
  return {
    hear(take) {
      node.port.onmessage = ({ data }: MessageEvent<Int16Array<ArrayBuffer>>) => take(data);
    },
    close() {
      node.port.onmessage = null;
      leave();
      context.close().catch((error: unknown) => console.info('the microphone was closed already:', error));
    },
  };
}

/** Speaks to the loudspeakers of a live broadcast of one's own. */
export function openTalk(broadcastId: string, microphone: OpenMicrophone, news: TalkNews): Talk {
  const address = new URL(`/api/v1/broadcasts/${broadcastId}/talk?format=pcm`, location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(address);
  socket.addEventListener('open', () =>
    microphone.hear((sound) => {
      if (socket.readyState !== WebSocket.OPEN) return;
      socket.send(sound.buffer);
      news.level(loudness(sound));
    }),
  );
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const { type, deviceId } = JSON.parse(data) as { type: 'talking' | 'waiting' | 'ended'; deviceId: string };
    news.loudspeaker(deviceId, type);
  });
  socket.addEventListener('close', () => {
    microphone.close();
    news.over();
  });
  return {
    end() {
      microphone.close();
      if (socket.readyState === WebSocket.OPEN) socket.send('end');
      else socket.close();
    },
  };
}
