import type { Result } from './result.ts';

/** What was tried, and with which versions of the suites. */
export interface Tried {
  readonly results: readonly Result[];
  readonly versions: Readonly<Record<Result['suite'], string>>;
}

const head = `# Interoperability

What others wrote to try MQTT 3.1.1 brokers, tried on the product's own ear. Written by \`npm run interop -- --write\`.

- \`npm run interop\` fetches both suites from GitHub into a temporary folder and runs them, about three minutes; needs git and
  python3. Where there is no GitHub: \`npm run interop -- --paho FOLDER --mosquitto FOLDER\` with clones of
  \`eclipse/paho.mqtt.testing\` and \`eclipse-mosquitto/mosquitto\` (v2.0.22).
- A line for each test, JSON on the last line of stdout. The exit code is 1 when a test fails that is not listed here with a reason.

**The same as in the product:** the doors (\`services/broker/listen.ts\`), the gate that watches the sizes of packets (\`gate.ts\`), Aedes
with its limits (\`door.ts\`, \`sessions.ts\`), the sign-in hook with its patience and its refusals (\`hooks.ts\`), the alphabet of names (\`topics.ts\`).

**Not the same** (\`scripts/interop/wide-ear.ts\`), since a device of the product has a secret, reaches its own topics alone and hears
nothing from another: whoever signs in is one account that may say and hear everything, also with empty levels and \`$\` in names, and
may retain; messages are passed on between clients; nothing goes to a record, so no acknowledgement waits for one; packet numbers
begin at 1, as Mosquitto's tests compare byte by byte; a subscription waits until what its client said before is done. The
product makes no such account, and no setting does.

Of Mosquitto's broker tests those are run that start a broker with a port and no configuration, as far as they ask for MQTT 3.1 and
3.1.1; what they ask of MQTT 5, which the product does not speak, is left out.
`;

const titles: Readonly<Record<Result['suite'], string>> = {
  paho: 'Eclipse Paho, interoperability/client_test.py',
  mosquitto: 'Eclipse Mosquitto, test/broker',
};

/** The page of what passed and what did not. */
export function interopPage({ results, versions }: Tried): string {
  const tables = (['paho', 'mosquitto'] as const).map((suite) => {
    const own = results.filter((result) => result.suite === suite);
    const lines = own.map(({ test, passed, why }) => `| ${test} | ${passed ? 'passed' : 'failed'} | ${passed ? '' : why} |`);
    const count = own.filter(({ passed }) => passed).length;
    return `\n## ${titles[suite]}\n\n${count} of ${own.length} passed (${versions[suite]}).\n\n| test | result | why |\n|---|---|---|\n${lines.join('\n')}\n`;
  });
  return `${head}${tables.join('')}`;
}
