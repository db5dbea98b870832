/** Why a device is silent, or did not pass its test: the closed list of what the alarm doctor can find. */
export const findingCodes = [
  'never-connected',
  'wrong-password',
  'wrong-certificate',
  'wrong-name',
  'wrong-driver',
  'offline',
  'silent',
  'not-subscribed',
  'wrong-topic',
  'wrong-filter',
  'unreadable',
  'wrong-order',
  'flooding',
  'clock-off',
  'stuck',
  'watch-unreachable',
  'watch-silent',
  'watch-refused',
  'watch-garbled',
  'watch-busy',
  'watch-unsupported',
  'watch-misconfigured',
  'not-watched',
  'watch-lost',
  'picture-fault',
  'never-armed',
  'test-due',
  'test-failed',
  'driver-gone',
  'settings-unfit',
  'bridge-missing',
  'bridge-unfit',
  'bridge-offline',
  'no-place',
  'nobody-to-send',
  'no-unit',
  'no-route',
  'no-ear',
  'no-press',
  'press-slow',
  'battery-low',
  'no-picture',
  'no-stream',
  'not-played',
  'not-proved',
  'not-delivered',
  'carried-by-another',
  'not-accepted',
  'test-interrupted',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** Those that only a walk test can find; they hold until another one is made. */
export const testFindings: ReadonlySet<FindingCode> = new Set([
  ...(['no-press', 'press-slow', 'no-picture', 'no-stream', 'not-played', 'not-proved'] as const),
  ...(['not-delivered', 'carried-by-another', 'not-accepted', 'test-interrupted'] as const),
]);

/** One thing that is wrong, with what its words need to name. */
export interface Finding {
  readonly code: FindingCode;
  readonly data: Readonly<Record<string, string | number>>;
}
