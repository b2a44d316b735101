import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { projectRoot } from '../src/kernel/project-root.ts';
import type { World } from './world.ts';

/** The program itself, web and worker, on the world's database: to be stopped or killed. */
export function startProgram(
  { runtime }: Pick<World, 'runtime'>,
  { folder, port = 0 }: { folder: string; port?: number },
): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', 'serve'], {
    cwd: projectRoot(),
    stdio: 'ignore',
    env: {
      ...process.env,
      DATABASE_URL: runtime.config.databaseUrl,
      DAKSH_DATA_DIR: folder,
      DAKSH_SECRET: runtime.secret,
      PORT: String(port),
      BASE_URL: `http://127.0.0.1:${port}`,
    },
  });
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const found = probe.address();
  await new Promise((done) => probe.close(done));
  return typeof found === 'object' && found ? found.port : 0;
}
