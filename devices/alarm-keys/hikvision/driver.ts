import { z } from 'zod';
import { type Device, type DriverType, type Fact, type Told, Trouble, type TroubleCode } from '../../driver.ts';
import { type Door, webRequest } from '../../web.ts';
import type { After } from '../../web-door.ts';
import { webStream } from '../../web-stream.ts';
import { keyFact, readInputStatus, source } from './isapi.ts';
import { boundaryOf, openMultipart } from './multipart.ts';

const answerWithin = 3000;
/** The heartbeat comes every 10 s or so; a cut cable is seen after two of them are missing. */
const silentAfter = 30_000;
/** Some firmware says `active` again every second while the input is closed, milliseconds. */
const sameAlert = 5000;

export const hikvisionSettings = z.strictObject({
  base: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .refine((text) => {
      const url = URL.parse(text);
      return url?.username === '' && url.password === '' && url.pathname === '/' && url.search === '' && url.hash === '';
    }, 'must be http:// or https://, host and port only, without user name and password')
    .meta({ title: 'Address of the device (http:// or https://)', way: true }),
  username: z.string().min(1).max(200).optional().meta({ title: 'User name' }),
  password: z.string().max(200).optional().meta({ title: 'Password', secret: true }),
  fingerprint: z
    .string()
    .regex(/^([0-9a-f]{2}:?){31}[0-9a-f]{2}$/i, 'must be 64 hexadecimal digits')
    .optional()
    .meta({
      title: 'SHA-256 fingerprint of its certificate',
      description: 'For https:// with a certificate of its own making.',
      way: true,
    }),
  allowBasic: z.boolean().default(false).meta({ title: 'May send the password readable if the device knows nothing else', way: true }),
  input: z
    .string()
    .regex(/^\d{1,5}$/, 'is not the number of an input')
    .default('1')
    .meta({ title: 'Alarm input', description: 'Its number as the device tells it; a recorder counts those of its cameras anew.' }),
});
type Settings = z.infer<typeof hikvisionSettings>;

const doorOf = ({ base, username, password, fingerprint, allowBasic }: Settings): Door => ({
  base,
  allowBasic,
  ...(username === undefined ? {} : { username }),
  ...(password === undefined ? {} : { password }),
  ...(fingerprint === undefined ? {} : { fingerprint }),
});

export interface WatchTools {
  readonly now: () => number;
  readonly after?: After;
}

/** A key wired to the alarm input of a Hikvision camera or recorder. NO or NC is set on the device itself. */
export const hikvisionKey: DriverType<Settings> = {
  name: 'hikvision',
  kind: 'key',
  title: { zh: '接入海康威视设备的报警按钮（ISAPI）', en: 'Alarm key wired to a Hikvision device (ISAPI)' },
  settings: hikvisionSettings,
  open: (give, device) => ({ watch: (told, signal) => watchInput(device, told, signal, { now: give.now }) }),
};

/**
 * Listens first and asks then how the input stands, so that no push falls between. @throws Trouble
 * @param tools `after` runs the deadlines; tests hand in a clock of their own
 */
export async function watchInput(device: Device<Settings>, told: Told, signal: AbortSignal, { now, after }: WatchTools): Promise<void> {
  const door = doorOf(device.settings);
  const { input } = device.settings;
  const way = { milliseconds: answerWithin, signal, ...(after === undefined ? {} : { after }) };
  const stream = await webStream(door, { ...way, path: '/ISAPI/Event/notification/alertStream', idle: silentAfter });
  if (stream.status !== 200) throw refusal(stream.status);
  const boundary = boundaryOf(stream.headers['content-type']);
  if (boundary === undefined) {
    await stream.body[Symbol.asyncIterator]().return?.();
    throw new Trouble('garbled', 'the alert stream is no multipart');
  }
  const parts = openMultipart(boundary);
  let activeAt = Number.NEGATIVE_INFINITY;
  const isNews = (fact: Fact): boolean => {
    if (fact.type !== 'digital-input') return true;
    const again = fact.active && now() - activeAt < sameAlert;
    activeAt = fact.active ? now() : Number.NEGATIVE_INFINITY;
    return !again;
  };
  told.alive();
  const stands = await askInput(door, way, input);
  if (stands !== undefined) await told.hear([{ type: 'digital-input', active: stands, retained: true, data: source(input) }]);
  for await (const piece of stream.body) {
    const read = parts.push(piece);
    if ('fault' in read) throw new Trouble('garbled', read.fault);
    const facts = read.flatMap((part) => (part.type.startsWith('image/') ? [] : (keyFact(part.body, input) ?? []))).filter(isNews);
    told.alive();
    if (facts.length > 0) await told.hear(facts);
  }
  throw new Trouble('unreachable', 'the device ended its alert stream');
}

/**
 * Not every model tells its inputs; the stream then has to do. What else is wrong shows on the stream as well, but for a push
 * while nobody listened: so whoever is only slow or busy is asked again.
 */
async function askInput(door: Door, way: Way, input: string, tries = 3): Promise<boolean | undefined> {
  try {
    const { status, body } = await webRequest(door, { ...way, method: 'GET', path: `/ISAPI/System/IO/inputs/${input}/status` });
    return status === 200 ? readInputStatus(body) : undefined;
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    return passing.has(error.code) && tries > 1 ? askInput(door, way, input, tries - 1) : undefined;
  }
}

const passing: ReadonlySet<TroubleCode> = new Set(['unreachable', 'silent', 'busy']);

interface Way {
  readonly milliseconds: number;
  readonly signal: AbortSignal;
  readonly after?: After;
}

function refusal(status: number): Trouble {
  if (status === 403) return new Trouble('refused', 'the account may not read alerts');
  if (status === 404 || status === 405) return new Trouble('unsupported', 'the device has no alert stream');
  if (status === 503) return new Trouble('busy', 'the device has no place left for another listener');
  return new Trouble('garbled', `the alert stream answers ${status}`);
}
