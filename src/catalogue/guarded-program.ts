import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

/**
 * Runs a program at low priority for as long as its input is held open: `stdin.end()` kills it. When this process
 * ends, in whatever way, the system closes the input too: otherwise the program would work on for nobody.
 */
export function spawnGuarded(
  command: string[],
  options: { niceness: number; env?: NodeJS.ProcessEnv },
): ChildProcessWithoutNullStreams {
  const { niceness, env } = options;
  const child = spawn('/bin/sh', ['-c', guarded, 'sh', String(niceness), ...command], {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(env ? { env } : {}),
  });
  child.stdin.on('error', () => undefined);
  return child;
}

const guarded = `
exec 3<&0
nice -n "$@" 3<&- </dev/null & program=$!
{ read -r _ <&3; kill -9 $program; } >/dev/null 2>&1 & guard=$!
wait $program; status=$?
kill $guard 2>/dev/null
exit $status`;
