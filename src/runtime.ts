import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from './kernel/clock.ts';
import type { Config } from './kernel/config.ts';
import { openDb } from './kernel/db.ts';
import { openEmbeddedDatabase } from './kernel/embedded-database.ts';
import type { Runtime } from './kernel/feature.ts';
import { bufferedLog } from './kernel/log.ts';
import { localStorage } from './kernel/storage.ts';

/** Opens the database (the embedded one unless DATABASE_URL is set), files and log. */
export async function openRuntime(
  config: Config,
  options: { poolSize?: number; readClients?: number } = {},
): Promise<{ runtime: Runtime; close(): Promise<void> }> {
  const log = bufferedLog();
  const embedded = config.databaseUrl
    ? undefined
    : await openEmbeddedDatabase(config.dataDir, {
        onWait: () => process.stderr.write('डेटाबेस की प्रतीक्षा… / Waiting for the database…\n'),
        onRestart: (error) => log({ database: error ? 'does not start again' : 'was started again' }),
      });
  const db = openDb(config.databaseUrl ?? embedded?.url ?? '', {
    ...options,
    reportsAtOnce: config.reportsAtOnce,
    replicaUrl: config.replicaUrl,
  });
  const runtime: Runtime = {
    db,
    config,
    clock: systemClock,
    storage: localStorage(join(config.dataDir, 'files')),
    log,
    secret: config.secret ?? keptSecret(config.dataDir),
  };
  const close = async () => {
    await db.close();
    await embedded?.release();
  };
  return { runtime, close };
}

/** Commands and the demonstration need no DAKSH_SECRET: they keep one of their own beside the data. */
function keptSecret(dataDir: string): string {
  const path = join(dataDir, 'application-secret');
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(path, 'utf8').trim();
}
