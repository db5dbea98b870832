import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// A start reads and compiles some thousand files, most of the time until a station that was killed hears its keys again.
// What was compiled is kept beside the packages that it was made from; where nothing may be written there, nothing is kept.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'baiying'));
await import('./run.ts');
