import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import { type Api, openStation, orderOn, registerCrew, type Station } from './rig.ts';

const password = 'scenario-account-password';

interface Item {
  readonly key: string;
  readonly kind: string;
  readonly note?: string;
  readonly number?: number;
  readonly deviceId?: string;
}
interface Handover {
  readonly id: string;
  readonly state: string;
  readonly items: readonly Item[];
  readonly notes: string;
  readonly hash?: string;
  readonly intact?: boolean;
  readonly outgoing: { readonly name: string; readonly signedAt?: string };
  readonly incoming?: { readonly name: string; readonly signedAt: string };
}

/** An open incident with an order that nobody answers, and a loudspeaker that went away. */
async function openShift(): Promise<{ at: Station; wang: Api; incidentId: string }> {
  const at = await openStation();
  const [radio] = await registerCrew(at, ['near']);
  const speaker = await at.loudspeaker('speaker-1', 'hospital');
  await (await at.key('key-1', 'hospital')).press();
  const { incidentId } = await orderOn(at, radio);
  await speaker.close();
  await at.until(async () => expect((await at.api('GET', '/devices/speaker-1'))['state']).toBe('offline'));
  return { at, wang: await at.signIn('wang', ['operator']), incidentId };
}

test('a shift is handed over: open things collected and noted, signed by both, and unchanged from then on', async () => {
  const { at, wang, incidentId } = await openShift();
  const li = await at.signIn('li', ['operator']);
  const draft = await wang<Handover>('POST', '/handovers');
  expect(draft.items.map(({ kind }) => kind)).toEqual(['incident', 'order', 'device']);
  expect(draft.items[2]).toMatchObject({ deviceId: 'speaker-1' });

  const key = `incident:${incidentId}`;
  await wang('PUT', `/handovers/${draft.id}`, {
    notes: 'Keys of the yard are with the guard',
    annotations: { [key]: 'The ward calls back' },
  });
  await wang('POST', `/incidents/${incidentId}/take-over`);
  const again = await wang<Handover>('POST', '/handovers');
  expect(again).toMatchObject({ id: draft.id, notes: 'Keys of the yard are with the guard' });
  expect(again.items.find((item) => item.key === key)).toMatchObject({ note: 'The ward calls back', holder: 'wang' });

  const sign = (name: string, by: Api, secret = password) => by<Handover>('POST', `/handovers/${draft.id}/${name}`, { password: secret });
  const takeOver = (username: string, secret = password) =>
    wang<Handover>('POST', `/handovers/${draft.id}/take-over`, { username, password: secret });
  await expect(takeOver('li')).rejects.toThrow(/409.*signer-unfit/s);
  await expect(sign('sign', li)).rejects.toThrow(/403/);
  await expect(sign('sign', wang, 'not the password')).rejects.toThrow(/401/);
  expect(await sign('sign', wang)).toMatchObject({ state: 'offered' });
  await expect(wang('PUT', `/handovers/${draft.id}`, { notes: '', annotations: {} })).rejects.toThrow(/409.*handover-settled/s);
  await expect(takeOver('wang')).rejects.toThrow(/409.*signer-unfit/s);
  await expect(takeOver('li', 'not the password')).rejects.toThrow(/401/);
  await at.clock.advance(seconds(90));
  const signed = await takeOver('li');
  expect(signed).toMatchObject({ state: 'signed', intact: true, outgoing: { name: 'wang' }, incoming: { name: 'li' } });
  expect(Date.parse(signed.incoming?.signedAt ?? '') - Date.parse(signed.outgoing.signedAt ?? '')).toBe(seconds(90));

  await expect(takeOver('li')).rejects.toThrow(/409.*handover-settled/s);
  await expect(wang('DELETE', `/handovers/${draft.id}`)).rejects.toThrow(/409/);
  expect((await at.events('handover.signed')).map(({ data }) => data)).toEqual([
    { id: draft.id, outgoing: 'wang', incoming: 'li', open: 3, hash: signed.hash },
  ]);
  const audit = await at.api<{ items: { data: { hash?: string } }[] }>('GET', '/audit?act=handover.signed');
  expect(audit.items.map(({ data }) => data.hash)).toEqual([signed.hash]);
});

test('the record refuses to change a signed handover; one that somebody changed behind its back shows', async () => {
  const { at, wang } = await openShift();
  const { id } = await wang<Handover>('POST', '/handovers');
  await at.signIn('li', ['supervisor']);
  await wang('POST', `/handovers/${id}/sign`, { password });
  await wang('POST', `/handovers/${id}/take-over`, { username: 'li', password });
  const change = () => at.store.desk.updateTable('handovers').set({ notes: 'other' }).where('id', '=', id).execute();
  await expect(change()).rejects.toThrow('a signed handover does not change');
  const { sql } = await import('kysely');
  await sql`alter table handovers disable trigger handovers_stay`.execute(at.store.desk);
  await change();
  expect(await wang<Handover>('GET', `/handovers/${id}`)).toMatchObject({ state: 'signed', intact: false });
});

test('an officer neither reads nor signs a handover; a draft can be withdrawn', async () => {
  const { at, wang } = await openShift();
  const officer = await at.signIn('zhao', ['officer']);
  await expect(officer('GET', '/handovers')).rejects.toThrow(/403/);
  const { id } = await wang<Handover>('POST', '/handovers');
  await wang('POST', `/handovers/${id}/sign`, { password });
  await expect(wang('POST', `/handovers/${id}/take-over`, { username: 'zhao', password })).rejects.toThrow(/409.*signer-unfit/s);
  await wang('DELETE', `/handovers/${id}`);
  expect((await wang<{ items: unknown[] }>('GET', '/handovers')).items).toEqual([]);
});
