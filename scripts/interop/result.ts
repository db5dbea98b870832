/** How one test of a suite ended. */
export interface Result {
  readonly suite: 'paho' | 'mosquitto';
  readonly test: string;
  readonly passed: boolean;
  /** What the test said when it failed; our reason for it, where there is one. */
  readonly why: string;
}

/** Tests that fail, and why that is so; every other one must pass. Both languages of the page. */
export const reasons: Readonly<Record<string, string>> = {
  '02-subpub-qos0-long-topic.py':
    'asks for topics of 200 levels; Aedes has 100 at most, so that a topic cannot crash it, and ours have 512 characters at most',
  '02-subpub-qos2.py': 'wants PUBREC before the message comes back to its sender; Aedes hands the message on first, as MQTT allows (4.3.3)',
  '02-subscribe-long-topic.py': 'a filter of 64 KiB is larger than the gate lets in: the connection is cut off before the packet is read',
  '03-pattern-matching.py': 'wants + to match an empty level; in Aedes it does not, and no device of the product has an empty level',
  '03-publish-c2b-disconnect-qos2.py': 'sends PUBREL with the DUP flag of MQTT 3.1, which MQTT 3.1.1 forbids (2.2.2)',
  '03-publish-long-topic.py': 'a topic of 64 KiB is larger than the gate lets in: the connection is cut off before the packet is read',
  '03-publish-qos2-dup.py':
    "Mosquitto's own rule, to cut off who repeats a QoS 2 message twice; a key that repeats itself is heard each time",
  '04-retain-clear-multiple.py':
    "Mosquitto's own order of retained messages; and Aedes gives them with their own QoS to who asked with a wildcard",
  '07-will-control.py':
    "Mosquitto's own rule for $CONTROL: a will to it refuses the sign-in; here the will is thrown away and the key is heard",
  '07-will-takeover.py':
    'wants no last will when a kept session is taken over; MQTT 3.1.1 (3.1.2.5) has it published whenever the server closes the connection',
};

/** Whether all that was promised holds: every test passed but those with a reason. */
export const held = (results: readonly Result[]): boolean =>
  results.length > 0 && results.every(({ test, passed }) => passed || test in reasons);
