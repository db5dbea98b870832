import { type Decision, roles } from '../../services/dispatch/access.ts';
import { mayUse } from '../../services/dispatch/roles.ts';
import { fromRoutes } from './routed-app.ts';

/** docs/roles.md: every route, and who may use it. */
export async function rolesPage(): Promise<string> {
  const decisions = await fromRoutes((app) => app.decisions);
  const shown = decisions.filter(({ url }) => !url.startsWith('/api/docs/'));
  const rows = shown
    .map(rowOf)
    .toSorted(byAddress)
    .map(({ cells }) => `| ${cells.join(' | ')} |`);
  return [
    '# Roles and routes · 角色与接口',
    '',
    'Made by `node scripts/generate.ts` from what each route declares: do not edit. A test asks every route of the running product as every',
    'role and as nobody, and holds the answers against the same declarations. A route that declares nothing keeps the product from starting.',
    '',
    'An officer reaches the page of the own unit (`/officer/…`), the own account, where things stand on the map, and the cameras of the incidents',
    'that the unit is sent to, as long as it is sent there. An auditor reads all that is written, the audit trail too, changes nothing but the own',
    'password, and sees no live picture. An API key has the roles it was given and may be narrowed further (`scopes`); `/metrics` is open to keys of',
    'any role.',
    '',
    '民警只能使用本警组的页面接口、本人账号、地图底图，以及所派警情的摄像机（仅在出警期间）。审计员可读取全部记录与审计日志，除本人密码外不能更改任何内容，也不能看实时画面。API 密钥按所授角色使用，还可用 `scopes` 进一步收窄；`/metrics` 对任何角色的密钥开放。',
    '',
    `| | ${['route', 'nobody', ...roles].join(' | ')} |`,
    `| ${Array.from({ length: roles.length + 3 }, () => '---').join(' | ')} |`,
    ...rows,
    '',
  ].join('\n');
}

interface Line {
  readonly address: string;
  readonly cells: readonly string[];
}

const rowOf = ({ method, url, access }: Decision): Line => ({
  address: `${url} ${method}`,
  cells: [method, `\`${url}\``, mark(access === 'public'), ...roles.map((role) => mark(mayUse(access, [role])))],
});
const mark = (may: boolean): string => (may ? 'yes' : '·');
const byAddress = (a: Line, b: Line): number => (a.address < b.address ? -1 : 1);
