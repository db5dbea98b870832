import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { deviceKinds } from '../../alarm/index.ts';
import { errors, Fault, type FieldFault } from '../../errors.ts';
import { openSettings, secretNames } from '../../sealed-settings.ts';
import { audit } from '../../store/audit.ts';
import { getShelf } from '../../store/register.ts';
import { type Adopted, adopt, type Candidate } from '../adopt.ts';
import { hostOf } from '../cameras.ts';
import type { Tried, TryDevice, TryTrouble } from '../device-try.ts';
import type { Access } from '../roles.ts';
import { acceptDevice, deviceShown } from './device-rules.ts';
import { openRecord } from './parts.ts';
import { actOf, type RegisterDeps, seen, shortId } from './register.ts';
import { deviceAnswer, id, line, newId, point } from './register-schemas.ts';

export interface TryRouteDeps extends RegisterDeps {
  readonly tryDevice: TryDevice;
}

const installs: Access = { roles: ['installer', 'supervisor', 'admin'] };
const maybe = z.string().exactOptional();
const kind = z.enum(deviceKinds);
const driver = line(64).min(1);

const trouble = z.object({
  of: z.enum(['description', 'picture']),
  code: z.string().meta({ description: 'Of the list of errors' }),
  title: z.string(),
  detail: z.string().meta({ description: 'As the driver has it' }),
  remedy: z.string(),
});
const description = z.object({
  maker: maybe,
  model: maybe,
  firmware: maybe,
  serial: maybe,
  clockOffsetMs: z.number().exactOptional().meta({ description: 'Its clock less ours' }),
  profiles: z.array(z.string()).exactOptional(),
  inputs: z.array(z.string()).exactOptional(),
  relays: z.array(z.string()).exactOptional(),
});
const tried = z.object({
  ok: z.boolean().meta({ description: 'It took the credential: it described itself or gave a picture' }),
  description: description.exactOptional(),
  picture: z
    .object({ jpeg: z.string().meta({ description: 'Base64' }), via: z.string(), width: z.number(), height: z.number() })
    .exactOptional(),
  troubles: z.array(trouble),
});

const tryBody = z.strictObject({
  kind,
  driver,
  settings: openRecord.default({}),
  deviceId: id
    .exactOptional()
    .meta({ description: 'Secret settings that are left out are taken from this registered device, while they go where they went' }),
});
const adoptBody = z.strictObject({
  ref: line(64).min(1).exactOptional().meta({ description: 'Under which the steps are told on /stream; made up when absent' }),
  kind,
  driver,
  siteId: id.exactOptional(),
  settings: openRecord.default({}).meta({ description: 'Of all of them, for example user name and password' }),
  devices: z
    .array(
      z.strictObject({
        id: newId.exactOptional(),
        name: line(200).min(1),
        location: point.exactOptional(),
        settings: openRecord.default({}).meta({ description: 'Of this one, for example its address' }),
      }),
    )
    .min(1)
    .max(64),
});
const adopted = z.object({
  ref: z.string(),
  registered: z.number(),
  failed: z.number(),
  items: z.array(
    z.object({
      index: z.number(),
      id,
      state: z.enum(['registered', 'failed']),
      device: deviceAnswer.exactOptional(),
      description: description.exactOptional(),
      troubles: z.array(trouble),
      faults: z.array(z.object({ path: z.string(), message: z.string() })),
    }),
  ),
});

/** Devices tried before they are registered: one, with its picture; many, with one credential. */
export const deviceTryRoutes =
  (deps: TryRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, tryDevice } = deps;
    const tags = ['devices'];
    app.post(
      '/devices/try',
      {
        config: { access: installs },
        schema: {
          tags,
          summary: 'Try a device before it is saved: what it says of itself, and one picture',
          description: 'Nothing is registered. What stands in the way is told in troubles; the credential is tried once.',
          body: tryBody,
          response: { 200: tried },
        },
      },
      async (request, reply) => {
        const { deviceId, ...body } = request.body;
        const before = deviceId === undefined ? undefined : await getShelf(store.desk, 'devices', deviceId);
        const { attempt } = candidateOf({ ...body, name: 'try', ...(before && { id: before.id }) }, deps, before);
        const { by, at } = actOf(request, deps);
        const data = { driver: body.driver, host: hostOf(attempt.settings) };
        await audit(store.desk, { at, by, act: 'devices.tried', subject: `devices:${deviceId ?? 'new'}`, data });
        return reply
          .code(200)
          .header('cache-control', 'no-store')
          .send(view(await tryDevice(attempt)));
      },
    );
    app.post(
      '/devices/adopt',
      {
        config: { access: installs },
        schema: {
          tags,
          summary: 'Try many found devices with one credential, and register those that take it',
          description:
            'Each is told on /stream as baiying.device-adoption.step.v1 when it is done, and again in the answer; none is left out.',
          body: adoptBody,
          response: { 200: adopted },
        },
      },
      async (request, reply) => {
        const { ref = shortId() } = request.body;
        const candidates = candidatesOf(request.body, deps);
        const done = await adopt(
          { ref, candidates, by: actOf(request, deps) },
          { store, tryDevice, seen: (written) => seen(deps, written, request) },
        );
        const registered = done.filter(({ state }) => state === 'registered').length;
        const items = done.map((one) => adoptedView(one, deps));
        return reply.code(200).send({ ref, registered, failed: done.length - registered, items });
      },
    );
  };

type Asked = Parameters<typeof acceptDevice>[0] & { readonly id?: string };

/** @throws Fault `body-invalid` */
function candidateOf(
  { id: named = shortId(), ...asked }: Asked,
  deps: TryRouteDeps,
  before?: Parameters<typeof acceptDevice>[4],
): Candidate {
  const accepted = acceptDevice(asked, named, deps, deps.clock.now(), before);
  if (!accepted.ok) throw new Fault('body-invalid', undefined, accepted.faults);
  const { input } = accepted;
  const type = deps.drivers.find(input.kind, input.driver);
  if (!type) throw new Fault('body-invalid', undefined, [{ path: 'driver', message: `There is no driver ${input.driver}` }]);
  // It is tried under a name of its own, for which nothing was sealed.
  const settings = openSettings({ id: named, settings: input.settings ?? {} }, secretNames(type), deps.sealer);
  return { id: named, input, attempt: { kind: input.kind, type, settings } };
}

/** All of them, or all their faults. @throws Fault `body-invalid` */
function candidatesOf({ devices, settings, kind: of, driver: by, siteId }: z.output<typeof adoptBody>, deps: TryRouteDeps): Candidate[] {
  const faults: FieldFault[] = [];
  const candidates = devices.flatMap((device, index) => {
    try {
      const site = siteId === undefined ? {} : { siteId };
      return [candidateOf({ ...device, ...site, kind: of, driver: by, settings: { ...settings, ...device.settings } }, deps)];
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      faults.push(...error.faults.map(({ path, message }) => ({ path: `devices.${index}.${path}`, message })));
      return [];
    }
  });
  if (faults.length > 0) throw new Fault('body-invalid', undefined, faults);
  return candidates;
}

const view = ({ ok, description: said, picture, troubles }: Tried): z.input<typeof tried> => ({
  ok,
  ...(said === undefined ? {} : { description: face(said) }),
  ...(picture === undefined
    ? {}
    : { picture: { jpeg: Buffer.from(picture.jpeg).toString('base64'), via: picture.via, width: picture.width, height: picture.height } }),
  troubles: troubles.map(worded),
});

const face = ({ clockOffset, profiles, inputs, relays, ...rest }: NonNullable<Tried['description']>): z.input<typeof description> => ({
  ...rest,
  ...(clockOffset === undefined ? {} : { clockOffsetMs: Math.round(clockOffset) }),
  ...(profiles === undefined ? {} : { profiles: [...profiles] }),
  ...(inputs === undefined ? {} : { inputs: [...inputs] }),
  ...(relays === undefined ? {} : { relays: [...relays] }),
});

const worded = (one: TryTrouble) => ({ ...one, title: errors[one.code].title, remedy: errors[one.code].remedy });

const adoptedView = (one: Adopted, { drivers }: TryRouteDeps) => ({
  ...{ index: one.index, id: one.id, state: one.state, troubles: one.troubles.map(worded) },
  faults: one.state === 'failed' ? [...one.faults] : [],
  ...(one.state === 'registered' ? { device: deviceShown(one.device, drivers) } : {}),
  ...(one.state === 'registered' && one.description ? { description: face(one.description) } : {}),
});
