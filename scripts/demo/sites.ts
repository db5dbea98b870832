import type { Site } from '../../services/store/register.ts';
import { figures, numbered } from './figures.ts';
import type { Quarter } from './map.ts';
import { countyName, personName, siteKinds, telephone } from './names.ts';
import type { Chance } from './random.ts';
import { placeIn, type Setting, street, streetsEachWay, streetsWithin } from './streets.ts';

const weights: Readonly<Record<Setting, number>> = { city: 34, town: 16, village: 10 };
/** Metres between two house numbers of one side do not matter here; a street is about four hundred of them long. */
const houseNumbers = 400;

/** Protected places on the streets, more in town than in the country, each with an address that is where it stands. */
export function placeSites(quarters: readonly Quarter[], draw: Chance): Site[] {
  const names = new Set<string>();
  return shares(quarters, figures.sites).flatMap(({ quarter, from, count }) =>
    Array.from({ length: count }, (_, n) => placeSite(quarter, from + n, names, draw)),
  );
}

/** Parts of a total by the quarters' weights, so that the sum is exact. */
export function shares(quarters: readonly Quarter[], total: number): { quarter: Quarter; from: number; count: number }[] {
  const sum = quarters.reduce((all, { setting }) => all + weights[setting], 0);
  let weight = 0;
  let from = 0;
  return quarters.map((quarter) => {
    weight += weights[quarter.setting];
    const upTo = Math.round((total * weight) / sum);
    const share = { quarter, from, count: upTo - from };
    from = upTo;
    return share;
  });
}

function placeSite(quarter: Quarter, index: number, names: Set<string>, draw: Chance): Site {
  const { cell, gridId } = draw.pick(quarter.cells);
  const u = draw.pick(streetsWithin(cell.fromU, cell.toU));
  const v = draw.between(cell.fromV + 0.02, cell.toV - 0.02);
  const road = quarter.roads[Math.floor(u * streetsEachWay)] ?? '';
  const kind = draw.weighted(siteKinds.map((each) => [each, each.weight] as const));
  const name = unused(names, () => kind.name(draw, { town: quarter.town, road }));
  return {
    id: numbered('site', index + 1, 3),
    name,
    kind: kind.kind,
    stationId: quarter.station.id,
    gridId,
    address: `${countyName}${quarter.town}${quarter.setting === 'city' ? '街道' : '镇'}${road}${Math.round(v * houseNumbers) + 1}号`,
    location: placeIn(quarter.patch, u, v),
    contacts: [{ name: personName(draw), role: kind.duty, phone: telephone(draw) }],
    exercise: true,
  };
}

/** A name that is taken gets the number of its house, as chains do. */
function unused(names: Set<string>, make: () => string): string {
  for (let tries = 0; tries < 20; tries += 1) {
    const name = make();
    if (names.has(name)) continue;
    names.add(name);
    return name;
  }
  const name = `${make()}（${names.size}号点）`;
  names.add(name);
  return name;
}

/** A crossing, or a place on a street between two. */
export interface Spot {
  readonly u: number;
  readonly v: number;
  readonly road: string;
  readonly crossRoad: string;
  readonly atCrossing: boolean;
}

export function drawSpot(quarter: Quarter, draw: Chance): Spot {
  const [column, row] = [draw.whole(0, streetsEachWay - 1), draw.whole(0, streetsEachWay - 1)];
  const names = { road: quarter.roads[column] ?? '', crossRoad: quarter.roads[streetsEachWay + row] ?? '' };
  const atCrossing = draw.percent(55);
  if (atCrossing)
    return { u: street(column) + draw.between(-0.004, 0.004), v: street(row) + draw.between(-0.004, 0.004), atCrossing, ...names };
  return { u: street(column) + draw.between(-0.002, 0.002), v: draw.between(0.02, 0.98), atCrossing, ...names };
}
