import { Trouble, type TroubleCode } from '../../devices/driver.ts';
import { type ErrorCode, Fault } from '../errors.ts';

const codes: Readonly<Record<TroubleCode, ErrorCode>> = {
  unreachable: 'device-unreachable',
  silent: 'device-silent',
  refused: 'device-refused',
  garbled: 'device-garbled',
  busy: 'device-busy',
  unsupported: 'not-implemented',
  misconfigured: 'device-misconfigured',
};

export const codeOfTrouble = (code: TroubleCode): ErrorCode => codes[code];

/** What a driver threw, as an answer to the person who asked. What is no Trouble is passed on as it is. */
export const faultOfTrouble = (error: unknown): unknown =>
  error instanceof Trouble ? new Fault(codes[error.code], error.message, [], { cause: error }) : error;

/** Runs what asks a device. @throws Fault with the code of the trouble */
export async function askDevice<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw faultOfTrouble(error);
  }
}
