import { rm } from 'node:fs/promises';
import { hours, type Instant } from '../../services/alarm/index.ts';
import { Fault } from '../../services/errors.ts';
import type { DemoState, DemoSwitch, Timer } from '../../services/ports.ts';
import { rowsOf } from '../../services/store/register.ts';
import { clearRegister } from '../../services/store/register-clear.ts';
import type { CountyParts, DemoCounty } from './county.ts';
import { demoPrefix, ofDemo } from './figures.ts';
import { putAway } from './put-away.ts';
import { refusalOf } from './refusal.ts';
import { dropOperatorKey, secretsFile } from './secrets.ts';

/** A demo that somebody forgot goes to rest by itself: its devices act for a working day. */
const actsFor = hours(8);

/** Starts and ends the county while the product runs. One act at a time; whoever asks twice gets the state. */
export class CountySwitch implements DemoSwitch {
  readonly #parts: CountyParts;
  #county: DemoCounty | undefined;
  #doing: 'starting' | 'ending' | undefined;
  #trouble: string | undefined;
  #end: { readonly at: Instant; readonly timer: Timer } | undefined;

  constructor(parts: CountyParts) {
    this.#parts = parts;
  }

  async state(): Promise<DemoState> {
    if (this.#doing !== undefined) return { state: this.#doing };
    if (this.#county) return { state: 'alive', ...(this.#end && { endsAt: this.#end.at }) };
    const detail = this.#trouble === undefined ? {} : { detail: this.#trouble };
    const stations = await rowsOf(this.#parts.store.desk, 'stations');
    if (stations.some(({ id }) => ofDemo(id))) return { state: 'at-rest', ...detail };
    const refusal = await refusalOf(this.#parts);
    return refusal === undefined ? { state: 'absent', ...detail } : { state: 'unavailable', detail: refusal };
  }

  async start(): Promise<DemoState> {
    if (this.#doing !== undefined || this.#county) return this.state();
    const refusal = await refusalOf(this.#parts);
    if (refusal !== undefined) throw new Fault('demo-unavailable', refusal);
    const { clock } = this.#parts;
    return this.#begin('starting', async () => {
      await (await this.startForGood()).alive;
      this.#end = { at: clock.now() + actsFor, timer: clock.after('demo: goes to rest', actsFor, () => this.close()) };
    });
  }

  async end(): Promise<DemoState> {
    if (this.#doing !== undefined) return this.state();
    const { store, settings, clock } = this.#parts;
    return this.#begin('ending', async () => {
      await this.close();
      await putAway(this.#parts);
      await dropOperatorKey(store, settings.data);
      await clearRegister(store, demoPrefix, { by: 'demo', at: clock.now() });
      await rm(secretsFile(settings.data), { force: true });
    });
  }

  /** `npm start -- --demo`: lives as long as the product. */
  async startForGood(): Promise<DemoCounty> {
    // Loaded only when it is asked for: most stations never see it.
    const { startCounty } = await import('./county.ts');
    this.#county = startCounty(this.#parts);
    return this.#county;
  }

  /** Sends the devices home; what is registered stays. */
  async close(): Promise<void> {
    this.#end?.timer.stop();
    this.#end = undefined;
    await this.#county?.stop();
    this.#county = undefined;
  }

  #begin(what: 'starting' | 'ending', work: () => Promise<void>): Promise<DemoState> {
    this.#doing = what;
    this.#trouble = undefined;
    work()
      .catch(async (error: unknown) => {
        this.#trouble = error instanceof Error ? error.message : String(error);
        this.#parts.log.error({ err: error }, `the demo county failed while ${what}`);
        if (what === 'starting') await this.close();
      })
      .finally(() => {
        this.#doing = undefined;
      });
    return this.state();
  }
}
