import { type Answer, type Grade, hours, type IncidentInput, type Signal, type SignalType, seconds } from '../../services/alarm/index.ts';
import type { Device } from '../../services/store/register-rows.ts';
import type { Chance } from '../demo/random.ts';
import { decideDesk } from './desk.ts';
import { carryOut, reachable } from './dispatch.ts';
import { newId, type Sim, type Task } from './sim.ts';
import { rearm, sweep } from './sweep.ts';
import { makeRules, statuses } from './world.ts';

/** One thing that happens in a county. Whatever is drawn is drawn from the chance of this step alone, so that steps can be cut. */
export function act(sim: Sim, random: Chance): void {
  random.weighted<(sim: Sim, random: Chance) => void>([
    [press, 22],
    [tell, 8],
    [work, 30],
    [wait, 14],
    [answerOrder, 14],
    [hearReport, 14],
    [operate, 12],
    [changeRegister, 6],
    [radioComesOrGoes, 5],
    [settle, 3],
    [die, 4],
  ])(sim, random);
}

function accept(sim: Sim, device: Device, type: SignalType, more: Partial<Signal>, random: Chance): void {
  const id = newId(sim, 's');
  const { now, record } = sim;
  const base = {
    id,
    deviceId: device.id,
    deviceKind: device.kind,
    type,
    active: true,
    at: now,
    receivedAt: now,
    exercise: false,
    data: {},
  };
  record.signals.put(id, { signal: { ...base, ...more }, eventId: id, sorted: false });
  record.flush();
  const { grade, data } = { ...base, ...more } as Signal;
  sim.say(`${device.id} tells ${type}${grade ? ` ${grade}` : ''} ${JSON.stringify(data)} (${id})`);
  if (random.percent(85)) sim.tasks.push({ type: type === 'report' ? 'answer' : 'signal', id });
}

const grades: readonly (Grade | undefined)[] = ['emergency', 'emergency', 'assist', 'assist', 'duress', undefined];

function press(sim: Sim, random: Chance): void {
  const { keys, radios, cameras } = sim.world;
  const device = random.pick([...keys, ...keys, ...keys, ...radios.slice(0, 1)]);
  const grade = random.pick(grades);
  const graded = grade === undefined ? {} : { grade };
  const testing = random.percent(8) ? { exercise: true, data: { 'walk-test': random.percent(70) } } : {};
  const camera = cameras[0];
  if (camera && random.percent(15)) {
    const input = random.pick(['1', '2']);
    return accept(sim, camera, 'digital-input', { ...graded, active: random.percent(80), data: { input } }, random);
  }
  const unreadable = random.percent(12);
  const times = random.pick([1, 1, 1, 2, 3]);
  for (let count = 0; count < times; count += 1) accept(sim, device, unreadable ? 'unparsed' : 'press', { ...graded, ...testing }, random);
}

const health: readonly SignalType[] = ['tamper', 'battery', 'silence', 'online', 'release', 'video-loss'];
const seen: readonly SignalType[] = [
  'motion',
  'line-crossing',
  'intrusion',
  'audio-alarm',
  'object',
  'tamper',
  'video-loss',
  'silence',
  'online',
];

function tell(sim: Sim, random: Chance): void {
  const { keys, cameras, radios } = sim.world;
  const device = random.pick([...keys, ...cameras, ...cameras, ...radios]);
  const type = random.pick(device.kind === 'camera' ? seen : health);
  accept(sim, device, type, { active: random.percent(75), data: type === 'battery' ? { battery: random.whole(0, 30) } : {} }, random);
}

/** Some of the tasks that wait, in any order; what the product gathers may be gathered; any may be done twice. */
function work(sim: Sim, random: Chance): void {
  const most = random.whole(1, 8);
  for (let count = 0; count < most && sim.tasks.length > 0; count += 1) {
    const [task] = sim.tasks.splice(random.whole(0, sim.tasks.length - 1), 1);
    if (!task) return;
    const gathers = task.type === 'answer' || task.type === 'sent';
    const like = gathers && random.percent(50) ? sim.tasks.filter(({ type }) => type === 'answer' || type === 'sent') : [];
    sim.tasks = sim.tasks.filter((other) => !like.includes(other));
    if (random.percent(10) && task.type !== 'hand-over') sim.tasks.push(task.type === 'order' ? { type: 'order', id: task.id } : task);
    doTask(sim, task, like);
  }
}

export function doTask(sim: Sim, task: Task, together: readonly Task[] = []): void {
  sim.say(`  does ${[task, ...together].map((one) => `${one.type} ${one.id}`).join(', ')}`);
  carryOut(sim, task, together);
}

function wait(sim: Sim, random: Chance): void {
  sim.now += random.pick([1, 100, seconds(1), seconds(5), seconds(16), seconds(31), seconds(61), seconds(200), seconds(2000)]);
  sim.say(`time goes on to ${sim.now}`);
  if (random.percent(60)) sim.tasks.push(...sweep(sim));
}

function answerOrder(sim: Sim, random: Chance): void {
  const holding = [...sim.radios].filter(([, { letters }]) => letters.size > 0);
  if (holding.length === 0) return;
  const [radio, { letters }] = random.pick(holding);
  const orderId = random.pick([...letters.keys()]);
  const state = random.weighted<Answer>([
    ['delivered', 4],
    ['read', 2],
    ['accepted', 4],
    ['declined', 3],
    ['en-route', 2],
    ['arrived', 2],
  ]);
  const by = random.percent(4) ? random.pick(sim.world.radios).id : radio;
  sim.air.push({ radio: by, orderId, state, at: sim.now, late: random.percent(10) });
  sim.say(`${by} answers ${state} to ${orderId}`);
}

/** Reports come late, in any order, and some twice. */
function hearReport(sim: Sim, random: Chance): void {
  for (let count = random.whole(1, 4); count > 0 && sim.air.length > 0; count -= 1) {
    const at = random.whole(0, sim.air.length - 1);
    const report = random.percent(85) ? sim.air.splice(at, 1)[0] : sim.air[at];
    const device = report && sim.world.devices.get(report.radio);
    if (!device || !report) return;
    const { orderId, state, late } = report;
    accept(sim, device, 'report', { at: report.at, data: { orderId, state }, ...(late ? { ours: { late } } : {}) }, random);
  }
}

function operate(sim: Sim, random: Chance): void {
  const rows = [...sim.record.incidents.values()];
  if (rows.length === 0) return;
  const { incident } = random.pick(rows).stored;
  const orders = sim.record.ordersOf(incident.id);
  const accountId = random.pick(['wang', 'li']);
  const by = accountId;
  const units = [...sim.world.units.values()];
  const inputs: (readonly [IncidentInput, number])[] = [
    [{ type: 'acknowledged', by, accountId }, 5],
    [{ type: 'taken', by, accountId }, 2],
    [{ type: 'handed-on', by, accountId, to: { accountId: 'li', name: 'li' }, anyway: true }, 1],
    [{ type: 'noted', by, note: 'x' }, 1],
    [{ type: 'units-ordered', by, accountId, unitIds: [random.pick(units).id], nearest: random.whole(0, 2), request: newId(sim, 'r') }, 4],
    [{ type: 'closed', by, disposition: random.pick(['genuine', 'false'] as const) }, 4],
  ];
  const order = orders.length > 0 ? random.pick(orders) : undefined;
  if (order) inputs.push([{ type: 'order-cancelled', by, orderId: order.id, unitId: order.unitId, state: order.state }, 3]);
  const input = random.weighted(inputs);
  sim.say(`${by}: ${input.type} on incident ${incident.number}`);
  decideDesk(sim, incident.id, input);
}

function changeRegister(sim: Sim, random: Chance): void {
  const { world, now } = sim;
  const unit = random.pick([...world.units.values()]);
  const change = random.weighted([
    ['status', 5],
    ['position', 3],
    ['bearers', 1],
    ['policies', 1],
  ] as const);
  sim.say(`the register changes: ${change} of ${unit.id}`);
  if (change === 'status') world.units.set(unit.id, { ...unit, status: random.pick(statuses) });
  if (change === 'position') {
    const place = { lat: 30 + random.between(0, 0.2), lon: 120 + random.between(0, 0.2) };
    const at = now - seconds(random.whole(0, 600));
    world.positions.set(unit.id, { ...place, at, receivedAt: at });
  }
  if (change === 'bearers') world.units.set(unit.id, { ...unit, deviceIds: random.shuffled(unit.deviceIds).slice(0, random.whole(0, 2)) });
  if (change === 'policies') world.rules = makeRules(random);
}

function radioComesOrGoes(sim: Sim, random: Chance): void {
  if (sim.radios.size === 0) return;
  const [id, radio] = random.pick([...sim.radios]);
  radio.reachable = !radio.reachable;
  sim.say(`${id} is ${radio.reachable ? 'back' : 'out of reach'}`);
  if (radio.reachable) reachable(sim, id);
}

/** Everything that is due is done; a world in which that never ends is a stall. */
export function settle(sim: Sim): void {
  for (let round = 0; round < 500; round += 1) {
    const tasks = [...sim.tasks.splice(0), ...sweep(sim, 0)];
    if (tasks.length === 0) return;
    for (const task of tasks) doTask(sim, task);
  }
}

/** The process ends at any instant; where the power goes, too, so does what had not reached the disk. The clock may have been set meanwhile. */
function die(sim: Sim, random: Chance): void {
  sim.tasks = [];
  const power = random.percent(40);
  if (power) sim.record.losePower();
  const jump = random.weighted([
    [0, 6],
    [hours(1), 1],
    [-hours(1), 1],
    [seconds(-30), 1],
    [seconds(-600), 1],
  ] as const);
  sim.now += seconds(random.whole(1, 20)) + jump;
  sim.say(
    `the process dies${power ? ' and the power goes' : ''}; it starts at ${sim.now}${jump === 0 ? '' : `, the clock was set by ${jump / 1000} s`}`,
  );
  rearm(sim);
  sim.tasks.push(...sweep(sim));
}
