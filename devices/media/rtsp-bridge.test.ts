import { connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headerOf, type RtspItem, type RtspMessage, rtspReader, statusOf, writeRtsp } from './rtsp.ts';
import { type Bridge, type BridgeOptions, openBridge } from './rtsp-bridge.ts';
import { openRtspSimulator, type RtspFault, type RtspSimulator, type SimulatedStream } from './rtsp-simulator.ts';
import { pretendedPictures as pictures } from './testing.ts';

/** What ffmpeg does at the bridge's own end. */
class Client {
  readonly #socket: Socket;
  readonly #items: RtspItem[] = [];
  #wake = (): void => undefined;
  #closed = false;
  #seq = 0;

  constructor(bridge: Bridge) {
    const reader = rtspReader();
    this.#socket = connect(Number(new URL(bridge.url).port), '127.0.0.1');
    this.#socket.on('error', () => this.#socket.destroy());
    this.#socket.on('data', (chunk) => {
      this.#items.push(...reader.push(chunk));
      this.#wake();
    });
    this.#socket.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
  }

  send(method: string, uri: string, headers: readonly (readonly [string, string])[] = []): void {
    this.#seq += 1;
    this.#socket.write(
      writeRtsp({ first: `${method} ${uri} RTSP/1.0`, headers: [['CSeq', String(this.#seq)], ...headers], body: Buffer.alloc(0) }),
    );
  }

  /** Undefined when the connection was closed instead. */
  async next(): Promise<RtspItem | undefined> {
    for (;;) {
      const item = this.#items.shift();
      if (item || this.#closed) return item;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async ask(...what: Parameters<Client['send']>): Promise<RtspMessage | undefined> {
    this.send(...what);
    for (let item = await this.next(); item; item = await this.next()) if (item.kind === 'message') return item.message;
    return undefined;
  }

  leave(): void {
    this.#socket.destroy();
  }
}

let simulator: RtspSimulator;
let bridge: Bridge | undefined;
beforeEach(async () => {
  simulator = await openRtspSimulator({});
});
afterEach(async () => {
  bridge?.close();
  await simulator.close();
});

const open = async (
  stream: Partial<SimulatedStream>,
  who: { username?: string; password?: string; allowBasic?: boolean } = {},
  options: BridgeOptions = {},
): Promise<Client> => {
  simulator.set('/live', { pictures, ...stream });
  bridge = await openBridge({ url: simulator.url('/live'), host: '127.0.0.1', ...who }, options);
  return new Client(bridge);
};
const guard = { username: 'guard', password: 'pä"ss:wort' };

describe('the way to a camera', () => {
  it('is one address of our own, and pictures come through it', async () => {
    const client = await open({});
    const url = bridge?.url ?? '';
    const description = await client.ask('DESCRIBE', url);
    expect(Buffer.from(description?.body ?? []).toString()).toContain('m=video');
    expect(headerOf(description ?? { headers: [] }, 'cseq')).toBe('1');
    await client.ask('SETUP', `${url}/track1`, [['Transport', 'RTP/AVP/TCP;unicast;interleaved=0-1']]);
    const playing = await client.ask('PLAY', url);
    expect(playing && statusOf(playing)).toBe(200);
    const item = await client.next();
    expect(item?.kind === 'data' && Buffer.from(item.bytes).subarray(0, 2)).toEqual(Buffer.from([0x24, 0]));
    expect([bridge?.offers('video'), bridge?.offers('audio')]).toEqual([true, false]);
  });

  it.each([
    ['Digest with MD5', { ...guard }, {}],
    ['Digest with SHA-256', { ...guard, algorithm: 'SHA-256' as const }, {}],
    ['Basic, where the installer allows it', { ...guard, basic: true }, { allowBasic: true }],
  ])('logs in by %s, which the other side does not see', async (_, credentials, more) => {
    const client = await open({ credentials }, { ...guard, ...more });
    const answer = await client.ask('DESCRIBE', bridge?.url ?? '');
    expect(answer && statusOf(answer)).toBe(200);
    expect(bridge?.url).not.toContain('guard');
  });

  const faults: readonly (readonly [RtspFault, string])[] = [
    ['missing', 'misconfigured'],
    ['busy', 'busy'],
    ['redirect', 'misconfigured'],
    ['reset', 'unreachable'],
    ['garbage', 'garbled'],
  ];
  const ends: readonly (readonly [string, Partial<SimulatedStream>, Parameters<typeof open>[1], string])[] = [
    ['a wrong password', { credentials: guard }, { ...guard, password: 'x' }, 'refused'],
    ['no password where one is wanted', { credentials: guard }, {}, 'refused'],
    ['a password that would go out readable', { credentials: { ...guard, basic: true } }, guard, 'misconfigured'],
    ...faults.map(([fault, code]) => [fault, { fault }, {}, code] as const),
  ];
  it.each(ends)('%s ends it, with the reason', async (_, stream, who, code) => {
    const client = await open(stream, who);
    expect(await client.ask('DESCRIBE', bridge?.url ?? '')).toBeUndefined();
    expect(bridge?.trouble()).toMatchObject({ code });
    expect(bridge?.trouble()?.message).not.toMatch(/pä|127\.0\.0\.1|elsewhere/);
  });

  it('a camera that says nothing is left', async () => {
    const client = await open({ fault: 'silent' }, {}, { silentAfter: 40 });
    expect(await client.ask('DESCRIBE', bridge?.url ?? '')).toBeUndefined();
    expect(bridge?.trouble()).toMatchObject({ code: 'silent' });
  });

  it('a camera that is not there costs no process', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(openBridge({ url: `rtsp://127.0.0.1:${port}/`, host: '127.0.0.1' })).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('another program of this machine, which does not know the name, gets nothing', async () => {
    await open({});
    const port = new URL(bridge?.url ?? '').port;
    const stranger = new Client(bridge as Bridge);
    expect(await stranger.ask('DESCRIBE', `rtsp://127.0.0.1:${port}/live`)).toBeUndefined();
    const own = new Client(bridge as Bridge);
    expect(await own.ask('DESCRIBE', bridge?.url ?? '')).toBeDefined();
  });

  it('the camera is let go when ffmpeg ends', async () => {
    const client = await open({});
    const url = bridge?.url ?? '';
    await client.ask('SETUP', `${url}/track1`, [['Transport', 'RTP/AVP/TCP;unicast;interleaved=0-1']]);
    await client.ask('PLAY', url);
    expect(simulator.playing).toBe(1);
    client.leave();
    await expect.poll(() => simulator.playing).toBe(0);
  });
});
