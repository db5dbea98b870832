import { resourceRoutes } from './register.ts';
import { answers, bodies } from './register-schemas.ts';

export const stationRoutes = resourceRoutes({
  shelf: 'stations',
  tag: 'register',
  write: ['supervisor', 'admin'],
  body: bodies.stations,
  answer: answers.stations,
  filters: [],
  show: (rows) => [...rows],
  accept: (input) => input,
});
