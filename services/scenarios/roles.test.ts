import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { roles } from '../dispatch/access.ts';
import { patient } from './api.ts';
import { openStation, type Station } from './rig.ts';

interface Row {
  readonly method: string;
  readonly url: string;
  /** By column of the page: `nobody` and each role. */
  readonly may: Readonly<Record<string, boolean>>;
}

/** What docs/roles.md says, which people read and agree to. */
function pageRows(): readonly Row[] {
  const page = readFileSync(join(import.meta.dirname, '../../docs/roles.md'), 'utf8');
  const lines = page.split('\n').filter((line) => line.startsWith('| '));
  const cells = lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const [, , ...columns] = cells[0] ?? [];
  expect(columns).toEqual(['nobody', ...roles]);
  return cells.slice(2).map(([method = '', url = '', ...marks]) => ({
    method,
    url: url.replaceAll('`', ''),
    may: Object.fromEntries(columns.map((name, index) => [name, marks[index] === 'yes'])),
  }));
}

/** `allowed`: the guard let the request through, whatever the route then made of it. */
type Outcome = 'allowed' | 'no credential' | 'not this role';

async function ask(at: Station, { method, url }: Row, authorization?: string): Promise<Outcome> {
  const address = at.http().url + url.replaceAll(/:\w+|\*/g, 'x');
  const end = new AbortController();
  // A body that no route takes: what is allowed is then refused for its shape, and nothing happens.
  const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{"no-such-field":1}' };
  const headers = { ...('body' in body && { 'content-type': 'application/json' }), ...(authorization !== undefined && { authorization }) };
  const answer = await patient(() => fetch(address, { method, headers, ...body, redirect: 'manual', signal: end.signal }));
  // A stream answers as long as it is heard; who may not hear it is told at once.
  const text = answer.status === 401 || answer.status === 403 ? await answer.text() : '';
  end.abort();
  if (answer.status === 401 && text.includes('"credential-missing"')) return 'no credential';
  return answer.status === 403 && text.includes('This needs one of the roles') ? 'not this role' : 'allowed';
}

async function tokens(at: Station): Promise<Readonly<Record<string, string>>> {
  const password = 'walks every route';
  const signedIn = roles.map(async (role) => {
    await at.api('POST', '/accounts', { username: `the-${role}`, password, roles: [role] });
    const { token } = await at.api<{ token: string }>('POST', '/sessions', { username: `the-${role}`, password });
    return [role, `Bearer ${token}`] as const;
  });
  return Object.fromEntries(await Promise.all(signedIn));
}

test('every route lets in whom docs/roles.md names, and nobody else', async () => {
  const at = await openStation();
  const rows = pageRows();
  const registered = at.routes().filter(({ url }) => !url.startsWith('/api/docs/'));
  expect(rows.map(({ method, url }) => `${method} ${url}`).toSorted()).toEqual(
    registered.map(({ method, url }) => `${method} ${url}`).toSorted(),
  );

  const token = await tokens(at);
  // Whoever signs out has no credential any more.
  const signsOut = ({ method, url }: Row) => method === 'DELETE' && url.endsWith('/sessions/current');
  const last = rows.toSorted((a, b) => Number(signsOut(a)) - Number(signsOut(b)));
  const wrong: string[] = [];
  for (const row of last) {
    for (const who of ['nobody', ...roles]) {
      const outcome = await ask(at, row, token[who]);
      const wanted = row.may[who] ? 'allowed' : who === 'nobody' ? 'no credential' : 'not this role';
      if (outcome !== wanted) wrong.push(`${row.method} ${row.url} as ${who}: ${outcome} instead of ${wanted}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('an officer reaches the own page and no list of the station', () => {
  const mine = pageRows().filter(({ may }) => may['officer'] && !may['nobody']);
  expect(mine.map(({ method, url }) => `${method} ${url.replace('/api/v1', '')}`).toSorted()).toEqual([
    'DELETE /sessions/current',
    'GET /cameras/:id/live',
    'GET /cameras/:id/snapshot',
    'GET /map/places',
    'GET /map/tiles.pmtiles',
    'GET /me',
    'GET /me/second-factor',
    'GET /me/sessions',
    'GET /officer/orders',
    'GET /officer/stream',
    'GET /sessions/current',
    'POST /me/second-factor',
    'POST /me/second-factor/confirm',
    'POST /me/second-factor/off',
    'POST /officer/duty',
    'POST /officer/emergency',
    'POST /officer/position',
    'POST /officer/reports',
    'PUT /me',
    'PUT /me/password',
  ]);
});
