import type { Row } from '../row.ts';

/** Clocks that jump, and machines that disagree. */
const setsClocks = 'needs libfaketime; npm run simulate sets the clock at starts by 30 s, 10 min and 1 h, forwards and back';

export const clockRows: readonly Row[] = [
  {
    number: 17,
    title: 'the clock is set by an hour while an escalation is pending',
    bound: 'the escalation within 1 s of its due time',
    how: 'libfaketime',
    run: { not: setsClocks },
  },
  { number: 18, title: 'two processes whose clocks are 60 s apart', bound: 'no effect', how: 'libfaketime', run: { not: setsClocks } },
  {
    number: 30,
    title: 'the standby takes over while the other is only frozen',
    bound: 'exactly one sends',
    how: 'two processes on one record',
    run: { not: 'needs a PostgreSQL that outlives the first process; row 6 freezes a holder of leases beyond their end' },
  },
  {
    number: 33,
    title: 'a day in short: 10⁶ events, one of these faults a minute',
    bound: 'all promises; memory does not grow',
    how: 'hours on a machine of its own',
    run: { not: 'longer than the minute that a row may take' },
  },
];
