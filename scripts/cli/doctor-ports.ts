import { createServer } from 'node:net';
import type { Settings } from '../../config/schema.ts';
import { ownUrl } from './client.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** What stands on the ports of the settings. */
export interface Survey {
  readonly ports: readonly { readonly name: string; readonly port: number; readonly taken: string | undefined }[];
  /** What `/readyz` says where a Baiying answers on the HTTP port; undefined where none does. */
  readonly ready: Ready | undefined;
  /** Another address that was named, and what answers there. */
  readonly named?: { readonly url: string; readonly ready: Ready | undefined };
}
interface Ready {
  readonly status: string;
  readonly reasons: readonly string[];
}

const names = ['httpPort', 'httpsPort', 'mqttPort', 'mqttsPort', 'mqttWsPort'] as const;
const patience = 3000;

/** @param url where the service is said to be, when not where these settings put it */
export async function openSurvey(settings: Settings, url?: string): Promise<Survey> {
  const asked = names.flatMap((name) => {
    const port = settings[name];
    return port === undefined || port === 0 ? [] : [{ name, port }];
  });
  const looked = await Promise.all(asked.map(async ({ name, port }) => ({ name, port, taken: await obstacle(port, settings.bind) })));
  const ready = settings.httpPort === 0 ? undefined : await readiness(ownUrl(settings));
  return { ports: looked, ready, ...(url === undefined ? {} : { named: { url, ready: await readiness(url) } }) };
}

/** Why the port cannot be listened on: `EADDRINUSE`, `EACCES`; undefined when it can. */
function obstacle(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

async function readiness(url: string): Promise<Ready | undefined> {
  try {
    const answer: unknown = await (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(patience) })).json();
    return isReady(answer) ? answer : undefined;
  } catch {
    // Nobody there, or somebody who speaks otherwise: either way no Baiying.
    return undefined;
  }
}

const isReady = (answer: unknown): answer is Ready =>
  typeof answer === 'object' && answer !== null && 'status' in answer && 'reasons' in answer && Array.isArray(answer.reasons);

export function service({ ready: own, named }: Survey): Finding {
  const ready = named ? named.ready : own;
  if (!ready && named)
    return fail(
      'service',
      { en: `no Baiying answers at ${named.url}`, zh: `${named.url} 没有百应在应答` },
      { en: 'mend --url or BAIYING_URL, or start Baiying there', zh: '请更正 --url 或 BAIYING_URL，或在那里启动百应' },
    );
  if (!ready)
    return warn(
      'service',
      { en: 'Baiying does not run, or not on the port of these settings', zh: '百应未运行，或不在这些配置的端口上' },
      'npm start',
    );
  if (ready.status === 'ok') return ok('service', { en: 'Baiying runs and is ready', zh: '百应正在运行，已就绪' });
  return fail('service', ready.reasons.join('\n'), {
    en: 'Baiying runs but is not ready; its log (stderr of npm start) says more',
    zh: '百应在运行但未就绪；详见其日志（npm start 的标准错误）',
  });
}

export function ports({ ports: looked, ready }: Survey): Finding {
  const shown = looked.map(({ name, port }) => `${name} ${port}`).join(', ');
  const forbidden = looked.filter(({ taken }) => taken !== undefined && taken !== 'EADDRINUSE');
  if (forbidden.length > 0) {
    const why = forbidden.map(({ name, port, taken }) => `${name} ${port} (${taken})`).join(', ');
    return fail(
      'ports',
      { en: `may not be used: ${why}`, zh: `不可使用：${why}` },
      {
        en: 'choose ports above 1023, and an address of this machine as BAIYING_BIND',
        zh: '请选用 1023 以上的端口，并以本机地址作为 BAIYING_BIND',
      },
    );
  }
  const taken = looked.filter((one) => one.taken !== undefined);
  const held = taken.map(({ name, port }) => `${name} ${port}`).join(', ');
  if (taken.length === 0)
    return ok('ports', shown === '' ? { en: 'any free ones', zh: '任意空闲端口' } : { en: `free: ${shown}`, zh: `空闲：${shown}` });
  if (ready) return ok('ports', { en: `taken by Baiying: ${held}`, zh: `由百应占用：${held}` });
  return fail(
    'ports',
    { en: `taken by another program: ${held}`, zh: `被其他程序占用：${held}` },
    { en: 'stop that program (ss -ltnp shows it), or set another port', zh: '请停止该程序（ss -ltnp 可查看），或改用其他端口' },
  );
}
