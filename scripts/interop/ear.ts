import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * The product's ear for programs that try MQTT brokers, started as they start theirs: `-v -p PORT`. Stays until SIGTERM.
 */
enableCompileCache(join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'baiying'));
const { values } = parseArgs({ options: { port: { type: 'string', short: 'p' }, verbose: { type: 'boolean', short: 'v' } } });
const { openWideEar } = await import('./wide-ear.ts');
const { port } = await openWideEar(Number(values.port));
process.stdout.write(`listening on ${port}\n`);
process.once('SIGTERM', () => process.exit(0));
