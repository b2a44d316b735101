import { spawnSync } from 'node:child_process';
import { ensureInstalled } from './lib/install.mjs';
import { continueUnderNode24 } from './lib/node24.mjs';
import { root } from './lib/say.mjs';

// node bin/run.mjs test/write-schema.ts    runs a TypeScript file of the clone as it stands
await ensureInstalled();
await continueUnderNode24();
const command = ['--import', 'tsx', ...process.argv.slice(2)];
process.exit(spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' }).status ?? 1);
