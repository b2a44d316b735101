import { prepare } from '../../src/command-line.ts';
import { features } from '../../src/features.ts';
import { settleMarks } from '../../src/insight/index.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { readConfig } from '../../src/kernel/config.ts';
import { openDb } from '../../src/kernel/db.ts';
import { localStorage } from '../../src/kernel/storage.ts';

// A process that counts by changed tags, one person at a time, until it is killed: `node settling-process.ts DATABASE_URL DIR`.
const [url = '', folder = ''] = process.argv.slice(2);
const db = openDb(url);
const config = readConfig({ DATABASE_URL: url, DAKSH_DATA_DIR: folder });
const log = () => undefined;
await prepare(features, {
  db,
  config,
  clock: systemClock,
  storage: localStorage(folder),
  log,
  secret: 'x'.repeat(32),
});
process.stdout.write('settling\n');
for (;;) await settleMarks({ db }, 1);
