import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openTestDatabase } from '../../../test/database.ts';
import { openWorld } from '../../../test/world.ts';
import { loadDemonstrationCourses } from '../../catalogue/index.ts';
import { sealAudit, verifyAudit } from '../../kernel/audit-chain.ts';
import { addJob } from '../../kernel/jobs.ts';
import { workName } from '../../kernel/left-behind.ts';
import { localStorage } from '../../kernel/storage.ts';
import { takeUpDigests } from '../../reports/index.ts';
import { tableFacts } from '../distribute/catalogue-store.ts';
import { checkArchive, openArchive } from './archive.ts';
import { restoreBackup } from './restore-backup.ts';
import { tablesInOrder } from './tables.ts';
import { writeBackup } from './write-backup.ts';

const world = await openWorld();
const folder = mkdtempSync(join(tmpdir(), 'daksh-backup-'));
const file = join(folder, 'all.zip');
const target = await openTestDatabase();
const dataDir = mkdtempSync(join(tmpdir(), 'daksh-restored-'));
const restored = {
  ...world.runtime,
  db: target.db,
  config: { ...world.runtime.config, dataDir },
  storage: localStorage(join(dataDir, 'files')),
};
after(async () => {
  await target.close();
  await world.close();
  for (const path of [folder, dataDir]) rmSync(path, { recursive: true, force: true });
});

async function contents(runtime: typeof world.runtime): Promise<Record<string, string>> {
  const client = await runtime.db.pool.connect();
  const sums: Record<string, string> = {};
  try {
    for (const table of await tablesInOrder(client)) {
      const columns = table.columns.filter((column) => column !== 'written_by').join(',');
      const found = await client.query(
        `select count(*) || ':' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from (select ${columns} from ${table.name}) t`,
      );
      sums[table.name] = found.rows[0].sum;
    }
    return sums;
  } finally {
    client.release();
  }
}

const sequences = ['certificate_status_seq', 'statement_feed_seq'];

async function jobsOf(runtime: Pick<typeof world.runtime, 'db'>) {
  const found = await sql`select task_identifier, payload, job.priority, job.max_attempts
    from graphile_worker.jobs job join graphile_worker._private_jobs using (id)
    where task_identifier like 'nothing%' order by task_identifier`.execute(runtime.db.read);
  return found.rows;
}

test('a backup restored into an empty installation holds every row, job and file, and the audit chain verifies', async () => {
  await loadDemonstrationCourses(world.system, world.runtime);
  await world.runtime.db.transaction(async (tx) => {
    for (const n of [1, 2, 3, 4]) await addJob(tx, `nothing${n}`, { n }, { runAt: new Date('2030-01-01') });
  });
  // A job that was touched after others were added stands behind them in the table.
  await sql`update graphile_worker._private_jobs set priority = 7 where payload->>'n' = '1'`.execute(
    world.runtime.db.read,
  );
  for (const name of sequences) await sql`select nextval(${name})`.execute(world.runtime.db.read);
  await sealAudit(world.runtime.db);
  // Of the instant when it began: that it was made is noted afterwards.
  const before = await contents(world.runtime);
  await writeBackup(world.runtime, file);
  await restoreBackup(restored, file);
  assert.deepEqual(await contents(restored), before);
  const stored = await sql<{
    key: string;
    bytes: number;
  }>`select storage_key as key, bytes from file`.execute(target.db.read);
  for (const row of stored.rows) assert.equal(await restored.storage.size(row.key), row.bytes);
  assert.deepEqual(await jobsOf(restored), await jobsOf(world.runtime));
  assert.equal((await jobsOf(restored)).length, 4);
  for (const name of sequences) {
    const next = sql<{ next: number }>`select nextval(${name}) as next`;
    assert.deepEqual(
      (await next.execute(target.db.read)).rows,
      (await next.execute(world.runtime.db.read)).rows,
    );
  }
  assert.deepEqual((await verifyAudit(target.db)).faults, []);
});

test('what was made for a while is restored under its own name, and digests are made again', async () => {
  const { key } = await world.runtime.storage.make(Readable.from(['names']), { maxBytes: 100 });
  await writeBackup(world.runtime, file);
  const started = await openTestDatabase();
  const startedDir = join(folder, 'started');
  const runtime = {
    ...restored,
    db: started.db,
    config: { ...restored.config, dataDir: startedDir },
    storage: localStorage(join(startedDir, 'files')),
  };
  try {
    // As a server does that was begun before the restore, of nobody.
    await takeUpDigests({ db: started.db, clock: world.clock });
    await restoreBackup(runtime, file);
    assert.equal(await text(await runtime.storage.open(key)), 'names');
    const people = sql<{ people: number }>`select count(*)::integer as people from person_digest`;
    assert.equal((await people.execute(started.db.read)).rows[0]?.people, 0);
    await takeUpDigests({ db: started.db, clock: world.clock });
    assert.notEqual((await people.execute(started.db.read)).rows[0]?.people, 0);
  } finally {
    await started.close();
  }
});

test('what a count under way keeps aside is neither backed up nor a table to spread', async () => {
  const aside = 'sheet_steps_0198_0';
  await sql`create table ${sql.table(aside)} as select 1 as met`.execute(world.runtime.db.read);
  assert.ok(!(aside in (await contents(world.runtime))));
  assert.ok(!(await tableFacts(world.runtime.db.read)).some(({ table }) => table === aside));
  await sql`drop table ${sql.table(aside)}`.execute(world.runtime.db.read);
});

test('restoring over data is refused; nothing changes', async () => {
  const before = await contents(restored);
  await assert.rejects(restoreBackup(restored, file), { reason: 'not_empty' });
  assert.deepEqual(await contents(restored), before);
});

test('a backup that was cut or has one wrong byte is told before anything is changed', async () => {
  const empty = await openTestDatabase();
  const emptyDir = join(folder, 'empty');
  const runtime = { ...restored, db: empty.db, config: { ...restored.config, dataDir: emptyDir } };
  try {
    const before = await contents(runtime);
    const whole = readFileSync(file);
    const bytes = Buffer.from(whole);
    const middle = Math.floor(bytes.length / 2);
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
    for (const [name, content] of [
      ['cut', whole.subarray(0, 5000)],
      ['short', whole.subarray(0, whole.length - 100)],
      ['flipped', bytes],
    ] as const) {
      const damaged = join(folder, `${name}.zip`);
      writeFileSync(damaged, content);
      await assert.rejects(restoreBackup(runtime, damaged), { reason: 'damaged_backup' }, name);
    }
    await assert.rejects(restoreBackup(runtime, join(folder, 'none.zip')), { reason: 'cannot_read' });
    assert.deepEqual(await contents(runtime), before);
    assert.equal(existsSync(emptyDir), false);
  } finally {
    await empty.close();
  }
});

test('a backup of a newer version is refused; rows find their columns, whatever order these have there', async () => {
  const empty = await openTestDatabase();
  const runtime = { ...restored, db: empty.db };
  const { db } = world.runtime;
  try {
    // As where a migration of a lower number was applied after one of a higher.
    await sql`insert into cadre (cadre_id, name, name_key) values (gen_random_uuid(), 'नाम', 'key')`.execute(
      db.read,
    );
    await sql`alter table cadre rename column name to other`.execute(db.read);
    await sql`alter table cadre add column name text`.execute(db.read);
    await sql`update cadre set name = other`.execute(db.read);
    await sql`alter table cadre drop column other cascade`.execute(db.read);
    await writeBackup(world.runtime, file);
    await restoreBackup(runtime, file);
    const cadres = sql`select cadre_id, name, name_key from cadre`;
    assert.deepEqual((await cadres.execute(empty.db.read)).rows, (await cadres.execute(db.read)).rows);
    await sql`insert into migration (name, digest) values ('9999-of-tomorrow.sql', '')`.execute(db.read);
    await writeBackup(world.runtime, file);
    await assert.rejects(restoreBackup(runtime, file), { reason: 'backup_of_newer_version' });
  } finally {
    await empty.close();
  }
});

test('a backup that cannot be written there says so, and why', async () => {
  await assert.rejects(writeBackup(world.runtime, '/nonexistent/x'), { reason: 'cannot_write' });
});

test('a backup tells how far it is by the size of all that it copies', async () => {
  const told: { done: number; total: number }[] = [];
  await writeBackup(world.runtime, join(folder, 'told.zip'), (stage, done, total) => {
    if (stage === 'write') told.push({ done, total });
  });
  const found = await sql<{
    most: number;
  }>`select pg_table_size('area') + pg_table_size('lesson') as most`.execute(world.runtime.db.read);
  assert.ok(told.every(({ total }) => total > (found.rows[0]?.most ?? 0)));
  assert.ok(new Set(told.map(({ done }) => done)).size > 10);
});

test('files that are removed while a backup runs are left out, and what is there is restored', async () => {
  const { storage } = world.runtime;
  const put = async (text: string) => (await storage.put(Readable.from([text]), { maxBytes: 100 })).key;
  const keys = (await Promise.all(['a', 'b', 'c'].map(put))).sort();
  const [, second = '', last = ''] = keys;
  const path = join(folder, 'busy.zip');
  const backup = await writeBackup(world.runtime, path, (stage) => {
    // The other one is listed by then, and not reached.
    const key = stage === 'write' ? second : last;
    rmSync(join(world.runtime.config.dataDir, 'files', key.slice(0, 2), key), { force: true });
  });
  const archive = await openArchive(path);
  await checkArchive(archive, () => undefined);
  archive.close();
  assert.deepEqual(
    keys.map((key) => archive.entries.has(`files/${key}`)),
    [true, false, false],
  );
  assert.equal(archive.manifest.files, backup.files);
});

test('what a killed backup to the same file has left goes with the next one, and nothing else', async () => {
  const killed = spawnSync(process.execPath, ['--version']);
  const path = join(folder, 'again.zip');
  const left = `${path}.${workName('partial').replace(`-${process.pid}-`, `-${killed.pid}-`)}`;
  const underWay = `${path}.${workName('partial')}`;
  const others = [underWay, `${path}.old`, join(folder, 'partial-other.zip')];
  for (const name of [left, ...others]) writeFileSync(name, 'पूर्व');
  await writeBackup(world.runtime, path);
  assert.deepEqual([left, ...others].map(existsSync), [false, true, true, true]);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('again.zip.partial-')),
    [basename(underWay)],
  );
});
