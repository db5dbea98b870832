import type { AedesOptions, AuthenticateError, Client, ConnectPacket } from 'aedes';
import { type DeviceKind, type Duration, type Instant, seconds } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import { failpoint } from '../failpoint.ts';
import type { Clock, Ear, Log, Speaker } from '../ports.ts';
import type { Admit } from './admit.ts';
import type { Connections } from './connections.ts';
import { certificateOf } from './device-certificate.ts';
import type { Floods } from './floods.ts';
import { hearOver } from './hear.ts';
import type { Silence } from './silence.ts';
import { contained, spoilt, wellFormedFilter } from './topics.ts';
import type { Troubles } from './troubles.ts';
import type { Turns } from './turns.ts';
import type { UnderWay } from './under-way.ts';

export interface HookDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly ear: Ear;
  readonly admission: Admit;
  readonly connections: Connections;
  readonly silence: Pick<Silence, 'heard'>;
  /** Told of a device behind a bridge that its bridge has it, or has lost it. */
  readonly reached: (deviceId: string, online: boolean) => void;
  /** Whether what the device says now is an exercise. */
  readonly drill: (deviceId: string, now: Instant) => boolean;
  /** What devices say and is not in the record yet. */
  readonly heard: UnderWay;
  readonly turns: Turns;
  readonly troubles: Pick<Troubles, 'note' | 'refused'>;
  readonly floods: Floods;
  /** Told of a device that sends too much, and for how long it is kept out. */
  readonly flooded: (device: Speaker, out: Duration) => void;
  /** Once true nothing more is accepted: what is not acknowledged is said again, later or to another broker. */
  readonly stopping: () => boolean;
}

type Asked = 'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward';
type Hooks = Required<Pick<AedesOptions, Asked>>;

/** A hook of ours that hangs must not hold a socket for ever. */
const hookPatience = seconds(5);

/** Where Aedes asks: who is this, may it say that, may it hear that. */
export const brokerHooks = (deps: HookDeps): Hooks => ({
  preConnect: (client, packet, done) => {
    const fault = faultOf(packet);
    // Aedes gives whoever has no name one of its own, under which no session is ever found again.
    if (packet.clientId === '' && !packet.clean) nameless.add(client);
    done(fault === undefined ? null : new Error(fault), fault === undefined);
  },
  authenticate: authenticate(deps),
  authorizePublish: acceptPublish(deps),
  authorizeSubscribe: (client, subscription, done) => {
    if (spoilt(subscription.topic)) return done(new Error('a filter that is no UTF-8'));
    const identity = deps.connections.identityOf(client);
    const allowed = identity !== undefined && wellFormedFilter(subscription.topic) && contained(subscription.topic, identity.subscribes);
    if (!allowed) {
      deps.log.warn({ deviceId: identity?.speaker.id, filter: subscription.topic }, 'subscription refused');
      if (identity) deps.troubles.note(identity.speaker.id, 'wrong-filter', subscription.topic);
    }
    done(null, allowed ? subscription : null);
  },
  // Nothing that one device publishes is forwarded to any other; letters go to a client directly (post.ts). Two bridges
  // may well use the same topics, as every Zigbee2MQTT does, so a bridge hears nothing at all.
  authorizeForward: (client, packet) => {
    const identity = deps.connections.identityOf(client);
    return identity && !identity.carried && contained(packet.topic, identity.subscribes) ? packet : null;
  },
});

const authenticate =
  ({ clock, log, admission, connections, heard, troubles, floods, stopping }: HookDeps): Hooks['authenticate'] =>
  (client, username, password, done) => {
    const shown = certificateOf(client.conn);
    const name = username || shown?.name;
    if (stopping() || (name !== undefined && floods.keptOut(name))) return cutOff(client);
    if (nameless.has(client)) {
      log.warn({ username: name }, 'device refused: it wants its session kept and gives it no name');
      return done(refusal(2, 'a session without a name'), false);
    }
    const checked = within(clock, admission.check(username, password, shown)).then(
      (answer) => {
        // Who hung up meanwhile never arrives, so nobody would take him out of the connected ones again.
        if (client.closed) return;
        if ('identity' in answer) {
          // The name that a client gives itself is kept within its device's own space: nobody takes over another's session.
          Object.assign(client, { id: `${answer.identity.speaker.id}/${client.id}` });
          connections.admit(client, answer.identity);
          return done(null, true);
        }
        log.warn({ username: name, refused: answer.refused, fault: shown?.fault }, 'device refused');
        troubles.refused(name, answer.refused, shown?.fault);
        done(refusal(4, answer.refused), false);
      },
      (error: unknown) => {
        log.error({ err: error, username: name }, 'a credential could not be checked');
        cutOff(client);
      },
    );
    heard.add(checked);
  };

function acceptPublish(deps: HookDeps): Hooks['authorizePublish'] {
  const { clock, log, ear, connections, silence, heard, turns, stopping, reached, troubles, floods } = deps;
  const unread = (deviceId: string, why: string) => troubles.note(deviceId, 'unreadable', why);
  const line = { ear, log, reached, unread, alive: silence.heard, drill: (deviceId: string) => deps.drill(deviceId, clock.now()) };
  return (client, packet, done) => {
    if (!client) return done(new Error('the broker itself publishes nothing'));
    const identity = connections.identityOf(client);
    if (!identity) return done(new Error('not signed in'));
    // Also the last wills that Aedes publishes when it closes: it is us who went, not the devices.
    if (stopping()) return done(new Error('the broker is stopping'));
    const { id, kind } = identity.speaker;
    const out = floods.count({ id, kind, bridge: identity.carried !== undefined });
    if (out !== undefined) deps.flooded(identity.speaker, out);
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    const message = { topic: packet.topic, payload, retain: packet.retain };
    // Only a device's own status stays on the broker; a retained press would be a press for everyone who comes later.
    if (!packet.topic.endsWith('/status') || identity.carried) packet.retain = false;
    const answer = (error: Error | null) => (routine(kind) ? turns.take(() => done(error)) : done(error));
    const stored = inTurn(deps.turns, kind, () => hearOver(line, identity, message)).then(
      () => {
        answer(null);
        if (kind === 'key') failpoint('call-acknowledged');
      },
      (error: unknown) => {
        log.warn({ err: error, deviceId: id, topic: packet.topic }, 'message of a device not accepted');
        if (error instanceof Fault && error.code === 'role-missing') troubles.note(id, 'wrong-topic', packet.topic);
        answer(error instanceof Error ? error : new Error(String(error)));
      },
    );
    heard.add(stored);
  };
}

/** Cameras speak a thousand times as often as anyone presses a key: what they say, and its answers, must not hold up an alarm. */
const routine = (kind: DeviceKind): boolean => kind === 'camera';

const inTurn = (turns: Turns, kind: DeviceKind, work: () => Promise<void>): Promise<void> =>
  routine(kind) ? new Promise((resolve, reject) => turns.take(() => work().then(resolve, reject))) : work();

/** Clients that want their session kept and give it no name, which MQTT 3.1.1 (3.1.3-8) refuses. */
const nameless = new WeakSet<Client>();

/** What in a CONNECT MQTT 3.1.1 wants the connection closed for, before anybody asks who it is. */
function faultOf({ clientId, username = '', will }: ConnectPacket): string | undefined {
  if (spoilt(clientId) || spoilt(username)) return 'a name that is no UTF-8';
  if (will && (will.topic === '' || spoilt(will.topic))) return 'a last will to no topic';
  return undefined;
}

const refusal = (returnCode: 2 | 4, why: string): AuthenticateError => Object.assign(new Error(why), { returnCode }) as AuthenticateError;

/**
 * For whoever cannot be checked now. A lost connection is tried again by every device; a refusal with code 3, server
 * unavailable, is final for many (mqtt.js ends its client), and a key would then be mute after a minute without record.
 */
const cutOff = (client: Pick<Client, 'close'>): void => client.close();

function within<T>(clock: Clock, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = clock.after('broker hook', hookPatience, () => reject(new Error('no answer within 5 s')));
    work.then(resolve, reject).finally(() => late.stop());
  });
}
