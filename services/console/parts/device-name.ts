import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';

const deviceQuery = (id: string) =>
  queryOptions({
    queryKey: ['devices', id],
    queryFn: () => answer(api.GET('/api/v1/devices/{id}', { params: { path: { id } } })),
    staleTime: 60_000,
  });

/** What people call a device; its id until that is known, and where it is registered no more. */
export const useDeviceName = (id: string): string => useQuery(deviceQuery(id)).data?.name ?? id;
