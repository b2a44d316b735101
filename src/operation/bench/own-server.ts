import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export type OwnServer = { port: number; stop(): Promise<void> };

type Start = { databaseUrl: string; folder: string; processes: number; secret: string };

/** The very program that runs, as `daksh serve`, with a web process a core. It stops when we are gone. */
export async function startOwnServer(start: Start): Promise<OwnServer> {
  const port = await freePort();
  const log = openSync(join(start.folder, 'server.log'), 'a');
  const child = spawn(process.execPath, programArgs(['serve']), {
    env: {
      ...process.env,
      DATABASE_URL: start.databaseUrl,
      DAKSH_DATA_DIR: start.folder,
      DAKSH_SECRET: start.secret,
      WEB_PROCESSES: String(start.processes),
      HOST: '127.0.0.1',
      PORT: String(port),
      BASE_URL: `http://127.0.0.1:${port}`,
      // Each ten minutes its worker would take a part of what the benchmark of it adds up.
      TIME_REPORT_DAYS: '0',
    },
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await untilReady(port, child, join(start.folder, 'server.log'));
  const stop = async () => {
    child.kill('SIGTERM');
    await Promise.race([ended, sleep(15_000, undefined, { ref: false })]);
    if (child.exitCode === null) child.kill('SIGKILL');
  };
  return { port, stop };
}

/** How this program is called again with other words, from the build as from the sources. */
export function programArgs(words: string[]): string[] {
  return [...process.execArgv, process.argv[1] ?? '', ...words];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function untilReady(port: number, child: ChildProcess, log: string): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`The server for the measurements ended; see ${log}.`);
    if ((await statusOf(port, '/readyz')) === 200) return;
    await sleep(100);
  }
  child.kill('SIGKILL');
  throw new Error(`The server for the measurements did not get ready; see ${log}.`);
}

/** The status of a plain GET; 0 where nobody answers. */
export function statusOf(port: number, path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path, headers, agent: false }, (reply) => {
      reply.resume();
      reply.once('end', () => resolve(reply.statusCode ?? 0));
    });
    request.once('error', () => resolve(0));
  });
}
