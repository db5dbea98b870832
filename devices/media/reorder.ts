/**
 * Whether a fragment of H.264 holds pictures that are shown in another order than they are sent (B slices). Pure. Their
 * right order stands only in the camera's own times, which are otherwise less to be trusted than our clock.
 */
export function isReordered(fragment: Uint8Array): boolean {
  const bytes = Buffer.from(fragment.buffer, fragment.byteOffset, fragment.byteLength);
  if (bytes.length < 16) return false;
  const moof = bytes.readUInt32BE(0);
  for (let at = moof + 8; at + 5 < bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    if (size === 0 || at + 4 + size > bytes.length) return false;
    if (((bytes[at + 4] ?? 0) & 0x1f) === 1 && sliceType(bytes.subarray(at + 5, at + 4 + size)) % 5 === 1) return true;
    at += 4 + size;
  }
  return false;
}

/** ISO/IEC 14496-10, 7.3.3 and table 7-6: `first_mb_in_slice`, then `slice_type`, both in Exp-Golomb (9.1). */
function sliceType(slice: Uint8Array): number {
  let bit = 0;
  const next = (): number => ((slice[bit >> 3] ?? 0) >> (7 - (bit++ & 7))) & 1;
  const number = (): number => {
    let zeros = 0;
    while (zeros < 31 && next() === 0) zeros += 1;
    let value = 1;
    for (let i = 0; i < zeros; i += 1) value = value * 2 + next();
    return value - 1;
  };
  number();
  return number();
}
