import { expect, test } from 'vitest';
import { type FindingCode, seconds } from '../alarm/index.ts';
import { openStation, orderOn, registerCrew } from './rig.ts';

interface Diagnosis {
  readonly findings: readonly { readonly code: FindingCode; readonly text: string }[];
}

test('a radio that answers an order of another unit, or one that nobody gave, changes nothing, and the alarm doctor tells of it', async () => {
  const at = await openStation();
  const [near, , far] = await registerCrew(at, ['near', 'middle', 'far']);
  const wrong = async (device: string) => {
    const { findings } = (await at.api('GET', `/devices/${device}/doctor?lang=zh`)) as Diagnosis;
    return findings.filter(({ code }) => code === 'wrong-order').map(({ text }) => text);
  };
  const key = await at.key('key-1', 'hospital');
  await key.press();
  const { incidentId, orderId } = await orderOn(at, near);
  const never = '0199a0b0-0000-7000-8000-000000000001';
  await far.report(orderId, 'accepted');
  await at.clock.advance(seconds(1));
  await far.report(never, 'arrived');
  await at.until(async () => expect(await wrong('radio-far')).toEqual([expect.stringMatching(`${never}.*2次`)]));

  await near.report(orderId, 'accepted');
  await at.until(async () => expect((await at.incident(incidentId)).state).toBe('dispatched'));
  expect(await wrong('radio-near')).toEqual([]);
  expect((await at.incident(incidentId)).timeline.filter(({ by }) => by === 'far')).toEqual([]);
});
