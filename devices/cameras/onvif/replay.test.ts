import { expect, test } from 'vitest';
import type { Fact } from '../../driver.ts';
import { haveFixtures, readFixture } from '../../fixtures.ts';
import { movedClock } from '../../moved-clock.ts';
import { type Health, supervise } from '../../supervisor.ts';
import { openSoap } from './client.ts';
import { openEvents } from './pull.ts';
import { eventPathOf, readSession, replay } from './replay.ts';
import { ns } from './soap.ts';

interface Story {
  readonly file: string;
  readonly creates: number;
  /** Facts that were no state reports, by type, told apart as begun and over. */
  readonly facts: Readonly<Record<string, number>>;
  readonly standing: number;
  readonly said: string;
  readonly minutes: number;
}

const stories: readonly Story[] = [
  {
    file: 'dahua_dh_sd4a425db_hny_20260219',
    creates: 17,
    facts: { 'motion true': 4, 'motion false': 5, 'object true': 1, 'object false': 1 },
    standing: 0,
    said: 'busy',
    minutes: 12,
  },
  { file: 'reolink_bullet', creates: 1, facts: { 'object true': 1, 'object false': 1 }, standing: 6, said: '', minutes: 1 },
  { file: 'hikvision_pullpoint_notauthorized', creates: 5, facts: {}, standing: 0, said: 'refused', minutes: 12 },
  { file: 'html_404_camera_20260321', creates: 10, facts: {}, standing: 0, said: 'garbled', minutes: 12 },
];

/** Everything the recorded cameras said is heard by the driver; between their answers it waits as it would. */
test.runIf(haveFixtures('onvif-sessions')).each(stories)('$file', async ({ file, creates, facts, standing, said, minutes }) => {
  const session = readSession(readFixture('onvif-sessions', `${file}.jsonl`).toString('utf8'));
  const clock = movedClock();
  const services = `<R><Service><Namespace>${ns.tev}</Namespace><XAddr>http://192.0.2.1${eventPathOf(session)}</XAddr></Service></R>`;
  const camera = replay(session, {
    GetServices: services,
    GetSystemDateAndTime: '<R/>',
    Unsubscribe: '<R/>',
    SetSynchronizationPoint: '<R/>',
    Renew: '<R/>',
  });
  const soap = openSoap({ base: 'http://192.0.2.1', username: 'u', password: 'p' }, { now: clock.now, send: camera.send });
  const events = openEvents(soap, {}, { now: clock.now, pause: clock.pause });
  const heard: Fact[] = [];
  const healths: Health[] = [];
  const watched = supervise(
    events.watch.bind(events),
    { hear: async (news) => void heard.push(...news) },
    {
      now: clock.now,
      pause: clock.pause,
      random: () => 1,
      changed: (health) => healths.push(health),
    },
  );
  await clock.advance(minutes * 60_000);
  const stopped = watched.stop();
  await clock.advance(1000);
  await stopped;

  expect(camera.asked.filter(({ name }) => name === 'CreatePullPointSubscription').length).toBeGreaterThanOrEqual(creates);
  const news = heard.filter(({ retained }) => !retained);
  const counts = Object.groupBy(news, ({ type, active }) => `${type} ${active}`);
  expect(Object.fromEntries(Object.entries(counts).map(([key, all]) => [key, all?.length]))).toEqual(facts);
  expect(heard.length - news.length).toBe(standing);
  expect(healths.map(({ why }) => why?.code ?? '')).toContain(said);
});
