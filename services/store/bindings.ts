import { sql } from 'kysely';
import { viewOf } from '../../devices/cameras/view.ts';
import { Fault, type FieldFault } from '../errors.ts';
import { audit } from './audit.ts';
import type { Db, Store } from './connect.ts';
import { type Device, getShelf } from './register.ts';
import { type Act, type Written, writeRegister } from './register-write.ts';

/** What installers bind to each other. A binding stands among the settings of the camera or the loudspeaker; see devices/. */

export interface BoundCamera {
  readonly id: string;
  /** The camera's token of the preset that shows it. */
  readonly preset?: string;
}

/**
 * Binds exactly these cameras to a key or a site: those that were bound and are not named let go of it.
 * @throws Fault `body-invalid` naming each that is no camera
 */
export function bindCameras(store: Store, to: string, cameras: readonly BoundCamera[], by: Act): Promise<Written<void>> {
  return writeRegister(store, async (db, changed) => {
    const wanted = new Map(cameras.map((camera) => [camera.id, camera]));
    const devices = new Map([...(await boundTo(db, to)), ...(await named(db, [...wanted.keys()]))].map((device) => [device.id, device]));
    const faults = cameras.flatMap(({ id }, index): FieldFault[] =>
      devices.get(id)?.kind === 'camera' ? [] : [{ path: `cameras.${index}.id`, message: `there is no camera ${id}` }],
    );
    if (faults.length > 0) throw new Fault('body-invalid', undefined, faults);
    for (const device of devices.values()) {
      const settings = bound(device.settings, to, wanted.get(device.id));
      if (JSON.stringify(settings) === JSON.stringify(device.settings)) continue;
      await keep(db, device.id, settings, by);
      changed.add(`devices:${device.id}`);
    }
    const data = { cameras: cameras.map(({ id, preset }) => (preset === undefined ? id : `${id} ${preset}`)) };
    await audit(db, { at: by.at, by: by.by, act: 'cameras.bound', subject: `devices:${to}`, data });
  });
}

function bound(settings: Device['settings'], to: string, camera: BoundCamera | undefined): Record<string, unknown> {
  const { watches = [], aims = {} } = viewOf(settings);
  const others = watches.filter((id) => id !== to);
  const presets = Object.entries(aims).filter(([id]) => id !== to);
  const { watches: _watches, aims: _aims, ...rest } = settings;
  const now = camera === undefined ? others : watches.includes(to) ? watches : [...others, to];
  if (camera?.preset !== undefined) presets.push([to, camera.preset]);
  return {
    ...rest,
    ...(now.length === 0 ? {} : { watches: [...now] }),
    ...(presets.length === 0 ? {} : { aims: Object.fromEntries(presets) }),
  };
}

export interface SpeakerBindings {
  /** The camera that hears it; null: none. Absent: as it was. */
  readonly ear?: string | null | undefined;
  readonly fallback?: string | null | undefined;
}

/** @throws Fault `body-invalid` for an ear that is no camera, or a fallback that is no other loudspeaker */
export function bindSpeaker(store: Store, id: string, bindings: SpeakerBindings, by: Act): Promise<Written<void>> {
  return writeRegister(store, async (db, changed) => {
    const speaker = await getShelf(db, 'devices', id);
    if (speaker?.kind !== 'loudspeaker') throw new Fault('not-found', `There is no loudspeaker ${id}`);
    const faults: FieldFault[] = [];
    for (const [path, kind] of [
      ['ear', 'camera'],
      ['fallback', 'loudspeaker'],
    ] as const) {
      const other = bindings[path];
      if (typeof other !== 'string') continue;
      const device = other === id ? undefined : await getShelf(db, 'devices', other);
      if (device?.kind !== kind) faults.push({ path, message: `there is no other ${kind} ${other}` });
    }
    if (faults.length > 0) throw new Fault('body-invalid', undefined, faults);
    const told = Object.entries(bindings).filter(([, other]) => other !== undefined);
    const settings = Object.fromEntries(
      Object.entries({ ...speaker.settings, ...Object.fromEntries(told) }).filter(([, value]) => value !== null),
    );
    await keep(db, id, settings, by);
    changed.add(`devices:${id}`);
    await audit(db, { at: by.at, by: by.by, act: 'loudspeaker.bound', subject: `devices:${id}`, data: { ...bindings } });
  });
}

async function boundTo(db: Db, to: string): Promise<Device[]> {
  const { rows } = await sql<{ id: string }>`select id from devices where kind = 'camera' and
    (settings->'watches' ? ${to} or settings->'aims' ? ${to})`.execute(db);
  return named(
    db,
    rows.map(({ id }) => id),
  );
}

const named = async (db: Db, ids: readonly string[]): Promise<Device[]> =>
  (await Promise.all(ids.map((id) => getShelf(db, 'devices', id)))).flatMap((device) => device ?? []);

async function keep(db: Db, id: string, settings: object, { at }: Act): Promise<void> {
  await db
    .updateTable('devices')
    .set({ settings: JSON.stringify(settings), updated_at: new Date(at) })
    .where('id', '=', id)
    .execute();
}
