import { type RefObject, useEffect, useRef, useState } from 'react';
import { drawn, inSight, type Span } from './drawn.ts';

interface Drawn {
  /** The element that scrolls; its only child is the list, as high as all its rows together, with `data-count`. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Places of the rows to draw, ascending. */
  readonly places: readonly number[];
  /** Scrolls as little as is needed to have a row in full sight. */
  show(place: number): void;
}

/** What one row is high, in pixels. The list itself says of how many rows it is made. */
const heightOf = ({ firstElementChild: list }: Element): number =>
  (list?.clientHeight ?? 0) / Math.max(1, Number(list?.getAttribute('data-count')));

/** Draws of a list of equal rows only what can be seen. @param kept places that are drawn wherever they are */
export function useDrawn(count: number, kept: readonly number[]): Drawn {
  const scroller = useRef<HTMLDivElement>(null);
  const [span, setSpan] = useState<Span>({ first: 0, end: 0 });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = (): void => {
      const next = inSight(element.scrollTop, element.clientHeight, heightOf(element));
      setSpan((before) => (before.first === next.first && before.end === next.end ? before : next));
    };
    // The list grows with its rows and with the size of the text, the scroller with the screen.
    const resized = new ResizeObserver(look);
    for (const one of [element, element.firstElementChild]) if (one) resized.observe(one);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  const show = (place: number): void => {
    const element = scroller.current;
    if (!element) return;
    const height = heightOf(element);
    const top = place * height;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + height > element.scrollTop + element.clientHeight) element.scrollTop = top + height - element.clientHeight;
  };
  return { scroller, places: drawn(span, count, kept), show };
}
