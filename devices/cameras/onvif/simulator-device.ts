import { childrenOf, tag, textAt, type Xml } from '../../xml.ts';
import { type CameraState, type Operations, prefixes, type ServiceName, SimulatedFault, servicePaths } from './simulator-state.ts';

/** Device, DeviceIO and PTZ services of a simulated camera. */

export function deviceOperations(camera: CameraState): Operations {
  return { ...deviceService(camera), ...inputsAndRelays(camera), ...ptzService(camera) };
}

const deviceService = (camera: CameraState): Operations => ({
  GetSystemDateAndTime: () => tag('tds:GetSystemDateAndTimeResponse', {}, systemTime(camera.clock())),
  GetDeviceInformation: () =>
    tag(
      'tds:GetDeviceInformationResponse',
      {},
      tag('tds:Manufacturer', {}, camera.options.maker ?? 'Baiying'),
      tag('tds:Model', {}, camera.options.model ?? 'Simulated dome'),
      tag('tds:FirmwareVersion', {}, '1.0'),
      tag('tds:SerialNumber', {}, camera.options.id),
      tag('tds:HardwareId', {}, 'simulator'),
    ),
  GetServices: () => {
    if (camera.quirks.withoutServices === true) throw notImplemented();
    return tag('tds:GetServicesResponse', {}, ...services(camera).map((name) => service(camera, name)));
  },
  GetCapabilities: () => tag('tds:GetCapabilitiesResponse', {}, capabilities(camera)),
  GetScopes: () => tag('tds:GetScopesResponse', {}),
});

export const notImplemented = (): SimulatedFault => new SimulatedFault(['ter:ActionNotSupported'], 'Optional Action Not Implemented', 500);

function systemTime(clock: number): Xml {
  const at = new Date(clock);
  const number = (name: string, value: number): Xml => tag(`tt:${name}`, {}, value);
  return tag(
    'tds:SystemDateAndTime',
    {},
    tag('tt:DateTimeType', {}, 'NTP'),
    tag('tt:DaylightSavings', {}, 'false'),
    tag(
      'tt:UTCDateTime',
      {},
      tag('tt:Time', {}, number('Hour', at.getUTCHours()), number('Minute', at.getUTCMinutes()), number('Second', at.getUTCSeconds())),
      tag('tt:Date', {}, number('Year', at.getUTCFullYear()), number('Month', at.getUTCMonth() + 1), number('Day', at.getUTCDate())),
    ),
  );
}

function services(camera: CameraState): ServiceName[] {
  const media = camera.quirks.media ?? [1, 2];
  return [
    'tds',
    ...(media.includes(1) ? (['trt'] as const) : []),
    ...(media.includes(2) ? (['tr2'] as const) : []),
    'tev',
    'tmd',
    ...(camera.presets.size > 0 ? (['tptz'] as const) : []),
  ];
}

const address = (camera: CameraState, name: ServiceName): string => camera.base() + servicePaths[name];

function service(camera: CameraState, name: ServiceName): Xml {
  const abilities: Readonly<Record<string, string>> =
    name === 'tev'
      ? {
          WSPullPointSupport: 'true',
          MaxPullPoints: String(camera.options.slots ?? 4),
          PersistentNotificationStorage: 'true',
          MaxEventBrokers: '1',
          EventBrokerProtocols: 'mqtt mqtts',
        }
      : {};
  return tag(
    'tds:Service',
    {},
    tag('tds:Namespace', {}, prefixes[`xmlns:${name}`]),
    tag('tds:XAddr', {}, address(camera, name)),
    tag('tds:Capabilities', {}, tag(`${name}:Capabilities`, abilities)),
    tag('tds:Version', {}, tag('tt:Major', {}, 2), tag('tt:Minor', {}, 60)),
  );
}

function capabilities(camera: CameraState): Xml {
  const has = services(camera);
  const part = (element: string, name: ServiceName): Xml | undefined =>
    has.includes(name) ? tag(`tt:${element}`, {}, tag('tt:XAddr', {}, address(camera, name))) : undefined;
  return tag(
    'tds:Capabilities',
    {},
    part('Device', 'tds'),
    part('Events', 'tev'),
    part('Media', 'trt'),
    part('PTZ', 'tptz'),
    tag('tt:Extension', {}, part('DeviceIO', 'tmd')),
  );
}

function inputsAndRelays(camera: CameraState): Operations {
  const restsClosed = (): boolean => camera.quirks.relaysRestClosed === true;
  const relay = (element: string, token: string): Xml =>
    tag(
      element,
      { token },
      tag(
        'tt:Properties',
        {},
        tag('tt:Mode', {}, 'Bistable'),
        tag('tt:DelayTime', {}, 'PT0S'),
        tag('tt:IdleState', {}, restsClosed() ? 'closed' : 'open'),
      ),
    );
  return {
    GetDigitalInputs: () =>
      tag(
        'tmd:GetDigitalInputsResponse',
        {},
        ...[...camera.inputs.keys()].map((token) => tag('tmd:DigitalInputs', { token, IdleState: 'open' })),
      ),
    GetRelayOutputs: ({ path }) => {
      const [name, element] = path === servicePaths.tmd ? (['tmd', 'tmd:RelayOutputs'] as const) : (['tds', 'tds:RelayOutputs'] as const);
      return tag(`${name}:GetRelayOutputsResponse`, {}, ...[...camera.relays.keys()].map((token) => relay(element, token)));
    },
    SetRelayOutputState: ({ path, body }) => {
      const token = textAt(body, 'RelayOutputToken') ?? '';
      if (!camera.relays.has(token)) throw new SimulatedFault(['ter:InvalidArgVal', 'ter:RelayToken'], 'Unknown relay token');
      camera.relays.set(token, (textAt(body, 'LogicalState') === 'active') !== restsClosed());
      return tag(path === servicePaths.tmd ? 'tmd:SetRelayOutputStateResponse' : 'tds:SetRelayOutputStateResponse', {});
    },
  };
}

/** A move that nobody stopped ends by itself. */
function ptzService(camera: CameraState): Operations {
  let endMove = (): void => undefined;
  const halt = (): void => {
    endMove();
    camera.aim = { ...camera.aim, pan: 0, tilt: 0, zoom: 0, moving: false };
  };
  return {
    GetPresets: () =>
      tag(
        'tptz:GetPresetsResponse',
        {},
        ...[...camera.presets].map(([token, name]) => tag('tptz:Preset', { token }, tag('tt:Name', {}, name))),
      ),
    GotoPreset: ({ body }) => {
      const preset = textAt(body, 'PresetToken') ?? '';
      if (!camera.presets.has(preset)) throw new SimulatedFault(['ter:InvalidArgVal', 'ter:NoToken'], 'No such preset');
      halt();
      camera.aim = { ...camera.aim, preset };
      return tag('tptz:GotoPresetResponse', {});
    },
    ContinuousMove: ({ body }) => {
      const velocity = childrenOf(body, 'Velocity')[0];
      const speed = (element: string, axis: string): number => Number(childrenOf(velocity, element)[0]?.attributes[axis] ?? 0);
      halt();
      camera.aim = { pan: speed('PanTilt', 'x'), tilt: speed('PanTilt', 'y'), zoom: speed('Zoom', 'x'), moving: true };
      const seconds = secondsOf(textAt(body, 'Timeout'));
      if (seconds !== undefined && camera.quirks.deafToTimeout !== true) endMove = camera.after(seconds * 1000, halt);
      return tag('tptz:ContinuousMoveResponse', {});
    },
    Stop: () => {
      halt();
      return tag('tptz:StopResponse', {});
    },
  };
}

/** `PT1M5.5S` in seconds; days and hours as well, months and years never. */
export function secondsOf(duration: string | undefined): number | undefined {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(duration?.trim() ?? '');
  if (!match) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
