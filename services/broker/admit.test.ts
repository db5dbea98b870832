import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { seconds } from '../alarm/index.ts';
import type { Drivers } from '../ports.ts';
import { manualClock } from '../scenarios/manual-clock.ts';
import { hashSecret } from '../secrets.ts';
import { openRegister } from '../store/register-view.ts';
import { freshStore, quiet } from '../store/testing.ts';
import { openAdmission } from './admit.ts';

/** No driver is heard through the broker here: who gets as far as that question has shown its secret. */
const drivers: Drivers = { find: () => undefined, list: () => [] };

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
