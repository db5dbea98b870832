import { type Duration, type Instant, seconds } from '../alarm/index.ts';
import type { Clock, Hub } from '../ports.ts';

/** The other brokers on the same record, by what each tells of itself. */
export interface Peers {
  /** Those that are alive. */
  others(): readonly string[];
  /** Tells the others of this one. */
  tell(): void;
  close(): void;
}

const topic = 'watchers';
/** They tell themselves every five seconds; of which nothing was heard for this long, that one is gone. */
export const peerGone: Duration = seconds(16);

export function openPeers({ hub, clock, brokerId }: { readonly hub: Hub; readonly clock: Clock; readonly brokerId: string }): Peers {
  const met = new Map<string, Instant>();
  const news = hub.listen(topic, (about) => void (about === brokerId ? undefined : met.set(about, clock.now())));
  return {
    others() {
      const now = clock.now();
      for (const [peer, at] of met) if (now - at > peerGone) met.delete(peer);
      return [...met.keys()];
    },
    tell: () => hub.tell(topic, brokerId),
    close: () => news.stop(),
  };
}
