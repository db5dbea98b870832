import { expect, onTestFinished, test } from 'vitest';
import { openOnvifCamera, type Quirks } from '../../devices/cameras/onvif/simulator.ts';
import { render, type View } from '../../devices/media/looking-testing.ts';
import { seconds } from '../alarm/index.ts';
import { noMedia } from '../dispatch/no-media.ts';
import type { Clock } from '../ports.ts';
import { openStation, registerCrew, type Station } from './rig.ts';

interface Report {
  readonly maintenance: readonly { readonly deviceId: string; readonly kind: string; readonly fault: string; readonly since: string }[];
  readonly coverage: { readonly cameras: number; readonly good: number; readonly faulty: number; readonly unknown: number };
}

/** Pictures are had from the simulator over HTTP; in place of ffmpeg stands one who knows what each shows by a word in it. */
let moment = 0;
const showing = (what: string): Uint8Array =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(`shows:${what};`), Buffer.from([0xff, 0xd9])]);
const views: Readonly<Record<string, Partial<View>>> = { street: {}, cloth: { cloth: 1 }, turned: { turned: [40, 4] } };
const media = (clock: Clock) => ({
  ...noMedia(() => clock.now()),
  gray: async (jpeg: Uint8Array) => {
    moment += 1;
    const what = /shows:(\w+);/.exec(Buffer.from(jpeg).toString('latin1'))?.[1] ?? '';
    return render({ street: 3, light: 'sunny', moment, ...views[what] }).luma;
  },
});

async function camera(at: Station, id: string, picture: () => Uint8Array, quirks: Quirks = {}) {
  const simulated = await openOnvifCamera({ id, username: 'ops', password: 'secret', picture, quirks, now: () => at.clock.now() });
  onTestFinished(() => simulated.close());
  // Nobody watches its events: a pull waits in real time, and would not keep up with a story that moves its clock by minutes.
  const settings = { address: simulated.address, username: 'ops', password: 'secret', events: 'published' };
  await at.register('camera', id, { driver: 'onvif', siteId: 'hospital', supervisionSeconds: 86_400, settings });
  return simulated;
}

const report = (at: Station) => at.api<Report>('GET', '/reports/device-health');
const standing = async (at: Station) =>
  (await report(at)).maintenance
    .filter(({ kind }) => kind === 'camera')
    .map(({ deviceId, fault }) => `${deviceId} ${fault}`)
    .sort();

/** A look ends when the camera has answered, so time moves in small steps until it has come to that. */
async function pass(at: Station, what: readonly string[]): Promise<void> {
  await at.until(async () => {
    await at.clock.advance(seconds(10));
    expect(await standing(at)).toEqual(what);
  });
}

test('cameras are looked at in turn; what is wrong is told, listed and over when it was put right', async () => {
  const at = await openStation({ media, health: { period: 60 } });
  await registerCrew(at, ['near']);
  let hall = 'street';
  await camera(at, 'hall', () => showing(hall));
  await camera(at, 'gate', () => showing('cloth'));
  await camera(at, 'yard', () => showing('street'), { clockOffset: 3_600_000 });

  await pass(at, ['gate covered', 'yard wrong-clock']);
  const { coverage } = await report(at);
  expect(coverage).toMatchObject({ cameras: 3, good: 1, faulty: 2, unknown: 0 });

  expect(await at.api('POST', '/cameras/hall/reference', {})).toMatchObject({ cameraId: 'hall', light: 'day' });
  hall = 'turned';
  await pass(at, ['gate covered', 'hall moved', 'yard wrong-clock']);
  await at.api('POST', '/cameras/hall/reference', {});
  expect(await standing(at)).toEqual(['gate covered', 'yard wrong-clock']);

  const events = await at.store.desk.selectFrom('events').selectAll().where('type', 'like', 'baiying.camera.%').orderBy('seq').execute();
  const told = events.map(({ type, data }) => `${type.split('.')[2]} ${String(data['cameraId'])} ${String(data['fault'])}`);
  expect(told.slice(0, 2).sort()).toEqual(['fault gate covered', 'fault yard wrong-clock']);
  expect(told.slice(2)).toEqual(['fault hall moved', 'recovered hall moved']);
});
