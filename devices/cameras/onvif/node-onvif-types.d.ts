/** node-onvif 0.1.7 has no types of its own; these are of the parts that `node-onvif.ts` and `discovery.ts` use. */

interface OnvifAnswer {
  readonly answer: import('../../xml.ts').XmlElement;
}

interface OnvifService {
  /** The parsed address of the service; one object for each service object. */
  readonly oxaddr: object;
}

interface OnvifServiceOptions {
  readonly xaddr: string;
}

declare module 'node-onvif' {
  export class Prober {
    /** What the probes are sent with. */
    _udp: {
      send(bytes: Uint8Array, offset: number, length: number, port: number, address: string, sent: (error: Error | null) => void): void;
    } | null;
    /** Sends three probes, each three times, 150 ms apart. */
    _sendProbe(): Promise<void>;
  }
  const onvif: Prober;
  export default onvif;
}

declare module 'node-onvif/lib/modules/soap.js' {
  const soap: {
    requestCommand(oxaddr: object, method: string, envelope: string): Promise<OnvifAnswer>;
  };
  export default soap;
}

declare module 'node-onvif/lib/modules/service-device.js' {
  export default class OnvifServiceDevice implements OnvifService {
    constructor(options: OnvifServiceOptions);
    readonly oxaddr: object;
    getDeviceInformation(): Promise<OnvifAnswer>;
    getCapabilities(): Promise<OnvifAnswer>;
    getRelayOutputs(): Promise<OnvifAnswer>;
  }
}

declare module 'node-onvif/lib/modules/service-media.js' {
  export default class OnvifServiceMedia implements OnvifService {
    constructor(options: OnvifServiceOptions);
    readonly oxaddr: object;
    getProfiles(): Promise<OnvifAnswer>;
    getStreamUri(asked: { readonly ProfileToken: string; readonly Protocol: 'UDP' | 'HTTP' | 'RTSP' }): Promise<OnvifAnswer>;
    getSnapshotUri(asked: { readonly ProfileToken: string }): Promise<OnvifAnswer>;
  }
}

declare module 'node-onvif/lib/modules/service-ptz.js' {
  export default class OnvifServicePtz implements OnvifService {
    constructor(options: OnvifServiceOptions);
    readonly oxaddr: object;
    getPresets(asked: { readonly ProfileToken: string }): Promise<OnvifAnswer>;
    gotoPreset(asked: { readonly ProfileToken: string; readonly PresetToken: string }): Promise<OnvifAnswer>;
    continuousMove(asked: {
      readonly ProfileToken: string;
      readonly Velocity: { readonly x: number; readonly y: number; readonly z: number };
      /** Whole seconds. */
      readonly Timeout: number;
    }): Promise<OnvifAnswer>;
    stop(asked: { readonly ProfileToken: string; readonly PanTilt: boolean; readonly Zoom: boolean }): Promise<OnvifAnswer>;
  }
}
