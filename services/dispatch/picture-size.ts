import { jpegSize, type PictureSize } from './walk-test/jpeg-size.ts';

/** What a picture is by its own first bytes; what its sender calls it says nothing. */
export type Picture = PictureSize & { readonly mediaType: 'image/png' | 'image/jpeg' };

const pngSignature = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** Undefined for what is neither PNG (its header chunk must come first: PNG 3, 5.6) nor JPEG. Never throws. */
export function pictureSize(bytes: Uint8Array): Picture | undefined {
  const jpeg = jpegSize(bytes);
  if (jpeg) return { ...jpeg, mediaType: 'image/jpeg' };
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 24 || !view.subarray(0, pngSignature.length).equals(pngSignature)) return undefined;
  const [width, height] = [view.readUInt32BE(16), view.readUInt32BE(20)];
  return width > 0 && height > 0 ? { width, height, mediaType: 'image/png' } : undefined;
}
