import { resourceRoutes } from './register.ts';
import { answers, bodies } from './register-schemas.ts';

export const unitRoutes = resourceRoutes({
  shelf: 'units',
  tag: 'register',
  write: ['installer', 'supervisor', 'admin'],
  body: bodies.units,
  answer: answers.units,
  filters: ['stationId', 'gridId', 'deviceId', 'status'],
  show: (rows) => [...rows],
  accept: (input) => input,
});
