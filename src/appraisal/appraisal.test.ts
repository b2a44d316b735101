import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import type { Ctx } from '../kernel/context.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import type { StatementContent } from './index.ts';
import { recomputeStatement } from './statements/recompute.ts';
import { askStatements, runStatements } from './statements/run-job.ts';
import { verifyStatements } from './statements/verify.ts';

const world = await openWorld();
after(() => world.close());

/** An appraisal officer of the department, whom the cast does not have. */
export function officer(key = 'anita', office = 'SW'): Ctx {
  const ctx = world.as(key);
  if (ctx.actor.kind !== 'person') throw new Error('no person');
  const grants = [...ctx.actor.grants, { role: 'appraisal', scopeId: world.officeId(office) }];
  return { ...ctx, actor: { ...ctx.actor, grants } };
}

async function course(code: string): Promise<string> {
  const id = newId();
  await sql`insert into course (course_id, code, title_hi, title_en, state, provider, competencies)
    values (${id}, ${code}, ${`कोर्स ${code}`}, ${`Course ${code}`}, 'published', 'iGOT', '{}')`.execute(
    world.runtime.db.read,
  );
  return id;
}

async function complete(key: string, courseId: string, day: string): Promise<string> {
  const id = newId();
  const personId = world.personId(key);
  await world.runtime.db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
        values (${personId}, ${id}, ${courseId}, ${day}, 'igot', 90)`.execute(tx);
    }),
  );
  return id;
}

async function freeze(year: string, officeCode: string, ctx = officer()) {
  const job = await askStatements(ctx, { kind: 'freeze', year, officeCode });
  await runStatements(ctx, job.jobId);
}

async function statementOf(key: string, year: string) {
  const found = await sql<{ no: string; content: string }>`select statement_no as no, content from statement
    where person_id = ${world.personId(key)} and year = ${year} and replaced_by_no is null`.execute(
    world.runtime.db.read,
  );
  const [row] = found.rows;
  assert.ok(row);
  return { no: row.no, content: JSON.parse(row.content) as StatementContent };
}

test('a frozen statement holds the year’s items and comes out again byte for byte', async () => {
  const ai = await course('H4-AI');
  await complete('sunita', ai, '2025-06-01');
  await complete('sunita', ai, '2025-08-01');
  await complete('sunita', await course('H4-OLD'), '2024-08-01');
  await freeze('2025-26', 'SW');
  const { no, content } = await statementOf('sunita', '2025-26');
  assert.deepEqual(
    content.items.map((item) => [item.code, item.completedOn, item.isRenewal]),
    [
      ['H4-AI', '2025-06-01', false],
      ['H4-AI', '2025-08-01', true],
    ],
  );
  assert.equal(content.totals.minutes, 90);
  assert.equal(content.person.name.en, 'Sunita Verma');
  assert.equal((await recomputeStatement(world.system, no)).isEqual, true);
  const verified = await verifyStatements(world.system, { officeIds: ['*'] });
  assert.ok(verified.checked >= 7);
  assert.deepEqual(verified.faults, []);
});
