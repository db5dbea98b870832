import { useEffect } from 'react';
import { useWords } from '../words/index.ts';
import { type Row, unanswered } from './model.ts';

/** The name of the tab tells what waits, for whoever looks at another one. */
export function useTitle(rows: readonly Row[]): void {
  const say = useWords('desk');
  const waiting = rows.filter(unanswered).length;
  const title = waiting === 0 ? say('title') : say('titleWaiting', { count: waiting });
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
}
