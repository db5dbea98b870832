import { Refused } from '../api/client.ts';
import { faultWords } from '../words/fault-words.ts';
import { useWordFor, useWords } from '../words/index.ts';

/** What is wrong with one field, from the server's own words. */
export function useFaultWords(): { readonly faultOf: (message: string) => string; readonly called: (code: string) => string } {
  const say = useWords('faults');
  const word = useWordFor('faults');
  const called = (code: string): string => (code.includes('.') ? code : word(`called.${code}`));
  return { faultOf: (message) => faultWords(message, say, called), called };
}

/** What is wrong with a refused request, by the name of the field below `under`, for example `body.settings`. */
export function useFaultsUnder(error: unknown, under: string): Readonly<Record<string, string>> {
  const { faultOf } = useFaultWords();
  const faults = error instanceof Refused ? (error.problem?.faults ?? []) : [];
  return Object.fromEntries(
    faults.flatMap(({ path, message }) =>
      path.startsWith(`${under}.`) ? [[path.slice(under.length + 1).split('.')[0] ?? '', faultOf(message)]] : [],
    ),
  );
}
