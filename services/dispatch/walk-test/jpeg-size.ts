export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Start of frame, ITU-T T.81 table B.1: C0 to CF less DHT (C4), JPG (C8) and DAC (CC). */
const startsFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Markers without a length: TEM, RST0 to RST7, SOI. */
const standsAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/** Width and height in pixels, from the frame header (T.81 B.2.2); undefined for what is no whole JPEG header. Never throws. */
export function jpegSize(jpeg: Uint8Array): PictureSize | undefined {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) return undefined;
  for (let at = 2; at + 4 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff || standsAlone(marker)) {
      // A marker may be preceded by any number of fill bytes (B.1.1.2).
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (startsFrame(marker)) return frameSize(view, at, length);
    if (length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}

function frameSize(view: DataView, at: number, length: number): PictureSize | undefined {
  if (length < 8 || at + 9 > view.byteLength) return undefined;
  const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
  return width > 0 && height > 0 ? { width, height } : undefined;
}
