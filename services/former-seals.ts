import { closed } from './alarm/index.ts';
import { Fault } from './errors.ts';
import type { Log } from './ports.ts';
import { formerForm, openFormerSeals, type Place, places, type Sealer } from './secrets-at-rest.ts';
import type { Store } from './store/connect.ts';
import { type FormerSeal, formerSeals, putSealedAnew } from './store/former-seals.ts';

/**
 * What builds of before sealed for no place is sealed anew for the place where it stands, at the first start of a record from before.
 * A start that was cut short goes on where it stopped.
 */
export async function sealAnew({ desk: db }: Pick<Store, 'desk'>, dataDir: string, sealer: Sealer, log: Log): Promise<void> {
  const former = openFormerSeals(dataDir);
  if (!former) return;
  const seals = await formerSeals(db, formerForm);
  let opened = 0;
  for (const seal of seals) {
    const text = textOf(() => former.unseal(seal.sealed));
    if (text === undefined) continue;
    await putSealedAnew(db, seal, sealer.seal(text, placeOf(seal)));
    opened += 1;
  }
  former.end();
  if (opened > 0) log.info({ secrets: opened }, 'secrets that an earlier build had sealed were sealed anew, each for its place');
  if (opened < seals.length)
    log.warn({ secrets: seals.length - opened }, 'secrets that were sealed with another master.key cannot be opened; enter them again');
}

/** Undefined where it does not open: whoever needs it says so. */
function textOf(unseal: () => string): string | undefined {
  try {
    return unseal();
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

function placeOf(seal: FormerSeal): Place {
  switch (seal.of) {
    case 'signing-key':
      return places.signingKey(seal.id);
    case 'second-factor':
      return places.secondFactor(seal.id);
    case 'webhook':
    case 'former-webhook':
      return places.webhook(seal.id);
    case 'device':
      return places.setting(seal.id, seal.name);
    default:
      return closed(seal);
  }
}
