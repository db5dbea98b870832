import type { Fact, Heard, Message } from '../../devices/driver.ts';
import { answersAnOrder, closed, laneOf } from '../alarm/index.ts';
import { Fault } from '../errors.ts';
import type { Ear, Log } from '../ports.ts';
import type { Voice } from './carried.ts';
import type { Identity } from './connections.ts';
import { wellFormed, within } from './topics.ts';

export interface HearDeps {
  readonly ear: Ear;
  readonly log: Log;
  /** Told of each message that could not be read, and why. */
  readonly unread: (deviceId: string, why: string) => void;
}

/** Told of a device without a connection of its own that its gateway has it, or has lost it. */
export type Reached = (deviceId: string, online: boolean) => void;

export interface LineDeps extends HearDeps {
  readonly reached: Reached;
  /** Told of each device that showed a sign of life. */
  readonly alive: (deviceId: string) => void;
  /** Whether what the device says now is an exercise. */
  readonly drill: (deviceId: string) => boolean;
}

/**
 * What came over one connection: of the device itself, or of those that a bridge speaks for. What a bridge brings of
 * devices that nobody registered reaches nobody; refusing it would cost the bridge its connection, and its keys their voice.
 * @throws as `hear`
 */
export async function hearOver(deps: LineDeps, identity: Identity, message: Message): Promise<void> {
  const { carried, publishes } = identity;
  deps.alive(identity.speaker.id);
  const behind = carried?.to(message.topic) ?? [];
  if (carried && behind.length === 0 && !publishes.some((grant) => within(message.topic, grant))) {
    if (carried.stranger(message.topic)) {
      deps.log.info({ deviceId: identity.speaker.id, topic: message.topic.slice(0, 200) }, 'a bridge speaks of what is not registered');
    }
    return;
  }
  await Promise.all(
    (behind.length > 0 ? behind : [identity]).map((voice) => {
      const { id, kind } = voice.speaker;
      deps.alive(id);
      const speaker = { id, kind, exercise: deps.drill(id) };
      return hear(deps, { ...voice, speaker }, message, behind.length > 0 ? deps.reached : undefined);
    }),
  );
}

/**
 * What a device said, decoded and put into the record. Resolves after the commit, so the broker may acknowledge.
 * @throws Fault `role-missing` for a topic outside the device's branch, `record-unavailable` when nothing could be stored
 */
export async function hear(deps: HearDeps, voice: Voice, message: Message, reached?: Reached): Promise<void> {
  const { speaker } = voice;
  const heard = speaker.kind === 'camera' ? decodeAgain(voice, message) : decode(voice, message);
  switch (heard.outcome) {
    case 'fact':
      return hearSurely(deps, voice, message, heard.fact, reached);
    case 'facts':
      await Promise.all(heard.facts.map((fact) => hearSurely(deps, voice, message, fact, reached)));
      return;
    case 'position':
      return deps.ear.position(speaker, heard);
    case 'nothing':
      return;
    case 'unparsed':
      return hearUnparsed(deps, voice, message, heard);
    default:
      closed(heard);
  }
}

function decode({ speaker, device, dialect, publishes }: Voice, message: Message): Heard {
  if (!wellFormed(message.topic) || !publishes.some((grant) => within(message.topic, grant))) {
    throw new Fault('role-missing', `${speaker.id} may not publish to ${message.topic}`);
  }
  return dialect.decode(message, device);
}

/** What each camera said last, and what that means. */
const lastSaid = new WeakMap<Voice['device'], Message & { readonly heard: Heard }>();
/** Bytes; what is longer carries more than a state, and is not said again to the letter. */
const remembered = 1024;

/** A camera says the same dozens of times a second: what it said a moment ago is not read again. */
function decodeAgain(voice: Voice, message: Message): Heard {
  const { topic, payload, retain } = message;
  const last = lastSaid.get(voice.device);
  if (last && last.topic === topic && last.retain === retain && Buffer.compare(last.payload, payload) === 0) return last.heard;
  const heard = decode(voice, message);
  // A copy: the payload is a window on the whole of what came over the socket.
  if (payload.byteLength <= remembered) lastSaid.set(voice.device, { topic, payload: Uint8Array.from(payload), retain, heard });
  return heard;
}

/** What the record refuses for what it holds would be sent again and refused again for ever: a call then stands as one that cannot be read. */
async function hearSurely(deps: HearDeps, voice: Voice, message: Message, fact: Fact, reached?: Reached): Promise<void> {
  try {
    await hearFact(deps, voice, fact, reached);
  } catch (error) {
    const isCall = laneOf(voice.speaker.kind, fact.type) === 'urgent' && !answersAnOrder(fact.type);
    if (error instanceof Fault || !isCall) throw error;
    deps.log.error({ err: error, deviceId: voice.speaker.id, type: fact.type }, 'a call could not be kept as it was read');
    const grade = fact.grade === undefined ? {} : { grade: fact.grade };
    await hearUnparsed(deps, voice, message, { reason: 'the record does not take it', ...grade });
  }
}

async function hearFact({ ear }: HearDeps, voice: Voice, fact: Fact, reached?: Reached): Promise<void> {
  const { speaker, dialect, device, standing, recall } = voice;
  // Also what is said again: after a restart of ours nobody is known to be reachable.
  if (fact.type === 'online' || fact.type === 'offline') reached?.(speaker.id, fact.type === 'online');
  const judged = fact.mark === undefined ? undefined : await recall.judge(dialect, device, fact);
  if (judged?.outcome === 'repeat') return;
  const kept = judged?.fact ?? fact;
  await ear.hear(speaker, kept, { via: 'mqtt', standing: judged?.outcome === 'state' || !standing.isNews(kept) });
}

async function hearUnparsed(
  { ear, log, unread }: HearDeps,
  { speaker }: Voice,
  { topic, payload }: Message,
  { reason, secret, grade }: Pick<Extract<Heard, { outcome: 'unparsed' }>, 'reason' | 'secret'> & Pick<Fact, 'grade'>,
): Promise<void> {
  log.warn({ deviceId: speaker.id, topic, reason, bytes: payload.byteLength }, 'message of a device cannot be read');
  unread(speaker.id, reason);
  // Whoever pressed a key meant something; a camera or a loudspeaker that stammers did not call for help. A cut-off
  // message that still shows the word was sent under threat, and its site must not notice either.
  if (speaker.kind !== 'key' && !topic.endsWith('/emergency')) return;
  const silent = grade === 'duress' || Buffer.from(payload).includes('duress') ? { grade: 'duress' as const } : {};
  const raw = secret ? {} : { raw: payload.subarray(0, rawKept) };
  await ear.hear(speaker, { type: 'unparsed', ...silent, active: true, data: { reason, topic } }, { via: 'mqtt', ...raw });
}

/** Bytes of an unreadable message that are kept for whoever must find out what the device meant. */
const rawKept = 16_384;
