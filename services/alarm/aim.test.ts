import { expect, test } from 'vitest';
import { type AimAsker, type AimLease, mayAim } from './aim.ts';

const now = 1_000_000;
const lease = (change: Partial<AimLease> = {}): AimLease => ({ holderId: 'wang', holder: 'Wang', rank: 1, until: now + 1, ...change });
const asker = (change: Partial<AimAsker> = {}): AimAsker => ({ holderId: 'li', rank: 1, emergency: false, ...change });
const product = (emergency: boolean) => asker({ holderId: 'baiying', rank: 0, emergency });

const rows: readonly { name: string; lease: AimLease | undefined; asker: AimAsker; grant: string | undefined }[] = [
  { name: 'nobody holds it', lease: undefined, asker: asker(), grant: 'free' },
  { name: 'nobody holds it, the product asks', lease: undefined, asker: product(false), grant: 'free' },
  { name: 'the holder moves on', lease: lease(), asker: asker({ holderId: 'wang' }), grant: 'own' },
  { name: 'a colleague just before the end', lease: lease(), asker: asker(), grant: undefined },
  { name: 'a colleague at the end', lease: lease({ until: now }), asker: asker(), grant: 'ran-out' },
  { name: 'a supervisor', lease: lease(), asker: asker({ rank: 2 }), grant: 'higher-role' },
  { name: 'a supervisor from another', lease: lease({ rank: 2 }), asker: asker({ rank: 2 }), grant: undefined },
  { name: 'an operator from a supervisor', lease: lease({ rank: 2 }), asker: asker(), grant: undefined },
  {
    name: 'a supervisor, though it is held for an incident',
    lease: lease({ incidentId: 'i' }),
    asker: asker({ rank: 2 }),
    grant: 'higher-role',
  },
  { name: 'an operator from the product', lease: lease({ rank: 0 }), asker: asker(), grant: 'higher-role' },
  { name: 'the product from the product', lease: lease({ rank: 0, holderId: 'i1' }), asker: product(true), grant: undefined },
  { name: 'the product, for a camera alarm', lease: lease(), asker: product(false), grant: undefined },
  { name: 'the product, for a call for help', lease: lease(), asker: product(true), grant: 'emergency-before-looking-round' },
  { name: 'the product, from who works on an incident', lease: lease({ incidentId: 'i' }), asker: product(true), grant: undefined },
  { name: 'the product, from a supervisor', lease: lease({ rank: 2 }), asker: product(true), grant: undefined },
];

test.each(rows)('$name: $grant', ({ lease: held, asker: who, grant }) => expect(mayAim(held, who, now)).toBe(grant));
