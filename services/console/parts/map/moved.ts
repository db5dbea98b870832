import type { MapState, MapUnit } from './types.ts';

/** The state with the units where baiying.unit.moved.v1 says that they are now. */
export function moved(state: MapState, { data }: { readonly data: Readonly<Record<string, unknown>> }): MapState {
  const told = data['positions'] as readonly (NonNullable<MapUnit['position']> & { readonly unitId: string })[];
  const by = new Map(told.map(({ unitId, ...position }) => [unitId, position]));
  return {
    ...state,
    units: state.units.map((unit) => {
      const position = by.get(unit.id);
      return position && !(unit.position && unit.position.at > position.at) ? { ...unit, position } : unit;
    }),
  };
}
