import { wordsOf } from '../../devices/media/hearing-testing.ts';

/** Warnings as they are really said, by the same voice, so that a wrong clip is as like the right one as can be. */
const sentences: readonly (readonly [voice: 'cmn-latn-pinyin' | 'en', text: string])[] = [
  ['cmn-latn-pinyin', '这里是派出所，请注意安全，立即离开现场，民警马上就到。'],
  ['cmn-latn-pinyin', '前方学校门口发生纠纷，请车辆绕行，请家长在校外等候。'],
  ['cmn-latn-pinyin', '您已进入警戒区域，请立即停止行动，原地等待民警处置。'],
  ['cmn-latn-pinyin', '各位群众请注意，暴雨将至，请远离河道和低洼地带。'],
  ['cmn-latn-pinyin', '请不要围观，请为救护车让出通道，谢谢配合。'],
  ['cmn-latn-pinyin', '医院急诊楼已启动应急预案，保安人员请到一楼大厅集合。'],
  ['en', 'This is the police. Please stay calm and leave the building by the nearest exit.'],
  ['en', 'Attention. You are being recorded. Officers are on their way to this place.'],
  ['en', 'Drivers, please keep the junction clear for the ambulance that is coming.'],
  ['en', 'The school gate is closed. Parents are asked to wait on the other side of the road.'],
];

/** The sentences at 8 kHz mono, or undefined where the speech package is not installed. */
export async function spoken(): Promise<readonly Int16Array[] | undefined> {
  const name = 'espeak-ng';
  // Not installed: the bench says so.
  const speech = (await import(name).catch(() => undefined)) as { default: Espeak } | undefined;
  if (!speech) return undefined;
  const out: Int16Array[] = [];
  for (const [voice, text] of sentences) {
    const run = await speech.default({
      arguments: ['-v', voice, '-w', 'said.wav', text],
      print: () => undefined,
      printErr: () => undefined,
    });
    out.push(wordsOf(at8k(run.FS.readFile('said.wav'))));
  }
  return out;
}

type Espeak = (options: {
  arguments: string[];
  print: () => void;
  printErr: () => void;
}) => Promise<{ FS: { readFile(name: string): Uint8Array } }>;

/** WAV of 22,050 Hz to 8 kHz by a windowed sinc of 32 samples. */
function at8k(wav: Uint8Array): Float64Array {
  const view = new DataView(wav.buffer, wav.byteOffset, wav.byteLength);
  const from = view.getUint32(24, true);
  const sample = (at: number): number => (at >= 0 && 44 + 2 * at + 1 < wav.length ? view.getInt16(44 + 2 * at, true) : 0);
  const step = from / 8000;
  const cut = 3700 / from;
  return Float64Array.from({ length: Math.floor((wav.length - 44) / 2 / step) }, (_none, out) => {
    const middle = out * step;
    let sum = 0;
    for (let at = Math.ceil(middle - 32); at <= middle + 32; at += 1) {
      const x = at - middle;
      const sinc = x === 0 ? 2 * cut : Math.sin(2 * Math.PI * cut * x) / (Math.PI * x);
      sum += sample(at) * sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / 33));
    }
    return sum;
  });
}
