import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';

/** When keys of this station were retired, by their names. A bundle of another station is checked without. */
export const retiredQuery = queryOptions({
  queryKey: ['verify', 'retired'],
  queryFn: async (): Promise<ReadonlyMap<string, string>> => {
    const { keys } = await answer(api.GET('/api/v1/signing-keys'));
    return new Map(keys.flatMap(({ kid, retiredAt }) => (retiredAt === undefined ? [] : [[kid, retiredAt] as const])));
  },
});
