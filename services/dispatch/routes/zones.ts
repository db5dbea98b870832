import { resourceRoutes } from './register.ts';
import { answers, bodies } from './register-schemas.ts';

/** Loudspeakers that are spoken to together. Every one must be registered; what else is named there is refused when the zone is used. */
export const zoneRoutes = resourceRoutes({
  shelf: 'zones',
  tag: 'register',
  write: ['installer', 'supervisor', 'admin'],
  body: bodies.zones,
  answer: answers.zones,
  filters: ['stationId', 'loudspeakerId'],
  show: (rows) => [...rows],
  accept: (input) => input,
});
