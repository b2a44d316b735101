import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { spawnAs } from './account.ts';
import { type Cluster, writeSettings, wrongPassword } from './cluster.ts';
import { startTrouble } from './trouble.ts';

/** A server that lives, as its own lock file describes it. */
export type Postmaster = { pid: number; port: number; status: string };

const socketPort = 5432;
/** What a socket's address can hold, less the name that PostgreSQL gives it. */
const longestSocketFolder = 90;

/** The living server of this cluster. The file may outlive a killed server, and its number be another's. */
export function findPostmaster(pgDir: string): Postmaster | undefined {
  const lines = readLines(join(pgDir, 'postmaster.pid'));
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !worksIn(pid, pgDir)) return undefined;
  return { pid, port: Number(lines[3]), status: (lines[7] ?? '').trim() };
}

/** Makes sure that a server runs, whoever started it, and returns the address that it answers at. */
export async function ensurePostmaster(cluster: Cluster, unsafeFast: boolean): Promise<string> {
  const found = findPostmaster(cluster.pgDir);
  if (found && (await untilItAnswers(cluster, found.pid)))
    return urlOf(cluster, findPostmaster(cluster.pgDir)?.port ?? found.port);
  const formerPort = Number(readLines(join(cluster.pgDir, 'postmaster.pid'))[3]);
  await endOrphans(cluster.pgDir);
  for (const name of ['postmaster.pid', `.s.PGSQL.${socketPort}`, `.s.PGSQL.${socketPort}.lock`]) {
    rmSync(join(cluster.pgDir, name), { force: true });
  }
  return start(cluster, unsafeFast, formerPort);
}

/** Fast shutdown: sessions are ended, all is written. Returns when the server is gone. */
export async function stopPostmaster(pgDir: string): Promise<void> {
  const found = findPostmaster(pgDir);
  if (!found) return;
  process.kill(found.pid, 'SIGINT');
  while (worksIn(found.pid, pgDir)) await sleep(10);
}

async function start(cluster: Cluster, unsafeFast: boolean, formerPort: number): Promise<string> {
  writeSettings(cluster, unsafeFast);
  const log = join(cluster.dataDir, 'pg.log');
  const fd = openSync(log, isBig(log) ? 'w' : 'a', 0o600);
  const begin = statSync(log).size;
  const port = usesSocket(cluster.pgDir) ? socketPort : await freePort(formerPort);
  const address = usesSocket(cluster.pgDir)
    ? ['-c', 'listen_addresses=', '-c', 'unix_socket_directories=.', '-c', 'unix_socket_permissions=0700']
    : ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
  const command = [cluster.binaries.postgres, '-D', cluster.pgDir, '-c', `port=${port}`, ...address];
  // Detached: a Ctrl-C in the terminal is for us, not for a server that others may be using.
  const child = spawnAs(cluster.account, command, { detached: true, stdio: ['ignore', fd, fd] });
  closeSync(fd);
  child.unref();
  const pid = child.pid;
  if (pid && (await untilItAnswers(cluster, pid, () => child.exitCode !== null || child.signalCode !== null)))
    return urlOf(cluster, port);
  throw startTrouble(cluster.dataDir, readFileSync(log).subarray(begin).toString());
}

/** False when the server ends instead, which it does while another process's shutdown is under way. */
async function untilItAnswers(
  cluster: Cluster,
  pid: number,
  hasEnded = () => !worksIn(pid, cluster.pgDir),
): Promise<boolean> {
  while (!hasEnded()) {
    const found = findPostmaster(cluster.pgDir);
    if (found?.pid === pid && found.status === 'ready' && (await answers(cluster, found.port))) return true;
    await sleep(10);
  }
  return false;
}

async function answers(cluster: Cluster, port: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(cluster, port), application_name: 'daksh-start' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') throw wrongPassword(cluster.dataDir, error);
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function urlOf(cluster: Cluster, port: number): string {
  const host = usesSocket(cluster.pgDir) ? encodeURIComponent(cluster.pgDir) : '127.0.0.1';
  return `postgresql://daksh:${cluster.password}@${host}:${port}/daksh`;
}

function usesSocket(pgDir: string): boolean {
  return Buffer.byteLength(pgDir) <= longestSocketFolder;
}

/** Below 32768, where the kernel's own choice for outgoing connections begins; the former one if it can be. */
async function freePort(wish: number): Promise<number> {
  const port = wish || 20000 + Math.floor(Math.random() * 12000);
  const isFree = await new Promise<boolean>((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
  return isFree ? port : freePort(0);
}

/** Sessions of a killed server end by themselves soon; one in a long statement must be made to. */
async function endOrphans(pgDir: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const orphans = readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 1 && pid !== process.pid && worksIn(pid, pgDir));
    if (orphans.length === 0) return;
    if (tries > 100) for (const pid of orphans) process.kill(pid, 'SIGKILL');
    await sleep(20);
  }
}

/** PostgreSQL's processes have the cluster as their working folder; a dead or reused number has not. */
function worksIn(pid: number, pgDir: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === pgDir;
  } catch {
    return false;
  }
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function isBig(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 1024 * 1024;
}
