import type { Page } from 'playwright-core';

/** A request to the HTTP side as the administrator. @throws Error with status and body when it is refused */
export type Asker = <T = Record<string, unknown>>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) => Promise<T>;

export interface Sitter {
  readonly username: string;
  readonly password: string;
  /** Where the phone is. */
  readonly place?: { readonly latitude: number; readonly longitude: number };
}

export interface Shot {
  readonly name: string;
  readonly path: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly phone?: boolean;
  /** Whose browser it is; the administrator's when not said. */
  readonly who?: (api: Asker) => Promise<Sitter>;
  /** Brings the page to what is to be seen. */
  readonly until: (page: Page, language: 'zh' | 'en') => Promise<unknown>;
}

const desk = { width: 1366, height: 768 };
const phone = { width: 390, height: 844 };

/** Until pictures move and lists are full; the event stream never ends, so there is no idle network to wait for. */
const settled = (page: Page): Promise<void> => page.waitForTimeout(6000);

interface Site {
  readonly id: string;
  readonly stationId: string;
  readonly location: { readonly lat: number; readonly lon: number };
}

/** An officer with a phone, and an order on it from a site of the county some streets away. */
async function officerWithOrder(api: Asker): Promise<Sitter> {
  const {
    items: [site],
  } = await api<{ items: readonly Site[] }>('GET', '/sites?limit=1');
  if (!site) throw new Error('the county has no site');
  const account = { username: 'wang', password: 'a-password-for-pictures' };
  const officer = { ...account, place: { latitude: site.location.lat - 0.006, longitude: site.location.lon - 0.005 } };
  const { items } = await api<{ items: readonly { username: string }[] }>('GET', '/accounts');
  if (items.some(({ username }) => username === officer.username)) return officer;
  const unit = { id: 'guide-car', name: '巡逻一号车', tier: 'city', stationId: site.stationId, status: 'available' };
  await api('POST', '/units', unit);
  await api('POST', '/devices', { id: 'guide-phone', kind: 'radio', driver: 'phone', name: '一号车手机', unitId: unit.id });
  await api('POST', '/accounts', { ...account, roles: ['officer'], unitId: unit.id });
  const incident = await api<{ id: string }>('POST', '/incidents', { kind: 'emergency', siteId: site.id, priority: 1, note: '演练' });
  await api('POST', `/incidents/${incident.id}/orders`, { unitIds: [unit.id] });
  return officer;
}

/** The pictures of the guides, in the order of the pages. */
export const shots: readonly Shot[] = [
  {
    name: 'desk',
    path: '/console/desk',
    size: desk,
    until: async (page) => {
      await page.getByRole('listitem').getByRole('button').first().click();
      await settled(page);
    },
  },
  { name: 'patrol', path: '/console/patrol', size: desk, until: settled },
  {
    name: 'map',
    path: '/console/map',
    size: desk,
    until: async (page, language) => {
      await settled(page);
      // A machine without a graphics card draws slowly.
      await page.getByText(language === 'zh' ? '正在加载：地图' : 'Loading: Map').waitFor({ state: 'hidden', timeout: 120_000 });
    },
  },
  { name: 'installer', path: '/console/installer', size: phone, phone: true, until: settled },
  { name: 'installer-due', path: '/console/installer/due', size: desk, until: settled },
  {
    name: 'officer',
    path: '/console/officer',
    size: phone,
    phone: true,
    who: officerWithOrder,
    until: settled,
  },
  { name: 'supervisor', path: '/console/supervisor', size: desk, until: settled },
  { name: 'admin', path: '/console/admin', size: desk, until: settled },
];

/** @throws Error when the password is not taken */
export async function askerOf(http: string, password: string): Promise<Asker> {
  let token = '';
  const ask: Asker = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${http}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} answers ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  token = (await ask<{ token: string }>('POST', '/sessions', { username: 'admin', password })).token;
  return ask;
}
