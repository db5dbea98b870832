import { enableCompileCache, setSourceMapsSupport } from 'node:module';
import { join } from 'node:path';
import { builtServer } from '../scripts/server-build.mjs';

// A start reads and compiles some thousand files, most of the time until a station that was killed hears its keys again.
// `npm start` puts most of them into one, and what was compiled is kept beside the packages that it was made from; where
// nothing may be written there, nothing is kept. The stack of an error still names the source.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'baiying'));
setSourceMapsSupport(true);
await import(builtServer() ?? './run.ts');
