import { connectMaker, type MakerDevice, type MakerLine } from '../../maker-line.ts';

export interface SimulatedTasmota {
  readonly line: MakerLine;
  button(number: number, action: string): Promise<void>;
  switch(number: number, state: 'ON' | 'OFF' | 'TOGGLE'): Promise<void>;
  /** What it reports every TelePeriod, 300 s. */
  report(switches: Readonly<Record<string, 'ON' | 'OFF'>>): Promise<void>;
  close(): Promise<void>;
}

/** Tasmota as it starts: Online, its description for home automation, the answer to no command. QoS 0, as it always does. */
export async function simulateTasmota(options: Omit<MakerDevice, 'will'> & { readonly topic: string }): Promise<SimulatedTasmota> {
  const { topic } = options;
  const will = `tele/${topic}/LWT`;
  const line = await connectMaker({ ...options, will: { topic: will, payload: 'Offline' } });
  const say = (name: string, payload: string | object, retain = false) => line.say(name, payload, { qos: 0, retain });
  await say(will, 'Online', true);
  await line.listen(`cmnd/${topic}/#`);
  await say('tasmota/discovery/DC4F2249A3BC/config', { ip: '192.0.2.8', dn: topic, t: topic, ft: '%prefix%/%topic%/' }, true);
  return {
    line,
    button: (number, action) => say(`stat/${topic}/RESULT`, { [`Button${number}`]: { Action: action } }),
    switch: (number, state) => say(`stat/${topic}/RESULT`, { [`Switch${number}`]: { Action: state } }),
    report: (switches) => say(`tele/${topic}/SENSOR`, { Time: '2026-11-21T10:00:00', ...switches }),
    close: () => line.close(),
  };
}
