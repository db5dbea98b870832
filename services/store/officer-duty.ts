import { audit } from './audit.ts';
import type { Store } from './connect.ts';
import { forgetHeard } from './officer-pages.ts';
import { type Act, type Written, writeRegister } from './register-write.ts';

/**
 * Puts a unit on duty or off duty at its officers' own word. One that the desk calls busy stays so.
 * @param phoneId of the unit: off duty nobody waits for word from it
 * @returns whether that changed anything
 */
export function putDuty(store: Store, unitId: string, on: boolean, phoneId: string, by: Act): Promise<Written<boolean>> {
  return writeRegister(store, async (db, changed) => {
    const { numUpdatedRows } = await db
      .updateTable('units')
      .set({ status: on ? 'available' : 'off-duty', updated_at: new Date(by.at) })
      .where('id', '=', unitId)
      .where('status', on ? '=' : '<>', 'off-duty')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    if (!on) await forgetHeard(db, phoneId);
    changed.add(`units:${unitId}`);
    await audit(db, { at: by.at, by: by.by, act: on ? 'units.on-duty' : 'units.off-duty', subject: `units:${unitId}` });
    return true;
  });
}
