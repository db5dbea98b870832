/**
 * The tone before words, and instead of them where nothing here can speak: three rising pairs, each fading in and out so
 * that no speaker clicks. 8 kHz mono, 1.8 s, 6 dB below full. Pure.
 */
export function attentionTone(rate = 8000): Int16Array {
  const notes = [659.3, 880, 659.3, 880, 659.3, 880];
  const each = Math.round(rate * 0.3);
  const fade = Math.round(rate * 0.015);
  return Int16Array.from({ length: notes.length * each }, (_, index) => {
    const within = index % each;
    const loud = Math.min(1, within / fade, (each - 1 - within) / fade);
    return Math.round(16_384 * loud * Math.sin((2 * Math.PI * (notes[Math.floor(index / each)] ?? 0) * within) / rate));
  });
}
