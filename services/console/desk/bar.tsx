import { memo } from 'react';
import { PriorityShape, priorityOf } from '../parts/priority.tsx';
import { useWords } from '../words/index.ts';
import classes from './bar.module.css';
import type { Row } from './model.ts';

const priorities = [1, 2, 3, 4] as const;

/** How much is open, by severity. */
export const Bar = memo(function Bar({ rows }: { readonly rows: readonly Row[] }) {
  const [say, common] = [useWords('desk'), useWords('common')];
  return (
    <header className={classes.bar}>
      <h1 className={classes.title}>{say('title')}</h1>
      <ul className={classes.counts} aria-label={say('bySeverity')}>
        {priorities.map((priority) => (
          <li key={priority} data-priority={priority}>
            <PriorityShape priority={priorityOf(priority)} /> {common(`priority${priority}`)}{' '}
            <b>{rows.filter((row) => row.priority === priority).length}</b>
          </li>
        ))}
      </ul>
    </header>
  );
});
