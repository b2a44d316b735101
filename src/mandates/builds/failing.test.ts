import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { newId } from '../../kernel/ids.ts';
import { draftMandate } from '../draft-mandate.ts';
import { mandateFigures } from '../mandate-summary.ts';
import { askPublication, publishMandate } from '../publish-mandate.ts';
import { reconcileMandates } from '../reconcile-mandates.ts';
import { readOrder } from '../rules/order-file.ts';
import { recountAll, settleMandates } from '../settle.ts';
import { nextBuild, progressOf, recountFailure } from '../stores/builds.ts';
import { orderByNumber } from '../stores/orders.ts';
import { giveUpPublication } from './give-up-publication.ts';
import { runBuilds } from './run-builds.ts';

const world = await openWorld();
after(() => world.close());
const ctx = world.system;
const { db } = world.runtime;
const courseId = newId();
await sql`insert into course (course_id, code, title_en, state, tags)
  values (${courseId}, 'F1', 'One', 'published', '{}')`.execute(db.read);

function file(number: string, more: Record<string, unknown> = {}) {
  const window = { from: '2026-04-01', to: '2026-12-31' };
  const condition = { courses: { atLeast: 1, tag: 'ai' } };
  const head = { order: { number, date: '2026-04-01', issuer: 'X' }, title: { en: 'X' } };
  return readOrder({ ...head, scope: { offices: ['SW'] }, window, condition, ...more });
}

/** A draft whose counting no database can do, on its way to be put in force. */
async function broken(number: string): Promise<string> {
  const { order } = await draftMandate(ctx, file(number));
  await askPublication(ctx, number, { few: 0 });
  await firstDay(number, '2026-02-31');
  return order.mandateId;
}

async function firstDay(number: string, day: string): Promise<void> {
  await sql`update mandate set rules = jsonb_set(rules, '{window,from}', to_jsonb(${day}::text))
    where number = ${number}`.execute(db.read);
}

const bound = async (number: string) => (await mandateFigures(ctx, { number, office: 'SW' })).bound;
const acts = async (mandateId: string) =>
  (
    await sql<{ action: string }>`select action from audit_event where subject_id = ${mandateId}
      order by happened_at, audit_event_id`.execute(db.read)
  ).rows.map((row) => row.action);

test('what fails for good stops with its reason and lets later orders pass; mended and asked for again it is put in force', async () => {
  const mandateId = await broken('FAIL/1');
  await draftMandate(ctx, file('AFTER/1'));
  await askPublication(ctx, 'AFTER/1', { few: 0 });
  const faults: unknown[] = [];
  await runBuilds(ctx, { partSize: 3, failed: (error) => faults.push(error) });
  assert.equal(faults.length, 3);
  assert.ok((await bound('AFTER/1')) > 0);
  const progress = await progressOf(db.read, mandateId);
  assert.ok(
    progress?.failed && /\n.*technical fault.*22008/.test(progress.failure ?? ''),
    progress?.failure ?? '',
  );
  assert.equal((await orderByNumber(db.read, 'FAIL/1'))?.state, 'draft');
  await assert.rejects(publishMandate(ctx, 'FAIL/1'), { reason: 'publication_failed' });

  await firstDay('FAIL/1', '2026-04-01');
  await publishMandate(ctx, 'FAIL/1');
  assert.equal(await bound('FAIL/1'), await bound('AFTER/1'));
  assert.deepEqual(await acts(mandateId), [
    ...['mandate.drafted', 'mandate.publication_asked', 'mandate.publication_failed'],
    ...['mandate.publication_asked', 'mandate.publication_failed'],
    ...['mandate.publication_asked', 'mandate.published'],
  ]);
  assert.deepEqual(await reconcileMandates(ctx), []);
});

test('who may publish reads the reason on the order’s page, tries again or gives up, and then rewrites the draft', async () => {
  const mandateId = await broken('FAIL/2');
  const here = `/office/orders/${mandateId}`;
  assert.equal((await asked('anita', 'POST', `${here}/publication/ending`)).statusCode, 404);
  await runBuilds(ctx);
  assert.match((await asked('anita', 'GET', here)).body, /तकनीकी त्रुटि आई \(22008\).*फिर से लागू करें/s);
  assert.equal((await asked('sunita', 'POST', `${here}/publication/ending`)).statusCode, 403);
  assert.equal((await asked(undefined, 'POST', `${here}/publication/ending`)).statusCode, 401);

  assert.equal((await asked('anita', 'POST', `${here}/publication`)).headers.location, `${here}?follow=1`);
  assert.equal((await asked('anita', 'POST', `${here}/publication`)).statusCode, 404);
  await runBuilds(ctx);
  assert.equal((await asked('anita', 'POST', `${here}/publication/ending`)).headers.location, here);
  await firstDay('FAIL/2', '2026-04-01');
  const draft = await asked('anita', 'GET', here);
  assert.match(draft.body, /तकनीकी त्रुटि.*प्रारूप/s);
  assert.equal((await asked('anita', 'GET', `${here}/edit`)).statusCode, 200);
});

async function asked(key: string | undefined, method: 'GET' | 'POST', url: string) {
  const headers = key ? (await signedIn(world, key)).headers : {};
  return (await world.app()).inject({ method, url, headers: { 'accept-language': 'hi', ...headers } });
}

test('of whom a publication failed, a draft written anew takes its place', async () => {
  const mandateId = await broken('FAIL/3');
  await assert.rejects(draftMandate(ctx, file('FAIL/3', { graceDays: 3 })), { reason: 'being_published' });
  await runBuilds(ctx);
  assert.equal((await draftMandate(ctx, file('FAIL/3', { graceDays: 3 }))).outcome, 'changed');
  assert.ok((await acts(mandateId)).includes('mandate.publication_given_up'));
  await publishMandate(ctx, 'FAIL/3');
  assert.ok((await bound('FAIL/3')) > 0);
});

test('an extension that was given up says on its page why it could not be put in force', async () => {
  await draftMandate(ctx, file('CITED/1'));
  await publishMandate(ctx, 'CITED/1');
  const extension = { order: { number: 'CITED/2', date: '2026-11-01', issuer: 'X' }, title: { en: 'X' } };
  const extended = { ...extension, extends: { number: 'CITED/1', until: '2027-03-31' } };
  const { order } = await draftMandate(ctx, readOrder(extended));
  await askPublication(ctx, 'CITED/2', { few: 0 });
  await firstDay('CITED/1', '2026-02-31');
  await runBuilds(ctx);
  await firstDay('CITED/1', '2026-04-01');
  await giveUpPublication(ctx, 'CITED/2');
  const page = (await asked('anita', 'GET', `/office/orders/${order.mandateId}`)).body;
  assert.match(page, /आदेश लागू नहीं हो सका[\s\S]*तकनीकी त्रुटि/);
});

test('a recount that fails is tried again later, and holds up no order meanwhile', async () => {
  await firstDay('FAIL/1', '2026-02-31');
  await recountAll(ctx, 0);
  await runBuilds(ctx);
  assert.equal(await nextBuild(db.read), undefined);
  await draftMandate(ctx, file('AFTER/2'));
  await publishMandate(ctx, 'AFTER/2');
  assert.ok((await bound('AFTER/2')) > 0);
  assert.match((await recountFailure(db.read)) ?? '', /दोबारा गणना/);
  const id = (await orderByNumber(db.read, 'AFTER/2'))?.mandateId;
  assert.match((await asked('anita', 'GET', `/office/orders/${id}`)).body, /दोबारा नहीं गिने जा सके/);

  await firstDay('FAIL/1', '2026-04-01');
  await recountAll(ctx, 0);
  await runBuilds(ctx);
  const left = await sql`select 1 from mandate_build where finished_at is null`.execute(db.read);
  assert.equal(left.rows.length, 0);
  assert.equal(await recountFailure(db.read), undefined);
  assert.deepEqual(await reconcileMandates(ctx), []);
});

test('tags that change while sheets are made are counted by the recount that follows', async () => {
  const met = async () => (await mandateFigures(ctx, { number: 'TAGS/1', office: 'SW' })).met;
  await draftMandate(ctx, file('TAGS/1'));
  const posted = await sql<{
    id: string;
  }>`select person_id as id from mandate_standing join mandate using (mandate_id)
    where number = 'AFTER/1' order by 1 limit 4`.execute(db.read);
  for (const { id } of posted.rows)
    await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
      values (${id}, ${newId()}, ${courseId}, '2026-05-01', 'import', 60)`.execute(db.read);
  const tag = (tags: string[]) =>
    sql`update course set tags = ${tags}::text[] where course_id = ${courseId}`.execute(db.read);

  await askPublication(ctx, 'TAGS/1', { few: 0 });
  let parts = 0;
  const told = () => {
    parts += 1;
    // After the first part, in the middle of the work.
    if (parts === 1) void tag(['ai']);
  };
  await runBuilds(ctx, { partSize: 3, told });
  assert.ok(parts > 2);
  await settleMandates(ctx);
  assert.equal(await met(), 4);

  // The same while everybody is counted again: what comes after its beginning asks for another turn.
  await recountAll(ctx, 0);
  await runBuilds(ctx, { partSize: 3, told: () => void (parts++ === 4 && tag([])) });
  await settleMandates(ctx);
  assert.equal(await met(), 0);
  assert.deepEqual(await reconcileMandates(ctx), []);
});
