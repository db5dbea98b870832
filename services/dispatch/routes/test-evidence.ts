import { checkBundle } from '../../console/verify/bundle.ts';
import { openContainer } from '../../console/verify/container.ts';
import type { Report } from '../../console/verify/report.ts';
import type { Register } from '../../store/register-view.ts';
import { addIncident, addPicture, type Bench, evidenceBench, sourceOf, word } from '../evidence/testing.ts';
import { evidenceRoutes } from './evidence.ts';
import { testApp } from './test-app.ts';

const nobody = () => undefined;
export const register = { site: nobody, station: nobody, grid: nobody, unit: nobody, device: nobody } as unknown as Register;
const picture = Buffer.alloc(200_000, 'picture');

/** A station that gives evidence, with what a test may want to do to it. */
export async function station() {
  const bench = await evidenceBench();
  const { store, shelf, clock, keys } = bench;
  const app = await testApp(evidenceRoutes({ db: store.routine, shelf, register, clock, keys, version: '0.0.0' }));
  const take = async (id: string, role = 'operator') => app.inject({ url: `/incidents/${id}/evidence`, headers: { 'x-role': role } });
  const check = async (id: string): Promise<Report> => checkBundle(sourceOf((await take(id)).rawPayload));
  return { ...bench, app, take, check };
}

export const words = Array.from({ length: 5 }, (_, index) => word(`第 ${index + 1} 条`, { z: index, a: { c: [1.5, null], b: '"' } }));

/** An incident with five notes and a picture. */
export async function furnished(bench: Bench): Promise<string> {
  const id = await addIncident(bench, 17, words);
  await addPicture(bench, id, 0, picture);
  return id;
}

/** The parts of a bundle, by path. */
export async function unpacked(bytes: Uint8Array): Promise<ReadonlyMap<string, string>> {
  const source = sourceOf(bytes);
  const { files } = (await openContainer(source)) ?? { files: [] };
  const texts = files.map(async ({ path, start, end }) => [path, Buffer.from(await source.read(start, end)).toString('utf8')] as const);
  return new Map(await Promise.all(texts));
}
