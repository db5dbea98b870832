import { child, each, rewrite, tag, textAt, type Xml, type XmlElement } from '../../xml.ts';
import { secondsOf } from './simulator-device.ts';
import { type CameraState, type Happening, type Operations, type Request, SimulatedFault, servicePaths } from './simulator-state.ts';

/** The event service of a simulated camera: pull points with long polls, a buffer to seek in, and settings of an event broker. */

interface Stored {
  readonly at: number;
  readonly happening: Happening;
}

interface Subscription {
  readonly id: string;
  readonly queue: Stored[];
  /** By the camera's own steady clock, so that a step of its wall clock ends nothing. */
  endsAt: number;
  /** Whoever waits in a long poll. */
  wake: () => void;
}

const longestQueue = 500;
const bufferLength = 200;
const defaultLease = 60;
const subscriptionPath = '/onvif/subscription/';
const referenceNamespace = 'http://www.axis.com/2009/event';

const keyOf = ({ topic, source }: Happening): string => JSON.stringify([topic, source]);
const instant = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

export class EventService {
  /** Settings that AddEventBroker left, by address. */
  readonly brokers = new Map<string, XmlElement>();
  readonly operations: Operations;
  readonly #camera: CameraState;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #states = new Map<string, Stored>();
  readonly #buffer: Stored[] = [];
  #last = 0;

  constructor(camera: CameraState) {
    this.#camera = camera;
    this.operations = {
      ...brokerOperations(this.brokers),
      GetEventProperties: () => tag('tev:GetEventPropertiesResponse', {}),
      CreatePullPointSubscription: (request) => this.#create(request),
      PullMessages: (request) => this.#pull(request),
      Renew: (request) => {
        const [current, termination] = this.#lease(this.#asked(request), textAt(request.body, 'TerminationTime'));
        return tag('wsnt:RenewResponse', {}, termination, current);
      },
      Unsubscribe: (request) => {
        const subscription = this.#asked(request);
        this.#subscriptions.delete(subscription.id);
        subscription.wake();
        return tag('wsnt:UnsubscribeResponse', {});
      },
      SetSynchronizationPoint: (request) => {
        const subscription = this.#asked(request);
        subscription.queue.push(...this.#initial());
        subscription.wake();
        return tag('tev:SetSynchronizationPointResponse', {});
      },
      Seek: (request) => this.#seek(request),
    };
  }

  /** Every event goes here. */
  raise(happening: Happening): void {
    const stored = { at: this.#camera.clock(), happening };
    if (happening.property === 'Deleted') this.#states.delete(keyOf(happening));
    else if (happening.property !== undefined) this.#states.set(keyOf(happening), stored);
    this.#buffer.push(stored);
    if (this.#buffer.length > bufferLength) this.#buffer.shift();
    for (const subscription of this.#subscriptions.values()) {
      subscription.queue.push(stored);
      if (subscription.queue.length > longestQueue) subscription.queue.shift();
      subscription.wake();
    }
  }

  /** Subscriptions that are open now. */
  open(): number {
    for (const [id, subscription] of this.#subscriptions) {
      if (subscription.endsAt <= this.#camera.now()) this.#subscriptions.delete(id);
    }
    return this.#subscriptions.size;
  }

  /** Forgets the subscriptions, as a restart does. */
  forget(): void {
    for (const { wake } of this.#subscriptions.values()) wake();
    this.#subscriptions.clear();
  }

  #asked(request: Request): Subscription {
    this.open();
    const byParameter = this.#camera.quirks.referenceParameters === true;
    const id = byParameter ? textAt(request.header, 'SubscriptionId') : request.path.slice(subscriptionPath.length);
    const subscription = this.#subscriptions.get(id ?? '');
    if (!subscription) throw new SimulatedFault(['wsrf:ResourceUnknownFault'], 'Unknown subscription', 500);
    return subscription;
  }

  #initial(): Stored[] {
    return [...this.#states.values()].map(({ at, happening }) => ({ at, happening: { ...happening, property: 'Initialized' } }));
  }

  #lease(subscription: Subscription, wanted: string | undefined): Xml[] {
    const now = this.#camera.clock();
    const seconds = secondsOf(wanted) ?? (wanted === undefined ? defaultLease : (Date.parse(wanted) - now) / 1000);
    if (!(seconds > 0)) throw new SimulatedFault(['wsntw:UnacceptableTerminationTimeFault'], 'Termination time is not acceptable');
    subscription.endsAt = this.#camera.now() + seconds * 1000;
    return [tag('wsnt:CurrentTime', {}, instant(now)), tag('wsnt:TerminationTime', {}, instant(now + seconds * 1000))];
  }

  #create({ body }: Request): Xml {
    if (this.open() >= (this.#camera.options.slots ?? 4)) {
      throw new SimulatedFault(['ter:CapabilityViolated', 'ter:MaxPullPoints'], 'Maximum number of pull points reached', 500);
    }
    const wanted = textAt(body, 'InitialTerminationTime');
    if (wanted === undefined && this.#camera.quirks.wantsTerminationTime === true) {
      throw new SimulatedFault(['ter:Action'], 'Internal Error', 500);
    }
    this.#last += 1;
    const subscription: Subscription = { id: String(this.#last), queue: this.#initial(), endsAt: 0, wake: () => undefined };
    const times = this.#lease(subscription, wanted);
    this.#subscriptions.set(subscription.id, subscription);
    return tag('tev:CreatePullPointSubscriptionResponse', {}, reference(this.#camera, subscription.id), ...times);
  }

  async #pull(request: Request): Promise<Xml> {
    const camera = this.#camera;
    const subscription = this.#asked(request);
    await arrival(camera, subscription, request);
    const now = camera.clock();
    // What nobody is there to read any more stays for the next who asks.
    const count = request.gone.aborted ? 0 : Number(textAt(request.body, 'MessageLimit') ?? 10);
    return tag(
      'tev:PullMessagesResponse',
      {},
      tag('tev:CurrentTime', {}, instant(now)),
      tag('tev:TerminationTime', {}, instant(now + subscription.endsAt - camera.now())),
      ...subscription.queue.splice(0, count).map(writeMessage),
    );
  }

  #seek(request: Request): Xml {
    const subscription = this.#asked(request);
    const from = Date.parse(textAt(request.body, 'UtcTime') ?? '');
    const oldest = this.#buffer[0];
    // Core, Seek: who asks for more than is kept is told where the buffer begins.
    const begin: Stored[] =
      this.#buffer.length >= bufferLength && oldest && from < oldest.at
        ? [{ at: oldest.at, happening: { topic: 'tns1:Device/EventBuffer/Begin', source: {}, data: {} } }]
        : [];
    subscription.queue.splice(0, subscription.queue.length, ...begin, ...this.#buffer.filter((stored) => stored.at >= from));
    subscription.wake();
    return tag('tev:SeekResponse', {});
  }
}

/** Until there is something to tell, the time that was asked for is over, or the client has gone. */
async function arrival(camera: CameraState, subscription: Subscription, { body, gone }: Request): Promise<void> {
  if (subscription.queue.length > 0) return;
  const milliseconds = (secondsOf(textAt(body, 'Timeout')) ?? 1) * 1000;
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = camera.after(milliseconds, resolve);
  // A second pull on one subscription ends the first.
  subscription.wake();
  subscription.wake = resolve;
  gone.addEventListener('abort', () => resolve(), { once: true });
  await promise;
  stop();
}

function reference(camera: CameraState, id: string): Xml {
  const byParameter = camera.quirks.referenceParameters === true;
  return tag(
    'tev:SubscriptionReference',
    {},
    tag('wsa:Address', {}, camera.base() + (byParameter ? servicePaths.tev : subscriptionPath + id)),
    byParameter ? tag('wsa:ReferenceParameters', {}, tag('dom0:SubscriptionId', { 'xmlns:dom0': referenceNamespace }, id)) : undefined,
  );
}

function writeMessage({ at, happening: { topic, source, data, property } }: Stored): Xml {
  const items = (values: Readonly<Record<string, string>>): Xml[] =>
    Object.entries(values).map(([Name, Value]) => tag('tt:SimpleItem', { Name, Value }));
  return tag(
    'wsnt:NotificationMessage',
    {},
    tag('wsnt:Topic', { Dialect: 'http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet' }, topic),
    tag(
      'wsnt:Message',
      {},
      tag(
        'tt:Message',
        { UtcTime: instant(at), PropertyOperation: property },
        tag('tt:Source', {}, ...items(source)),
        tag('tt:Data', {}, ...items(data)),
      ),
    ),
  );
}

/** Core, event broker: an address that is there already is set anew; the password is never given back. */
function brokerOperations(brokers: Map<string, XmlElement>): Operations {
  return {
    AddEventBroker: ({ body }) => {
      const settings = child(body, 'EventBroker') ?? [...each(body, 'EventBrokerConfig')][0];
      const address = textAt(settings, 'Address');
      if (!settings || address === undefined) throw new SimulatedFault(['ter:InvalidArgVal'], 'No address');
      if (brokers.size > 0 && !brokers.has(address))
        throw new SimulatedFault(['ter:OutofRange', 'ter:MaxEventBrokers'], 'Maximum of brokers reached');
      brokers.set(address, settings);
      return tag('tev:AddEventBrokerResponse', {});
    },
    GetEventBrokers: () => tag('tev:GetEventBrokersResponse', {}, ...[...brokers.values()].map(writeBroker)),
    DeleteEventBroker: ({ body }) => {
      if (!brokers.delete(textAt(body, 'Address') ?? '')) throw new SimulatedFault(['ter:InvalidArgVal'], 'No such broker');
      return tag('tev:DeleteEventBrokerResponse', {});
    },
  };
}

function writeBroker(settings: XmlElement): Xml {
  const shown = settings.children.filter((setting) => setting.name !== 'Password' && setting.name !== 'Status');
  return tag('tev:EventBroker', {}, ...shown.map((setting) => rewrite(setting)), tag('tev:Status', {}, 'Connected'));
}
