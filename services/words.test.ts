import { describe, expect, test } from 'vitest';
import { loadPhrases, textsOf } from '../config/phrases/load.ts';
import type { Entry } from './alarm/index.ts';
import { type Names, placeholdersFilled, words } from './words.ts';

const phrases = loadPhrases();
const zh = words('zh', phrases);
const en = words('en', phrases);
const names: Names = { units: new Map([['car-1', '巡逻一组']]), devices: new Map([['key-1', '急诊按键']]) };

const lines: readonly { entry: Entry; zh: string; en: string }[] = [
  {
    entry: {
      kind: 'opened',
      reason: 'press-emergency',
      by: 'key-1',
      data: { kind: 'emergency', priority: 1, silent: false, confirmed: false, placed: 'first-of-its-device' },
    },
    zh: '一级警情：紧急求助。按键紧急求助（急诊按键）',
    en: 'Priority 1 incident: emergency. emergency key pressed (急诊按键)',
  },
  {
    entry: {
      kind: 'opened',
      reason: 'seen-by-operator',
      by: 'wang',
      data: { kind: 'crowd', priority: 3, silent: false, confirmed: false, note: '人群聚集' },
    },
    zh: '三级警情：crowd。值班员视频巡查发现（wang），备注：人群聚集',
    en: 'Priority 3 incident: crowd. Seen by an operator (wang); note: 人群聚集',
  },
  {
    entry: { kind: 'signal', reason: 'repeat-of-one-device', by: 'key-1', data: { what: 'press', sorted: 'press-emergency' } },
    zh: '急诊按键上报“按键报警”，同一设备重复报警，并入本警情',
    en: '急诊按键 reports key press: repeat of the same device, joined to this incident',
  },
  {
    entry: { kind: 'ordered', reason: 'fresh-position', data: { unitId: 'car-1', reason: 'fresh-position', distance: 320, circle: 1 } },
    zh: '就近调派巡逻一组，距现场320米，1分钟处警圈内',
    en: 'Nearest unit 巡逻一组 ordered, 320 m from the scene, within the 1-minute circle',
  },
  {
    entry: { kind: 'ordered', reason: 'no-unit-available', data: {} },
    zh: '无可派警力，请指挥台人工调度',
    en: 'No unit available: the desk must dispatch by hand',
  },
  {
    entry: { kind: 'order', reason: 'climbed', by: 'car-1', data: { orderId: 'o', unitId: 'car-1', state: 'accepted' } },
    zh: '巡逻一组：已接令',
    en: '巡逻一组: accepted',
  },
  {
    entry: {
      kind: 'loudspeaker',
      reason: 'loudspeaker-heard',
      by: 'key-1',
      data: { ear: 'cam-1', confidence: 0.987, insteadOf: 'horn-2' },
    },
    zh: '扬声器急诊按键：现场拾音器已听到广播（cam-1的拾音器，把握99%）（代替horn-2）',
    en: 'Loudspeaker 急诊按键: the words were heard there (microphone of cam-1, 99 % sure) (in place of horn-2)',
  },
  {
    entry: { kind: 'loudspeaker', reason: 'loudspeaker-failed-over', by: 'horn-1', data: { why: 'not-heard', neighbour: 'key-1' } },
    zh: '扬声器horn-1播放失败：旁边的拾音器没有听到；改用扬声器急诊按键',
    en: 'Loudspeaker horn-1 failed: the microphone beside it did not hear it; trying loudspeaker 急诊按键',
  },
  {
    entry: { kind: 'order', reason: 'unit-silent', data: { unitId: 'foot-9', wanted: 'try-next-bearer' } },
    zh: 'foot-9未回送达回执，改用下一承载重发',
    en: 'foot-9 sent no delivery receipt, sending again over the next bearer',
  },
  {
    entry: {
      kind: 'escalated',
      reason: 'nobody-answered-in-time',
      data: { clock: 'acknowledge', level: 2, steps: ['next-unit', 'duty-leader'], lateMs: 40 },
    },
    zh: '规定时限内无人受理，启动第2级提级：加派下一警力、呼叫值班领导',
    en: 'Nobody acknowledged in time; escalation level 2: call the next unit, call the duty leader',
  },
  { entry: { kind: 'acknowledged', by: '王警官', data: {} }, zh: '王警官受理警情', en: 'Acknowledged by 王警官' },
  {
    entry: { kind: 'acknowledged', reason: 'already-so', by: '李警官', data: {} },
    zh: '李警官受理警情（此前已受理）',
    en: 'Acknowledged by 李警官 (acknowledged before)',
  },
  {
    entry: { kind: 'note', by: '王警官', data: { note: '已联系保卫科' } },
    zh: '王警官补充：已联系保卫科',
    en: '王警官 noted: 已联系保卫科',
  },
  {
    entry: { kind: 'closed', reason: 'handed-to-12345', by: '王警官', data: { disposition: 'non-police' } },
    zh: '王警官结案，定性：非警务事项（已移交12345热线）',
    en: 'Closed by 王警官 as not a police matter (handed over to 12345)',
  },
];

describe('the timeline', () => {
  test.each(lines)('$zh', (line) => {
    expect(zh.entry(line.entry, names)).toBe(line.zh);
    expect(en.entry(line.entry, names)).toBe(line.en);
  });

  test('words of the register stand as they are, braces and prototype names too', () => {
    const odd: Entry = { kind: 'note', by: 'constructor', data: { note: '{unit} $& __proto__' } };
    expect(en.entry(odd, names)).toBe('constructor noted: {unit} $& __proto__');
  });

  test('every placeholder of every text is one that is filled in', () => {
    const known = new Set<string>(placeholdersFilled);
    for (const wording of Object.values(phrases)) {
      for (const [path, text] of textsOf(wording))
        for (const [, name = ''] of text.matchAll(/\{([^{}]*)\}/g)) expect(known.has(name), `${path}: ${name}`).toBe(true);
    }
  });
});

describe('orders', () => {
  const site = { name: '市第一医院', address: '人民路1号' };

  test('say kind, place and what', () => {
    expect(zh.order({ kind: 'emergency', exercise: false, site, what: '急诊按键' })).toBe(
      '【紧急求助】市第一医院，人民路1号，急诊按键。立即出警，注意安全。',
    );
  });
  test('are marked in an exercise, an operator’s own text too', () => {
    expect(zh.order({ kind: 'assist', exercise: true, site })).toMatch(/^【演练】【一般求助】/);
    expect(en.order({ kind: 'assist', exercise: true, site, text: 'Go to gate 3' })).toBe('EXERCISE Go to gate 3');
  });
  test('of duress tell the officers to come unnoticed', () => {
    expect(zh.order({ kind: 'duress', exercise: false, site })).toContain('勿鸣警笛');
  });
  test('without a site give coordinates, without those say so', () => {
    expect(en.order({ kind: 'officer-emergency', exercise: false, location: { lat: 30.1, lon: 120.2 } })).toContain(
      'lat 30.10000, lon 120.20000',
    );
    expect(zh.order({ kind: 'silence', exercise: false })).toContain('位置不明');
  });
  test('of a kind that the station named itself carry its name', () => {
    expect(zh.order({ kind: '占道经营', exercise: false, site })).toMatch(/^【占道经营】市第一医院/);
  });
  test('fit a radio screen: 60 characters in Chinese with a usual site', () => {
    for (const kind of Object.keys(phrases.zh.orders))
      expect(zh.order({ kind, exercise: true, site, what: '急诊按键' }).length, kind).toBeLessThanOrEqual(60);
  });
});

describe('phrases', () => {
  test('are found by id in both languages', () => {
    expect(zh.phraseIds()).toEqual(en.phraseIds());
    for (const id of zh.phraseIds()) expect(en.phrase(id)).not.toBe('');
  });
  test.each(['no-such-phrase', 'constructor', '__proto__'])('%s is none', (id) => expect(zh.phrase(id)).toBeUndefined());
});

describe('calls up the ladder', () => {
  test('name the incident', () => {
    expect(zh.told('supervisor', { kind: 'emergency', number: 17, exercise: false })).toBe('值班长请注意：17号紧急求助警情超时未处置');
    expect(en.told('desk', { kind: 'crowd', number: 3, exercise: true })).toBe('EXERCISE Incident 3 (crowd) is waiting: acknowledge now');
  });
});
