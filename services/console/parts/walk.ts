import type { KeyboardEvent } from 'react';

/**
 * Arrows walk through the controls of a list that has the focus, and do nothing else there: whoever looks for the next phrase must
 * not come to another incident. For `onKeyDown` of what holds the list. @param selector of its controls
 */
export const walk =
  (selector: string) =>
  (event: KeyboardEvent<HTMLElement>): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const list: EventTarget[] = [...event.currentTarget.querySelectorAll<HTMLElement>(selector)];
    const place = list.indexOf(event.target);
    if (by === 0 || place < 0 || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const next = list[place + by];
    if (next instanceof HTMLElement) next.focus();
  };
