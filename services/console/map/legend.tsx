import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { blindFrom } from '../parts/map/style.ts';
import { type Layer, layers } from '../parts/map/types.ts';
import { useWordFor, useWords } from '../words/index.ts';
import classes from './map.module.css';
import { Sign } from './sign.tsx';

const signs: readonly (readonly [sign: string, word: string])[] = [
  ['site-alarm', 'site.alarm'],
  ['site-trouble', 'site.trouble'],
  ['site-due', 'site.due'],
  ['site-well', 'site.well'],
  ['camera-good-looking', 'camera.good'],
  ['camera-faulty-looking', 'camera.faulty'],
  ['camera-unknown-looking', 'camera.unknown'],
  ['unit-free-fresh', 'unit.free'],
  ['unit-engaged-fresh', 'unit.engaged'],
  ['unit-off-duty-fresh', 'unit.off-duty'],
  ['unit-free-stale', 'stale'],
  ['loudspeaker-well', 'loudspeaker.well'],
  ['loudspeaker-missing', 'loudspeaker.missing'],
];
const groups = ['site', 'camera', 'unit', 'loudspeaker'] as const;

interface LegendProps {
  readonly show: ReadonlySet<Layer>;
  readonly setShow: (show: ReadonlySet<Layer>) => void;
  readonly zoom: number;
}

/** What the signs mean, and which of them are drawn. */
export function Legend({ show, setShow, zoom }: LegendProps) {
  const say = useWords('mapPage');
  // On a small screen the ground is worth more than the key to it.
  const [open, setOpen] = useState(() => globalThis.innerWidth >= 1600);
  const toggle = (layer: Layer) => setShow(new Set(show.has(layer) ? [...show].filter((each) => each !== layer) : [...show, layer]));
  return (
    <details className={classes.legend} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('legend')}</summary>
      <fieldset className={classes.layers} aria-label={say('layers')}>
        {layers.map((layer) => (
          <Checkbox key={layer} size="sm" label={say(`layer.${layer}`)} checked={show.has(layer)} onChange={() => toggle(layer)} />
        ))}
      </fieldset>
      {groups.map((group) => (
        <Signs key={group} group={group} />
      ))}
      {show.has('coverage') && (
        <p className={classes.explained}>
          <span className={classes.blind} aria-hidden="true" /> {say('blind')}
          <br />
          <span className={classes.unsure} aria-hidden="true" /> {say('unsure')}
          <br />
          {zoom < blindFrom ? say('coverageFar') : say('coverageMost')}
        </p>
      )}
    </details>
  );
}

function Signs({ group }: { readonly group: (typeof groups)[number] }) {
  const say = useWords('mapPage');
  const map = useWordFor('map');
  return (
    <div className={classes.signs}>
      <strong>{say(`kinds.${group}`)}</strong>
      {signs
        .filter(([sign]) => sign.startsWith(`${group}-`))
        .map(([sign, word]) => (
          <span key={sign}>
            <Sign name={sign} />
            {map(word)}
          </span>
        ))}
    </div>
  );
}
