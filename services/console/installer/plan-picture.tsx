import type { KeyboardEvent, MouseEvent } from 'react';
import { Icon } from '../parts/icon.tsx';
import { useWords } from '../words/index.ts';
import classes from './installer.module.css';
import type { Installed, Plan } from './queries.ts';
import { kindIcon } from './state.tsx';

interface PlanPictureProps {
  readonly plan: Plan;
  readonly devices: readonly Pick<Installed, 'id' | 'kind' | 'name' | 'state' | 'plan'>[];
  readonly chosen?: string;
  readonly onOpen?: (id: string) => void;
  /** Parts of the width and the height, 0 to 1. */
  readonly onPlace?: (x: number, y: number) => void;
}

/** A hundredth of the plan with each press of an arrow key. */
const step = 0.01;
const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-step, 0],
  ArrowRight: [step, 0],
  ArrowUp: [0, -step],
  ArrowDown: [0, step],
};
const within = (part: number): number => Math.round(Math.min(1, Math.max(0, part)) * 10_000) / 10_000;

/** A plan with pins on it; touched to put one there, or moved by the arrow keys. */
export function PlanPicture({ plan, devices, chosen, onOpen, onPlace }: PlanPictureProps) {
  const say = useWords('installer');
  const placed = devices.flatMap((device) => (device.plan?.planId === plan.id ? [{ ...device, plan: device.plan }] : []));
  const own = placed.find(({ id }) => id === chosen)?.plan;
  const touch = (event: MouseEvent<HTMLButtonElement>): void => {
    // A press of Enter has no place.
    if (event.detail === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    onPlace?.(within((event.clientX - box.left) / box.width), within((event.clientY - box.top) / box.height));
  };
  const move = (event: KeyboardEvent): void => {
    const [dx, dy] = steps[event.key] ?? [];
    if (dx === undefined || dy === undefined) return;
    event.preventDefault();
    onPlace?.(within((own?.x ?? 0.5) + dx), within((own?.y ?? 0.5) + dy));
  };
  return (
    <div className={classes.plan}>
      <img src={`/api/v1/sites/${plan.siteId}/plans/${plan.id}`} width={plan.width} height={plan.height} alt={plan.name} />
      {onPlace && (
        <button
          type="button"
          className={classes.aim}
          aria-label={say('placeOnPlan', { name: plan.name })}
          onClick={touch}
          onKeyDown={move}
        />
      )}
      {placed.map(({ id, kind, name, state, plan: at }) => (
        <button
          key={id}
          type="button"
          className={classes.pin}
          data-state={state === 'offline' ? 'bad' : 'good'}
          {...(id === chosen ? { 'data-chosen': true } : {})}
          ref={(pin) => {
            pin?.style.setProperty('left', `${at.x * 100}%`);
            pin?.style.setProperty('top', `${at.y * 100}%`);
          }}
          title={name}
          aria-label={name}
          {...(onOpen ? { onClick: () => onOpen(id) } : { tabIndex: -1 })}
        >
          <Icon name={kindIcon[kind]} size="1.1em" />
        </button>
      ))}
    </div>
  );
}
