/** H.264 as an encoder writes it (ISO/IEC 14496-10, annex B), cut into pictures and packed for RTP (RFC 6184). Pure; for the simulator. */

export interface Picture {
  readonly key: boolean;
  /** Network abstraction layer units without start codes. */
  readonly units: readonly Uint8Array[];
}

/** Looped by the simulator: the first picture is a key frame. */
export interface Pictures {
  readonly framesPerSecond: number;
  readonly list: readonly Picture[];
}

const kind = (unit: Uint8Array): number => (unit[0] ?? 0) & 0x1f;

function splitUnits(bytes: Uint8Array): Uint8Array[] {
  const starts: number[] = [];
  for (let i = 0; i + 2 < bytes.length; i += 1) if (bytes[i] === 0 && bytes[i + 1] === 0 && bytes[i + 2] === 1) starts.push(i + 3);
  return starts.map((start, index) => {
    let end = index + 1 < starts.length ? (starts[index + 1] ?? 0) - 3 : bytes.length;
    while (end > start && bytes[end - 1] === 0) end -= 1;
    return bytes.subarray(start, end);
  });
}

/** Each picture with the parameter sets before it. A slice whose first macroblock is 0 begins a picture (7.4.1.2.4). */
export function splitPictures(bytes: Uint8Array): Picture[] {
  const pictures: { key: boolean; units: Uint8Array[] }[] = [];
  let before: Uint8Array[] = [];
  for (const unit of splitUnits(bytes)) {
    const type = kind(unit);
    if (type !== 1 && type !== 5) {
      before.push(unit);
      continue;
    }
    if (((unit[1] ?? 0) & 0x80) !== 0) pictures.push({ key: type === 5, units: [...before, unit] });
    else pictures.at(-1)?.units.push(...before, unit);
    before = [];
  }
  return pictures;
}

/** `sprop-parameter-sets` and `profile-level-id` of the SDP (RFC 6184, 8.1). */
export function describePictures(list: readonly Picture[]): { readonly sets: string; readonly profile: string } {
  const units = list[0]?.units ?? [];
  const sets = units.filter((unit) => kind(unit) === 7 || kind(unit) === 8);
  const profile = Buffer.from(sets[0]?.subarray(1, 4) ?? []).toString('hex');
  return { sets: sets.map((unit) => Buffer.from(unit).toString('base64')).join(','), profile };
}

/** RTP payloads of one picture: whole units, or fragments of type FU-A (RFC 6184, 5.8) where they are too long. */
export function packPicture({ units }: Picture, longest = 1400): Uint8Array[] {
  return units.flatMap((unit) => {
    if (unit.length <= longest) return [unit];
    const [header = 0] = unit;
    const parts: Uint8Array[] = [];
    for (let at = 1; at < unit.length; at += longest - 2) {
      const end = Math.min(unit.length, at + longest - 2);
      const marks = (at === 1 ? 0x80 : 0) | (end === unit.length ? 0x40 : 0);
      parts.push(Buffer.concat([Buffer.from([(header & 0xe0) | 28, marks | (header & 0x1f)]), unit.subarray(at, end)]));
    }
    return parts;
  });
}
