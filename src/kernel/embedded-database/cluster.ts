import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Account, accountForNewCluster, accountOfCluster, makeFolderFor, spawnAs } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { serverSettings } from './settings.ts';
import { EmbeddedDatabaseTrouble, startTrouble } from './trouble.ts';

/** A cluster on the disk, with what is needed to run it. */
export type Cluster = {
  dataDir: string;
  pgDir: string;
  password: string;
  account: Account;
  binaries: Binaries;
};

/** The cluster of a data folder, made when there is none. The caller holds the folder's lock. */
export async function openCluster(dataDir: string, programs?: string): Promise<Cluster> {
  const binaries = findBinaries(programs);
  const pgDir = join(dataDir, 'pg');
  if (existsSync(pgDir)) {
    const password = readPassword(dataDir);
    return { dataDir, pgDir, password, account: accountOfCluster(pgDir, binaries.postgres), binaries };
  }
  const account = accountForNewCluster(dataDir, binaries.postgres);
  const cluster = { dataDir, pgDir, password: makePassword(dataDir), account, binaries };
  await makeCluster(cluster);
  return cluster;
}

/** Settings are written anew at each start, so they follow the machine's memory. */
export function writeSettings(cluster: Cluster, unsafeFast: boolean): void {
  writeOwned(cluster.account, join(cluster.pgDir, 'daksh.conf'), serverSettings(unsafeFast));
}

export function passwordFile(dataDir: string): string {
  return join(dataDir, 'secrets', 'database-password');
}

/** Made aside and renamed when whole: a folder named `pg` is never half a cluster. */
async function makeCluster(cluster: Cluster): Promise<void> {
  const { account, binaries, dataDir } = cluster;
  const draft = join(dataDir, 'pg.new');
  rmSync(draft, { recursive: true, force: true });
  makeFolderFor(account, draft);
  const locale = ['--encoding=UTF8', '--locale-provider=libc', '--locale=C', '--lc-ctype=C.UTF-8'];
  const role = ['--username=daksh', '--auth=reject', '--text-search-config=simple'];
  await run(cluster, [binaries.initdb, `--pgdata=${draft}`, ...locale, ...role]);
  writeOwned(account, join(draft, 'pg_hba.conf'), hostRules);
  writeOwned(account, join(draft, 'daksh.conf'), '');
  appendFileSync(join(draft, 'postgresql.conf'), "\ninclude 'daksh.conf'\n");
  const first = `ALTER ROLE daksh PASSWORD '${cluster.password}';\nCREATE DATABASE daksh;\n`;
  await run(cluster, [binaries.postgres, '--single', '-D', draft, 'postgres'], first);
  renameSync(draft, cluster.pgDir);
  syncFolder(dataDir);
}

const hostRules = 'local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n';

async function run(cluster: Cluster, command: string[], input = ''): Promise<void> {
  const child = spawnAs(cluster.account, command, { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  const [status] = await once(child, 'close');
  if (status !== 0 || /^\S+ \S+ UTC.*(FATAL|ERROR):/m.test(output))
    throw startTrouble(cluster.dataDir, output);
}

function makePassword(dataDir: string): string {
  const file = passwordFile(dataDir);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString('hex');
  writeFileSync(`${file}.new`, password, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  syncFolder(dirname(file));
  return password;
}

export function readPassword(dataDir: string): string {
  try {
    return readFileSync(passwordFile(dataDir), 'utf8').trim();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw wrongPassword(dataDir, cause);
  }
}

export function wrongPassword(dataDir: string, cause: unknown): EmbeddedDatabaseTrouble {
  const file = passwordFile(dataDir);
  return new EmbeddedDatabaseTrouble(
    'wrong_password',
    {
      hi: `${file} नहीं पढ़ी जा सकी, या वह इस डेटाबेस की नहीं है। डेटा फ़ोल्डर के साथ वाली प्रति वापस रखें।`,
      en: `${file} cannot be read, or is not this database's. Put back the copy that belongs to this data folder.`,
    },
    cause,
  );
}

function writeOwned(account: Account, file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  if (account.kind === 'other') chownSync(file, account.uid, account.gid);
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  fsyncSync(fd);
  closeSync(fd);
}
