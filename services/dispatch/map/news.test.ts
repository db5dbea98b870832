import { expect, onTestFinished, test, vi } from 'vitest';
import { minutes, seconds } from '../../alarm/index.ts';
import type { Hub } from '../../ports.ts';
import { manualClock } from '../../scenarios/manual-clock.ts';
import type { Position, Unit } from '../../store/register-view.ts';
import { quiet } from '../../store/testing.ts';
import { startMapNews } from './news.ts';

const noon = Date.UTC(2026, 10, 22, 12);
const unit: Unit = { id: 'u', name: 'Car', tier: 'city', stationId: 'st', gridIds: [], deviceIds: ['r'], status: 'available' };

function rig() {
  const clock = manualClock(noon);
  let position: Position | undefined;
  let hear: (about: string) => void = () => undefined;
  const hub: Hub = {
    tell: () => undefined,
    listen: (_topic, listener) => {
      hear = listener;
      return { stop: () => undefined };
    },
  };
  const pass = vi.fn();
  const touch = vi.fn(async () => undefined);
  const register = { units: () => [unit], unitPosition: () => position, touch };
  const news = startMapNews({ register, live: { pass }, hub, clock, log: quiet });
  onTestFinished(() => news.stop());
  return {
    ...{ clock, pass, touch },
    changed: (about: string) => hear(about),
    async at(lat: number, at = clock.now()) {
      position = { lat, lon: 103, at, receivedAt: at };
      await clock.advance(seconds(2));
    },
  };
}
const moves = (pass: ReturnType<typeof vi.fn>) =>
  pass.mock.calls.filter(([{ type }]) => type === 'baiying.unit.moved.v1').map(([event]) => event);

test('a unit that moves is told within two seconds, once', async () => {
  const { at, clock, pass } = rig();
  await at(36);
  await clock.advance(seconds(20));
  expect(moves(pass)).toEqual([
    {
      type: 'baiying.unit.moved.v1',
      subject: 'units',
      data: { positions: [{ unitId: 'u', lat: 36, lon: 103, at: '2026-11-22T12:00:00.000Z' }] },
    },
  ]);
});

test('a radio whose place trembles is told once a minute, one that moves at once', async () => {
  const { at, pass } = rig();
  await at(36);
  for (let second = 0; second < 50; second += 2) await at(36 + (second % 4 ? 0 : 0.00002));
  expect(moves(pass)).toHaveLength(1);
  await at(36.0001);
  expect(moves(pass)).toHaveLength(2);
  for (let second = 0; second <= minutes(1) / 1000; second += 2) await at(36.0001);
  expect(moves(pass)).toHaveLength(3);
});

test('a radio that says nothing new is not told as if it had', async () => {
  const { at, clock, pass } = rig();
  const since = clock.now();
  await at(36, since);
  await clock.advance(minutes(5));
  await at(36, since);
  expect(moves(pass)).toHaveLength(1);
});

test('changes of the register are told together, after the view has them', async () => {
  const { changed, clock, pass, touch } = rig();
  changed('devices:c1');
  changed('devices:c1');
  changed('sites:s');
  await clock.advance(seconds(2));
  expect(touch).toHaveBeenCalledWith('devices:c1', 'sites:s');
  expect(pass.mock.calls).toEqual([
    [{ type: 'baiying.register.changed.v1', subject: 'register', data: { about: ['devices:c1', 'sites:s'] } }],
  ]);
});

test('changes that could not be read are told when they can be', async () => {
  const { changed, clock, pass, touch } = rig();
  touch.mockRejectedValueOnce(new Error('the record is away'));
  changed('sites:s');
  await clock.advance(seconds(2));
  expect(pass).not.toHaveBeenCalled();
  await clock.advance(seconds(2));
  expect(pass.mock.calls[0]?.[0].data).toEqual({ about: ['sites:s'] });
});

test('a flood of changes is told as one', async () => {
  const { changed, clock, pass } = rig();
  for (let number = 0; number < 201; number += 1) changed(`devices:c${number}`);
  await clock.advance(seconds(2));
  expect(pass.mock.calls[0]?.[0].data).toEqual({ about: ['all'] });
});
