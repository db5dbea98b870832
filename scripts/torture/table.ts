import { cameraRows } from './faults/cameras.ts';
import { clockRows } from './faults/clocks.ts';
import { diskRows } from './faults/disks.ts';
import { failpointRows } from './faults/failpoints.ts';
import { floodRows } from './faults/floods.ts';
import { lineRows } from './faults/lines.ts';
import { processRows } from './faults/processes.ts';
import { recordRows } from './faults/record.ts';
import { redisRows } from './faults/redis.ts';
import { standbyRows } from './faults/standby.ts';
import type { Row } from './row.ts';

/** Every fault, in the order of its number. */
export const rows: readonly Row[] = [
  ...processRows,
  ...failpointRows,
  ...redisRows,
  ...recordRows,
  ...diskRows,
  ...clockRows,
  ...standbyRows,
  ...lineRows,
  ...floodRows,
  ...cameraRows,
].toSorted((a, b) => a.number - b.number);
