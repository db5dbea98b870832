import { useEffect, useEffectEvent } from 'react';

/** By the name of the key (`KeyboardEvent.key`, letters small), with `Shift+` before it where that is held. */
export type Keys = Readonly<Record<string, (() => void) | undefined>>;

const ticked = (target: EventTarget | null): target is HTMLInputElement =>
  target instanceof HTMLInputElement && /^(checkbox|radio)$/.test(target.type);
const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && !ticked(target) && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
/** Enter and space on a control are the control's own, and the arrows where they choose among several. */
const pressing = (event: KeyboardEvent): boolean =>
  ((event.key === 'Enter' || event.key === ' ') &&
    event.target instanceof HTMLElement &&
    event.target.closest('button, a, [role=radio]') !== null) ||
  (ticked(event.target) &&
    (event.key === 'Enter' || event.key === ' ' || (event.key.startsWith('Arrow') && event.target.type === 'radio')));

/** Acts by a single key anywhere on the page, save where somebody types. */
export function useKeys(keys: Keys): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    if (typing(event.target) && event.key !== 'Escape') return;
    if (pressing(event)) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = keys[event.shiftKey && event.key.length > 1 ? `Shift+${name}` : name];
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => pressed(event);
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
}
