import { useEffect } from 'react';
import { useWords } from '../words/index.ts';

/** The name of the tab tells how much waits, for whoever looks at another one. */
export function useTitle(waiting: number): void {
  const say = useWords('desk');
  const title = waiting === 0 ? undefined : say('titleWaiting', { count: waiting });
  useEffect(() => {
    if (title === undefined) return;
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
}
