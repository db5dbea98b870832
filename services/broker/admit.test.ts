import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Fact } from '../../devices/driver.ts';
import { seconds } from '../alarm/index.ts';
import type { Drivers } from '../ports.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { hashSecret } from '../secrets.ts';
import { openRegister } from '../store/register-view.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { openAdmission } from './admit.ts';

/** No driver is heard through the broker here: who gets as far as that question has shown its secret. */
const drivers: Drivers = { find: () => undefined, list: () => [] };

test('a camera that comes back while the record is frozen is let in, and what it said before is known: a key may be wired to it', async () => {
  const store = await freshStore();
  const row = { id: 'c', kind: 'camera', driver: 'mqtt', name: 'c', settings: '{}', exercise: false };
  const when = { created_at: new Date(), updated_at: new Date() };
  await store.desk
    .insertInto('devices')
    .values({ ...row, secret_hash: await hashSecret('its own', 'device'), ...when })
    .execute();
  const register = await openRegister(store, quiet);
  const clock = manualClock();
  const heard: Drivers = {
    find: () => ({ dialect: { publishes: () => [], subscribes: () => [] } }) as unknown as ReturnType<Drivers['find']>,
    list: () => [],
  };
  const admission = openAdmission({ store, clock, register, drivers: heard, log: quiet, recordAway: () => false });
  const standingOf = (answer: Awaited<ReturnType<typeof admission.check>>) => ('identity' in answer ? answer.identity.standing : undefined);
  const input = (active: boolean): Fact => ({ type: 'digital-input', active, data: { sourceValues: ['1'] }, retained: true });
  standingOf(await admission.check('c', Buffer.from('its own')))?.isNews(input(false));

  await store.desk.transaction().execute(async (trx) => {
    await sql`lock table devices, signals in access exclusive mode`.execute(trx);
    const answer = admission.check('c', Buffer.from('its own'));
    await clock.advance(seconds(2));
    await clock.advance(seconds(2));
    expect(standingOf(await answer)?.isNews(input(true))).toBe(true);
  });
  register.close();
});

test('a key that was let in before is let in while the record is frozen, and a wrong secret is not', async () => {
  const store = await freshStore();
  const row = {
    id: 'k',
    kind: 'key',
    driver: 'mqtt',
    name: 'k',
    settings: '{}',
    exercise: false,
    secret_hash: await hashSecret('its own', 'device'),
    created_at: new Date(),
    updated_at: new Date(),
  };
  await store.desk.insertInto('devices').values(row).execute();
  const register = await openRegister(store, quiet);
  const clock = manualClock();
  const admission = openAdmission({ store, clock, register, drivers, log: quiet, recordAway: () => false });
  const known = { refused: 'not-heard-through-the-broker' };
  const asked = async (secret: string) => {
    const answer = admission.check('k', Buffer.from(secret));
    await clock.advance(seconds(2));
    return answer;
  };
  expect(await admission.check('k', Buffer.from('its own'))).toEqual(known);

  // Whoever asks waits for the lock, as for a server that froze: no answer, and no error either.
  await store.desk.transaction().execute(async (trx) => {
    await sql`lock table devices in access exclusive mode`.execute(trx);
    expect(await asked('its own')).toEqual(known);
    expect(await asked('another')).toEqual({ refused: 'wrong-secret' });
  });
  register.close();
});
