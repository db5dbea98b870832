import { expect, test } from 'vitest';
import { type Problem, Refused } from '../api/client.ts';
import type { Sent } from './outbox.ts';
import { outcomeOf } from './send.ts';

const problem = (code: Problem['code'], retry = false) => ({ code, retry }) as Problem;

test.each<[string, unknown, Sent['outcome']]>([
  ['no network', new TypeError('Failed to fetch'), 'unreachable'],
  ['a network that swallows', new DOMException('late', 'TimeoutError'), 'unreachable'],
  ['no session', new Refused(401, problem('credential-missing')), 'signed-out'],
  ['a session that must first have a second factor', new Refused(403, problem('second-factor-due')), 'signed-out'],
  ['an account without a unit', new Refused(409, problem('account-without-unit')), 'refused'],
  ['no such order', new Refused(404, problem('not-found')), 'refused'],
  ['too many at once', new Refused(429, problem('rate-limited', true)), 'unreachable'],
  ['what may be taken later', new Refused(409, problem('idempotency-running', true)), 'unreachable'],
  ['the record away', new Refused(503, problem('record-unavailable', true)), 'unreachable'],
  ['a proxy without its server', new Refused(404, undefined), 'unreachable'],
  ['a filter between', new Refused(403, undefined), 'unreachable'],
])('%s: %o is %s', (_what, error, outcome) => {
  expect(outcomeOf(error).outcome).toBe(outcome);
});
