import { check } from './lib/check.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { continueUnderNode24 } from './lib/node24.mjs';

await ensureInstalled();
await continueUnderNode24();
process.exit(check({ fix: process.argv.includes('--fix') }) ? 0 : 1);
