import { sql } from 'kysely';
import { countNewPeople, type KeyRange, noteUncounted } from '../../insight/index.ts';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import { addDays, todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { Refusal } from '../../kernel/errors.ts';
import { withMaker } from '../../kernel/one-instant.ts';
import { officeByCode, seedAreas } from '../../organisations/index.ts';
import { forgetDigests } from '../../reports/index.ts';
import { noteRosterChange } from '../../review/index.ts';
import { truncateEmpty, withoutIndexes } from '../without-indexes.ts';
import { addCompletions } from './completions.ts';
import { addCourses } from './courses.ts';
import { type Filling, handOver, setUpMaker } from './filling.ts';
import { type HowMade, keepHowMade } from './how-made.ts';
import { addOffices, idOf, type Range, rootCode } from './offices.ts';
import { addPeople, addPostings } from './people.ts';
import { addNames, addPosts, type Making, plannedKeys, planPeople, weightOf } from './plan-people.ts';
import { seededSql } from './random-sql.ts';
import { type Size, type SizeName, sizes } from './sizes.ts';

export type Generated = { root: string; size: SizeName; seed: number } & Omit<Size, 'idlePerMille'> & HowMade;

/** So many people are made and counted at a time: their rows are sorted in memory, not on disk. */
const peopleAtOnce = 300_000;
const learningDays = 540;
/** From so many people on indexes are made afterwards, where not many more are there already. */
const manyPeople = 100_000;
/** The largest first. */
const filled = ['completion', 'person', 'posting', 'person_contact', 'person_code'] as const;
/** Indexes of what made-up rows never are: imported by a file, merged, with a foreign number, learnt here. */
export const emptyIndexes = [
  'completion_import',
  'completion_foreign_no',
  'completion_office',
  'person_import',
  'person_merged_into',
  'person_controlling',
  'posting_import',
];

/**
 * Fills the installation with made-up offices under one root, people, courses and imported completions in one
 * transaction, and counts them after it. The same seed on the same day gives the same rows. Refused where the root
 * is there already.
 */
export async function generateData(ctx: Ctx, order: { size: SizeName; seed: number }): Promise<Generated> {
  requireRole(ctx, ['operator']);
  if (await officeByCode(ctx, rootCode)) throw isThereAlready();
  await seedAreas(ctx);
  const { idlePerMille: _, ...counts } = sizes[order.size];
  const result = { root: rootCode, ...order, ...counts };
  const began = performance.now();
  const portions = await withMaker(ctx.db, async (writer, maker) => {
    for (const { tx } of [writer, maker]) {
      await sql`set local work_mem = '256MB'`.execute(tx);
      await sql`set local jit = 'off'`.execute(tx);
    }
    await setUpMaker(maker);
    // Of two at once the second has waited until here for the schema of the first.
    if (await officeByCode(ctx, rootCode)) throw isThereAlready();
    const { tx } = writer;
    await noteUncounted(tx);
    await forgetDigests(tx);
    await noteRosterChange(tx);
    await audit(tx, ctx, auditEntry(result));
    return fillAll({ writer, maker }, { ...order, today: todayInIndia(ctx.clock) });
  });
  await vacuum(ctx, analyzed(filled));
  await countNewPeople(ctx, portions);
  // Each office was written a second time by the trigger that gives it its nodes.
  const office = sizes[order.size].people >= manyPeople ? '(full, analyze) office' : '(analyze) office';
  await vacuum(ctx, [office, ...analyzed(['office_counter', 'course', 'course_version'])]);
  return { ...result, ...(await keepHowMade(ctx, (performance.now() - began) / 1000)) };
}

/** Two at a time, in their order. */
async function vacuum({ db }: Ctx, orders: readonly string[]): Promise<void> {
  const left = [...orders];
  const worker = async () => {
    for (let order = left.shift(); order; order = left.shift()) await db.bulk.query(`vacuum ${order}`);
  };
  await Promise.all([worker(), worker()]);
}

function analyzed(tables: readonly string[]): string[] {
  return tables.map((table) => `(analyze) ${table}`);
}

type Pair = Omit<Filling, 'frozen'>;

async function fillAll(
  pair: Pair,
  order: { size: SizeName; seed: number; today: string },
): Promise<KeyRange[]> {
  const { tx } = pair.writer;
  const { seed, today } = order;
  const size = sizes[order.size];
  const random = seededSql(seed);
  const making: Making = { size, random, from: addDays(today, -learningDays), days: learningDays };
  const isMany = await isWorthIt(tx, size);
  const run = (statement: string) => sql.raw(statement).execute(tx);
  const bare = <T>(tables: readonly string[], work: () => Promise<T>) =>
    isMany ? withoutIndexes(run, tables, work, emptyIndexes) : work();
  const ranges = await bare(['office'], () => addOffices(tx, { size, seed, peopleAtOnce }));
  await addCourses(tx, { courses: size.courses, seed, day: addDays(making.from, -200) });
  await addPosts(tx, random);
  await handOver(pair, ['gen_office', 'gen_course', 'gen_post']);
  await addNames(pair.maker.tx);
  return bare(filled, async () => {
    const frozen = isMany ? await truncateEmpty(run, filled) : [];
    return fillRanges({ ...pair, frozen }, making, ranges);
  });
}

/** Making the indexes of many other people anew would take longer, and keep these waiting. */
async function isWorthIt(tx: Tx, size: Size): Promise<boolean> {
  if (size.people < manyPeople) return false;
  const most = Math.floor(size.people / 10);
  const found = await sql`select 1 from person offset ${most} limit 1`.execute(tx);
  return found.rows.length === 0;
}

/**
 * Nobody else knows these people before the end, and no order or campaign reaches offices that were not there: so
 * nothing is compared, noted or waited for. Returns the keys of each portion, for counting.
 */
async function fillRanges(filling: Filling, making: Making, ranges: Range[]): Promise<KeyRange[]> {
  const { tx } = filling.maker;
  const weights: number[] = [];
  for (const range of ranges) weights.push(await weightOf(tx, making, range));
  const total = Math.max(
    1,
    weights.reduce((sum, weight) => sum + weight, 0),
  );
  const keys: KeyRange[] = [];
  let before = 0;
  for (const [at, range] of ranges.entries()) {
    await planPeople(tx, making, { range, weights: { before, total } });
    before += weights[at] ?? 0;
    await addPeople(filling, making);
    await addPostings(filling, making);
    await addCompletions(filling, making);
    keys.push(...(await plannedKeys(tx)));
    await sql`drop table gen_person`.execute(tx);
  }
  return keys;
}

function auditEntry(made: Omit<Generated, keyof HowMade>) {
  const { root, ...detail } = made;
  return {
    action: 'data.generated',
    subjectKind: 'office',
    subjectId: root,
    officeId: idOf(`office ${made.seed} 0`, 0),
    detail,
  };
}

function isThereAlready(): Refusal {
  const text = {
    hi: `कार्यालय ${rootCode} पहले से है: काल्पनिक आँकड़े एक बार ही बनते हैं।`,
    en: `The office ${rootCode} is there already: made-up data are generated once.`,
  };
  return new Refusal('conflict', text, { reason: 'generated_already' });
}
