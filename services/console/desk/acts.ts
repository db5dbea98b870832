import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import type { Detail, Disposition } from './model.ts';
import { useUndo } from './undo.tsx';

const incident = (id: string) => ({ params: { path: { id } } });
export const incidentKey = (id: string) => ['incidents', id] as const;
export const detailKey = (id: string) => ['incidents', id, 'detail'] as const;

type ActName = 'acknowledge' | 'take' | 'handOn' | 'tick' | 'note' | 'order' | 'withdraw';

/** What was filled in stays where it is, to be sent from there again. */
const filledIn: ReadonlySet<ActName> = new Set(['note', 'order']);

interface Act {
  readonly name: ActName;
  readonly run: () => Promise<Detail>;
}

/** What the desk does to one incident; every answer is the incident as it then is, and goes on the screen at once. */
export function useActs(id: string) {
  const client = useQueryClient();
  const show = (detail: Detail) => client.setQueryData(detailKey(id), detail);
  const { mutate, mutateAsync, error, variables, isPending, reset } = useMutation({ mutationFn: ({ run }: Act) => run(), onSuccess: show });
  const run = (name: ActName, act: () => Promise<Detail>) => mutate({ name, run: act });
  return {
    /** The last act, where it could not be done. */
    failed: error &&
      variables && {
        name: variables.name,
        error,
        forget: reset,
        again: filledIn.has(variables.name) ? undefined : () => mutate(variables),
      },
    isPending,
    acknowledge: () => run('acknowledge', () => answer(api.POST('/api/v1/incidents/{id}/acknowledge', { ...incident(id), body: {} }))),
    take: () => run('take', () => answer(api.POST('/api/v1/incidents/{id}/take-over', { ...incident(id), body: {} }))),
    handOn: (accountId: string) =>
      run('handOn', () => answer(api.POST('/api/v1/incidents/{id}/hand-on', { ...incident(id), body: { accountId } }))),
    tick: (stepId: string, done: boolean) =>
      run('tick', () => answer(api.POST('/api/v1/incidents/{id}/steps/{stepId}', { params: { path: { id, stepId } }, body: { done } }))),
    note: (note: string) =>
      mutateAsync({ name: 'note', run: () => answer(api.POST('/api/v1/incidents/{id}/notes', { ...incident(id), body: { note } })) }),
    order: (unitIds: readonly string[], text: string) =>
      mutateAsync({
        name: 'order',
        run: () => {
          const body = { unitIds: [...unitIds], ...(text === '' ? {} : { text }) };
          return answer(api.POST('/api/v1/incidents/{id}/orders', { ...incident(id), body }));
        },
      }),
    withdraw: (orderIds: readonly string[]) =>
      run('withdraw', async () => {
        for (const orderId of orderIds)
          await answer(api.POST('/api/v1/orders/{id}/cancel', { params: { path: { id: orderId } }, body: {} }));
        return answer(api.GET('/api/v1/incidents/{id}', incident(id)));
      }),
    /** Another incident may be on the table by then: whoever asks for it says what went wrong. */
    close: async (body: { readonly disposition: Disposition; readonly note?: string; readonly override?: string }) =>
      show(await answer(api.POST('/api/v1/incidents/{id}/close', { ...incident(id), body }))),
  };
}
export type Acts = ReturnType<typeof useActs>;

/** Sends units; for a few seconds the orders can be taken back with one key. */
export function useDispatching(acts: Acts, before: Detail): (unitIds: readonly string[], text: string) => Promise<void> {
  const undo = useUndo();
  return async (unitIds, text) => {
    const known = new Set(before.orders.map(({ id }) => id));
    const after = await acts.order(unitIds, text);
    const given = after.orders.filter(({ id }) => !known.has(id));
    const names = given.map(({ unitId }) => after.names[unitId] ?? unitId).join(', ');
    undo.offer({ what: 'dispatched', values: { names }, undo: () => acts.withdraw(given.map(({ id }) => id)) });
  };
}
