import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { DriverType } from '../../../devices/driver.ts';
import { inChinese } from '../../../devices/settings-zh.ts';
import { deviceKinds } from '../../alarm/index.ts';
import type { Drivers } from '../../ports.ts';
import { staff } from '../roles.ts';
import { openRecord } from './parts.ts';

const port = z.number().exactOptional();
const answer = z.object({
  broker: z.object({ mqtt: port, mqtts: port, ws: port }).meta({ description: 'Ports at which devices sign in' }),
  items: z.array(
    z.object({
      kind: z.enum(deviceKinds),
      name: z.string(),
      title: z.object({ zh: z.string(), en: z.string() }),
      settings: openRecord.meta({
        description:
          'JSON Schema (2020-12) of the settings. Beside title and description stand titleZh, descriptionZh, unit, secret: true for what is never shown again, and way: true for what decides where secrets go: changed, it asks for them anew',
      }),
      discovers: z.boolean().meta({ description: 'Finds such devices on the network' }),
      tries: z.boolean().meta({ description: 'Can be tried before it is registered: see /devices/try' }),
      signsIn: z.boolean().meta({ description: 'Signs in to our broker with its id and its secret' }),
    }),
  ),
});

/** Ports of our broker; absent where it does not listen that way. */
export interface BrokerPorts {
  readonly mqtt?: number;
  readonly mqtts?: number;
  readonly ws?: number;
}

/** What kinds of devices there are and what each must be told: the forms of the console come from here. */
export const driverRoutes =
  ({ drivers, broker }: { readonly drivers: Drivers; readonly broker: BrokerPorts }): FastifyPluginAsyncZod =>
  async (app) => {
    const items = drivers.list().map(view);
    app.get(
      '/drivers',
      {
        config: { access: staff },
        schema: {
          tags: ['devices'],
          summary: 'The drivers, with the settings of each as JSON Schema',
          querystring: z.strictObject({ kind: z.enum(deviceKinds).exactOptional() }),
          response: { 200: answer },
        },
      },
      async (request) => ({ broker: { ...broker }, items: items.filter(({ kind }) => (request.query.kind ?? kind) === kind) }),
    );
  };

const view = ({ kind, name, title, settings, discover, dialect }: DriverType) => ({
  ...{ kind, name, title },
  settings: inChinese(z.toJSONSchema(settings, { io: 'input' })),
  discovers: discover !== undefined,
  tries: kind === 'camera' && requires(settings, 'address'),
  signsIn: dialect !== undefined && !requires(settings, 'bridge'),
});

const requires = (settings: z.ZodType, name: string): boolean =>
  settings instanceof z.ZodObject && settings.shape[name] !== undefined && !settings.shape[name].isOptional();
