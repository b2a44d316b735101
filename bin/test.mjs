import { ensureInstalled } from './lib/install.mjs';
import { continueUnderNode24 } from './lib/node24.mjs';

// npm test                      everything: the check, then all tests
// npm test -- src/people        the tests below a folder, or of a file
// npm test -- --only 'roster'   the tests whose name matches
// npm test -- --postgres=15     on a PostgreSQL of this machine: its version, or the folder of its programs
await ensureInstalled();
await continueUnderNode24();
const { runTests } = await import('./lib/tests.mjs');
const status = await runTests(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error.text ? error.message : error.stack}\n`);
  return 1;
});
process.exit(status);
