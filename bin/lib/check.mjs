import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { completeLock, missingFromLock } from './lock-file.mjs';
import { root, say } from './say.mjs';

/** Format, lint, types and the tidy test; says which of them failed. True when all is well. */
export function check({ fix = false, withTidy = true } = {}) {
  const bin = (name) => join('node_modules', '.bin', name);
  const steps = [
    ['biome', [bin('biome'), 'check', '--error-on-warnings', ...(fix ? ['--write'] : [])]],
    ['tsc', [bin('tsc'), '--noEmit']],
  ];
  if (withTidy && existsSync(join(root, 'test', 'tidy.test.ts'))) {
    steps.push(['tidy', [process.execPath, '--import', 'tsx', '--test', 'test/tidy.test.ts']]);
  }
  const failed = steps.filter(([, [program, ...args]]) => !succeeds(program, args)).map(([name]) => name);
  if (fix) completeLock();
  if (!isLockComplete()) failed.push('lock');
  process.stderr.write(failed.length > 0 ? `check failed: ${failed.join(', ')}\n` : 'check passed\n');
  return failed.length === 0;
}

function isLockComplete() {
  const missing = missingFromLock();
  if (missing.length === 0) return true;
  say(
    `package-lock.json में ये नहीं हैं: ${missing.join(', ')}। \`npm run check -- --fix\` चलाएँ।`,
    `package-lock.json does not name ${missing.join(', ')}. Run \`npm run check -- --fix\`.`,
  );
  return false;
}

function succeeds(program, args) {
  return spawnSync(program, args, { cwd: root, stdio: 'inherit' }).status === 0;
}
