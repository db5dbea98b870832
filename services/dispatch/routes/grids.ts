import { resourceRoutes } from './register.ts';
import { answers, bodies } from './register-schemas.ts';

export const gridRoutes = resourceRoutes({
  shelf: 'grids',
  tag: 'register',
  write: ['supervisor', 'admin'],
  body: bodies.grids,
  answer: answers.grids,
  filters: ['stationId', 'unitId'],
  show: (rows) => [...rows],
  accept: (input) => input,
});
