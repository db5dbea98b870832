/** Browsers also name those they descend from: the first of these that is named is the one. */
const browsers = {
  ...{
    MicroMessenger: 'WeChat',
    EdgA: 'Edge',
    Edg: 'Edge',
    OPR: 'Opera',
    HuaweiBrowser: 'Huawei Browser',
    SamsungBrowser: 'Samsung Internet',
  },
  ...{ FxiOS: 'Firefox', Firefox: 'Firefox', CriOS: 'Chrome', Chrome: 'Chrome', Version: 'Safari' },
};
const systems = {
  ...{ HarmonyOS: 'HarmonyOS', OpenHarmony: 'HarmonyOS', iPhone: 'iPhone', iPad: 'iPad', Android: 'Android' },
  ...{ Windows: 'Windows', 'Mac OS X': 'macOS', Linux: 'Linux' },
};

/** What a browser says it is, so that people tell their devices apart: as "Chrome 146 · Windows". Undefined of what is no browser. */
export function inWords(agent: string): string | undefined {
  const browser = Object.entries(browsers).find(([mark]) => agent.includes(`${mark}/`));
  const system = Object.entries(systems).find(([mark]) => agent.includes(mark));
  if (!browser || !system) return undefined;
  const version = agent.split(`${browser[0]}/`)[1]?.match(/^\d+/)?.[0] ?? '';
  return `${browser[1]} ${version} · ${system[1]}`;
}
