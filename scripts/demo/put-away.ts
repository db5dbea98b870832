import { z } from 'zod';
import { incidentStates, seconds } from '../../services/alarm/index.ts';
import type { CountyParts } from './county.ts';
import { ofDemo } from './figures.ts';
import { recall, secretsFile } from './secrets.ts';

const open = z.object({
  items: z.array(z.object({ id: z.string(), siteId: z.string().optional(), deviceId: z.string().optional() })),
});
/** Each turn closes what a page shows. */
const mostTurns = 10;

/** Closes the incidents of the demo that are still open, as its operator would: nobody is left with calls of a county that is gone. */
export async function putAway({ http, settings, log }: Pick<CountyParts, 'http' | 'settings' | 'log'>): Promise<void> {
  const { operatorKey } = await recall(secretsFile(settings.data));
  if (operatorKey === undefined) return;
  const headers = { authorization: `Bearer ${operatorKey}`, 'content-type': 'application/json' };
  const ask = (path: string, more: RequestInit = {}) =>
    fetch(`${http}/api/v1${path}`, { ...more, headers, signal: AbortSignal.timeout(seconds(10)) });
  const states = incidentStates.filter((state) => state !== 'closed').join(',');
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const answer = await ask(`/incidents?limit=500&state=${states}`);
    if (!answer.ok) throw new Error(`the open incidents cannot be read: ${answer.status}`);
    const { items } = open.parse(await answer.json());
    const ours = items.filter(({ siteId, deviceId }) => ofDemo(siteId) || ofDemo(deviceId));
    let closed = 0;
    for (const { id } of ours) {
      const body = JSON.stringify({ disposition: 'test', note: '演示结束 The demo has ended' });
      const reply = await ask(`/incidents/${id}/close`, { method: 'POST', body });
      if (reply.ok) closed += 1;
      else log.warn({ incident: id, status: reply.status }, 'an incident of the demo could not be closed');
    }
    if (closed === 0) return;
  }
}
