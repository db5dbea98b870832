import type { OpenIncident, Thing } from '../parts/map/types.ts';
import { PriorityBadge } from '../parts/priority.tsx';
import { Ago } from '../parts/time.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import classes from './map.module.css';

/** The incidents that go on somewhere, each a way to its card. */
export function OpenIncidents({
  incidents,
  choose,
}: {
  readonly incidents: readonly OpenIncident[];
  readonly choose: (thing: Thing) => void;
}) {
  const say = useWords('mapPage');
  const common = useWordFor('common');
  if (incidents.length === 0) return null;
  return (
    <div>
      <strong>{say('incidents')}</strong>
      {incidents.map(({ id, number, kind, priority, openedAt }) => (
        <button key={id} type="button" className={classes.line} onClick={() => choose({ kind: 'incident', id })}>
          <PriorityBadge priority={priority} />
          <span className={classes.name}>{say('incidentTitle', { number, kind: common(`kind.${kind}`) })}</span>
          <span className={classes.note}>
            <Ago at={openedAt} />
          </span>
        </button>
      ))}
    </div>
  );
}
