import { type RefObject, useEffect, useState } from 'react';

/** Whether somebody could see the element: in the window, and the window not hidden. */
export function useOnScreen(element: RefObject<Element | null>): boolean {
  const [within, setWithin] = useState(false);
  const [visible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    const changed = () => setVisible(!document.hidden);
    document.addEventListener('visibilitychange', changed);
    return () => document.removeEventListener('visibilitychange', changed);
  }, []);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => setWithin(entries.at(-1)?.isIntersecting === true), { threshold: 0.05 });
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return within && visible;
}
