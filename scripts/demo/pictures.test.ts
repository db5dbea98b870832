import { expect, onTestFinished, test } from 'vitest';
import { openMedia } from '../../devices/media/index.ts';
import { ffmpegHere, silentLog } from '../../devices/media/testing.ts';
import { makeCounty } from './map.ts';
import { openSight, seenBy } from './pictures.ts';

const county = makeCounty(1);

test('whoever looks after a press sees something: all cameras of the sites whose keys act have a picture, a few keep it ready', async ({
  skip,
}) => {
  if (!(await ffmpegHere())) skip('no ffmpeg');
  const said: string[] = [];
  const open = (port: number) => openSight(county.cast.seen, { port, say: (line) => said.push(line) });
  const sight = await open(0);
  if (!sight) throw new Error(said.join());
  onTestFinished(sight.close);
  const seen = seenBy(county, sight);
  const pictured = seen.devices.filter(({ settings }) => settings['stream'] !== undefined);
  const keySites = new Set(seen.devices.filter(({ id }) => county.cast.keys.includes(id)).map(({ siteId }) => siteId));
  expect(new Set(pictured.map(({ siteId }) => siteId))).toEqual(keySites);
  expect(pictured.filter(({ settings }) => settings['preRoll'] === true)).toHaveLength(8);

  const media = openMedia({ log: silentLog });
  onTestFinished(() => media.close());
  const last = pictured.at(-1)?.id ?? '';
  const source = async () => ({ url: sight.url(last), host: '127.0.0.1' });
  const still = await media.still(last, { source, signal: AbortSignal.timeout(20_000) });
  expect([...still.jpeg.subarray(0, 2)]).toEqual([0xff, 0xd8]);

  const other = await open(sight.port);
  expect(other?.port).not.toBe(sight.port);
  await other?.close();
});
