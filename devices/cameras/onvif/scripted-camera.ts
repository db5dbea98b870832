import { createHash } from 'node:crypto';
import { Trouble } from '../../driver.ts';
import type { webRequest } from '../../web.ts';
import { child, down, escapeXml, readXml, textAt, type XmlElement } from '../../xml.ts';
import { ns } from './soap.ts';

/** A camera for the tests of the event client: one that answers as ONVIF wants it, and can be told to go wrong in one way. */

export const cameraFaults = [
  'TCP reset',
  'refused',
  '503',
  'SOAP fault on create',
  'SOAP fault on pull',
  'SOAP fault on renew',
  'garbage',
  'empty',
  '401',
  '401 for the password only',
  'silence',
  'truncated',
  'slow drip',
  'HTML with 200',
  'clock in 1970',
] as const;
export type CameraFault = (typeof cameraFaults)[number];

export interface CameraClock {
  readonly now: () => number;
  readonly after: (milliseconds: number, run: () => void) => () => void;
}

export interface ScriptedOptions extends CameraClock {
  readonly username?: string;
  readonly password?: string;
  readonly persistent?: boolean;
  /** Subscriptions at a time; Dahua has one. */
  readonly places?: number;
  /** Says how things stand only when asked to (SetSynchronizationPoint). */
  readonly shy?: boolean;
}

interface Subscription {
  ends: number;
  readonly queue: string[];
  wake?: () => void;
}

export interface Reply {
  readonly status: number;
  readonly body: string;
}

const notification = (topic: string, operation: string, name: string, active: boolean, at: number): string =>
  `<wsnt:NotificationMessage><wsnt:Topic>${escapeXml(topic)}</wsnt:Topic><wsnt:Message><tt:Message UtcTime="${new Date(at).toISOString()}"` +
  ` PropertyOperation="${operation}"><tt:Source><tt:SimpleItem Name="InputToken" Value="1"/></tt:Source>` +
  `<tt:Data><tt:SimpleItem Name="${name}" Value="${active}"/></tt:Data></tt:Message></wsnt:Message></wsnt:NotificationMessage>`;

export const inputTopic = 'tns1:Device/Trigger/DigitalInput';

export class ScriptedCamera {
  fault: CameraFault | undefined;
  /** Of the one digital input that it has. */
  closed = false;
  /** Names of the requests that came, in order, with their time. */
  readonly asked: { readonly name: string; readonly at: number; readonly envelope: string }[] = [];
  readonly subscriptions = new Map<string, Subscription>();
  readonly #options: ScriptedOptions;
  readonly #told: { readonly at: number; readonly message: string }[] = [];
  #next = 1;

  constructor(options: ScriptedOptions) {
    this.#options = options;
  }

  clock(): number {
    return this.fault === 'clock in 1970' ? this.#options.now() % 86_400_000 : this.#options.now();
  }

  set(closed: boolean): void {
    this.closed = closed;
    const message = notification(inputTopic, 'Changed', 'LogicalState', closed, this.clock());
    this.#told.push({ at: this.clock(), message });
    for (const subscription of this.subscriptions.values()) {
      subscription.queue.push(message);
      subscription.wake?.();
    }
  }

  /** Loses all subscriptions, as a restart does. */
  restart(): void {
    this.subscriptions.clear();
  }

  /** Its answer to an envelope, in good health apart from the faults that are in its own SOAP. */
  async answer(path: string, envelope: string): Promise<Reply> {
    const read = readXml(envelope);
    const body = 'root' in read ? child(read.root, 'Body')?.children[0] : undefined;
    if (!('root' in read) || !body) return soapFault('ter:InvalidArgVal');
    this.asked.push({ name: body.name, at: this.#options.now(), envelope });
    if (!['GetSystemDateAndTime', 'GetServices'].includes(body.name) && !this.#admits(read.root)) return soapFault('ter:NotAuthorized');
    for (const [id, subscription] of this.subscriptions) if (subscription.ends <= this.#options.now()) this.subscriptions.delete(id);
    return await this.#act(body, path);
  }

  async #act(body: XmlElement, path: string): Promise<Reply> {
    const id = path.slice(path.indexOf('=') + 1);
    switch (body.name) {
      case 'GetSystemDateAndTime':
        return soap(
          `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime>${this.#date()}</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>`,
        );
      case 'GetServices':
        return soap(services(this.#options.persistent === true));
      case 'CreatePullPointSubscription':
        return this.#create();
      case 'PullMessages':
        return await this.#pull(id, body);
      case 'Renew':
        return this.#renew(id);
      case 'Unsubscribe':
        return this.subscriptions.delete(id) ? soap('<wsnt:UnsubscribeResponse/>') : unknown;
      case 'SetSynchronizationPoint':
        return this.#synchronise(id);
      case 'Seek':
        return this.#seek(id, Date.parse(textAt(body, 'UtcTime') ?? ''));
      default:
        return soapFault('ter:ActionNotSupported');
    }
  }

  #date(): string {
    const at = new Date(this.clock());
    const [date, time] = [
      `<tt:Year>${at.getUTCFullYear()}</tt:Year><tt:Month>${at.getUTCMonth() + 1}</tt:Month><tt:Day>${at.getUTCDate()}</tt:Day>`,
      `<tt:Hour>${at.getUTCHours()}</tt:Hour><tt:Minute>${at.getUTCMinutes()}</tt:Minute><tt:Second>${at.getUTCSeconds()}</tt:Second>`,
    ];
    return `<tt:UTCDateTime><tt:Time>${time}</tt:Time><tt:Date>${date}</tt:Date></tt:UTCDateTime>`;
  }

  #admits(envelope: XmlElement): boolean {
    const { username, password = '' } = this.#options;
    if (username === undefined) return true;
    const token = down(envelope, 'Header', 'Security', 'UsernameToken');
    const created = textAt(token, 'Created') ?? '';
    const nonce = Buffer.from(textAt(token, 'Nonce') ?? '', 'base64');
    const digest = createHash('sha1').update(nonce).update(created).update(password, 'utf8').digest('base64');
    const fresh = Math.abs(Date.parse(created) - this.clock()) < 30_000;
    return textAt(token, 'Username') === username && textAt(token, 'Password') === digest && fresh;
  }

  #create(): Reply {
    if (this.fault === 'SOAP fault on create') return soapFault('ter:BlockedThreadUpperLimit');
    if (this.subscriptions.size >= (this.#options.places ?? 8)) return soapFault('ter:BlockedThreadUpperLimit');
    const id = String(this.#next++);
    const subscription: Subscription = { ends: this.#options.now() + 60_000, queue: [] };
    this.subscriptions.set(id, subscription);
    if (!this.#options.shy) subscription.queue.push(this.#standing());
    const address = `http://192.0.2.9:81/onvif/sub?Idx=${id}`;
    return soap(
      `<tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><wsa:Address>${address}</wsa:Address>` +
        `<wsa:ReferenceParameters><ax:SubscriptionId xmlns:ax="http://www.axis.com/2009/event">${id}</ax:SubscriptionId></wsa:ReferenceParameters>` +
        `</tev:SubscriptionReference>${this.#times(60_000)}</tev:CreatePullPointSubscriptionResponse>`,
    );
  }

  #standing = (): string => notification(inputTopic, 'Initialized', 'LogicalState', this.closed, this.clock());

  #times(lease: number): string {
    const at = this.clock();
    return `<wsnt:CurrentTime>${new Date(at).toISOString()}</wsnt:CurrentTime><wsnt:TerminationTime>${new Date(at + lease).toISOString()}</wsnt:TerminationTime>`;
  }

  async #pull(id: string, body: XmlElement): Promise<Reply> {
    const subscription = this.subscriptions.get(id);
    if (this.fault === 'SOAP fault on pull') return soapFault('ter:InvalidArgVal');
    if (!subscription) return unknown;
    const wait = Number((textAt(body, 'Timeout') ?? 'PT1S').slice(2, -1)) * 1000;
    if (subscription.queue.length === 0) await this.#news(subscription, wait);
    const messages = subscription.queue.splice(0, 100).join('');
    return soap(`<tev:PullMessagesResponse>${this.#times(subscription.ends - this.#options.now())}${messages}</tev:PullMessagesResponse>`);
  }

  #news(subscription: Subscription, wait: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#options.after(wait, resolve);
    subscription.wake = () => {
      cancel();
      resolve();
    };
    return promise;
  }

  #renew(id: string): Reply {
    const subscription = this.subscriptions.get(id);
    if (this.fault === 'SOAP fault on renew') return soapFault('ter:ActionFailed');
    if (!subscription) return unknown;
    subscription.ends = this.#options.now() + 60_000;
    return soap(`<wsnt:RenewResponse>${this.#times(60_000)}</wsnt:RenewResponse>`);
  }

  #synchronise(id: string): Reply {
    const subscription = this.subscriptions.get(id);
    if (!subscription) return unknown;
    subscription.queue.push(this.#standing());
    return soap('<tev:SetSynchronizationPointResponse/>');
  }

  #seek(id: string, from: number): Reply {
    const subscription = this.subscriptions.get(id);
    if (!subscription) return unknown;
    subscription.queue.splice(0, 100, ...this.#told.filter(({ at }) => at >= from - 1000).map(({ message }) => message), this.#standing());
    return soap('<tev:SeekResponse/>');
  }
}

const prefixes = `xmlns:s="${ns.soap}" xmlns:wsa="${ns.wsa}" xmlns:wsnt="${ns.wsnt}" xmlns:tev="${ns.tev}" xmlns:tds="${ns.tds}" xmlns:tt="${ns.tt}"`;

export const soap = (body: string, status = 200): Reply => ({
  status,
  body: `<s:Envelope ${prefixes}><s:Body>${body}</s:Body></s:Envelope>`,
});

export const soapFault = (subcode: string): Reply =>
  soap(
    `<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>${subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en"/></s:Reason></s:Fault>`,
    400,
  );

const unknown = soap(
  '<s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text>gone</s:Text></s:Reason><s:Detail><r:ResourceUnknownFault xmlns:r="urn:r"/></s:Detail></s:Fault>',
  500,
);

const services = (persistent: boolean): string =>
  `<tds:GetServicesResponse><tds:Service><tds:Namespace>${ns.tev}</tds:Namespace><tds:XAddr>http://192.0.2.9:81/onvif/events</tds:XAddr>` +
  `<tds:Capabilities><tev:Capabilities WSPullPointSupport="true" PersistentNotificationStorage="${persistent}" MaxEventBrokers="2" EventBrokerProtocols="mqtt mqtts"/></tds:Capabilities>` +
  '</tds:Service></tds:GetServicesResponse>';

export const htmlPage =
  '<html><head><title>404 File Not Found</title></head><body>The requested URL was not found on this server</body></html>';

/** The camera without a network between: what the real client would make of each fault, on the camera's own clock. */
export function sendTo(camera: ScriptedCamera, { after }: CameraClock): typeof webRequest {
  const late = (milliseconds: number, signal: AbortSignal | undefined): Promise<never> => {
    const { promise, reject } = Promise.withResolvers<never>();
    const cancel = after(milliseconds, () => reject(new Trouble('silent', 'no answer')));
    signal?.addEventListener('abort', () => {
      cancel();
      reject(signal.reason);
    });
    return promise;
  };
  const bytes = ({ status, body }: Reply) => ({ status, headers: {}, challenges: [], body: Buffer.from(body) });
  return async (door, { path, body, milliseconds, signal }) => {
    const envelope = Buffer.from(body ?? '').toString('utf8');
    const note = (): void => void camera.asked.push({ name: camera.fault ?? '', at: 0, envelope });
    switch (camera.fault) {
      case 'TCP reset':
      case 'refused':
      case 'truncated':
        note();
        throw new Trouble('unreachable', 'connection reset');
      case 'silence':
      case 'slow drip':
        note();
        return await late(milliseconds, signal);
      case '503':
        note();
        return bytes({ status: 503, body: 'busy' });
      case 'garbage':
        note();
        return bytes({ status: 200, body: '\u0000<<x>' });
      case 'empty':
        note();
        return bytes({ status: 200, body: '' });
      case 'HTML with 200':
        note();
        return bytes({ status: 200, body: htmlPage });
      case '401':
        note();
        throw new Trouble('refused', 'user name or password not taken');
      case '401 for the password only':
        if (door.username === undefined) break;
        note();
        throw new Trouble('refused', 'user name or password not taken');
      default:
    }
    return bytes(await Promise.race([camera.answer(path, envelope), late(milliseconds, signal)]));
  };
}
