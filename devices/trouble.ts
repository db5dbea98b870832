/** Why a device that we go to could not be reached or understood; the supervisor and the alarm doctor read the code. */
export const troubleCodes = [
  /** No connection, or none that lasted: address, cable, power. */
  'unreachable',
  /** Connected and said nothing within its time. */
  'silent',
  /** User or password not taken. Asked again slowly, since makers lock accounts. */
  'refused',
  /** It answered what its protocol does not allow. */
  'garbled',
  /** It has no place left for us: sessions, subscriptions, talkers. */
  'busy',
  /** It cannot do this at all. */
  'unsupported',
  /** Its clock, its certificate or a setting must be put right by a person. */
  'misconfigured',
] as const;
export type TroubleCode = (typeof troubleCodes)[number];

/** The one error that drivers throw of a device. `message` is for the installer and holds no secret. */
export class Trouble extends Error {
  readonly code: TroubleCode;
  constructor(code: TroubleCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Trouble';
    this.code = code;
  }
}
