import type { FastifyRequest } from 'fastify';
import { Fault } from '../errors.ts';
import type { Clock, Speaker } from '../ports.ts';
import type { Device, Register, Unit } from '../store/register-view.ts';
import type { Access } from './roles.ts';

/** Who speaks through the officer's page: a person, the unit that they move with, and the unit's phone page as a device. */
export interface Officer {
  readonly name: string;
  readonly unit: Unit;
  readonly phone: Device;
}

export type OfficerRegister = Pick<Register, 'unit' | 'bearersOf' | 'inExercise'>;

export const officers: Access = { roles: ['officer'] };

/** The driver of devices/radios/phone. */
const phoneDriver = 'phone';

/** The phone page of a unit, however many phones have it open. */
export const phoneOf = (register: Pick<Register, 'bearersOf'>, unitId: string): Device | undefined =>
  register.bearersOf(unitId).find(({ kind, driver }) => kind === 'radio' && driver === phoneDriver);

/** @throws Fault `account-without-unit`; `unit-without-phone` where the unit has no radio of driver `phone` */
export function officerOf(request: Pick<FastifyRequest, 'actor' | 'signedIn'>, register: OfficerRegister): Officer {
  const unitId = request.signedIn?.account?.unit_id ?? undefined;
  const unit = unitId === undefined ? undefined : register.unit(unitId);
  if (!unit) throw new Fault('account-without-unit', `${request.actor.name} moves with no unit`);
  const phone = phoneOf(register, unit.id);
  if (!phone) throw new Fault('unit-without-phone', `${unit.id} has no radio of driver ${phoneDriver}`);
  return { name: request.actor.name, unit, phone };
}

/** The phone as the ear knows it. */
export const speakerOf = ({ phone }: Officer, register: OfficerRegister, clock: Pick<Clock, 'now'>): Speaker => ({
  id: phone.id,
  kind: 'radio',
  exercise: register.inExercise(phone) || (phone.testUntil ?? 0) > clock.now(),
});
