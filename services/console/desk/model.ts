import type { paths } from '../api/types.generated.ts';

type Json<T> = T extends { content: { 'application/json': infer B } } ? B : never;
export type Row = Json<paths['/api/v1/incidents']['get']['responses']['200']>['items'][number];
export type Detail = Json<paths['/api/v1/incidents/{id}']['get']['responses']['200']>;
export type Surroundings = Json<paths['/api/v1/incidents/{id}/surroundings']['get']['responses']['200']>;
export type Order = Detail['orders'][number];
export type Disposition = NonNullable<Json<NonNullable<paths['/api/v1/incidents/{id}/close']['post']['requestBody']>>['disposition']>;

/**
 * Nobody at the desk has answered it, though officers may be on their way, or nobody has since it sounded again: it flashes and
 * sounds.
 */
export const unanswered = ({ state, acknowledgedAt, soundedAgainAt }: Pick<Row, 'state' | 'acknowledgedAt' | 'soundedAgainAt'>): boolean =>
  state !== 'closed' && (acknowledgedAt === undefined || soundedAgainAt !== undefined);

/** Since when it waits for an answer, or has been open. */
const waitsSince = ({ soundedAgainAt, openedAt }: Row): string => soundedAgainAt ?? openedAt;

/** Where it is, in names; three dots while only the event of it has come, which tells no names. Undefined where nobody knows. */
export const placeName = ({ siteName, deviceName, gridName, stationName, ...of }: Row | Detail): string | undefined =>
  siteName ?? deviceName ?? gridName ?? stationName ?? ((of.siteId ?? of.gridId ?? of.stationId) === undefined ? undefined : '…');

/** Unanswered before answered, then the most severe, then the one that waits longest. */
export function byUrgency(a: Row, b: Row): number {
  const [left, right] = [unanswered(a) ? 0 : 1, unanswered(b) ? 0 : 1];
  const [first, second] = [waitsSince(a), waitsSince(b)];
  return left - right || a.priority - b.priority || (first < second ? -1 : first > second ? 1 : a.number - b.number);
}

/** What the queue knows of an incident already, while the rest of it is on its way. */
export const faceOf = ({ procedure: _followed, ...row }: Row): Detail => ({
  ...row,
  ...{ names: {}, cameras: [], footage: [], signals: [], orders: [], broadcasts: [], related: [], timeline: [] },
});

/**
 * The order on the screen. While a pointer is over the queue the rows stay where they are: what is new comes last, what is
 * gone leaves its place empty, and nothing slides under a press that was meant for another.
 */
export function arranged(rows: readonly Row[], shown: readonly string[], held: boolean): readonly string[] {
  const sorted = [...rows].sort(byUrgency).map(({ id }) => id);
  if (!held) return sorted;
  const known = new Set(shown);
  return [...shown, ...sorted.filter((id) => !known.has(id))];
}

/** The severest that nobody has answered; undefined when all were. */
export const severest = (rows: readonly Row[]): number | undefined =>
  rows.filter(unanswered).reduce<number | undefined>((worst, { priority }) => Math.min(worst ?? 9, priority), undefined);

const rungs = ['queued', 'sent', 'delivered', 'read', 'accepted', 'en-route', 'arrived'] as const;
export type Rung = (typeof rungs)[number];
export const ladder: readonly Rung[] = rungs;

/** How far an order came before it ended, with when each rung was reached. */
export function climbed(order: Order): { readonly reached: ReadonlyMap<string, string>; readonly ended: string | undefined } {
  const reached = new Map<string, string>([['queued', order.issuedAt], ...order.rungs.map(({ state, at }) => [state, at] as const)]);
  return { reached, ended: ladder.includes(order.state as Rung) ? undefined : order.state };
}

/** The unit that a press on the key of dispatch would send: the first that is free, reachable and not ordered yet. */
export function proposed({ units }: Surroundings): string | undefined {
  const free = units.filter(mayGo);
  return (free.find(({ engagedOn }) => engagedOn === undefined) ?? free[0])?.id;
}

/**
 * The proposal that was read stays while units move, so that no other name comes under the key that sends; it changes only when
 * that unit cannot go any more.
 */
export const stillProposed = (before: string | undefined, around: Surroundings): string | undefined =>
  around.units.some((unit) => unit.id === before && mayGo(unit)) ? before : proposed(around);

const mayGo = ({ status, order, bearers }: Surroundings['units'][number]): boolean =>
  status === 'available' && order === undefined && bearers > 0;
