import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EmbeddedDatabaseTrouble } from './trouble.ts';

/**
 * Whom PostgreSQL runs as, since it refuses root and needs an account with a name:
 * ourselves; ourselves under another number inside a user namespace; or another account (root may).
 */
export type Account =
  | { kind: 'self' }
  | { kind: 'namespace'; uid: number; gid: number }
  | { kind: 'other'; name: string; uid: number; gid: number };

type Entry = { name: string; uid: number; gid: number };

/** Starts a program as that account. Node itself drops groups and user where `uid` is given. */
export function spawnAs(account: Account, command: string[], options: SpawnOptions = {}): ChildProcess {
  const [program, ...args] = inNamespace(account, command);
  return spawn(program ?? '', args, { ...options, ...identity(account), env: plainEnvironment, cwd: '/' });
}

/** The account for a cluster that exists is the owner of its folder, by the way that works here. */
export function accountOfCluster(pgDir: string, postgres: string): Account {
  const owner = statSync(pgDir);
  const me = process.geteuid?.();
  if (owner.uid !== me && me !== 0) throw wrongOwner(pgDir);
  const entry = accounts().find((one) => one.uid === owner.uid);
  const candidates =
    owner.uid === me
      ? ownWays()
      : [{ kind: 'other', name: entry?.name ?? String(owner.uid), uid: owner.uid, gid: owner.gid } as const];
  const account = candidates.find((one) => canUse(one, pgDir, postgres));
  if (!account) throw noAccount(pgDir);
  return account;
}

/** The account for a new cluster: the first that can run the program and write in the folder made for it. */
export function accountForNewCluster(dataDir: string, postgres: string): Account {
  const probe = join(dataDir, 'pg.probe');
  for (const account of [...ownWays(), ...otherAccounts(dataDir)]) {
    makeFolderFor(account, probe);
    const isUsable = canUse(account, probe, postgres);
    rmdirSync(probe);
    if (isUsable) return account;
  }
  throw noAccount(dataDir);
}

/** An empty folder, mode 0700, that belongs to the account; its parent lets another account pass. */
export function makeFolderFor(account: Account, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account.kind !== 'other') return;
  chownSync(folder, account.uid, account.gid);
  const parent = dirname(folder);
  chmodSync(parent, (statSync(parent).mode & 0o777) | 0o011);
}

function ownWays(): Account[] {
  const isRoot = process.geteuid?.() === 0;
  const hasName = accounts().some((one) => one.uid === process.geteuid?.());
  const inside = accounts().find((one) => one.uid !== 0);
  const ways: Account[] = [];
  if (!isRoot && hasName) ways.push({ kind: 'self' });
  if (inside && process.platform === 'linux')
    ways.push({ kind: 'namespace', uid: inside.uid, gid: inside.gid });
  return ways;
}

/** For root without user namespaces: an account made for databases, else whoever owns the place. */
function otherAccounts(dataDir: string): Account[] {
  if (process.geteuid?.() !== 0) return [];
  const byName = ['postgres', 'daksh'].map((name) => accounts().find((one) => one.name === name));
  const owner = firstForeignOwner(dataDir);
  const byOwner = accounts().find((one) => one.uid === owner);
  return [...byName, byOwner].filter((one) => one !== undefined).map((one) => ({ kind: 'other', ...one }));
}

function firstForeignOwner(folder: string): number | undefined {
  const { uid } = statSync(folder);
  if (uid !== 0) return uid;
  return dirname(folder) === folder ? undefined : firstForeignOwner(dirname(folder));
}

function canUse(account: Account, folder: string, postgres: string): boolean {
  const script = 'cd "$1" && test -w . && "$0" --version';
  const [program, ...args] = inNamespace(account, ['/bin/sh', '-c', script, postgres, folder]);
  const options = { stdio: 'ignore', env: plainEnvironment, cwd: '/', ...identity(account) } as const;
  return spawnSync(program ?? '', args, options).status === 0;
}

function inNamespace(account: Account, command: string[]): string[] {
  if (account.kind !== 'namespace') return command;
  return ['unshare', '--user', `--map-user=${account.uid}`, `--map-group=${account.gid}`, '--', ...command];
}

function identity(account: Account): { uid?: number; gid?: number } {
  return account.kind === 'other' ? { uid: account.uid, gid: account.gid } : {};
}

/** Nothing of our environment (secrets, PG* variables, LC_*) reaches the server. */
const plainEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
};

function accounts(): Entry[] {
  if (!existsSync('/etc/passwd')) return [];
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ name, uid }) => name !== '' && Number.isInteger(uid));
}

function wrongOwner(pgDir: string): EmbeddedDatabaseTrouble {
  return new EmbeddedDatabaseTrouble('wrong_owner', {
    hi: `${pgDir} किसी दूसरे खाते का है। उसी खाते से चलाएँ, या DAKSH_DATA_DIR में अपना फ़ोल्डर दें।`,
    en: `${pgDir} belongs to another account. Run as that account, or set DAKSH_DATA_DIR to a folder of your own.`,
  });
}

function noAccount(folder: string): EmbeddedDatabaseTrouble {
  return new EmbeddedDatabaseTrouble('no_account', {
    hi: `PostgreSQL root के रूप में नहीं चलता, और ${folder} तक पहुँचने वाला कोई दूसरा खाता नहीं मिला। साधारण खाते से चलाएँ; या \`useradd --system postgres\` करके ऐसा DAKSH_DATA_DIR दें जहाँ वह पहुँच सके; या DATABASE_URL दें।`,
    en: `PostgreSQL does not run as root, and no other account was found that reaches ${folder} and the installed programs. Run as an ordinary user; or \`useradd --system postgres\` and set DAKSH_DATA_DIR to a folder that it can reach; or set DATABASE_URL.`,
  });
}
