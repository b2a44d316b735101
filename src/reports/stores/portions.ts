import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';
import { postedSql } from './range.ts';
import type { Range, Subject } from './subject.ts';

/** The first portion is small, so that a file begins at once; the others are large, so that each costs little. */
const firstPortion = 10_000;
const portion = 40_000;
/** So many posted people are looked up one by one. */
const few = 10_000;
const many = 150_000;

type Wish = { subject: Subject; office: { officeId: string; path: readonly string[] } };

/** The ranges of people that a list is read in, one after the other; found only as fast as they are wanted. */
export async function* rangesOf(reads: Reads, { subject, office }: Wish): AsyncGenerator<Range> {
  if (!subject.isAboutPersons) return yield { afterId: null, untilId: null };
  const posted = await spreadOf(reads, office);
  const isOfPlace = subject.id !== 'completions';
  if (posted === 'few' && isOfPlace)
    return yield { afterId: null, untilId: null, postedBelow: office.officeId };
  if (posted === 'some' && isOfPlace) return yield* rangesOfPosted(reads, office.officeId);
  yield* rangesOfAll(reads);
}

/** Whether an office has few people, some, or so many that all are read sooner than each is looked up. */
export async function spreadOf(reads: Reads, { officeId }: Wish['office']): Promise<'few' | 'some' | 'most'> {
  if (await isMore(reads, officeId, many)) return 'most';
  return (await isMore(reads, officeId, few)) ? 'some' : 'few';
}

async function isMore(reads: Reads, officeId: string, than: number): Promise<boolean> {
  const found = await sql<{ many: boolean }>`select exists (
    select from (${postedSql(officeId)}) member offset ${sql.lit(than)}) as many`.execute(reads);
  return found.rows[0]?.many ?? false;
}

async function* rangesOfAll(reads: Reads): AsyncGenerator<Range> {
  let afterId: string | null = null;
  for (let size = firstPortion; ; size = portion) {
    const found: { rows: { id: string }[] } = await sql<{ id: string }>`select person_id as id from person
      where ${afterId ? sql`person_id > ${afterId}` : sql`true`} order by person_id offset ${sql.lit(size - 1)} limit 1`.execute(
      reads,
    );
    const untilId: string | null = found.rows[0]?.id ?? null;
    yield { afterId, untilId };
    if (untilId === null) return;
    afterId = untilId;
  }
}

async function* rangesOfPosted(reads: Reads, postedBelow: string): AsyncGenerator<Range> {
  const found = await sql<{ id: string }>`select id from (
      select person_id as id, row_number() over (order by person_id) as place
      from (select distinct person_id from (${postedSql(postedBelow)}) member) once
    ) numbered where place % ${sql.lit(portion)} = ${sql.lit(firstPortion)} order by id`.execute(reads);
  let afterId: string | null = null;
  for (const { id } of found.rows) {
    yield { afterId, untilId: id, postedBelow };
    afterId = id;
  }
  yield { afterId, untilId: null, postedBelow };
}

/**
 * People in ranges of about one size, nine or, where they are `small`, a hundred, by what the database knows of its
 * keys; undefined before it has looked at them.
 */
export async function evenRanges(reads: Reads, size?: 'small'): Promise<Range[] | undefined> {
  const found = await sql<{ id: string }>`select unnest(histogram_bounds::text::uuid[]) as id from pg_stats
    where schemaname = current_schema() and tablename = 'person' and attname = 'person_id' order by id`.execute(
    reads,
  );
  const bounds = found.rows.map((row) => row.id);
  const inner = bounds.slice(1, -1).filter((_, at) => size === 'small' || at % 12 === 6);
  if (inner.length === 0) return undefined;
  return [null, ...inner].map((afterId, at) => ({ afterId, untilId: inner[at] ?? null }));
}

/** Whether every office is at or below this one. */
export async function isOnlyRoot(reads: Reads, { path }: Wish['office']): Promise<boolean> {
  if (path.length > 1) return false;
  const found = await sql<{
    roots: number;
  }>`select count(*) as roots from office where parent_id is null`.execute(reads);
  return found.rows[0]?.roots === 1;
}
