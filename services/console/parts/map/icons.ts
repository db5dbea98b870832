import type { Map as Picture } from 'maplibre-gl';

/** The signs on the map, drawn here: each state has a shape of its own beside its colour. */

type Pen = CanvasRenderingContext2D;
/** A drawing on a square of 24 by 24. */
type Draw = (pen: Pen, colour: Colours) => void;
type Colours = Readonly<Record<'ground' | 'line' | 'text' | 'muted' | 'accent' | 'good' | 'warning' | 'bad' | 'ink', string>>;

/** The palette of theme.css. Asked of the page: what does not stand in it, as a map that somebody went on from, has no colours. */
export function paletteColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ...{ ground: of('ground'), line: of('line'), text: of('text'), muted: of('muted'), accent: of('accent') },
    ...{ good: of('good'), warning: of('warning'), bad: of('bad'), ink: of('on-priority') },
  };
}

const shape = (pen: Pen, path: string, fill: string | undefined, stroke?: string, width = 1.5): void => {
  const drawn = new Path2D(path);
  pen.lineWidth = width;
  pen.lineJoin = 'round';
  pen.lineCap = 'round';
  if (fill !== undefined) {
    pen.fillStyle = fill;
    pen.fill(drawn);
  }
  if (stroke !== undefined) {
    pen.strokeStyle = stroke;
    pen.stroke(drawn);
  }
};

const disc = (radius: number): string => `M12 ${12 - radius}a${radius} ${radius} 0 1 0 .01 0z`;
const tick = 'M8 12.500l3 3 5.500-6.500';
const cross = 'M8 8l8 8M16 8l-8 8';
const bang = 'M12 7.500v5.500M12 16.500v.3';
const triangle = 'M12 2.500L22 20.500H2z';
const octagon = 'M8 1.500h8L22.500 8v8L16 22.500H8L1.500 16V8z';
const diamond = 'M12 2l10 10-10 10L2 12z';
const cap = 'M12 1.500L16 7.500H8z';
const box =
  'M4 6.500a2.500 2.500 0 0 1 2.500-2.500h11A2.500 2.500 0 0 1 20 6.500v11a2.500 2.500 0 0 1-2.500 2.500h-11A2.500 2.500 0 0 1 4 17.500z';
const people = 'M12 11.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM6.500 18.500c0-4 2.500-6 5.500-6s5.500 2 5.500 6z';
const horn = 'M6 9.500v5h3l5 4v-13l-5 4zM16.500 9a4 4 0 0 1 0 6';
const star = 'M12 3l2.600 5.600 6.100.7-4.500 4.200 1.200 6L12 16.500l-5.400 3 1.200-6-4.500-4.200 6.100-.7z';

const camera =
  (fill: keyof Colours | undefined, edge: keyof Colours, mark?: string): Draw =>
  (pen, colour) => {
    shape(pen, disc(6), fill && colour[fill], colour[edge], 2);
    if (mark !== undefined) shape(pen, mark, undefined, fill === undefined ? colour[edge] : colour.ink, 2.2);
  };
/** The same with the way it looks. */
const directed =
  (inner: Draw, edge: keyof Colours): Draw =>
  (pen, colour) => {
    shape(pen, cap, colour[edge], colour.ground, 1);
    inner(pen, colour);
  };

const unit =
  (fill: keyof Colours | undefined, edge: keyof Colours, figure: keyof Colours, stale: boolean, extra?: Draw): Draw =>
  (pen, colour) => {
    pen.setLineDash(stale ? [3, 3] : []);
    shape(pen, box, fill === undefined || stale ? colour.ground : colour[fill], colour[edge], 2);
    pen.setLineDash([]);
    shape(pen, people, stale ? colour[edge] : colour[figure]);
    extra?.(pen, colour);
  };
const flag: Draw = (pen, colour) => shape(pen, 'M15 1.500h8v8h-8z', colour.warning, colour.ground, 1);
const slash: Draw = (pen, colour) => shape(pen, 'M4.500 19.500l15-15', undefined, colour.muted, 2.5);

const good = camera('good', 'ground');
const unknown = camera('ground', 'muted');
const faulty = camera('warning', 'ground', cross);

const signs: Readonly<Record<string, Draw>> = {
  'site-well': (pen, colour) => {
    shape(pen, disc(8), colour.good, colour.ground, 2);
    shape(pen, tick, undefined, colour.ink, 2.4);
  },
  'site-due': (pen, colour) => {
    shape(pen, diamond, colour.ground, colour.warning, 2.4);
    shape(pen, 'M12 7.500v5l3 2', undefined, colour.warning, 2.2);
  },
  'site-trouble': (pen, colour) => {
    shape(pen, triangle, colour.warning, colour.ground, 1.5);
    shape(pen, 'M12 9v5M12 17.300v.3', undefined, colour.ink, 2.6);
  },
  'site-alarm': (pen, colour) => {
    shape(pen, octagon, colour.bad, colour.text, 2);
    shape(pen, bang, undefined, colour.ink, 3.2);
  },
  'camera-good': good,
  'camera-unknown': unknown,
  'camera-faulty': faulty,
  'camera-good-looking': directed(good, 'good'),
  'camera-unknown-looking': directed(unknown, 'muted'),
  'camera-faulty-looking': directed(faulty, 'warning'),
  'loudspeaker-well': (pen, colour) => shape(pen, horn, colour.accent, colour.accent),
  'loudspeaker-missing': (pen, colour) => {
    shape(pen, horn, undefined, colour.warning, 1.8);
    shape(pen, 'M4 4l16 16', undefined, colour.warning, 2.2);
  },
  station: (pen, colour) => {
    shape(pen, disc(11), colour.ground, colour.accent, 2);
    shape(pen, star, colour.accent);
  },
  'unit-free-fresh': unit('accent', 'ground', 'ink', false),
  'unit-free-stale': unit('accent', 'accent', 'ink', true),
  'unit-engaged-fresh': unit('accent', 'ground', 'ink', false, flag),
  'unit-engaged-stale': unit('accent', 'accent', 'ink', true, flag),
  'unit-busy-fresh': unit('muted', 'ground', 'ink', false, flag),
  'unit-busy-stale': unit('muted', 'muted', 'ink', true, flag),
  'unit-off-duty-fresh': unit('ground', 'muted', 'muted', false, slash),
  'unit-off-duty-stale': unit('ground', 'muted', 'muted', true, slash),
  chosen: (pen, colour) => shape(pen, 'M1.500 7V1.500H7M17 1.500h5.500V7M22.500 17v5.500H17M7 22.500H1.500V17', undefined, colour.text, 2),
};

/** Drawn twice as large as shown at, so that they are sharp on a sharp screen. */
const drawnAt = 48;

function drawn(draw: Draw, colours: Colours): ImageData {
  const pen = new OffscreenCanvas(drawnAt, drawnAt).getContext('2d');
  if (!pen) throw new Error('this browser has no canvas to draw on');
  pen.scale(drawnAt / 24, drawnAt / 24);
  draw(pen as unknown as Pen, colours);
  return pen.getImageData(0, 0, drawnAt, drawnAt);
}

/** Ground that nobody sees is hatched, ground that perhaps somebody sees is dotted. */
function pattern(how: 'blind' | 'unsure', colours: Colours): ImageData {
  const size = 16;
  const pen = new OffscreenCanvas(size, size).getContext('2d');
  if (!pen) throw new Error('this browser has no canvas to draw on');
  pen.strokeStyle = pen.fillStyle = how === 'blind' ? colours.bad : colours.muted;
  pen.lineWidth = 2;
  if (how === 'unsure') for (const at of [4, 12]) pen.fillRect(at, at, 2, 2);
  else
    for (const from of [-size, 0, size]) {
      pen.moveTo(from, size);
      pen.lineTo(from + size, 0);
    }
  pen.stroke();
  return pen.getImageData(0, 0, size, size);
}

/** Gives the picture all signs under their names. */
export function addSigns(picture: Picture, colours: Colours): void {
  for (const [name, draw] of Object.entries(signs)) picture.addImage(name, drawn(draw, colours), { pixelRatio: 2 });
  for (const how of ['blind', 'unsure'] as const) picture.addImage(how, pattern(how, colours), { pixelRatio: 2 });
}

/** The same signs as pictures, for keys and lists. @returns a data: address */
export function signAddress(name: string, colours: Colours): string {
  const draw = signs[name];
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = drawnAt;
  const pen = canvas.getContext('2d');
  if (!draw || !pen) return '';
  pen.scale(drawnAt / 24, drawnAt / 24);
  draw(pen, colours);
  return canvas.toDataURL();
}

export type { Colours };
