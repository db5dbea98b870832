import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { walk } from '../parts/walk.ts';
import { useWords } from '../words/index.ts';
import { useDispatching } from './acts.ts';
import classes from './incident.module.css';
import type { PaneProps } from './incident.tsx';
import { proposed, type Surroundings, stillProposed } from './model.ts';
import { Orders } from './orders.tsx';

/** Who could go, and who is on it. */
export function DispatchPane({ incident, around, acts, focus }: PaneProps & { readonly focus: number }) {
  const over = incident.state === 'closed';
  return (
    <>
      {around && !over && <Send incident={incident} around={around} acts={acts} focus={focus} />}
      <Orders incident={incident} acts={acts} />
    </>
  );
}

/** Whom to send, and the order to go. */
const choices = 'button[type=submit], input[type=checkbox]:not(:disabled)';

/** The nearest; whoever wants another sees it on the map and names it in the register. */
const shownUnits = 8;

interface SendProps extends Omit<PaneProps, 'around'> {
  readonly around: Surroundings;
  /** Counts how often the keyboard asked for it; 0 is not at all. */
  readonly focus: number;
}

function Send({ incident, around, acts, focus }: SendProps) {
  const say = useWords('desk');
  const send = useDispatching(acts, incident);
  const [picked, setPicked] = useState<ReadonlySet<string>>();
  const [text, setText] = useState('');
  const button = useRef<HTMLButtonElement>(null);
  const [offered, setOffered] = useState(() => proposed(around));
  const offer = stillProposed(offered, around);
  if (offer !== offered) setOffered(offer);
  const chosen = picked ?? new Set(offer === undefined ? [] : [offer]);
  useEffect(() => {
    if (focus > 0) button.current?.focus();
  }, [focus]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // What was refused is shown above; the choice stays for another try.
    send([...chosen], text.trim()).then(
      () => {
        setPicked(undefined);
        setText('');
      },
      () => undefined,
    );
  };
  const toggle = (id: string, on: boolean): void => setPicked(new Set(on ? [...chosen, id] : [...chosen].filter((other) => other !== id)));
  const names = around.units.filter(({ id }) => chosen.has(id)).map(({ name }) => name);
  return (
    <form className={classes.pane} onSubmit={submit} onKeyDown={walk(choices)} aria-labelledby="send-title">
      <h2 id="send-title">{say('whoCouldGo')}</h2>
      <Group gap="xs" wrap="nowrap" align="end">
        <TextInput
          flex={1}
          aria-label={say('orderText')}
          placeholder={say('orderText')}
          value={text}
          maxLength={500}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button ref={button} type="submit" disabled={chosen.size === 0} loading={acts.isPending}>
          {names.length === 0 ? say('send') : say('sendNamed', { names: names.join(say('listed')) })}
        </Button>
      </Group>
      <ul className={classes.plain}>
        {around.units.slice(0, shownUnits).map((unit) => (
          <li key={unit.id}>
            <Unit unit={unit} chosen={chosen.has(unit.id)} toggle={toggle} />
          </li>
        ))}
      </ul>
    </form>
  );
}

interface UnitProps {
  readonly unit: Surroundings['units'][number];
  readonly chosen: boolean;
  readonly toggle: (id: string, on: boolean) => void;
}

function Unit({ unit, chosen, toggle }: UnitProps) {
  const [say, common] = [useWords('desk'), useWords('common')];
  const { id, name, status, distance, circle, freshness, engagedOn, order, bearers } = unit;
  const off = status !== 'available' || bearers === 0;
  const far =
    distance === undefined
      ? undefined
      : distance < 1000
        ? common('metres', { count: distance })
        : common('kilometres', { count: (distance / 1000).toFixed(1) });
  const facts = [
    circle !== undefined && say('circle', { minutes: circle }),
    freshness === 'stale-position' && say('stalePosition'),
    freshness === 'no-position' && say('noPosition'),
    engagedOn !== undefined && say('engagedOn', { number: engagedOn }),
    status !== 'available' && say(`status.${status}`),
    bearers === 0 && say('noBearer'),
    order !== undefined && say('orderedAlready', { state: say(`rung.${order.state as 'sent'}`) }),
  ].filter((fact) => fact !== false);
  return (
    <Checkbox
      className={classes.unit}
      checked={chosen}
      disabled={off}
      onChange={(event) => toggle(id, event.currentTarget.checked)}
      label={
        <span className={classes.unitName}>
          <strong>{name}</strong> {far}
        </span>
      }
      description={facts.length > 0 ? facts.join(' · ') : undefined}
    />
  );
}
