import { describe, expect, test } from 'vitest';
import type { OrderLetter } from '../../devices/radios/mqtt/payload.ts';
import type { ReceivedOrder, SimulatedRadio } from '../../devices/radios/mqtt/simulator.ts';
import { metresBetween, minutes, seconds } from '../../services/alarm/index.ts';
import { patchAt, patchesOf } from '../../services/store/register-near.ts';
import { answersTo, type Manner, mannerOf } from './answers.ts';
import { makeCounty } from './map.ts';
import { Officer } from './officer.ts';
import { onPatrol } from './patrol.ts';
import { chance } from './random.ts';

const county = makeCounty(1);
const [place] = county.sites;
const start = Date.UTC(2026, 0, 1);
const order = (orderId: string): OrderLetter => ({
  orderId,
  incidentId: 'incident',
  priority: 1,
  kind: 'emergency',
  text: '出警',
  ...(place?.location ? { location: place.location } : {}),
  issuedAt: new Date(start).toISOString(),
  expiresAt: new Date(start + minutes(30)).toISOString(),
});

/** What an officer of this seed says to one order, up to `until` after it came. */
function dayOf(
  seed: number,
  orders: ReceivedOrder[],
  leads: boolean,
  until = minutes(10),
  later?: { readonly after: number; readonly received: ReceivedOrder },
) {
  const said: { orderId: string; state: string; after: number }[] = [];
  const at: { lat: number; lon: number }[] = [];
  let now = start;
  const radio = {
    orders,
    report: async (orderId: string, state: string) => said.push({ orderId, state, after: now - start }),
    position: async (lat: number, lon: number) => at.push({ lat, lon }),
  } as unknown as SimulatedRadio;
  const beat = county.cast.radios.find((each) => each.leads === leads)?.beat;
  if (!beat) throw new Error('nobody has this beat');
  const officer = new Officer({ beat, leads, draw: chance(seed, 'officer'), inBackground: () => undefined });
  for (; now <= start + until; now += seconds(1)) {
    if (later && now === start + later.after) orders.push(later.received);
    officer.look(radio, now);
    if ((now - start) % seconds(5) === 0) officer.walk(radio, seconds(5), now);
  }
  return { said, at };
}
const fresh = (orderId: string): ReceivedOrder => ({ outcome: 'effective', order: order(orderId), receivedAt: start });

describe('an officer', () => {
  test('who leads goes, climbs every rung in order, and arrives at the place within four minutes', () => {
    const { said, at } = dayOf(3, [fresh('a')], true);
    expect(said.map(({ state }) => state)).toEqual(['delivered', 'read', 'accepted', 'en-route', 'arrived']);
    expect(said.at(-1)?.after).toBeLessThan(minutes(4));
    expect(Math.min(...at.map((point) => metresBetween(point, place?.location ?? point)))).toBeLessThan(1);
  });

  test('says again how far it came when the order is sent again', () => {
    const { said } = dayOf(3, [fresh('a')], true, minutes(10), {
      after: minutes(9),
      received: { outcome: 'repeat', order: order('a'), receivedAt: start },
    });
    expect(said.slice(4)).toEqual([expect.objectContaining({ state: 'arrived' }), { orderId: 'a', state: 'arrived', after: minutes(9) }]);
  });

  test('keeps still about an order that came too late', () => {
    expect(dayOf(3, [{ outcome: 'expired', order: order('a'), receivedAt: start }], true).said).toEqual([]);
  });

  test('who is on a call declines a second one', () => {
    const seed =
      Array.from({ length: 50 }, (_, index) => index).find((each) => dayOf(each, [fresh('a')], false).said.at(-1)?.state === 'arrived') ??
      0;
    const { said } = dayOf(seed, [fresh('a'), fresh('b')], false);
    expect(said.filter(({ orderId }) => orderId === 'b').map(({ state }) => state)).toEqual(['delivered', 'read', 'declined']);
  });
});

describe('answers', () => {
  const states = (manner: Manner) => answersTo('a', manner, false, start, chance(1, manner)).map(({ state }) => state);
  test.each<[Manner, readonly string[]]>([
    ['goes', ['delivered', 'read', 'accepted', 'en-route']],
    ['declines', ['delivered', 'read', 'declined']],
    ['hears-only', ['delivered']],
    ['silent', []],
  ])('%s', (manner, wanted) => expect(states(manner)).toEqual(wanted));

  test('of a thousand orders most are taken on, some declined, some heard only, some not answered', () => {
    const draw = chance(1, 'manners');
    const manners = Array.from({ length: 1000 }, () => mannerOf(draw, { leads: false, busy: false }));
    const share = (manner: Manner) => manners.filter((each) => each === manner).length;
    expect(share('goes')).toBeGreaterThan(700);
    for (const manner of ['declines', 'hears-only', 'silent'] as const) expect(share(manner)).toBeGreaterThan(20);
  });
});

test('a patrol stays in its grid, keeps moving, and finds back to it after a call', () => {
  const { beat, unitId } = county.cast.radios.find((each) => each.unitId.includes('officer')) ?? { beat: undefined, unitId: '' };
  if (!beat) throw new Error('no officer acts');
  const patches = patchesOf(county.grids);
  const gridId = county.units.find(({ id }) => id === unitId)?.gridIds[0];
  const patrol = onPatrol(beat, chance(9, 'patrol'));
  const walk = (steps: number) => {
    for (let step = 0; step < steps; step += 1) {
      const before = patrol.here;
      patrol.move(35);
      expect(metresBetween(before, patrol.here)).toBeLessThanOrEqual(35.1);
    }
  };
  walk(2000);
  expect(patchAt(patches, patrol.here)?.id).toBe(gridId);
  patrol.move(patrol.head(place?.location ?? patrol.here) + 1);
  expect(patrol.there).toBe(true);
  patrol.resume();
  walk(2000);
  expect(patrol.there).toBe(false);
  expect(patchAt(patches, patrol.here)?.id).toBe(gridId);
});
