import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { DriverType } from './driver.ts';
import { tell } from './story.ts';

/** The fixtures beside a driver: what one model says, in order, and what each message tells. For tests. */
const fixture = z.object({
  model: z.string(),
  firmware: z.string(),
  settings: z.record(z.string(), z.unknown()),
  messages: z.array(
    z.object({
      topic: z.string(),
      payload: z.union([z.string(), z.record(z.string(), z.unknown())]),
      retain: z.boolean().optional(),
      reconnect: z.boolean().optional(),
      tells: z.string(),
    }),
  ),
});

export interface Checked {
  readonly model: string;
  readonly wanted: readonly string[];
  readonly told: readonly string[];
}

/** @param folder of the driver, as a URL that ends in `/` */
export function checkFixtures<S extends Record<string, unknown>>(type: DriverType<S>, folder: URL): readonly Checked[] {
  const { dialect } = type;
  if (!dialect) throw new Error(`${type.name} has no dialect`);
  return readdirSync(new URL('fixtures/', folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const { model, settings, messages } = fixture.parse(JSON.parse(readFileSync(new URL(`fixtures/${name}`, folder), 'utf8')));
      const device = { id: 'k1', kind: type.kind, settings: type.settings.parse(settings) };
      const steps = messages.flatMap(({ topic, payload, retain, reconnect }) => [
        ...(reconnect ? [{ reconnect: true } as const] : []),
        { topic, payload, ...(retain === undefined ? {} : { retain }) },
      ]);
      return { model, wanted: messages.map((message) => message.tells), told: tell(dialect, device, steps) };
    });
}
