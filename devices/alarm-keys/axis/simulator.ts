import { connectMaker, type MakerDevice, type MakerLine } from '../../maker-line.ts';

export interface SimulatedAxis {
  readonly line: MakerLine;
  port(port: number, closed: boolean): Promise<void>;
  /** Any other event, by its topic with prefixes. */
  event(topic: string, message: object): Promise<void>;
  close(): Promise<void>;
}

export interface AxisOptions extends Omit<MakerDevice, 'will'> {
  /** `axis/<serial number>`. */
  readonly topic: string;
  readonly now: () => number;
  /** How its ports stand as it connects; it tells them then. */
  readonly ports: Readonly<Record<number, boolean>>;
}

/** An Axis device with the default device topic prefix that publishes property events on connecting. */
export async function simulateAxis(options: AxisOptions): Promise<SimulatedAxis> {
  const { topic: prefix, now } = options;
  const line = await connectMaker(options);
  const event: SimulatedAxis['event'] = (topic, message) =>
    line.say(`${prefix}/event/${topic}`, { timestamp: now(), topic, message }, { retain: true });
  const port = (number: number, closed: boolean) =>
    event('onvif:Device/axis:IO/Port', { source: { port: String(number) }, key: {}, data: { state: closed ? '1' : '0' } });
  for (const [number, closed] of Object.entries(options.ports)) await port(Number(number), closed);
  return { line, port, event, close: () => line.close() };
}
