import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { realAfter } from '../../web.ts';
import type { XmlElement } from '../../xml.ts';
import { deviceOperations } from './simulator-device.ts';
import { EventService } from './simulator-events.ts';
import { type Fault, openServer } from './simulator-http.ts';
import { mediaOperations } from './simulator-media.ts';
import { type Asked, type CameraOptions, type CameraState, type Happening, type Quirks, servicePaths } from './simulator-state.ts';

/**
 * An ONVIF camera that really speaks: device, media, events, inputs and relays, PTZ, the still picture. Each listens on a
 * port of its own on 127.0.0.1 and costs no timer while nobody asks, so hundreds fit in one process. Its stream is the RTSP
 * simulator's, discovery `simulator-discovery.ts`.
 */

export type { Fault, FaultKind } from './simulator-http.ts';
export type { Asked, Authentication, CameraOptions, Happening, Quirks } from './simulator-state.ts';

/** What a camera says of itself to a probe. */
export interface Announcement {
  readonly urn: string;
  readonly types: readonly string[];
  readonly scopes: readonly string[];
  readonly addresses: readonly string[];
}

export interface OnvifCamera {
  readonly port: number;
  /** Of its device service. */
  readonly address: string;
  readonly announcement: () => Announcement;
  /** The newest requests, oldest first, up to two thousand. */
  readonly ledger: readonly Asked[];
  /** Contact closed by token, and where it looks. */
  readonly state: Pick<CameraState, 'inputs' | 'relays' | 'aim'>;
  /** Settings that AddEventBroker left, by address. */
  readonly brokers: ReadonlyMap<string, XmlElement>;
  /** Subscriptions that are open now. */
  subscriptions(): number;
  /** Sets the LogicalState of an input; tells only when it changed, as a camera does. */
  input(token: string, state: boolean): void;
  /** Contact of a normally open key: closed, and open again. */
  press(token: string): void;
  release(token: string): void;
  /** On both topics, as most makers tell it. */
  motion(on: boolean): void;
  raise(happening: Happening): void;
  /** From the next request on; undefined lifts it. */
  fail(fault: Fault | undefined): void;
  quirk(quirks: Quirks): void;
  /** Starts anew: lines broken, subscriptions forgotten, states kept. */
  restart(): void;
  /** Off the network: connections are refused until `plug`. */
  unplug(): Promise<void>;
  plug(): Promise<void>;
  close(): Promise<void>;
}

const ledgerLength = 2000;
const deviceTypes = ['dn:NetworkVideoTransmitter', 'tds:Device'];

/** @throws when the port is taken */
export async function openOnvifCamera(options: CameraOptions): Promise<OnvifCamera> {
  const wire = new Wire(options.port ?? 0);
  const { state, link } = stateOf(options, () => wire.base(options.tls !== undefined));
  const events = new EventService(state);
  link((happening) => events.raise(happening));
  for (const [token, on] of state.inputs) events.raise(inputEvent(token, on, 'Initialized'));
  const ledger: Asked[] = [];
  let fault: Fault | undefined;
  await wire.open(
    openServer({
      camera: state,
      operations: { ...deviceOperations(state), ...mediaOperations(state), ...events.operations },
      picture: options.picture ?? (() => ownPicture(options.id)),
      fault: () => fault,
      noted: (asked) => {
        ledger.push(asked);
        if (ledger.length > ledgerLength) ledger.shift();
      },
    }),
  );
  const input = (token: string, on: boolean): void => {
    if (state.inputs.get(token) === on) return;
    state.inputs.set(token, on);
    events.raise(inputEvent(token, on, 'Changed'));
  };
  return {
    get port() {
      return wire.port;
    },
    get address() {
      return wire.base(options.tls !== undefined) + servicePaths.tds;
    },
    announcement: () => announcementOf(options, state),
    ledger,
    state,
    brokers: events.brokers,
    subscriptions: () => events.open(),
    input,
    press: (token) => input(token, true),
    release: (token) => input(token, false),
    motion: (on) => {
      for (const event of motionEvents(on)) events.raise(event);
    },
    raise: (happening) => events.raise(happening),
    fail: (next) => {
      fault = next;
    },
    quirk: (quirks) => {
      state.quirks = quirks;
    },
    restart: () => {
      wire.drop();
      events.forget();
    },
    unplug: () => wire.close(),
    plug: () => wire.listen(),
    close: () => wire.close(),
  };
}

function stateOf(options: CameraOptions, base: () => string): { state: CameraState; link: (raise: CameraState['raise']) => void } {
  const now = options.now ?? Date.now;
  let raise: CameraState['raise'] = () => undefined;
  const state: CameraState = {
    options,
    quirks: options.quirks ?? {},
    now,
    clock: () => now() + (state.quirks.clockOffset ?? 0),
    after: options.after ?? realAfter,
    base: () => (state.quirks.announcedHost === undefined ? base() : `http://${state.quirks.announcedHost}`),
    inputs: new Map((options.inputs ?? []).map((token) => [token, false])),
    relays: new Map((options.relays ?? []).map((token) => [token, options.quirks?.relaysRestClosed === true])),
    presets: new Map((options.presets ?? []).map(({ token, name }) => [token, name])),
    aim: { pan: 0, tilt: 0, zoom: 0, moving: false },
    raise: (happening) => raise(happening),
  };
  return {
    state,
    link: (to) => {
      raise = to;
    },
  };
}

const inputEvent = (token: string, on: boolean, property: 'Initialized' | 'Changed'): Happening => ({
  topic: 'tns1:Device/Trigger/DigitalInput',
  source: { InputToken: token },
  data: { LogicalState: String(on) },
  property,
});

const motionEvents = (on: boolean): Happening[] => [
  {
    topic: 'tns1:RuleEngine/CellMotionDetector/Motion',
    source: {
      VideoSourceConfigurationToken: 'VideoSource_1',
      VideoAnalyticsConfigurationToken: 'Analytics_1',
      Rule: 'MyMotionDetectorRule',
    },
    data: { IsMotion: String(on) },
    property: 'Changed',
  },
  { topic: 'tns1:VideoSource/MotionAlarm', source: { Source: 'VideoSource_1' }, data: { State: String(on) }, property: 'Changed' },
];

function announcementOf({ id, maker = 'Baiying', model = 'Simulated dome' }: CameraOptions, state: CameraState): Announcement {
  const scope = (kind: string, value: string): string => `onvif://www.onvif.org/${kind}/${encodeURIComponent(value)}`;
  return {
    urn: `urn:uuid:00000000-0000-4000-8000-${Buffer.from(id).toString('hex').slice(-12).padStart(12, '0')}`,
    types: deviceTypes,
    scopes: [scope('name', `${maker} ${id}`), scope('hardware', model), scope('type', 'video_encoder'), 'onvif://www.onvif.org/Profile/T'],
    addresses: [state.base() + servicePaths.tds],
  };
}

/** A grey JPEG of 16 by 16, with the camera's id in a comment behind its first marker. */
const grey = Buffer.from(
  '/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAAg+Pkk+SVVVVVVVVWRdZGhoaGRkZGRoaGhwcHCDg4NwcHBoaHBwfHyDg4+Tj4eHg4eTk5ubm7q6srLZ2eD/////' +
    'xABKAAEAAAAAAAAAAAAAAAAAAAAAAQEAAAAAAAAAAAAAAAAAAAAAEAEAAAAAAAAAAAAAAAAAAAAAEQEAAAAAAAAAAAAAAAAAAAAA/8AAEQgAEAAQAwEiAAIRAAMRAP/aAAwD' +
    'AQACEQMRAD8AAA//2Q==',
  'base64',
);

function ownPicture(id: string): Uint8Array {
  const comment = Buffer.from(id);
  const marker = Buffer.from([0xff, 0xfe, 0, 0]);
  marker.writeUInt16BE(comment.length + 2, 2);
  return Buffer.concat([grey.subarray(0, 2), marker, comment, grey.subarray(2)]);
}

/** The listening socket, which can be taken away and brought back on the same port. */
class Wire {
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();
  port: number;

  constructor(port: number) {
    this.port = port;
  }

  base(secure: boolean): string {
    return `${secure ? 'https' : 'http'}://127.0.0.1:${this.port}`;
  }

  open(server: Server): Promise<void> {
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => this.#sockets.delete(socket));
    });
    return this.listen();
  }

  async listen(): Promise<void> {
    const server = this.#server;
    if (!server || server.listening) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once('error', reject);
    server.listen(this.port, '127.0.0.1', resolve);
    await promise;
    server.off('error', reject);
    this.port = (server.address() as AddressInfo).port;
  }

  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    if (!this.#server?.listening) return;
    const closed = Promise.withResolvers<void>();
    this.#server.close(() => closed.resolve());
    this.drop();
    await closed.promise;
  }
}
