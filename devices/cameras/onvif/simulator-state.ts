import type { After } from '../../web.ts';
import type { Xml, XmlElement } from '../../xml.ts';

/** What a simulated ONVIF camera is and does, apart from how it speaks. */

export type Authentication = 'none' | 'wsse' | 'digest' | 'either';

export interface CameraOptions {
  /** In the name, the serial number and the picture, so that a mix-up shows. */
  readonly id: string;
  readonly username?: string;
  readonly password?: string;
  /** Default `either`, and `none` without a password. `digest` is HTTP Digest alone. */
  readonly authentication?: Authentication;
  readonly maker?: string;
  readonly model?: string;
  /** Where the RTSP simulator serves this camera, for example `rtsp://127.0.0.1:8554/cam`. */
  readonly rtsp?: string;
  /** Tokens of its digital inputs and relays. */
  readonly inputs?: readonly string[];
  readonly relays?: readonly string[];
  readonly presets?: readonly { readonly token: string; readonly name: string }[];
  /** How many subscriptions it keeps at once. Default 4. */
  readonly slots?: number;
  /** The still picture; by default one of its own for each camera. */
  readonly picture?: () => Uint8Array;
  readonly quirks?: Quirks;
  readonly port?: number;
  /** TLS: `{ key, cert }` in PEM. */
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly now?: () => number;
  readonly after?: After;
}

/** How it departs from the standard or from other makers. Read at each request. */
export interface Quirks {
  /** Its clock less the true one, milliseconds. */
  readonly clockOffset?: number;
  /** Stands in all its addresses instead of its own host and port. */
  readonly announcedHost?: string;
  /** Media services it has. Default both. */
  readonly media?: readonly (1 | 2)[];
  readonly withoutSnapshot?: boolean;
  /** Profiles lack RateControl and Bounds. */
  readonly sparseProfiles?: boolean;
  readonly withoutProfiles?: boolean;
  /** Knows GetCapabilities only, as before 2012. */
  readonly withoutServices?: boolean;
  /** Names a subscription by a reference parameter, not by its path (Axis). */
  readonly referenceParameters?: boolean;
  /** Relays that close at rest. */
  readonly relaysRestClosed?: boolean;
  /** Ignores the timeout of a move, as cheap domes do. */
  readonly deafToTimeout?: boolean;
  /** Refuses a CreatePullPoint without InitialTerminationTime with 500 (Tapo). */
  readonly wantsTerminationTime?: boolean;
}

export interface Asked {
  readonly at: number;
  /** Local name of the SOAP body, or `GET` with the path. */
  readonly operation: string;
  readonly path: string;
  status: number;
}

/** Names of a topic's source and data, in their order. */
export interface Happening {
  readonly topic: string;
  readonly source: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
  /** Absent for what has no state. */
  readonly property?: 'Initialized' | 'Changed' | 'Deleted';
}

/** Everything that the services of one camera share. */
export interface CameraState {
  readonly options: CameraOptions;
  quirks: Quirks;
  /** True time. */
  readonly now: () => number;
  /** The camera's own. */
  readonly clock: () => number;
  readonly after: After;
  /** `http://host:port` as it writes it into its answers. */
  readonly base: () => string;
  /** LogicalState by token. */
  readonly inputs: Map<string, boolean>;
  /** Whether the contact is closed, by token. */
  readonly relays: Map<string, boolean>;
  readonly presets: Map<string, string>;
  /** The preset or move it was last told. */
  aim: { preset?: string; pan: number; tilt: number; zoom: number; moving: boolean };
  readonly raise: (happening: Happening) => void;
}

export interface Request {
  readonly path: string;
  readonly header: XmlElement | undefined;
  /** The first element of the body. */
  readonly body: XmlElement;
  /** Aborted when the client has gone. */
  readonly gone: AbortSignal;
}

export type Operation = (request: Request) => Xml | Promise<Xml>;
export type Operations = Readonly<Record<string, Operation>>;

/** A SOAP fault that the camera answers. Subcodes with their prefix (`ter`, `wsntw`, `wsrf`), outer first. */
export class SimulatedFault extends Error {
  readonly subcodes: readonly string[];
  readonly status: number;
  constructor(subcodes: readonly string[], reason: string, status = 400) {
    super(reason);
    this.subcodes = subcodes;
    this.status = status;
  }
}

/** The prefixes that stand in every envelope of the camera. */
export const prefixes: Readonly<Record<string, string>> = {
  'xmlns:s': 'http://www.w3.org/2003/05/soap-envelope',
  'xmlns:wsa': 'http://www.w3.org/2005/08/addressing',
  'xmlns:tt': 'http://www.onvif.org/ver10/schema',
  'xmlns:tds': 'http://www.onvif.org/ver10/device/wsdl',
  'xmlns:trt': 'http://www.onvif.org/ver10/media/wsdl',
  'xmlns:tr2': 'http://www.onvif.org/ver20/media/wsdl',
  'xmlns:tev': 'http://www.onvif.org/ver10/events/wsdl',
  'xmlns:tmd': 'http://www.onvif.org/ver10/deviceIO/wsdl',
  'xmlns:tptz': 'http://www.onvif.org/ver20/ptz/wsdl',
  'xmlns:wsnt': 'http://docs.oasis-open.org/wsn/b-2',
  'xmlns:wsntw': 'http://docs.oasis-open.org/wsn/bw-2',
  'xmlns:wsrf': 'http://docs.oasis-open.org/wsrf/rw-2',
  'xmlns:ter': 'http://www.onvif.org/ver10/error',
  'xmlns:tns1': 'http://www.onvif.org/ver10/topics',
};

/** Where each service answers. */
export const servicePaths = {
  tds: '/onvif/device_service',
  trt: '/onvif/media_service',
  tr2: '/onvif/media2_service',
  tev: '/onvif/event_service',
  tmd: '/onvif/deviceio_service',
  tptz: '/onvif/ptz_service',
} as const;
export type ServiceName = keyof typeof servicePaths;
