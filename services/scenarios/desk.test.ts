import { expect, test } from 'vitest';
import { type Api, openStation, registerCrew, registerPlace, type Station } from './rig.ts';

interface Held {
  readonly holder?: { readonly name: string; readonly accountId: string };
  readonly offer?: { readonly name: string };
  readonly procedure?: { readonly id: string; readonly version: number; readonly binding: boolean; readonly steps: readonly Step[] };
  readonly timeline: readonly { readonly text: string; readonly said: { readonly zh: string } }[];
}
interface Step {
  readonly id: string;
  readonly done?: { readonly by: string };
}
type Colleagues = { readonly items: readonly { readonly accountId: string; readonly name: string; readonly holds: number }[] };

async function pressed(at: Station): Promise<string> {
  const key = await at.key('key-1', 'hospital');
  await key.press();
  return at.until(async () => {
    const [first] = await at.incidents();
    if (!first) throw new Error('no incident yet');
    return first.id;
  });
}

const fault = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'nothing was refused',
    (error: unknown) => String(error),
  );

test('two operators at one desk: who acknowledged has it, the other takes it over, hands it on, and everybody sees it', async () => {
  const at = await openStation();
  await registerPlace(at, []);
  const wang = await at.signIn('wang', ['operator']);
  const li = await at.signIn('li', ['operator']);
  const id = await pressed(at);
  const show = (api: Api) => api<Held>('GET', `/incidents/${id}`);

  await wang('POST', `/incidents/${id}/acknowledge`);
  expect((await show(li)).holder?.name).toBe('wang');
  expect(await fault(li('POST', `/incidents/${id}/hand-on`, { accountId: (await show(li)).holder?.accountId }))).toContain('wang has it');

  await li('POST', `/incidents/${id}/take-over`, { reason: 'wang is on the telephone' });
  expect((await show(wang)).holder?.name).toBe('li');
  const { items } = await li<Colleagues>('GET', '/colleagues');
  expect(items.map(({ name, holds }) => `${name} ${holds}`).sort()).toEqual(['admin 0', 'li 1', 'wang 0']);
  const accountId = items.find(({ name }) => name === 'wang')?.accountId;
  expect((await li<Held>('POST', `/incidents/${id}/hand-on`, { accountId, note: 'end of shift' })).offer?.name).toBe('wang');
  expect((await show(wang)).holder?.name).toBe('li');
  expect((await wang<Held>('POST', `/incidents/${id}/take-over`)).offer).toBeUndefined();

  const { timeline, holder } = await show(li);
  expect(holder?.name).toBe('wang');
  expect(timeline.slice(-3).map(({ text }) => text)).toEqual([
    'li took the incident from wang; note: wang is on the telephone',
    'li asks wang to take the incident; note: end of shift',
    'wang took the incident that li handed on',
  ]);
  expect(timeline.at(-1)?.said.zh).toBe('值班员wang接手li转交的警情');
  expect((await at.events('incident.')).map(({ type }) => type.split('.')[2])).toEqual(
    expect.arrayContaining(['acknowledged', 'taken', 'handed-on']),
  );
  expect(await at.api('GET', `/incidents/${id}/chain`)).toMatchObject({ intact: true });
});

test('mandatory steps of the procedure that the site names hold the closing back; it keeps the version it began with', async () => {
  const at = await openStation();
  await registerPlace(at, []);
  const steps = ['look', 'call'].map((step) => ({ id: step, text: { zh: step, en: step }, mandatory: true }));
  const ward = { title: { zh: '病区', en: 'Ward' }, kinds: [], steps };
  await at.api('POST', '/procedures', { id: 'ward', ...ward });
  const site = await at.api('GET', '/sites/hospital');
  await at.api('PUT', '/sites/hospital', { ...site, procedureId: 'ward' });
  const wang = await at.signIn('wang', ['operator']);
  const id = await pressed(at);
  await at.api('PUT', '/procedures/ward', { ...ward, steps: [...steps, { id: 'more', text: { zh: '多', en: 'more' }, mandatory: true }] });

  await wang('POST', `/incidents/${id}/steps/look`, { done: true, note: 'two people' });
  expect(await fault(wang('POST', `/incidents/${id}/steps/more`, { done: true }))).toContain('404');
  const refused = await fault(wang('POST', `/incidents/${id}/close`, { disposition: 'genuine' }));
  expect(refused).toContain('409');
  expect(refused).toContain('"code":"steps-missing"');
  expect(refused).toContain('"path":"body.steps.call"');
  expect(await fault(wang('POST', `/incidents/${id}/close`, { disposition: 'genuine', override: 'hurry' }))).toContain('403');

  const ticked = await wang<Held>('POST', `/incidents/${id}/steps/call`, { done: true });
  expect(ticked.procedure).toMatchObject({ id: 'ward', version: 1, binding: true });
  expect(ticked.procedure?.steps.map((step) => step.done?.by)).toEqual(['wang', 'wang']);
  await wang('POST', `/incidents/${id}/steps/call`, { done: false });
  await at.api('POST', `/incidents/${id}/close`, { disposition: 'genuine', override: 'the line to the site is dead' });
  const { timeline } = await at.api<Held>('GET', `/incidents/${id}`);
  expect(timeline.slice(-4).map(({ text }) => text)).toEqual([
    'Procedure: wang did: look; note: two people',
    'Procedure: wang did: call',
    'Procedure: wang took back: call',
    'Closed by admin as genuine; mandatory steps left out: the line to the site is dead',
  ]);
  const { items } = await at.api<{ items: { act: string }[] }>('GET', '/audit');
  expect(items.map(({ act }) => act)).toContain('incident.steps-left-out');
});

test('a procedure found by the kind of the incident is guidance: it is shown, and closing waits for nothing', async () => {
  const at = await openStation();
  await registerPlace(at, []);
  const id = await pressed(at);
  expect((await at.api<Held>('GET', `/incidents/${id}`)).procedure).toMatchObject({ id: 'hospital-alarm', version: 1, binding: false });
  await at.api('POST', `/incidents/${id}/close`, { disposition: 'test' });
  expect((await at.incident(id)).state).toBe('closed');
});

test('the desk sees what stands around: whom to call, who could go, what could look and speak, and who is next', async () => {
  const at = await openStation();
  const [near] = await registerCrew(at, ['near', 'far', 'further']);
  await at.api('PUT', '/stations/central', { name: 'Central station', location: { lat: 30.1, lon: 120.1 }, dutyUnitId: 'further' });
  await at.camera('eye', 'hospital');
  await at.loudspeaker('horn', 'hospital');
  const id = await pressed(at);
  await at.until(() => expect(near.effective()).toHaveLength(1));
  const around = await at.api<{ units: { id: string; order?: object; distance: number; circle?: number; freshness: string }[] }>(
    'GET',
    `/incidents/${id}/surroundings`,
  );
  expect(around).toMatchObject({
    site: { id: 'hospital', name: 'First Hospital', address: '1 River Road' },
    station: { id: 'central', dutyUnit: 'further' },
    grid: { id: 'riverside' },
    cameras: [{ id: 'eye', state: 'online' }],
    loudspeakers: [{ id: 'horn', state: 'online' }],
    circles: [{ minutes: 1, city: 500 }, { minutes: 3 }, { minutes: 5 }],
  });
  expect(around.units.map((unit) => unit.id)).toEqual(['near', 'far', 'further']);
  expect(around.units[0]).toMatchObject({ distance: 111, circle: 1, freshness: 'fresh-position', order: { state: expect.any(String) } });
  expect(around.units[2]?.order).toBeUndefined();

  const { items } = await at.api<{ items: object[] }>('GET', `/incidents?ids=${id}`);
  expect(items).toMatchObject([
    {
      siteName: 'First Hospital',
      deviceName: 'key-1',
      stationName: 'Central station',
      clock: { name: 'acknowledge', level: 1, next: [{ step: 'sound-again', en: 'sound the alarm again' }] },
    },
  ]);
  // The duty leader, who is due at the second level, is named.
  await at.clock.advance(15_000);
  await at.until(async () =>
    expect((await at.incident(id)).clock).toMatchObject({
      level: 2,
      next: [{ step: 'next-unit' }, { step: 'duty-leader', unitId: 'further', unit: 'further' }],
    }),
  );
});
