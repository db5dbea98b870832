import { useWords } from '../words/index.ts';
import classes from './priority.module.css';

export type Priority = 1 | 2 | 3 | 4;
/** As the record gives it: 1 is the most urgent (GB/T 28181). */
export const priorityOf = (value: number): Priority => (value === 1 || value === 2 || value === 3 ? value : 4);

const shapes: Readonly<Record<Priority, string>> = {
  1: 'M8 1l6 2.500 1 6.500-4 5H5l-4-5L2 3.500z',
  2: 'M8 1.500L15.500 14.500H.5z',
  3: 'M8 1l7 7-7 7-7-7z',
  4: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z',
};

/** Severity by shape: octagon-like, triangle, diamond, circle. */
export const PriorityShape = ({ priority }: { readonly priority: Priority }) => (
  <svg viewBox="0 0 16 16" width="1em" height="1em" fill="currentColor" aria-hidden="true" focusable="false">
    <path d={shapes[priority]} />
  </svg>
);

/** Severity by colour, shape and word at once. */
export function PriorityBadge({ priority }: { readonly priority: number }) {
  const say = useWords('common');
  const known = priorityOf(priority);
  return (
    <span className={classes.badge} data-priority={known}>
      <PriorityShape priority={known} />
      {say(`priority${known}`)}
    </span>
  );
}
