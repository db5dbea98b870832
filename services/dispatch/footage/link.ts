import { viewOf } from '../../../devices/cameras/view.ts';
import type { Powers } from '../../../devices/driver.ts';
import { type CameraSeen, callsUpCameras, type Incident, type LinkedCamera, type LinkPolicy, linkedCameras } from '../../alarm/index.ts';
import type { Device, Register } from '../../store/register-view.ts';

export interface LinkDeps {
  readonly register: Register;
  readonly link: LinkPolicy;
  /** What a camera can do; undefined where it is of no use. */
  readonly powersOf: (cameraId: string) => Powers | undefined;
}

export type CalledUp = LinkedCamera & { readonly gives: { readonly still: boolean; readonly clip: boolean } };

type Scene = Pick<Incident, 'kind' | 'siteId' | 'deviceId' | 'location' | 'silent'>;

/** More than any policy calls up, since some near ones look the other way. */
const mostNear = 64;

/** The cameras to be called up for an incident, best first; none for a fault of a device. */
export function camerasFor({ register, link, powersOf }: LinkDeps, incident: Scene): readonly CalledUp[] {
  if (!callsUpCameras(incident.kind) || link.most === 0) return [];
  const { siteId, deviceId, location } = incident;
  const source = deviceId === undefined ? undefined : register.device(deviceId);
  const candidates = [
    ...(source?.kind === 'camera' ? [source] : []),
    ...[deviceId, siteId].flatMap((id) => (id === undefined ? [] : register.camerasBoundTo(id))),
    ...(siteId === undefined ? [] : register.devicesAtSite(siteId).filter(({ kind }) => kind === 'camera')),
    ...(location === undefined ? [] : register.camerasNear(location, mostNear)),
  ];
  const scene = {
    silent: incident.silent,
    ...(deviceId === undefined ? {} : { deviceId }),
    ...(siteId === undefined ? {} : { siteId }),
    ...(location === undefined ? {} : { point: location }),
  };
  const once = new Map(candidates.map((camera) => [camera.id, camera]));
  const links = linkedCameras(
    scene,
    [...once.values()].map((camera) => seen(register, camera)),
    link,
  );
  return links.map((called) => {
    const powers = powersOf(called.cameraId);
    const clip = powers?.stream !== undefined;
    return { ...called, turns: called.turns && powers?.aim !== undefined, gives: { still: clip || powers?.snapshot !== undefined, clip } };
  });
}

function seen(register: Register, camera: Device): CameraSeen {
  const point = register.placeOf(camera);
  const { watches = [], aims = {}, bearing, fieldOfView, reach } = viewOf(camera.settings);
  return {
    id: camera.id,
    ...(camera.siteId === undefined ? {} : { siteId: camera.siteId }),
    ...(point === undefined ? {} : { point }),
    watches,
    aims,
    ...(bearing === undefined ? {} : { bearing }),
    ...(fieldOfView === undefined ? {} : { fieldOfView }),
    ...(reach === undefined ? {} : { reach }),
  };
}
