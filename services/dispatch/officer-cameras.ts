import type { FastifyRequest } from 'fastify';
import { Fault } from '../errors.ts';
import type { Db } from '../store/connect.ts';
import { isSentWhere } from '../store/officer-orders.ts';
import type { Role } from './roles.ts';

/** Roles that look through any camera. */
export const watchers: readonly Role[] = ['operator', 'supervisor', 'installer', 'admin'];

/** Whether someone may look through a camera: by their role, or as an officer whose unit is sent to an incident that it was called up for. */
export type MayLook = (request: Pick<FastifyRequest, 'actor' | 'signedIn'>, cameraId: string) => Promise<boolean>;

export const mayLookAt =
  (db: Db): MayLook =>
  async ({ actor, signedIn }, cameraId) => {
    if (actor.roles.some((role) => watchers.includes(role))) return true;
    const unitId = signedIn?.account?.unit_id ?? undefined;
    return unitId !== undefined && isSentWhere(db, unitId, cameraId);
  };

/** @throws Fault `role-missing` */
export async function demandLook(mayLook: MayLook, request: Parameters<MayLook>[0], cameraId: string): Promise<void> {
  if (await mayLook(request, cameraId)) return;
  throw new Fault('role-missing', 'Officers look through the cameras of the incidents that their unit is sent to, while it is sent there');
}
