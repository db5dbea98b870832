import { errors } from '../../services/errors.ts';

/** docs/errors.md: every code that a problem document (RFC 9457) may carry. */
export function errorsPage(): string {
  const rows = Object.entries(errors).map(
    ([code, { status, retry, title, remedy }]) => `| \`${code}\` | ${status} | ${retry ? 'yes' : 'no'} | ${title} | ${remedy} |`,
  );
  return [
    '# Errors',
    '',
    'Made by `node scripts/generate.ts` from services/errors.ts: do not edit.',
    '',
    'Every error is a problem document (RFC 9457, `application/problem+json`) with a stable `code` of this list. Where a request has',
    'faults, `faults` names each with its `path` and `message`.',
    '',
    '| code | status | try again? | meaning | what to do |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
