/**
 * Every error that leaves the product: its HTTP status, what it means, whether trying again helps, and what the person
 * should do. The docs page and the problem documents (RFC 9457) are made from this list.
 */
export const errors = {
  'body-invalid': {
    status: 422,
    retry: false,
    title: 'The request has faults',
    remedy: 'Mend each field named in faults and send it again.',
  },
  'body-unreadable': {
    status: 400,
    retry: false,
    title: 'The body cannot be read',
    remedy: 'Send JSON in UTF-8 (or text/csv where the page says so).',
  },
  'body-too-large': {
    status: 413,
    retry: false,
    title: 'The body is too large',
    remedy: 'Send less at once; the detail gives the limit.',
  },
  'media-type-unsupported': {
    status: 415,
    retry: false,
    title: 'The content type is not taken here',
    remedy: 'Use the content type that the detail names.',
  },
  'credential-missing': {
    status: 401,
    retry: false,
    title: 'No valid credential',
    remedy: 'Sign in, or send Authorization: Bearer with a session token or an API key.',
  },
  'credential-wrong': {
    status: 401,
    retry: false,
    title: 'User name or password is wrong',
    remedy: 'Check both; the administrator can set a new password.',
  },
  'second-factor-needed': {
    status: 401,
    retry: false,
    title: 'A code is needed as well',
    remedy: 'Send the six digits that your authenticator app shows as code, or a recovery code. Programs use API keys.',
  },
  'second-factor-wrong': {
    status: 401,
    retry: false,
    title: 'The code is wrong or was used already',
    remedy: 'Wait for the next code; set the clock of the phone right. With neither phone nor recovery codes ask the administrator.',
  },
  'second-factor-due': {
    status: 403,
    retry: false,
    title: 'Your role needs a second factor',
    remedy: 'Put one on at /console/me, or with POST /api/v1/me/second-factor; then all is open.',
  },
  'second-factor-on': {
    status: 409,
    retry: false,
    title: 'The account has a second factor already',
    remedy: 'Take it off first, with the password and a code.',
  },
  'sign-on-refused': {
    status: 403,
    retry: false,
    title: 'Single sign-on did not let you in',
    remedy: 'Begin again from the sign-in page; if it stays so, the administrator must write your identity into your account.',
  },
  'sign-on-unavailable': {
    status: 503,
    retry: true,
    title: 'Single sign-on cannot be reached',
    remedy: 'Sign in with user name and password; the administrator should look at the issuer and at oidc in the settings.',
  },
  'role-missing': {
    status: 403,
    retry: false,
    title: 'Your role may not do this',
    remedy: 'Ask the administrator for what the detail names: a role, or an API key with that scope.',
  },
  'origin-refused': {
    status: 403,
    retry: false,
    title: 'The request came from a page that is not ours',
    remedy: 'Act in the console itself; programs send Authorization: Bearer instead of the cookie.',
  },
  'not-found': {
    status: 404,
    retry: false,
    title: 'There is nothing of that name',
    remedy: 'Check the id; the list page shows what there is.',
  },
  'console-not-built': {
    status: 503,
    retry: false,
    title: 'The console has not been built',
    remedy: 'Start with npm start, which builds it, or run npm run build.',
  },
  'already-exists': {
    status: 409,
    retry: false,
    title: 'The id is taken',
    remedy: 'Choose another id, or change the existing one with PUT.',
  },
  'still-in-use': {
    status: 409,
    retry: false,
    title: 'Something still refers to it',
    remedy: 'Remove or move what the detail names first.',
  },
  'incident-closed': {
    status: 409,
    retry: false,
    title: 'The incident is closed',
    remedy: 'Open a new incident if there is something new.',
  },
  'incident-not-yours': {
    status: 409,
    retry: false,
    title: 'Somebody else has the incident',
    remedy: 'Take it over first, or ask whom the detail names to hand it on.',
  },
  'steps-missing': {
    status: 409,
    retry: false,
    title: 'Mandatory steps of the procedure are not done',
    remedy: 'Do and tick the steps that faults names; a supervisor may close without them and says why in override.',
  },
  'incident-silent': {
    status: 409,
    retry: false,
    title: 'Silence must be kept there',
    remedy: 'Nothing may sound at the site until its silent incident is closed; choose loudspeakers elsewhere.',
  },
  'order-ended': { status: 409, retry: false, title: 'The order has ended', remedy: 'Order the unit again if it is still needed.' },
  'broadcast-ended': {
    status: 409,
    retry: false,
    title: 'The broadcast has ended, or somebody speaks already',
    remedy: 'Ask for a new one.',
  },
  'consent-own': {
    status: 403,
    retry: false,
    title: 'Consent needs a second person',
    remedy: 'Let a colleague with the right consent, signed in with an account of their own.',
  },
  'consent-ended': {
    status: 409,
    retry: false,
    title: 'The broadcast no longer waits for consent',
    remedy: 'Look at what became of it; ask for it again if it is still needed.',
  },
  'idempotency-conflict': {
    status: 409,
    retry: false,
    title: 'The Idempotency-Key was used for another request',
    remedy: 'Use a new key for a new request.',
  },
  'idempotency-running': {
    status: 409,
    retry: true,
    title: 'The same request is still being carried out',
    remedy: 'Wait a moment and ask again with the same key.',
  },
  'set-up-link-spent': {
    status: 410,
    retry: false,
    title: 'The set-up link was used or is too old',
    remedy: 'Restart with an empty data folder or set BAIYING_ADMIN_PASSWORD to get in.',
  },
  'reset-link-spent': {
    status: 410,
    retry: false,
    title: 'The link for a new password was used or is too old',
    remedy: 'Ask the administrator for a new one.',
  },
  'handover-settled': {
    status: 409,
    retry: false,
    title: 'The handover is signed already',
    remedy: 'Prepare a new one; what was signed stays as it is.',
  },
  'signer-unfit': {
    status: 409,
    retry: false,
    title: 'This person cannot sign here',
    remedy: 'A shift is handed over by one person to another, both operators or supervisors with an account that is active.',
  },
  'policies-changed': {
    status: 409,
    retry: false,
    title: 'Somebody else has changed the policies since',
    remedy: 'Load them again, look at what changed, and make your change anew.',
  },
  'demo-unavailable': {
    status: 409,
    retry: false,
    title: 'The demo county cannot be started or ended now',
    remedy: 'Read the detail: it says what stands in the way.',
  },
  'rate-limited': { status: 429, retry: true, title: 'Too many requests', remedy: 'Wait as long as Retry-After says.' },
  'record-unavailable': {
    status: 503,
    retry: true,
    title: 'The record cannot be written',
    remedy: 'Nothing was accepted. Send it again after Retry-After.',
  },
  'settings-unfit': {
    status: 503,
    retry: false,
    title: 'What the settings name cannot be used',
    remedy: 'Mend what the detail names, there or in the settings, and start again.',
  },
  overloaded: { status: 503, retry: true, title: 'The service is overloaded', remedy: 'Send it again after Retry-After.' },
  'not-implemented': { status: 501, retry: false, title: 'This device cannot do that', remedy: 'Use a device whose driver has the power.' },
  'device-unreachable': {
    status: 502,
    retry: true,
    title: 'The device cannot be reached',
    remedy: 'Check its power, its cable and the address in its settings; then try again.',
  },
  'device-silent': {
    status: 504,
    retry: true,
    title: 'The device did not answer in time',
    remedy: 'Try again; if it stays silent, restart the device and check the network between.',
  },
  'device-refused': {
    status: 502,
    retry: false,
    title: 'The device did not take our user name and password',
    remedy: 'Set the right ones in the settings of the device. Makers lock an account after a few wrong tries.',
  },
  'device-garbled': {
    status: 502,
    retry: true,
    title: 'The device answered what its protocol does not allow',
    remedy: 'Check that the address and the driver fit the device; restart it, and bring its firmware up to date.',
  },
  'device-busy': {
    status: 503,
    retry: true,
    title: 'The device has no place left for us',
    remedy: 'Close other programs that use it (its own page, a recorder), or wait for Retry-After.',
  },
  'device-misconfigured': {
    status: 502,
    retry: false,
    title: 'The device must be put right first',
    remedy: 'Mend what the detail names: its clock, its certificate or a setting.',
  },
  'run-under-way': {
    status: 409,
    retry: false,
    title: 'A run of this round is under way',
    remedy: 'Go on with it, or give it up with a reason and begin anew.',
  },
  'run-ended': {
    status: 409,
    retry: false,
    title: 'The run is not under way',
    remedy: 'Begin a new run of the round.',
  },
  'run-unfinished': {
    status: 409,
    retry: false,
    title: 'Stops of the run have no finding yet',
    remedy: 'Look at the stops that the detail names, or give the run up with a reason.',
  },
  'finding-stands': {
    status: 409,
    retry: false,
    title: 'An incident was opened for this stop',
    remedy: 'Write what is to be added as a note of the incident.',
  },
  'camera-held': {
    status: 409,
    retry: true,
    title: 'Somebody else moves this camera now',
    remedy: 'Wait as long as Retry-After says, or ask the person whom the detail names to let go of it.',
  },
  'picture-unfit': {
    status: 409,
    retry: false,
    title: 'This picture cannot stand for how it should be',
    remedy: 'Put right what the detail names, look at the picture, and take it again.',
  },
  'media-unavailable': {
    status: 503,
    retry: false,
    title: 'Pictures cannot be read on this machine',
    remedy: 'Install ffmpeg, or name one with FFMPEG_BIN, and start again.',
  },
  'test-under-way': {
    status: 409,
    retry: true,
    title: 'The device is being tested already',
    remedy: 'Wait until that test is over; a test takes two minutes at most.',
  },
  'radio-without-unit': {
    status: 409,
    retry: false,
    title: 'The radio belongs to no unit',
    remedy: 'Give the radio to a unit in the register; orders go to units.',
  },
  'account-without-unit': {
    status: 409,
    retry: false,
    title: 'Your account moves with no unit',
    remedy: 'Ask the administrator to name your unit in your account.',
  },
  'unit-without-phone': {
    status: 409,
    retry: false,
    title: 'Your unit has no phone page',
    remedy: 'Ask the installer to register a radio of driver phone for the unit.',
  },
  'unit-engaged': {
    status: 409,
    retry: true,
    title: 'The unit cannot be tested now',
    remedy: 'Wait until its call is closed, or put the unit on duty, as the detail says.',
  },
  'range-unfit': {
    status: 416,
    retry: false,
    title: 'The file has no such part',
    remedy: 'Ask for a part within the length that Content-Range gives.',
  },
  'signing-key-unusable': {
    status: 503,
    retry: false,
    title: "The station's signing key cannot be used",
    remedy: 'Restore the master.key that belongs to this record, or have the administrator make a new signing key (POST /signing-keys).',
  },
  'backup-unfit': {
    status: 422,
    retry: false,
    title: 'The backup cannot be used',
    remedy: 'Take another copy or an earlier backup; one of a later Baiying needs that Baiying.',
  },
  'record-not-empty': {
    status: 409,
    retry: false,
    title: 'The record is not empty',
    remedy: 'Name an empty data folder with BAIYING_DATA, or add --force to put the backup in the place of this record for good.',
  },
  'record-in-use': {
    status: 409,
    retry: true,
    title: 'Baiying is running on this record',
    remedy: 'Stop every process of it (Ctrl-C, SIGTERM), then do it again.',
  },
  internal: {
    status: 500,
    retry: true,
    title: 'Something went wrong here',
    remedy: 'Try again; give the request id to the administrator if it stays.',
  },
} as const satisfies Record<string, { status: number; retry: boolean; title: string; remedy: string }>;

export type ErrorCode = keyof typeof errors;

/** One fault of a request: `path` is dotted from the body's root, `message` says what is wrong and what is wanted. */
export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

/** An error with a code of the list above. The only kind that crosses a room's door on purpose. */
export class Fault extends Error {
  readonly code: ErrorCode;
  readonly faults: readonly FieldFault[];

  constructor(code: ErrorCode, detail?: string, faults: readonly FieldFault[] = [], options?: ErrorOptions) {
    super(detail ?? errors[code].title, options);
    this.name = 'Fault';
    this.code = code;
    this.faults = faults;
  }
}
