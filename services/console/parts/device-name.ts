import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';

const deviceQuery = (id: string) =>
  queryOptions({
    queryKey: ['devices', id],
    queryFn: () => answer(api.GET('/api/v1/devices/{id}', { params: { path: { id } } })),
    staleTime: 60_000,
  });

/**
 * What people call a device; its id where it is registered no more, and three dots until that is known.
 * @param known by whoever asks, such as an officer, who may not read the register
 */
export function useDeviceName(id: string, known?: string): string {
  const { data, isPending } = useQuery({ ...deviceQuery(id), enabled: known === undefined });
  return known ?? data?.name ?? (isPending ? '…' : id);
}
