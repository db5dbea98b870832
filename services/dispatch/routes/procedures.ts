import { resourceRoutes } from './register.ts';
import { answers, bodies } from './register-schemas.ts';

/** What is to be done at a call. Every change is another version; an incident keeps the one that it began with. */
export const procedureRoutes = resourceRoutes({
  shelf: 'procedures',
  tag: 'procedures',
  write: ['supervisor', 'admin'],
  body: bodies.procedures,
  answer: answers.procedures,
  filters: ['kind'],
  show: (rows) => [...rows],
  accept: (input) => input,
});
