import { Text, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { isSame, type Kind, type MapState, type Places, type Thing } from '../parts/map/types.ts';
import { useSecond } from '../parts/time.tsx';
import { useWordFor, useWords } from '../words/index.ts';
import { countsOf, find, type Line } from './find.ts';
import classes from './map.module.css';
import { Sign } from './sign.tsx';

const kinds: readonly Kind[] = ['incident', 'unit', 'site', 'camera', 'loudspeaker', 'grid', 'station'];
const most = 100;

interface ListProps {
  readonly places: Places;
  readonly state: MapState | undefined;
  readonly chosen: Thing | undefined;
  readonly choose: (thing: Thing) => void;
}

/** The map in words: the same things, what needs people first, for eyes, keyboards and screen readers. */
export function List({ places, state, chosen, choose }: ListProps) {
  const say = useWords('mapPage');
  const [kind, setKind] = useState<Kind>('site');
  const [words, setWords] = useState('');
  const wanted = useDeferredValue(words);
  const minute = Math.floor(useSecond() / 60);
  const counts = useMemo(() => countsOf(places, state), [places, state]);
  const { lines, count } = useMemo(() => find(kind, wanted, places, state, minute * 60, most), [kind, wanted, places, state, minute]);
  return (
    <section className={classes.list} aria-label={say('list')}>
      <TextInput type="search" label={say('find')} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
      <div className={classes.kinds}>
        {kinds.map((each) => (
          <button key={each} type="button" aria-pressed={each === kind} onClick={() => setKind(each)}>
            {say(`kinds.${each}`)} <span>{counts[each]}</span>
          </button>
        ))}
      </div>
      <ul className={classes.lines}>
        {lines.map((line) => (
          <li key={line.thing.id}>
            <ListLine line={line} current={isSame(line.thing, chosen)} choose={choose} />
          </li>
        ))}
      </ul>
      <Text size="sm" c="dark.2" role="status" px="xs">
        {count > lines.length ? say('shownOf', { shown: lines.length, count }) : ''}
      </Text>
    </section>
  );
}

function ListLine({ line, current, choose }: { readonly line: Line; readonly current: boolean; readonly choose: (thing: Thing) => void }) {
  const say = useWords('mapPage');
  const [common, map] = [useWordFor('common'), useWordFor('map')];
  const { state } = line;
  return (
    <button type="button" className={classes.line} aria-current={current} onClick={() => choose(line.thing)}>
      <Sign name={line.sign} />
      <span className={classes.name}>{line.name}</span>
      <span className={classes.note}>
        {state !== undefined && (state.startsWith('kind.') ? common(state) : map(state))}
        {!line.placed && ` ${say('noPlace')}`}
      </span>
    </button>
  );
}
