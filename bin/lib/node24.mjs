import { spawn } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, root, say } from './say.mjs';

const least = 24;

/** Returns under Node 24 or newer; under an older one the same script is run again and never returns. */
export async function continueUnderNode24() {
  if (Number(process.versions.node.split('.')[0]) >= least) return;
  const node = packagedNode();
  if (!node) {
    giveUp(
      `Node ${least} नहीं मिला (यह ${process.version} है)। Node ${least} स्थापित करें, या \`npm ci --include=optional\` चलाएँ।`,
      `Node ${least} was not found (this is ${process.version}). Install Node ${least}, or run \`npm ci --include=optional\`.`,
    );
  }
  process.exitCode = await runAgain(node);
  process.exit();
}

function packagedNode() {
  const node = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (!existsSync(node)) return undefined;
  try {
    accessSync(node, constants.X_OK);
  } catch {
    chmodSync(node, 0o755);
  }
  return node;
}

/** The channel tells the child when we are gone, even by kill -9. */
function runAgain(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  const forward = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
  return new Promise((resolve) => {
    child.on('error', (error) =>
      giveUp(`${node} नहीं चला: ${error.message}`, `${node} did not run: ${error.message}`),
    );
    child.on('exit', (status, signal) => {
      if (!signal) return resolve(status);
      if (signal === 'SIGKILL') sayKilled();
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    });
  });
}

/** The kernel kills without a word when memory runs out. */
function sayKilled() {
  say(
    'दक्ष को बीच में ही रोक दिया गया (SIGKILL)। यदि आपने नहीं रोका, तो मेमोरी कम पड़ी: 512 MB या अधिक दें। डेटा सुरक्षित है।',
    'Daksh was killed (SIGKILL). If not by you, memory ran out: give it 512 MB or more. The data are safe.',
  );
}
