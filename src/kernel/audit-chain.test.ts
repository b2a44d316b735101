import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { audit } from './audit.ts';
import { sealAudit, verifyAudit } from './audit-chain.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;
const write = (n: number) =>
  db.transaction((tx) =>
    audit(tx, world.system, {
      action: 'test.done',
      subjectKind: 'test',
      subjectId: String(n),
      detail: { z: 1, a: [n, 'हिंदी'] },
    }),
  );

/** A transaction of any database of the server holds sealing back for its time; other tests run beside. */
async function sealAll(): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    await sealAudit(db);
    if ((await verifyAudit(db)).unsealed === 0) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}

test('every committed row is sealed once, in an unbroken chain', async () => {
  for (let n = 0; n < 30; n += 1) await write(n);
  await Promise.all([sealAll(), sealAll(), sealAll()]);
  const report = await verifyAudit(db);
  assert.equal(report.unsealed, 0);
  assert.ok(report.sealed >= 30);
  assert.deepEqual(report.faults, []);
});

test('a writer that has not committed is not waited for, and is sealed later', async () => {
  const open = await db.pool.connect();
  await open.query('begin');
  await open.query('select pg_current_xact_id()');
  await write(100);
  assert.equal(await sealAudit(db), 0);
  await open.query('commit');
  open.release();
  await sealAll();
  assert.equal((await verifyAudit(db)).unsealed, 0);
});

test('a changed, a removed and a reordered row are found; a lawful erasure is not a fault', async () => {
  await sql`update audit_event set action = 'test.forged' where subject_id = '3'`.execute(db.read);
  assert.deepEqual(
    (await verifyAudit(db)).faults.map((fault) => fault.fault),
    ['digest'],
  );
  await sql`update audit_event set action = 'test.done' where subject_id = '3'`.execute(db.read);
  await sql`update audit_seal set salt = null where audit_event_id = (select audit_event_id from audit_event where subject_id = '5')`.execute(
    db.read,
  );
  await sql`delete from audit_event where subject_id = '5'`.execute(db.read);
  const erased = await verifyAudit(db);
  assert.deepEqual([erased.erased, erased.faults.length], [1, 0]);
  await sql`delete from audit_event where subject_id = '7'`.execute(db.read);
  assert.deepEqual(
    (await verifyAudit(db)).faults.map((fault) => fault.fault),
    ['missing'],
  );
  await sql`delete from audit_seal where seal_number = 2`.execute(db.read);
  assert.ok((await verifyAudit(db)).faults.some((fault) => fault.fault === 'gap' || fault.fault === 'link'));
});
