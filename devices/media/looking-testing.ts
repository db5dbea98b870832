import type { Picture } from './looking-measures.ts';

/** Synthesised street scenes for the tests of the looking: a camera's view with its light, weather and traffic, from seeds. */
export interface View {
  readonly street: number;
  readonly light: 'sunny' | 'cloudy' | 'night';
  /** What happens to be there: cars, people, noise of the sensor. */
  readonly moment: number;
  readonly noise?: number;
  readonly turned?: readonly [x: number, y: number];
  readonly zoom?: number;
  readonly blur?: number;
  /** Share of the picture behind a cloth, from the left. */
  readonly cloth?: number;
  readonly rain?: boolean;
  /** Share of contrast that fog takes. */
  readonly fog?: number;
  readonly headlights?: boolean;
  /** Sun hour: moves the shadows. */
  readonly hour?: number;
  readonly lamps?: boolean;
  /** Share of the picture that people and cars fill. */
  readonly crowd?: number;
  readonly gain?: number;
  readonly at?: number;
}

export const [width, height] = [320, 180];

type Chance = () => number;

/** xorshift32. */
function chance(seed: number): Chance {
  let state = (seed * 2_654_435_761 + 88_675_123) | 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 8; warm += 1) next();
  return next;
}

/** Two different numbers of the plane to one in [0, 1): fixed texture of walls and leaves. */
function grain(x: number, y: number, seed: number): number {
  let mixed = Math.imul(x | 0, 374_761_393) ^ Math.imul(y | 0, 668_265_263) ^ Math.imul(seed, 1_274_126_177);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 1_103_515_245);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

interface House {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly wall: number;
  readonly window: number;
  readonly lit: number;
}

function housesOf(any: Chance): House[] {
  const houses: House[] = [];
  for (let left = -200; left < width + 200; ) {
    const right = left + 25 + any() * 55;
    houses.push({
      left,
      right,
      top: 25 + any() * 60,
      wall: 70 + any() * 120,
      window: 5 + Math.floor(any() * 6),
      lit: Math.floor(any() * 1e6),
    });
    left = right + any() * 12;
  }
  return houses;
}

const ground = 115;

/** Reflectance 0 to 255 of the street at a point. */
function street(x: number, y: number, houses: readonly House[], seed: number): number {
  if (y > ground) {
    const kerb = Math.abs(y - ground - 8) < 1.5 ? 60 : 0;
    const lane = Math.abs(y - 150) < 2 && (x + 1000) % 40 < 22 ? 110 : 0;
    return 80 + kerb + lane + 14 * grain(Math.floor(x / 2), Math.floor(y / 2), seed);
  }
  const house = houses.find(({ left, right }) => x >= left && x < right);
  if (!house || y < house.top) return 215 - 0.35 * y;
  if (inWindow(house, x, y)) return 40;
  return house.wall + 20 * grain(Math.floor(x / 3), Math.floor(y / 2), seed + 1);
}

function inWindow({ left, top, window }: House, x: number, y: number): boolean {
  const [column, row] = [(x - left) % (2 * window), (y - top) % (2 * window + 2)];
  return column > window * 0.7 && column < window * 1.6 && row > window * 0.7 && row < window * 1.7;
}

function lightAt(view: View, x: number, y: number, houses: readonly House[]): number {
  if (view.light === 'cloudy') return 0.7;
  if (view.light === 'sunny') return y > ground && inShadow(x, y, view.hour ?? 12, houses) ? 0.45 : 1.05;
  const near = [60, 170, 280].reduce((sum, lamp) => sum + Math.exp(-((x - lamp) ** 2 + (y - 125) ** 2) / 1800), 0);
  return 0.05 + ((view.lamps ?? true) ? 0.5 * near : 0);
}

function inShadow(x: number, y: number, hour: number, houses: readonly House[]): boolean {
  const source = x + (y - ground) * (hour - 12) * 0.6;
  const house = houses.find(({ left, right }) => source >= left && source < right);
  return house !== undefined && (y - ground) * 2.2 < ground - house.top;
}

export function render(view: View): Picture {
  const houses = housesOf(chance(view.street));
  const moving = thingsOf(view);
  const [dx, dy] = view.turned ?? [0, 0];
  const zoom = view.zoom ?? 1;
  const lit = new Float64Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [u, v] = [(x - width / 2) * zoom + width / 2 - dx, (y - height / 2) * zoom + height / 2 - dy];
      lit[y * width + x] = shade(view, u, v, houses, moving);
    }
  return finished(view, view.blur ? blurred(lit, view.blur) : blurred(lit, 0));
}

interface Thing {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly tone: number;
}

function thingsOf({ street: place, moment, crowd = 0.03 }: View): Thing[] {
  const any = chance(place * 7919 + moment * 104_729 + 3);
  const count = Math.round((crowd * width * (height - ground + 20)) / 180);
  return Array.from({ length: count }, () => ({
    x: any() * width,
    y: ground - 10 + any() * (height - ground),
    w: 6 + any() * 22,
    h: 6 + any() * 14,
    tone: 20 + any() * 220,
  }));
}

function shade(view: View, x: number, y: number, houses: readonly House[], moving: readonly Thing[]): number {
  const thing = moving.find((one) => x >= one.x && x < one.x + one.w && y >= one.y && y < one.y + one.h);
  const light = lightAt(view, x, y, houses);
  if (view.light === 'night' && (view.lamps ?? true)) {
    const house = houses.find(({ left, right, top }) => x >= left && x < right && y >= top && y <= ground);
    if (
      house &&
      inWindow(house, x, y) &&
      grain(Math.floor((x - house.left) / (2 * house.window)), Math.floor((y - house.top) / (2 * house.window + 2)), house.lit) > 0.6
    )
      return 150;
  }
  const sky = view.light === 'night' && y < ground && !houses.some(({ left, right, top }) => x >= left && x < right && y >= top);
  return (sky ? 12 : (thing?.tone ?? street(x, y, houses, view.street))) * light * (view.gain ?? 1);
}

/** A lens spreads every point a little; three box passes are nearly a Gaussian. */
function blurred(lit: Float64Array, radius: number): Float64Array {
  let out = lit;
  for (let pass = 0; pass < (radius > 0 ? 3 : 1); pass += 1) out = radius > 0 ? boxed(boxed(out, radius, 1), radius, width) : softened(out);
  return out;
}

const softened = (lit: Float64Array): Float64Array =>
  lit.map(
    (value, at) =>
      0.6 * value + 0.1 * ((lit[at - 1] ?? value) + (lit[at + 1] ?? value) + (lit[at - width] ?? value) + (lit[at + width] ?? value)),
  );

function boxed(lit: Float64Array, radius: number, step: number): Float64Array {
  return lit.map((value, at) => {
    let sum = value;
    for (let far = 1; far <= radius; far += 1) sum += (lit[at - far * step] ?? value) + (lit[at + far * step] ?? value);
    return sum / (2 * radius + 1);
  });
}

function finished(view: View, lit: Float64Array): Picture {
  const any = chance(view.moment * 15_485_863 + view.street + 11);
  const noise = view.noise ?? (view.light === 'night' ? 5 : 1.5);
  if (view.headlights)
    for (const [x, y] of [
      [90, 150],
      [112, 150],
      [220, 160],
    ] as const)
      glow(lit, x, y);
  if (view.rain) rained(lit, any);
  const edge = width * (view.cloth ?? 0);
  const luma = Uint8Array.from(lit, (value, at) => {
    const x = at % width;
    const clear = view.fog ? value * (1 - view.fog) + 170 * view.fog : value;
    const seen = x < edge ? 60 + x * 0.15 : clear;
    return Math.max(0, Math.min(255, Math.round(seen + noise * (any() + any() + any() + any() - 2) * Math.sqrt(3))));
  });
  return { width, height, luma, at: view.at ?? view.moment * 600_000 };
}

function glow(lit: Float64Array, x: number, y: number): void {
  for (let at = 0; at < lit.length; at += 1) {
    const far = Math.hypot((at % width) - x, Math.floor(at / width) - y);
    lit[at] = (lit[at] as number) + 400 * Math.exp(-far / 6) + 60 * Math.exp(-far / 40);
  }
}

function rained(lit: Float64Array, any: Chance): void {
  for (let at = 0; at < lit.length; at += 1) lit[at] = 0.75 * (lit[at] as number) + 25;
  for (let drop = 0; drop < 500; drop += 1) {
    const start = Math.floor(any() * lit.length);
    for (let far = 0; far < 12; far += 1) {
      const at = start + far * width + (far >> 2);
      if (at < lit.length) lit[at] = (lit[at] as number) + 18;
    }
  }
}
