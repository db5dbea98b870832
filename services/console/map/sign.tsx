import { useMemo } from 'react';
import { paletteColours, signAddress } from '../parts/map/icons.ts';
import { PriorityShape, priorityOf } from '../parts/priority.tsx';
import classes from './map.module.css';

const drawn = new Map<string, string>();

/** The sign of the map beside a word; it says nothing to a screen reader. */
export function Sign({ name }: { readonly name: string }) {
  const address = useMemo(() => {
    const known = drawn.get(name) ?? signAddress(name, paletteColours());
    drawn.set(name, known);
    return known;
  }, [name]);
  if (name.startsWith('priority-')) {
    const priority = priorityOf(Number(name.slice('priority-'.length)));
    return (
      <span className={classes.priority} data-priority={priority}>
        <PriorityShape priority={priority} />
      </span>
    );
  }
  return address === '' ? <span className={classes.blank} /> : <img className={classes.sign} src={address} alt="" />;
}
