import type { Device, Fact, Judgement, Known, Mark } from '../../driver.ts';
import { gravest, pressFact } from '../../maker-settings.ts';
import { behind, judgeChange, judgeLevel } from '../../repeats.ts';
import type { ShellySettings } from './settings.ts';

type Marked = Fact & { readonly mark: Mark };
type Shelly = Device<ShellySettings>;

export function judgeShelly(fact: Marked, before: Known | undefined, device: Shelly): Judgement {
  const known = behind(device.settings.bridge, before);
  if (fact.mark.of.startsWith('count:')) return judgeCount(fact, known, device);
  if (fact.mark.of.startsWith('level:')) return judgeLevel(fact, known, device.settings.contact);
  return judgeChange(fact, known);
}

/** A message may wait this long on its way, and its uptime with it, milliseconds. */
const slack = 30_000;
/** A cell-powered button wakes for a push; what it says again on waking within this time is the same push, milliseconds. */
const sameWaking = 10_000;
const lastCount = 65_535;

/**
 * A push is a counter that moved. The first generation says the last event again every 30 s and on each connection, some
 * firmware with the event still in it (i3, 1.8), some with an empty one; the counter is lost on restart, so it may also
 * come to the same count again. A push that nobody heard still shows in the counter.
 */
function judgeCount(fact: Marked, known: Known | undefined, device: Shelly): Judgement {
  const { count, event, up } = fact.mark.value;
  const pushed = event !== '';
  if (!known) return { outcome: pushed ? 'news' : 'state', fact };
  if (count !== known.value['count']) {
    if (pushed) return { outcome: 'news', fact };
    // The count of a device that has started and waits; after 65535 it is that of a push.
    if (count === 0 && known.value['count'] !== lastCount) return { outcome: 'state', fact };
    return missed(fact, device);
  }
  if (restarted(fact, known) && count !== 0) return pushed ? { outcome: 'news', fact } : missed(fact, device);
  // The status may keep an event that its own topic has ended, or end one earlier: of the same count it is never news.
  if (up !== undefined) return { outcome: 'repeat' };
  const over = known.value['event'] === '' && known.value['up'] === undefined;
  if (!pushed) return over ? { outcome: 'repeat' } : { outcome: 'state', fact };
  // An event that was over does not come back by itself; and a button that sleeps has nothing to say but a push.
  const again = over || (device.settings.power === 'battery' && !known.sameLine && known.quiet > sameWaking);
  return again ? { outcome: 'news', fact } : { outcome: 'repeat' };
}

/** Whether it was powered on after the count was last kept: the same count is then another push. */
function restarted({ mark }: Marked, known: Known): boolean {
  const { up } = mark.value;
  return typeof up === 'number' && up >= 0 && known.age - up * 1000 > slack;
}

function missed(fact: Marked, { settings }: Shelly): Judgement {
  const { at, mark, data } = fact;
  const press = pressFact(gravest(settings.pushes), { ...(at === undefined ? {} : { at }), mark, data: { ...data, unheard: true } });
  return { outcome: 'news', fact: press };
}
