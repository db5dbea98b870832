import { expect, test } from 'vitest';
import { adminPassword } from '../process.ts';
import { barriers } from './browser.ts';
import { insist, mayBeBusy } from './insist.ts';
import { type House, openHouse } from './rig.ts';

async function registerPlace({ api }: House): Promise<void> {
  await api('POST', '/stations', { id: 'central', name: '城关派出所', location: { lat: 30.1, lon: 120.1 } });
  const site = {
    id: 'hospital',
    name: '第一人民医院',
    kind: 'hospital',
    stationId: 'central',
    contacts: [],
    location: { lat: 30.1, lon: 120.1 },
  };
  await api('POST', '/sites', site);
  for (const id of ['near', 'far'])
    await api('POST', '/units', {
      id,
      name: id === 'near' ? '巡逻一组' : '巡逻二组',
      tier: 'city',
      stationId: 'central',
      status: 'available',
    });
}

test('a shift is handed over with two signatures, and stays as it was signed', async () => {
  const house = await openHouse();
  await registerPlace(house);
  await house.api('POST', '/accounts', { username: 'li', password: adminPassword, roles: ['operator'] });
  await house.api('POST', '/incidents', { kind: 'emergency', siteId: 'hospital', priority: 1, note: '门口有人打架' });
  const { page } = await house.seat('wang', ['operator'], { mayFail: [/401/, mayBeBusy] });
  await page.goto('/console/supervisor');
  await page.getByText('还没有交接班记录。').waitFor();
  expect(await barriers(page)).toEqual([]);
  await insist(() => page.getByRole('button', { name: '准备交接班' }).click(), page.getByRole('heading', { name: /未结警情/ }));
  await page
    .getByLabel(/的备注/)
    .first()
    .fill('家属稍后回电');
  await page.getByLabel('交班说明').fill('北门钥匙在门卫');
  expect(await barriers(page)).toEqual([]);

  await page.getByLabel('您的密码').fill(adminPassword);
  await insist(() => page.getByRole('button', { name: '交班签字' }).click(), page.getByText('等待接班签字'));
  await page.getByText('家属稍后回电').waitFor();
  await page.getByLabel('接班人用户名').fill('li');
  await page.getByLabel('接班人密码').fill('not the password');
  await page.getByRole('button', { name: '接班签字' }).click();
  await page.getByRole('alert').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel('接班人密码').fill(adminPassword);
  await insist(() => page.getByRole('button', { name: '接班签字' }).click(), page.getByText('签字后内容未变'));
  expect(await barriers(page)).toEqual([]);
  expect(await page.getByRole('textbox').count()).toBe(0);
  await page.getByRole('link', { name: '交接班' }).click();
  await page.getByText('已交接').waitFor();
});

test('a policy is previewed on last week and put in force, and goes back to the files', async () => {
  const house = await openHouse();
  await registerPlace(house);
  await house.api('POST', '/incidents', { kind: 'emergency', siteId: 'hospital', priority: 1, note: '' });
  const { page } = await house.seat('zhao', ['supervisor'], { mayFail: [mayBeBusy] });
  await page.goto('/console/supervisor/policies');
  const panic = page.getByRole('region', { name: '规则：紧急报警' });
  await panic.waitFor();
  expect(await barriers(page)).toEqual([]);
  await panic.getByLabel('立即派最近的几组').fill('1');
  await insist(() => page.getByRole('button', { name: '预览上一周' }).click(), page.getByText('1 起警情会有不同'));
  expect(await page.getByRole('article').textContent()).toContain('巡逻');
  expect(await barriers(page)).toEqual([]);
  await insist(() => page.getByRole('button', { name: '立即生效' }).click(), page.getByText(/现行策略：第 1 版，zhao/));
  const { policy } = await house.api<{ policy: { escalation: { rules: { id: string; atOnce: object }[] } } }>('GET', '/policies');
  expect(policy.escalation.rules.find(({ id }) => id === 'panic')?.atOnce).toMatchObject({ nearest: 1 });
  await insist(() => page.getByRole('button', { name: '恢复为配置文件' }).click(), page.getByText(/现行策略：配置文件（第 2 版）/));
});
