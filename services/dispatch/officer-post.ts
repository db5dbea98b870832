import { pagesTopic } from '../../devices/driver.ts';
import type { Clock, Post } from '../ports.ts';
import type { Store } from '../store/connect.ts';
import { pageIsOpen } from '../store/officer-pages.ts';

/**
 * Letters for the pages of phones, beside those for the broker. Every process may hold pages, and each page reads the
 * unit's orders from the record when the event of the order reaches it, so all there is to do here is to know whether
 * anybody reads.
 */
export const withPages = (post: Post, { store, clock }: { readonly store: Store; readonly clock: Clock }): Post => ({
  async post(deviceId, letter) {
    if (!letter.topic.startsWith(pagesTopic)) return post.post(deviceId, letter);
    if (await pageIsOpen(store.urgent, deviceId, clock.now())) return { outcome: 'sent' };
    return { outcome: 'unreachable', reason: 'no phone of the unit has the page open' };
  },
});
