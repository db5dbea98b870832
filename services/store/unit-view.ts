import type { Unit } from '../alarm/index.ts';
import type { Register } from './register-view.ts';

/** A unit as the choice of units sees it, with its freshest position; whether it is engaged elsewhere is asked of the record. */
export function unitAsSeen(register: Pick<Register, 'unit' | 'unitPosition' | 'bearersOf'>, id: string): Unit | undefined {
  const unit = register.unit(id);
  if (!unit) return undefined;
  const position = register.unitPosition(id);
  const { name, tier, stationId, gridIds, status } = unit;
  return {
    id,
    name,
    tier,
    stationId,
    gridIds,
    status,
    bearers: register.bearersOf(id).length,
    ...(position === undefined ? {} : { position: { lat: position.lat, lon: position.lon, at: position.receivedAt } }),
  };
}
