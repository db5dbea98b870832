import { useEffect } from 'react';

/** The name of the tab tells what is wrong or waits, for whoever looks at another one; undefined leaves it as it is. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title === undefined) return;
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
}
