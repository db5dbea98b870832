import { type Give, Trouble } from '../../devices/driver.ts';
import type { Hearing } from '../../devices/media/hearing.ts';
import type { Media } from '../../devices/media/index.ts';
import { seconds } from '../alarm/index.ts';
import type { Clock, Desk, Drivers, Handlers, Hub, Lanes, Log } from '../ports.ts';
import type { SweepSource } from '../queue/sweeper.ts';
import { sweepBroadcasts } from '../store/broadcast-sweep.ts';
import { verdictsOwed } from '../store/broadcast-verdicts.ts';
import type { Store } from '../store/connect.ts';
import type { Register } from '../store/register-view.ts';
import { type AnnounceDeps, announceHandler } from './announce.ts';
import { openUtterance, type SoundDeps } from './broadcast-sound.ts';
import type { SoundQuestion } from './ear-worker.ts';
import type { ProofDeps } from './proof.ts';
import { lapsing } from './second-person.ts';
import { openSideThread } from './side-thread.ts';
import { openTalks, type Talks } from './talks.ts';
import { openVerdicts } from './verdicts.ts';

export interface BroadcastingDeps {
  readonly store: Pick<Store, 'urgent'>;
  readonly clock: Clock;
  readonly hub: Hub;
  readonly log: Log;
  readonly lanes: Pick<Lanes, 'offer'>;
  readonly desk: Pick<Desk, 'act'>;
  readonly drivers: Pick<Drivers, 'find'>;
  readonly give: Give;
  readonly register: Pick<Register, 'deviceOrLoad' | 'devicesAtSite' | 'loudspeakersNear' | 'placeOf'>;
  /** Without it loudspeakers say the attention tone, and nothing listens. */
  readonly media?: Pick<Media, 'speech' | 'decode' | 'listen'>;
  readonly recorded: SoundDeps['recorded'];
  /** In a thread of its own when not said. */
  readonly hear?: ProofDeps['hear'];
  readonly sourceOf: ProofDeps['sourceOf'];
}

export interface Broadcasting {
  readonly announce: AnnounceDeps;
  readonly talks: Talks;
  readonly handler: NonNullable<Handlers['broadcast']>;
  readonly sources: readonly SweepSource[];
  close(): Promise<void>;
}

/** Everything that makes a loudspeaker speak, put together. */
export function openBroadcasting(deps: BroadcastingDeps): Broadcasting {
  const { store, media = deaf, recorded, log } = deps;
  const db = store.urgent;
  const talks = openTalks({ ...deps, db });
  const thread = openSideThread<SoundQuestion, Hearing>(log, new URL('./ear-worker.ts', import.meta.url));
  const announce: AnnounceDeps = {
    ...{ db, clock: deps.clock, hub: deps.hub, log, drivers: deps.drivers, give: deps.give, register: deps.register },
    talks,
    utter: openUtterance({ log, media, recorded }),
    proof: { ...deps, media, hear: deps.hear ?? ((sent, recorded) => thread.ask({ sent, recorded })) },
    verdicts: openVerdicts({ ...deps, db }),
  };
  const close = async () => {
    await talks.close();
    await thread.close();
  };
  return { announce, talks, handler: announceHandler(announce), sources: [...sourcesOf(store), lapsing(deps)], close };
}

const absent = (): Promise<never> => Promise.reject(new Trouble('unsupported', 'there is no media room here'));
const deaf: NonNullable<BroadcastingDeps['media']> = { speech: async () => undefined, decode: absent, listen: absent };

const batch = 200;

const sourcesOf = (store: Pick<Store, 'urgent'>): readonly SweepSource[] => [
  {
    name: 'unplayed broadcasts',
    every: seconds(1),
    find: async (now) =>
      (await sweepBroadcasts(store.urgent, now, batch)).due.map(({ id, deviceId }) => ({ type: 'broadcast', id, deviceId })),
  },
  {
    name: 'verdicts of broadcasts',
    every: seconds(1),
    find: async (now) => (await verdictsOwed(store.urgent, now, batch)).map(({ id, deviceId }) => ({ type: 'broadcast', id, deviceId })),
  },
];
