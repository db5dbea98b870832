import { Trouble } from '../../driver.ts';
import { type Door, webRequest } from '../../web.ts';
import { tag, type Xml, type XmlElement } from '../../xml.ts';
import {
  contentType,
  faultOf,
  ns,
  readAnswer,
  readCapabilities,
  readServices,
  readSystemTime,
  type Service,
  type Signer,
  writeEnvelope,
} from './soap.ts';

/** SOAP over the device's own door: WS-UsernameToken by the camera's clock, HTTP Digest where it asks for that. */

export interface SoapTools {
  /** Milliseconds, for the camera's clock and for ages. */
  readonly now: () => number;
  /** One HTTP exchange; `webRequest` unless a test has its own. */
  readonly send?: typeof webRequest;
}

export interface Call {
  readonly path: string;
  readonly action: string;
  readonly body: Xml;
  /** Milliseconds for the whole exchange. */
  readonly milliseconds?: number;
  readonly headers?: readonly Xml[];
  readonly to?: string;
  /** Asked without a credential, as ONVIF Core allows for the clock and the list of services. */
  readonly anonymous?: boolean;
}

export interface SoapClient {
  /** The first element of the answer's body. @throws Trouble */
  call(call: Call, signal?: AbortSignal): Promise<XmlElement>;
  /** Reads the camera's clock without a credential and remembers it. @throws Trouble */
  readClock(signal?: AbortSignal): Promise<number | undefined>;
  /** The camera's clock less ours, milliseconds, as last read. */
  clockOffset(): number | undefined;
  /** Services by namespace, asked once. @throws Trouble */
  services(signal?: AbortSignal): Promise<ReadonlyMap<string, Service>>;
  /** Asks for the services anew next time. */
  forget(): void;
}

/** A camera that needs longer for a small answer is not one that alarms can wait for. */
const patience = 8000;
/** A clock that was read this short ago is not the reason for a refusal. */
const freshClock = 2000;
/** Cameras take tokens that are a few seconds off; a smaller difference is the way of the answer. */
const noticeable = 3000;

/** @param devicePath where the device service is, `/onvif/device_service` with all makers but a few */
export const openSoap = (door: Door, tools: SoapTools, devicePath = '/onvif/device_service'): SoapClient =>
  new Client(door, tools, devicePath);

class Client implements SoapClient {
  readonly #door: Door;
  readonly #tools: SoapTools;
  readonly #devicePath: string;
  #clock: { readonly offset: number; readonly at: number } | undefined;
  #known: ReadonlyMap<string, Service> | undefined;

  constructor(door: Door, tools: SoapTools, devicePath: string) {
    this.#door = { ...door, nonce: { count: 0, useless: false } };
    this.#tools = tools;
    this.#devicePath = devicePath;
  }

  clockOffset(): number | undefined {
    return this.#clock?.offset;
  }

  forget(): void {
    this.#known = undefined;
  }

  async services(signal?: AbortSignal): Promise<ReadonlyMap<string, Service>> {
    this.#known ??= await this.#askServices(signal);
    return this.#known;
  }

  async readClock(signal?: AbortSignal): Promise<number | undefined> {
    const asked = this.#tools.now();
    const answer = await this.#exchange(this.#device('GetSystemDateAndTime', true), signal);
    const at = readSystemTime(answer);
    const answered = this.#tools.now();
    this.#clock = { offset: at === undefined ? 0 : Math.round(at - (asked + answered) / 2), at: answered };
    return at;
  }

  async call(asked: Call, signal?: AbortSignal): Promise<XmlElement> {
    try {
      return await this.#exchange(asked, signal);
    } catch (error) {
      const byToken = error instanceof Trouble && error.code === 'refused' && faultOf(error) !== undefined;
      if (!byToken || asked.anonymous || !(await this.#clockMoved(signal))) throw error;
      return await this.#exchange(asked, signal);
    }
  }

  /** A refusal may come from a clock that was set since: then the password is right and only its date was not. */
  async #clockMoved(signal: AbortSignal | undefined): Promise<boolean> {
    if (this.#clock !== undefined && this.#tools.now() - this.#clock.at < freshClock) return false;
    const before = this.#clock?.offset ?? 0;
    await this.readClock(signal);
    return Math.abs((this.#clock?.offset ?? 0) - before) > noticeable;
  }

  /** Without a credential as ONVIF Core has it, with one where the camera insists, and in the way of before 2012. */
  async #askServices(signal: AbortSignal | undefined): Promise<ReadonlyMap<string, Service>> {
    const capability = tag('IncludeCapability', {}, 'true');
    for (const anonymous of [true, false]) {
      try {
        return readServices(await this.call(this.#device('GetServices', anonymous, capability), signal));
      } catch (error) {
        const refused = error instanceof Trouble && error.code === 'refused';
        if (faultOf(error) === undefined && !(refused && anonymous)) throw error;
        if (!refused) break;
      }
    }
    return readCapabilities(await this.call(this.#device('GetCapabilities', false, tag('Category', {}, 'All')), signal));
  }

  #device(name: string, anonymous: boolean, ...content: readonly Xml[]): Call {
    return { path: this.#devicePath, action: `${ns.tds}/${name}`, body: tag(name, { xmlns: ns.tds }, ...content), anonymous };
  }

  #signer(): Signer | undefined {
    const { username, password = '' } = this.#door;
    return username === undefined ? undefined : { username, password, created: this.#tools.now() + (this.#clock?.offset ?? 0) };
  }

  async #exchange(call: Call, signal: AbortSignal | undefined): Promise<XmlElement> {
    const { base, fingerprint } = this.#door;
    const door = call.anonymous ? { base, ...(fingerprint === undefined ? {} : { fingerprint }) } : this.#door;
    const signer = call.anonymous ? undefined : this.#signer();
    const answer = await (this.#tools.send ?? webRequest)(door, {
      method: 'POST',
      path: call.path,
      headers: { 'content-type': contentType(call.action) },
      body: writeEnvelope({ ...call, ...(signer === undefined ? {} : { signer }) }),
      milliseconds: call.milliseconds ?? patience,
      ...(signal === undefined ? {} : { signal }),
    });
    return readAnswer(answer.status, answer.body);
  }
}
