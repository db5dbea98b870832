import { useMemo, useRef, useState } from 'react';
import { arranged, type Row } from './model.ts';

export interface Order {
  readonly ids: readonly string[];
  /** Another order is due, and waits for the pointer to leave, or for the next step to be too late. */
  readonly unsorted: boolean;
  sort(): void;
}

/** The order on the screen. @param held somebody is at it, so that nothing may move */
export function useOrder(rows: readonly Row[], held: boolean): Order {
  const shown = useRef<readonly string[]>([]);
  const [sortings, setSortings] = useState(0);
  const wished = useRef(0);
  const sorted = useMemo(() => arranged(rows, [], false), [rows]);
  const ids = useMemo(() => {
    const asked = wished.current !== sortings;
    wished.current = sortings;
    const next = held && !asked ? arranged(rows, shown.current, true) : sorted;
    const same = next.length === shown.current.length && next.every((id, index) => id === shown.current[index]);
    if (!same) shown.current = next;
    return shown.current;
  }, [rows, sorted, held, sortings]);
  const unsorted = held && (ids.length !== sorted.length || ids.some((id, index) => id !== sorted[index]));
  return { ids, unsorted, sort: () => setSortings((count) => count + 1) };
}
