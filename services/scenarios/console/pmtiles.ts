/** A PMTiles 3 archive of one vector tile, made byte by byte, so that no map of anybody needs to lie in this tree. */

/** Unsigned LEB128, as protocol buffers and PMTiles write numbers. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}
const field = (number: number, bytes: readonly number[]): number[] => [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
const number = (id: number, value: number): number[] => [...varint(id * 8), ...varint(value)];
const text = (words: string): number[] => [...Buffer.from(words)];
const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);

/** A Mapbox Vector Tile 2.1 with one layer and in it one polygon that covers all of the tile. */
function tileOf(layer: string): number[] {
  const extent = 4096;
  const commands = [
    ...[9, zigzag(0), zigzag(0)],
    ...[26, zigzag(extent), zigzag(0), zigzag(0), zigzag(extent), zigzag(-extent), zigzag(0)],
    15,
  ];
  const feature = [...number(3, 3), ...field(4, commands.flatMap(varint))];
  return field(3, [...field(1, text(layer)), ...field(2, feature), ...number(5, extent), ...number(15, 2)]);
}

/** @param layer name of the one layer, which covers the world */
export function pmtilesOf(layer: string, attribution: string): Buffer {
  const tile = tileOf(layer);
  // One entry: tile 0, once, at offset 0 (written plus one).
  const directory = [...varint(1), ...varint(0), ...varint(1), ...varint(tile.length), ...varint(1)];
  const metadata = text(JSON.stringify({ attribution, vector_layers: [{ id: layer, fields: {} }] }));
  const header = Buffer.alloc(127);
  header.write('PMTiles');
  header.writeUInt8(3, 7);
  const parts = [
    [127, directory.length],
    [127 + directory.length, metadata.length],
    [0, 0],
    [127 + directory.length + metadata.length, tile.length],
  ];
  for (const [index, value] of [...parts.flat(), 1, 1, 1].entries()) header.writeBigUInt64LE(BigInt(value), 8 + 8 * index);
  // Clustered; neither directories nor tiles compressed; vector tiles; zooms 0 to 0.
  for (const [index, value] of [1, 1, 1, 1, 0, 0].entries()) header.writeUInt8(value, 96 + index);
  for (const [index, value] of [-180, -85, 180, 85].entries()) header.writeInt32LE(value * 1e7, 102 + 4 * index);
  return Buffer.concat([header, Buffer.from([...directory, ...metadata, ...tile])]);
}
