import { CloseButton, Stack, Title } from '@mantine/core';
import type { ComponentType } from 'react';
import type { Kind, MapState, Places, Thing } from '../parts/map/types.ts';
import { useWords } from '../words/index.ts';
import { CameraCard } from './card-camera.tsx';
import { IncidentCard } from './card-incident.tsx';
import { GridCard, LoudspeakerCard, StationCard } from './card-places.tsx';
import { SiteCard } from './card-site.tsx';
import { UnitCard } from './card-unit.tsx';
import classes from './map.module.css';

export interface CardProps {
  readonly id: string;
  readonly places: Places;
  readonly state: MapState | undefined;
  readonly choose: (thing: Thing) => void;
}

const cards: Readonly<Record<Kind, ComponentType<CardProps>>> = {
  incident: IncidentCard,
  unit: UnitCard,
  site: SiteCard,
  station: StationCard,
  loudspeaker: LoudspeakerCard,
  camera: CameraCard,
  grid: GridCard,
};

/** What is known of one thing, and what can be done about it. */
export function Card({
  thing,
  name,
  close,
  others,
  ...props
}: Omit<CardProps, 'id'> & {
  readonly thing: Thing;
  readonly name: (thing: Thing) => string;
  readonly close: () => void;
  /** What else lies there. */
  readonly others: readonly Thing[];
}) {
  const [say, common] = [useWords('mapPage'), useWords('common')];
  const Inner = cards[thing.kind];
  return (
    <section className={classes.card} aria-label={name(thing)}>
      <header>
        <span>{say(`kinds.${thing.kind}`)}</span>
        <CloseButton aria-label={common('close')} onClick={close} />
      </header>
      <Title order={2} size="h3">
        {name(thing)}
      </Title>
      <Inner key={thing.id} id={thing.id} {...props} />
      {others.length > 0 && (
        <Stack gap={4}>
          <strong>{say('alsoHere')}</strong>
          {others.map((other) => (
            <button key={`${other.kind} ${other.id}`} type="button" className={classes.line} onClick={() => props.choose(other)}>
              <span className={classes.name}>{name(other)}</span>
              <span className={classes.note}>{say(`kinds.${other.kind}`)}</span>
            </button>
          ))}
        </Stack>
      )}
    </section>
  );
}
