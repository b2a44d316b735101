import { refuseOldNode } from './lib/old-node.mjs';

// npm test                      everything: the check, then all tests
// npm test -- src/people        the tests below a folder, or of a file
// npm test -- --only 'roster'   the tests whose name matches
// npm test -- --postgres=15     on a PostgreSQL of this machine: its version, or the folder of its programs
refuseOldNode();
main().then(
  (status) => process.exit(status),
  (error) => {
    process.stderr.write(`${error.text ? error.message : error.stack}\n`);
    process.exit(1);
  },
);

async function main() {
  const { ensureInstalled } = await import('./lib/install.mjs');
  const { continueUnderNode24 } = await import('./lib/node24.mjs');
  await ensureInstalled();
  await continueUnderNode24();
  const { runTests } = await import('./lib/tests.mjs');
  return runTests(process.argv.slice(2));
}
