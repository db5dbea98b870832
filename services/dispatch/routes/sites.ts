import { resourceRoutes } from './register.ts';
import { answers, bodies } from './register-schemas.ts';

export const siteRoutes = resourceRoutes({
  shelf: 'sites',
  tag: 'register',
  write: ['installer', 'supervisor', 'admin'],
  body: bodies.sites,
  answer: answers.sites,
  filters: ['kind', 'stationId', 'gridId', 'search'],
  show: (rows) => [...rows],
  accept: (input) => input,
});
