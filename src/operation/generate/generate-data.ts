import { sql } from 'kysely';
import { foldCounters } from '../../insight/index.ts';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import { addDays, todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { Refusal } from '../../kernel/errors.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { officeByCode } from '../../organisations/index.ts';
import { addCourses } from './courses.ts';
import { addOffices, idOf, rootCode } from './offices.ts';
import {
  addCompletions,
  addDesignations,
  addNames,
  addPeople,
  addPostings,
  type Making,
  planPeople,
  type Range,
} from './people.ts';
import { seededSql } from './random-sql.ts';
import { type Size, type SizeName, sizes } from './sizes.ts';

export type Generated = { root: string; size: SizeName; seed: number } & Omit<Size, 'idlePerMille'>;

/** So many people are made in one transaction; a nation takes eight, and would fill the disk in one. */
const peopleAtOnce = 2_000_000;
const learningDays = 540;

/**
 * Fills the installation with made-up offices under one root, people, courses and imported completions, and
 * counts them. The same seed on the same day gives the same rows. Refused where the root is there already.
 */
export async function generateData(ctx: Ctx, order: { size: SizeName; seed: number }): Promise<Generated> {
  requireRole(ctx, ['operator']);
  if (await officeByCode(ctx, rootCode)) throw isThereAlready();
  const size = sizes[order.size];
  const today = todayInIndia(ctx.clock);
  const random = seededSql(order.seed);
  const making: Making = { size, random, from: addDays(today, -learningDays), days: learningDays };
  const result: Generated = {
    root: rootCode,
    ...order,
    people: size.people,
    offices: size.offices,
    courses: size.courses,
    completions: size.completions,
  };
  for (let first = 0; first < size.people; first += peopleAtOnce) {
    const range = { first, end: Math.min(first + peopleAtOnce, size.people) };
    await ctx.db.longTransaction(async (tx) => {
      await generateRange(tx, making, { ...range, seed: order.seed });
      if (first === 0) await audit(tx, ctx, auditEntry(result));
    });
  }
  await foldCounters(ctx);
  await tidyUp(ctx);
  return result;
}

async function generateRange(tx: Tx, making: Making, range: Range & { seed: number }): Promise<void> {
  await sql`set local work_mem = '256MB'`.execute(tx);
  if (range.first === 0) await addReference(tx, making, range.seed);
  else await readReference(tx, making.size);
  await addDesignations(tx, making.random);
  await addNames(tx);
  await planPeople(tx, making, range);
  await changeFacts(tx, { table: 'gen_person' }, async () => {
    await addPeople(tx, making);
    await addPostings(tx, making);
    await addCompletions(tx, making);
  });
}

async function addReference(tx: Tx, { size, from }: Making, seed: number): Promise<void> {
  await addOffices(tx, { offices: size.offices, seed });
  await addCourses(tx, { courses: size.courses, seed, day: addDays(from, -200) });
}

/** The later transactions of a nation find what the first one made. */
async function readReference(tx: Tx, size: Size): Promise<void> {
  await sql`create temporary table gen_office on commit drop as
    select case when code = ${rootCode} then 0 else substr(code, ${rootCode.length + 2})::int end as n, office_id
    from office where code = ${rootCode} or code like ${`${rootCode}-%`}`.execute(tx);
  await sql`create temporary table gen_course on commit drop as
    select substr(c.code, 6)::int - 1 as n, c.course_id, v.course_version_id, v.duration_minutes as minutes
    from course c join course_version v on v.course_version_id = c.current_version_id
    where c.code like 'GENC-%' and substr(c.code, 6)::int <= ${size.courses}`.execute(tx);
}

function auditEntry(made: Generated) {
  const { root, ...detail } = made;
  return {
    action: 'data.generated',
    subjectKind: 'office',
    subjectId: root,
    officeId: idOf(`office ${made.seed} 0`, 0),
    detail,
  };
}

/** So many rows at once change what the planner should know, and leave pages to be marked visible. */
async function tidyUp(ctx: Ctx): Promise<void> {
  for (const table of [
    'office',
    'person',
    'posting',
    'completion',
    'course',
    'course_version',
    'office_counter',
  ])
    await ctx.db.bulk.query(`vacuum (analyze) ${table}`);
}

function isThereAlready(): Refusal {
  const text = {
    hi: `कार्यालय ${rootCode} पहले से है: काल्पनिक आँकड़े एक बार ही बनते हैं।`,
    en: `The office ${rootCode} is there already: made-up data are generated once.`,
  };
  return new Refusal('conflict', text, { reason: 'generated_already' });
}
