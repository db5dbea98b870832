import { useWords } from '../words/index.ts';
import { Chosen } from './places/field.tsx';
import type { AccountOf } from './requests.ts';

export type Served = Pick<AccountOf, 'unitId' | 'stationIds'>;

/** Where somebody serves: an officer without a unit has no orders to answer. */
export function Serves({
  officer,
  value,
  onChange,
}: {
  readonly officer: boolean;
  readonly value: Served;
  readonly onChange: (value: Served) => void;
}) {
  const say = useWords('admin');
  const { unitId, stationIds } = value;
  return (
    <>
      <Chosen
        label={say('unit')}
        description={say('unitHint')}
        required={officer}
        from="units"
        some={false}
        value={unitId}
        onChange={(unit) => onChange({ stationIds, ...(typeof unit === 'string' && { unitId: unit }) })}
      />
      <Chosen
        label={say('stations')}
        description={say('stationsHint')}
        from="stations"
        some
        value={stationIds}
        onChange={(stations) => onChange({ ...value, stationIds: Array.isArray(stations) ? stations.map(String) : [] })}
      />
    </>
  );
}

/** Whether an account can be used as it stands, if it is to be used at all. */
export const complete = (chosen: readonly string[], { unitId }: Served, active = true): boolean =>
  chosen.length > 0 && (!active || unitId !== undefined || !chosen.includes('officer'));
