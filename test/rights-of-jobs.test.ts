import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { fileJob as statementsJob } from '../src/appraisal/files/make-file.ts';
import { batchJob } from '../src/credentials/bulk/run-batch.ts';
import { importJobs, workOn } from '../src/imports/jobs.ts';
import { newId } from '../src/kernel/ids.ts';
import { checkImport } from '../src/kernel/imports/index.ts';
import { makeToken } from '../src/people/index.ts';
import { askRun, ownRun } from '../src/reports/ask-run.ts';
import { fileJob } from '../src/reports/make-file.ts';
import { receive } from './imports/files.ts';
import { openWorld } from './world.ts';

const world = await openWorld();
after(() => world.close());
const { storage, db } = world.runtime;
const ramesh = world.as('ramesh');
const asked = { actor: ramesh.actor, requestId: 'r', ip: null };
const last = { isLast: false };

async function stateOf(table: string, key: string, id: string): Promise<unknown> {
  const found = await sql<{
    state: string;
    failure: string | null;
  }>`select state, failure from ${sql.table(table)}
    where ${sql.ref(key)} = ${id}`.execute(db.read);
  return found.rows[0];
}

test('what a job does is done by the rights of that moment, and not by those of when it was asked for', async () => {
  const importId = await receive(
    ramesh,
    'roster',
    Buffer.from('employee_code,name_en,office_code,posted_on\nNEW1,New One,SW-BBK,2026-01-01\n'),
  );
  await checkImport(ramesh, importId);
  await workOn(ramesh, { importId, act: 'commit', rows: 30_000 });
  const definition = { subject: 'people' as const, office: 'SW-BBK', columns: ['code'] };
  const runId = await askRun(ramesh, { definition, name: 'सूची', format: 'csv', language: 'hi' });
  const [certificates, statements] = [newId(), newId()];
  const common = sql`${world.officeId('SW-BBK')}, 1, now(), ${world.personId('ramesh')}`;
  await sql`insert into certificate_batch (certificate_batch_id, kind, office_id, total, created_at, created_by)
    values (${certificates}, 'download', ${common})`.execute(db.read);
  await sql`insert into statement_batch (statement_batch_id, year, language, office_id, total, created_at, created_by)
    values (${statements}, '2025-26', 'hi', ${common})`.execute(db.read);
  await sql`update role_grant set ended_at = now() where person_id = ${world.personId('ramesh')}`.execute(
    db.read,
  );
  await importJobs()['imports:commit']?.(world.system, { ...asked, importId }, last);
  await fileJob(storage)(world.system, { ...asked, runId }, last);
  await batchJob(storage)(world.system, { ...asked, batchId: certificates }, last);
  await statementsJob(storage)(world.system, { ...asked, batchId: statements }, last);
  const gone = { state: 'failed', failure: 'no_right' };
  assert.deepEqual(await stateOf('certificate_batch', 'certificate_batch_id', certificates), gone);
  assert.deepEqual(await stateOf('statement_batch', 'statement_batch_id', statements), gone);
  const run = await ownRun(ramesh, runId);
  assert.deepEqual({ state: run.state, failure: run.failure }, gone);
  const people = await sql`select 1 from person where employee_code = 'NEW1'`.execute(db.read);
  assert.equal(people.rows.length, 0);
  const found = await sql<{ state: string }>`select state from import where import_id = ${importId}`.execute(
    db.read,
  );
  assert.equal(found.rows[0]?.state, 'failed');
});

test('a token that is revoked meanwhile imports nothing', async () => {
  const token = await makeToken(world.system, { officeCode: 'SW', role: 'nodal' });
  const app = await world.app();
  const headers = { authorization: `Bearer ${token}` };
  assert.equal((await app.inject({ url: '/api/v1/offices/SW', headers })).statusCode, 200);
  const found = await sql<{ id: string }>`select api_token_id as id from api_token limit 1`.execute(db.read);
  const tokenId = found.rows[0]?.id ?? '';
  const grants = [{ role: 'nodal', scopeId: world.officeId('SW') }];
  const ctx = { ...world.system, actor: { kind: 'token' as const, tokenId, grants } };
  const line = 'employee_code,name_en,office_code,posted_on\n';
  const ids = [];
  for (const code of ['TOK1', 'TOK2'])
    ids.push(await receive(ctx, 'roster', Buffer.from(`${line}${code},Name,SW-BBK,2026-01-01\n`)));
  const work = async (importId = '') => {
    await checkImport(ctx, importId);
    await workOn(ctx, { importId, act: 'commit', rows: 30_000 });
    const payload = { importId, actor: ctx.actor, requestId: 'r', ip: null };
    await importJobs()['imports:commit']?.(world.system, payload, last);
  };
  await work(ids[0]);
  await sql`update api_token set revoked_at = now()`.execute(db.read);
  await work(ids[1]);
  const people = await sql<{ code: string }>`select employee_code as code from person
    where employee_code in ('TOK1', 'TOK2')`.execute(db.read);
  assert.deepEqual(people.rows, [{ code: 'TOK1' }]);
});
