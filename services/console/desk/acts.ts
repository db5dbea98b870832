import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';
import type { Detail, Disposition } from './model.ts';
import { useUndo } from './undo.tsx';

const incident = (id: string) => ({ params: { path: { id } } });
export const incidentKey = (id: string) => ['incidents', id] as const;
export const detailKey = (id: string) => ['incidents', id, 'detail'] as const;

/** What the desk does to one incident; every answer is the incident as it then is, and goes on the screen at once. */
export function useActs(id: string) {
  const client = useQueryClient();
  const show = (detail: Detail) => client.setQueryData(detailKey(id), detail);
  const { mutate, mutateAsync, error, isPending, reset } = useMutation({
    mutationFn: (act: () => Promise<Detail>) => act(),
    onSuccess: show,
  });
  const run = (act: () => Promise<Detail>) => mutate(act);
  return {
    error,
    isPending,
    reset,
    acknowledge: () => run(() => answer(api.POST('/api/v1/incidents/{id}/acknowledge', { ...incident(id), body: {} }))),
    take: () => run(() => answer(api.POST('/api/v1/incidents/{id}/take-over', { ...incident(id), body: {} }))),
    handOn: (accountId: string) => run(() => answer(api.POST('/api/v1/incidents/{id}/hand-on', { ...incident(id), body: { accountId } }))),
    tick: (stepId: string, done: boolean) =>
      run(() => answer(api.POST('/api/v1/incidents/{id}/steps/{stepId}', { params: { path: { id, stepId } }, body: { done } }))),
    note: (note: string) => mutateAsync(() => answer(api.POST('/api/v1/incidents/{id}/notes', { ...incident(id), body: { note } }))),
    order: (unitIds: readonly string[], text: string) =>
      mutateAsync(() =>
        answer(
          api.POST('/api/v1/incidents/{id}/orders', { ...incident(id), body: { unitIds: [...unitIds], ...(text === '' ? {} : { text }) } }),
        ),
      ),
    withdraw: (orderIds: readonly string[]) =>
      run(async () => {
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
