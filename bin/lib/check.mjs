import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './say.mjs';

/** Format, lint, types and the tidy test; says which of them failed. True when all is well. */
export function check({ fix = false } = {}) {
  const bin = (name) => join('node_modules', '.bin', name);
  const steps = [
    ['biome', [bin('biome'), 'check', '--error-on-warnings', ...(fix ? ['--write'] : [])]],
    ['tsc', [bin('tsc'), '--noEmit']],
  ];
  if (existsSync(join(root, 'test', 'tidy.test.ts'))) {
    steps.push(['tidy', [process.execPath, '--import', 'tsx', '--test', 'test/tidy.test.ts']]);
  }
  const failed = steps.filter(([, [program, ...args]]) => !succeeds(program, args)).map(([name]) => name);
  process.stderr.write(failed.length > 0 ? `check failed: ${failed.join(', ')}\n` : 'check passed\n');
  return failed.length === 0;
}

function succeeds(program, args) {
  return spawnSync(program, args, { cwd: root, stdio: 'inherit' }).status === 0;
}
