import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client.ts';

export const cameraQuery = (id: string) =>
  queryOptions({
    queryKey: ['devices', id],
    queryFn: () => answer(api.GET('/api/v1/devices/{id}', { params: { path: { id } } })),
    staleTime: 60_000,
  });

/** A camera's name; its id until it is known, and where it is registered no more. */
export function useCamera(id: string): { readonly name: string } {
  const { data } = useQuery(cameraQuery(id));
  return { name: data?.name ?? id };
}
