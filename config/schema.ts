import { z } from 'zod';
import { isTimeZone } from '../services/alarm/index.ts';
import { isNetwork, secondFactor, signOn } from './people.ts';

/**
 * Every setting, declared once: title, unit, bounds, default, environment name. The type, the check at start, the
 * editor's help and docs/settings.md come from here.
 */
const port = (title: string, env: string) =>
  z.coerce.number().int().min(0).max(65535).meta({ title, env, description: '0 takes a free port; the ready line says which.' });
const perSecond = (title: string) =>
  z.number().int().min(0).max(1_000_000).meta({ title, unit: '1/s', description: 'Ten seconds of it may come at once. 0 bounds nothing.' });
const path = (title: string, env: string) => z.string().min(1).meta({ title, env });

export const settingsSchema = z.strictObject({
  data: path('Data folder', 'BAIYING_DATA').default('./data'),
  bind: path('Address to listen on', 'BAIYING_BIND').default('127.0.0.1'),
  httpPort: port('Port of the console and the API', 'BAIYING_HTTP_PORT').default(8080),
  httpsPort: port('Port of the console and the API over TLS', 'BAIYING_HTTPS_PORT').optional(),
  mqttPort: port('Port of the MQTT broker', 'BAIYING_MQTT_PORT').default(1883),
  mqttsPort: port('Port of the MQTT broker over TLS', 'BAIYING_MQTTS_PORT').optional(),
  mqttWsPort: port('Port of the MQTT broker over WebSocket', 'BAIYING_MQTT_WS_PORT').optional(),
  tlsCert: path('Certificate chain (PEM file)', 'BAIYING_TLS_CERT').optional(),
  tlsKey: path('Private key of the certificate (PEM file)', 'BAIYING_TLS_KEY').optional(),
  deviceCa: path('Certificate of the authority for devices (PEM file)', 'BAIYING_DEVICE_CA')
    .meta({
      description:
        'Devices that show a certificate of it over MQTTS need no secret. The station’s own authority alone, never a public one.',
    })
    .optional(),
  deviceCrl: path('What that authority has revoked (PEM file)', 'BAIYING_DEVICE_CRL')
    .meta({ description: 'One list of each authority. A list that has ended keeps every certificate out.' })
    .optional(),
  databaseUrl: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .meta({ title: 'PostgreSQL to use instead of the embedded one', env: 'DATABASE_URL', secret: true })
    .optional(),
  redisUrl: z
    .string()
    .regex(/^rediss?:\/\//, 'must start with redis:// or rediss://')
    .meta({ title: 'Redis for the queue instead of PostgreSQL', env: 'REDIS_URL', secret: true })
    .optional(),
  ffmpegBin: path('ffmpeg to use', 'FFMPEG_BIN').optional(),
  adminPassword: z
    .string()
    .min(8, 'must have at least 8 characters')
    .meta({ title: 'Password of the account admin on an empty data folder', env: 'BAIYING_ADMIN_PASSWORD', secret: true })
    .optional(),
  brokerId: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/, 'must be 1 to 64 of a-z, 0-9 and -')
    .meta({ title: 'Name of this broker, the same after every start; one for each broker of a city', env: 'BAIYING_BROKER_ID' })
    .default('broker'),
  join: z
    .strictObject({
      url: z
        .string()
        .regex(/^(mqtts?|wss?):\/\//, 'must start with mqtt://, mqtts://, ws:// or wss://')
        .refine((url) => URL.canParse(url), 'must be an address')
        .meta({
          title: 'MQTT broker of others that is joined as a client; its devices are heard and reached there',
          env: 'BAIYING_JOIN_URL',
          secret: true,
        })
        .optional(),
      username: path('User name there', 'BAIYING_JOIN_USERNAME').optional(),
      password: z.string().min(1).meta({ title: 'Password there', env: 'BAIYING_JOIN_PASSWORD', secret: true }).optional(),
      ca: path("Certificate of who vouches for that broker's (PEM file)", 'BAIYING_JOIN_CA').optional(),
      share: z
        .string()
        .regex(/^[a-z0-9-]{1,64}$/, 'must be 1 to 64 of a-z, 0-9 and -')
        .meta({ title: 'Name of the shared subscription, the same for all processes that join there', env: 'BAIYING_JOIN_SHARE' })
        .optional(),
    })
    .meta({ title: 'Joined broker' })
    .prefault({}),
  behindTls: z
    .union([z.boolean(), z.stringbool()])
    .meta({ title: 'People reach the pages over HTTPS through a proxy: cookies are marked Secure', env: 'BAIYING_BEHIND_TLS' })
    .default(false),
  proxies: z
    .string()
    .refine((list) => list.split(',').every(isNetwork), 'must be addresses or networks (CIDR) with commas between them')
    .meta({
      title: 'Proxies before us that may name the real client (X-Forwarded-For); from elsewhere these headers are ignored',
      env: 'BAIYING_PROXIES',
    })
    .optional(),
  language: z.enum(['zh', 'en']).meta({ title: 'Language of timelines, orders and broadcasts', env: 'BAIYING_LANGUAGE' }).default('zh'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'must be the name of a time zone, as Asia/Shanghai')
    .meta({
      title: 'Time zone of the station: in it screens and words tell times, and plans, days and shifts begin',
      env: 'BAIYING_TIME_ZONE',
    })
    .default('Asia/Shanghai'),
  logLevel: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .meta({ title: 'Least level that is logged', env: 'BAIYING_LOG_LEVEL' })
    .default('info'),
  supervision: z
    .strictObject({
      key: z.number().int().min(10).max(86_400).meta({ title: 'A key unheard this long is told to the desk', unit: 's' }).default(90),
      camera: z
        .number()
        .int()
        .min(10)
        .max(86_400)
        .meta({ title: 'A camera unheard this long is told to the desk', unit: 's' })
        .default(180),
      radio: z.number().int().min(10).max(86_400).meta({ title: 'A radio unheard this long is told to the desk', unit: 's' }).default(300),
      loudspeaker: z
        .number()
        .int()
        .min(10)
        .max(86_400)
        .meta({ title: 'A loudspeaker unheard this long is told to the desk', unit: 's' })
        .default(180),
    })
    .meta({ title: 'Supervision of devices' })
    .prefault({}),
  folding: z
    .strictObject({
      quiet: z
        .number()
        .int()
        .min(1)
        .max(3600)
        .meta({ title: 'A camera that repeats itself within this time tells of one activity', unit: 's' })
        .default(30),
      rest: z
        .number()
        .int()
        .min(0)
        .max(1000)
        .meta({ title: 'Camera chatter waits at most this long for a commit that it shares', unit: 'ms' })
        .default(50),
    })
    .meta({ title: 'Folding of camera chatter' })
    .prefault({}),
  floods: z
    .strictObject({
      key: perSecond('A key that keeps up more messages than this is cut off for some seconds').default(1000),
      camera: perSecond('A camera that keeps up more messages than this is cut off and kept out').default(2000),
      radio: perSecond('A radio that keeps up more messages than this is cut off for some seconds').default(200),
      loudspeaker: perSecond('A loudspeaker that keeps up more messages than this is cut off and kept out').default(200),
      bridge: perSecond('A gateway that speaks for others and keeps up more messages than this is cut off for some seconds').default(5000),
    })
    .meta({ title: 'Devices that flood' })
    .prefault({}),
  signals: z
    .strictObject({
      routineDays: z
        .number()
        .int()
        .min(8)
        .max(3650)
        .meta({ title: 'What devices tell as routine and no incident came of is kept for so long', unit: 'days' })
        .default(90),
    })
    .meta({ title: 'Signals in the record' })
    .prefault({}),
  sessions: z
    .strictObject({
      hours: z
        .number()
        .int()
        .min(1)
        .max(24)
        .meta({ title: 'A session ends so long after its last use, and after seven days however much it is used', unit: 'h' })
        .default(12),
    })
    .meta({ title: 'Sessions of people' })
    .prefault({}),
  secondFactor,
  oidc: signOn,
  broadcasts: z
    .strictObject({
      secondPerson: z
        .union([z.boolean(), z.stringbool()])
        .meta({
          title: 'A broadcast to more than one site waits for the consent of a second person',
          env: 'BAIYING_SECOND_PERSON',
          description: 'Set here alone, so that nobody who signs in can switch it off.',
        })
        .default(false),
      consentWithin: z
        .number()
        .int()
        .min(15)
        .max(900)
        .meta({ title: 'Without consent within this time the broadcast is given up', unit: 's' })
        .default(120),
    })
    .meta({ title: 'Broadcasts to more than one site' })
    .prefault({}),
  watchdog: z
    .strictObject({
      standstill: z.coerce
        .number()
        .int()
        .min(0)
        .max(300)
        .refine((bound) => bound === 0 || bound >= 5, 'must be 0, or at least 5')
        .meta({
          title: 'A process whose event loop stands still this long is ended, to be started again by whatever keeps it; 0 never',
          unit: 's',
          env: 'BAIYING_WATCHDOG',
        })
        .default(10),
    })
    .meta({ title: 'Watchdog' })
    .prefault({}),
  webhooks: z
    .strictObject({ allowNetworks: z.array(z.string()).meta({ title: 'Private networks (CIDR) that webhooks may reach' }).default([]) })
    .meta({ title: 'Webhooks' })
    .prefault({}),
  footage: z
    .strictObject({
      folder: path(
        'Folder for pictures and recordings of incidents; footage in the data folder when not said',
        'BAIYING_FOOTAGE',
      ).optional(),
      before: z.number().int().min(0).max(120).meta({ title: 'A recording begins so long before the call', unit: 's' }).default(30),
      after: z.number().int().min(5).max(120).meta({ title: 'Its first part ends so long after the call', unit: 's' }).default(30),
      longest: z
        .number()
        .int()
        .min(30)
        .max(7200)
        .meta({ title: 'While the incident is open, recording goes on for so long at most', unit: 's' })
        .default(600),
      cameras: z.number().int().min(0).max(16).meta({ title: 'Cameras that one incident calls up at most' }).default(4),
      radius: z
        .number()
        .int()
        .min(10)
        .max(5000)
        .meta({ title: 'A camera that nobody bound is called up from so far', unit: 'm' })
        .default(300),
      streams: z.number().int().min(0).max(1000).meta({ title: 'Cameras of which this process keeps the last seconds ready' }).default(32),
      days: z.number().int().min(1).max(3650).meta({ title: 'Footage is kept, where the site does not say longer', unit: 'd' }).default(30),
      leastFree: z
        .number()
        .int()
        .min(0)
        .max(1_000_000)
        .meta({ title: 'With less than this free on its disk, nothing more is recorded; alarms go on', unit: 'MiB' })
        .default(1024),
    })
    .meta({ title: 'Pictures and recordings of incidents' })
    .prefault({}),
  cameraHealth: z
    .strictObject({
      period: z
        .number()
        .int()
        .min(60)
        .max(86_400)
        .meta({ title: 'Each camera is looked at so often, if the budget allows', unit: 's' })
        .default(600),
      atOnce: z.number().int().min(1).max(32).meta({ title: 'Cameras looked at at once by one process' }).default(4),
      perMinute: z
        .number()
        .int()
        .min(0)
        .max(6000)
        .meta({ title: 'Cameras looked at in a minute by one process; 0 looks at none' })
        .default(60),
      leastFrames: z
        .number()
        .min(0.1)
        .max(30)
        .meta({ title: 'A stream that is watched and gives fewer pictures than this is a fault', unit: '1/s' })
        .default(5),
    })
    .meta({ title: 'Health of cameras' })
    .prefault({}),
  map: z
    .strictObject({
      tiles: path('Streets under the map: a PMTiles file in the data folder; none when not said', 'BAIYING_MAP_TILES').optional(),
      datum: z
        .enum(['wgs84', 'gcj02'])
        .meta({ title: 'Datum of that file; what is registered is WGS-84 always', env: 'BAIYING_MAP_DATUM' })
        .default('wgs84'),
    })
    .meta({ title: 'Map' })
    .prefault({}),
  heads: z
    .strictObject({
      file: path(
        'File that the signed heads of the hash chains are noted in every hour, best on another disk or mount; heads.jsonl in the data folder when not said',
        'BAIYING_HEADS',
      ).optional(),
    })
    .meta({ title: 'Heads of the hash chains' })
    .prefault({}),
  policies: z
    .strictObject({
      sorting: path('Sorting policy file', 'BAIYING_SORTING_POLICY').default('config/policies/sorting.yaml'),
      escalation: path('Escalation policy file', 'BAIYING_ESCALATION_POLICY').default('config/policies/escalation.yaml'),
    })
    .meta({ title: 'Policies' })
    .prefault({}),
});

export type Settings = z.infer<typeof settingsSchema>;
