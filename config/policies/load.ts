import { z } from 'zod';
import { type CorrelatePolicy, type EscalationStep, isPanic, type PolicyRule, type SortPolicy } from '../../services/alarm/index.ts';
import { seconds } from '../../services/alarm/time.ts';
import { type ConfigFault, SettingsFault } from '../faults.ts';
import { faultsOf, readYaml } from '../yaml.ts';

export interface PolicyFiles {
  readonly sorting: string;
  readonly escalation: string;
}
export interface Policies {
  readonly sorting: SortPolicy & CorrelatePolicy;
  /** In the order of the file; the last rule fits everything. */
  readonly escalation: readonly PolicyRule[];
  /** What people wrote: the same in seconds. */
  readonly document: PolicyDocument;
}

const stepNames = { 'sound-again': true, 'next-unit': true, 'duty-leader': true, supervisor: true, 'bureau-desk': true } satisfies Record<
  EscalationStep,
  true
>;
const openingNames = { 'line-crossing': true, intrusion: true, 'audio-alarm': true } satisfies Record<SortPolicy['opening'][number], true>;
const namesOf = <T extends string>(names: Record<T, true>) => z.enum(Object.keys(names) as [T, ...T[]]);

const span = z.number().positive().max(86_400);
const count = z.number().int().min(0).max(100);
const someOf = <T extends z.ZodType>(item: T) => z.array(item).min(1).optional();

const sortingFile = z.strictObject({ opening: z.array(namesOf(openingNames)), lowBattery: z.number().min(0).max(100), window: span });

const levels = z.array(z.strictObject({ after: span, steps: z.array(namesOf(stepNames)).min(1) })).superRefine((list, context) => {
  for (const [index, level] of list.entries()) {
    const before = list[index - 1];
    if (!before || level.after > before.after) continue;
    context.addIssue({ code: 'custom', path: [index, 'after'], message: `more than the ${before.after} s of the level before it` });
  }
});
const when = z.strictObject({
  kinds: someOf(z.string().min(1)),
  priorities: someOf(z.number().int().min(1).max(4)),
  siteKinds: someOf(z.string().min(1)),
  siteIds: someOf(z.string().min(1)),
});
const rule = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,64}$/, 'lower-case letters, digits and hyphens, at most 64'),
  when,
  atOnce: z.strictObject({ communityOfficer: z.boolean(), nearest: count }),
  acknowledge: levels,
  progress: levels,
});
type Rule = z.infer<typeof rule>;
const order = z.strictObject({ delivered: span, accepted: span, expires: span, most: count });
const escalationFile = z.strictObject({ rules: z.array(rule).min(1).superRefine(checkRules), order });

const fitsAll = ({ when }: Pick<Rule, 'when'>): boolean => Object.values(when).every((list) => list === undefined);

/** Keys and officers call with priority 1 or 2. */
const fitsPanic = ({ when: { kinds, priorities } }: Pick<Rule, 'when'>): boolean =>
  (kinds === undefined || kinds.some(isPanic)) && (priorities === undefined || priorities.some((priority) => priority <= 2));

function checkRules(rules: readonly Rule[], context: z.core.$RefinementCtx<Rule[]>): void {
  const issue = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
  for (const [index, { id, ...rest }] of rules.entries()) {
    const first = rules.findIndex((other) => other.id === id);
    const last = index === rules.length - 1;
    if (first < index) issue([index, 'id'], `an id of its own (rules[${first}] has ${id} too)`);
    if (last && !fitsAll(rest))
      issue([index, 'when'], 'no condition: the last rule must fit everything, so that no incident is left without a policy');
    if (fitsPanic(rest) && rest.acknowledge.length === 0 && !rest.atOnce.communityOfficer && rest.atOnce.nearest === 0)
      issue([index, 'acknowledge'], 'a level here or a unit at once: under this rule a call for help would reach nobody');
    if (!last && fitsAll(rest)) issue([index, 'when'], 'a condition: without one the rules below are never reached');
  }
}

const schemas = { sorting: sortingFile, escalation: escalationFile } as const;

/** Both files as one: what people write and change, all times in seconds. */
export const policyDocument = z.strictObject(schemas);
export type PolicyDocument = z.infer<typeof policyDocument>;

type Read<T> = { readonly value?: T; readonly faults: ConfigFault[] };

function read<T>(file: string, schema: z.ZodType<T>): Read<T> {
  const yaml = readYaml(file, file);
  if (yaml.faults.length > 0) return { faults: [...yaml.faults] };
  const parsed = schema.safeParse(yaml.value);
  if (parsed.success) return { value: parsed.data, faults: [] };
  return { faults: faultsOf(parsed.error.issues, file, yaml.lineOf, (path) => keysOf(schema, path)) };
}

/** The keys that an object at a path of the schema may have, for the suggestion beside an unknown one. */
function keysOf(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  if (schema instanceof z.ZodOptional) return keysOf(schema.def.innerType, path);
  if (schema instanceof z.ZodArray) return keysOf(schema.def.element, path.slice(1));
  if (!(schema instanceof z.ZodObject)) return [];
  const [key, ...rest] = path;
  if (key === undefined) return Object.keys(schema.shape);
  const below: unknown = schema.shape[String(key)];
  return below instanceof z.ZodType ? keysOf(below, rest) : [];
}

/** Every fault of one policy file. */
export const policyFaults = (name: keyof PolicyFiles, file: string): ConfigFault[] => read<unknown>(file, schemas[name]).faults;

/**
 * The policies of the two files, in the units of the rules: seconds become durations.
 * @throws SettingsFault with every fault of both files, each with its path and line
 */
export function loadPolicies(files: PolicyFiles): Policies {
  const sorting = read(files.sorting, sortingFile);
  const escalation = read(files.escalation, escalationFile);
  if (!sorting.value || !escalation.value) throw new SettingsFault([...sorting.faults, ...escalation.faults]);
  return toPolicies({ sorting: sorting.value, escalation: escalation.value });
}

/** What people wrote, in the units of the rules. */
export function toPolicies(document: PolicyDocument): Policies {
  const { opening, lowBattery, window } = document.sorting;
  return { sorting: { opening, lowBattery, window: seconds(window) }, escalation: toRules(document.escalation), document };
}

function toRules({ rules, order }: z.infer<typeof escalationFile>): PolicyRule[] {
  const whole = {
    delivered: seconds(order.delivered),
    accepted: seconds(order.accepted),
    expires: seconds(order.expires),
    most: order.most,
  };
  const toLevels = (list: Rule['progress']) => list.map(({ after, steps }) => ({ after: seconds(after), steps }));
  return rules.map(({ id, when: { kinds, priorities, siteKinds, siteIds }, atOnce, acknowledge, progress }) => ({
    when: {
      ...(kinds && { kinds }),
      ...(priorities && { priorities }),
      ...(siteKinds && { siteKinds }),
      ...(siteIds && { siteIds }),
    },
    policy: { id, atOnce, acknowledge: toLevels(acknowledge), progress: toLevels(progress), order: whole },
  }));
}
