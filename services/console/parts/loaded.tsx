import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from './loading.tsx';
import { Trouble } from './trouble.tsx';

interface LoadedProps<T> {
  readonly query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>;
  readonly what: string;
  readonly children: (data: T) => ReactNode;
}

/** What was asked for, once it is there. When it is asked anew and does not come, that is said above it: what somebody types in it stays. */
export function Loaded<T>({ query: { data, error, refetch }, what, children }: LoadedProps<T>) {
  const trouble = <Trouble error={error} retry={() => void refetch()} />;
  if (data === undefined) return error ? trouble : <Loading what={what} />;
  return (
    <>
      {trouble}
      {children(data)}
    </>
  );
}
