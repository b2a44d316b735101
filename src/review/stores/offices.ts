import { sql } from 'kysely';
import { countsSql } from '../../insight/index.ts';
import type { Day } from '../../kernel/dates.ts';
import type { Reads } from '../../kernel/db.ts';
import type { Place } from '../sheet/shape.ts';
import { highestInSql } from './areas.ts';

/** The offices on the way from the root, the last one included. */
export async function placesOnPath(reads: Reads, path: readonly string[]): Promise<Place[]> {
  const found = await sql<Place>`select 'office' as node, code, name_hi as "nameHi", name_en as "nameEn", kind
    from office where office_id = any(${path}::uuid[]) order by cardinality(path)`.execute(reads);
  return found.rows;
}

/** Sanctioned posts as entered: `recorded` are the offices whose numbers were added, `bare` those that none stands for. */
export type Strength = { strength: number; recorded: string[]; bare: string[] };

/**
 * Sanctioned posts of an office and of those right below it, where any are entered. An office's own number stands for
 * all below it; where it has none, the numbers nearest below are added.
 */
export async function strengthsOf(reads: Reads, officeId: string): Promise<(Strength & { code: string })[]> {
  const found = await sql<Strength & { code: string }>`with recursive
    wanted as (
      select office_id, code, strength from office where office_id = ${officeId} or parent_id = ${officeId}
    ),
    walk as (
      select office_id as wanted_id, office_id, strength from wanted
      union all
      select walk.wanted_id, below.office_id, below.strength
      from walk join office below on below.parent_id = walk.office_id
      where walk.strength is null
    )
    select wanted.code, sum(walk.strength) as strength,
      array_agg(walk.office_id) filter (where walk.strength is not null) as recorded,
      coalesce(array_agg(walk.office_id) filter (where walk.strength is null), '{}') as bare
    from wanted join walk on walk.wanted_id = wanted.office_id
    group by wanted.code having sum(walk.strength) is not null`.execute(reads);
  return found.rows;
}

/**
 * Sanctioned posts of an area: of the highest offices that stand there, by the same rule; `of` so many of these, `whole`
 * with a number of their own. Not known where one has offices elsewhere too, since its number stands for those as
 * well.
 */
export async function strengthOfArea(
  reads: Reads,
  nodeId: string,
): Promise<(Strength & { of: number; whole: number }) | null> {
  const found = await sql<Strength & { of: number; whole: number; isKnown: boolean }>`with recursive
    wanted as (
      select office_id, strength from office where ${highestInSql(nodeId)}
    ),
    walk as (
      select office_id, strength from wanted
      union all
      select below.office_id, below.strength
      from walk join office below on below.parent_id = walk.office_id
      where walk.strength is null and below.nodes @> array[${nodeId}::uuid]
    ),
    entered as (
      select sum(strength) as strength, array_agg(office_id) as recorded,
        not bool_or(exists (
          select from office elsewhere where elsewhere.path @> array[walk.office_id]
            and not elsewhere.nodes @> array[${nodeId}::uuid])) as is_known
      from walk where strength is not null
    )
    select entered.strength, entered.recorded, entered.is_known as "isKnown",
      array(select office_id from office where nodes @> array[${nodeId}::uuid]
        and not path && entered.recorded) as bare,
      (select count(*) from wanted) as "of",
      (select count(*) from wanted where strength is not null) as whole
    from entered where entered.strength is not null`.execute(reads);
  const [row] = found.rows;
  if (!row?.isKnown) return null;
  const { isKnown: _isKnown, ...known } = row;
  return known;
}

/** Whether somebody who counts on the day stands in bare offices alone, in none that a number stands for. */
export async function standsBare(
  reads: Reads,
  { recorded, bare, asOf }: Pick<Strength, 'recorded' | 'bare'> & { asOf: Day },
): Promise<boolean> {
  if (bare.length === 0) return false;
  const found = await sql`select 1 from posting join person using (person_id)
    where posting.office_id = any(${bare}::uuid[]) and ${countsSql('posting', asOf)}
      and person.account_day <= ${asOf}::date and person.merged_into is null
      and not exists (
        select from posting other join office using (office_id) where other.person_id = posting.person_id
          and ${countsSql('other', asOf)} and office.path && ${recorded}::uuid[])
    limit 1`.execute(reads);
  return found.rows.length > 0;
}

/** The one office above all others, where there is one. */
export async function loneRoot(reads: Reads): Promise<string | undefined> {
  const found = await sql<{
    id: string;
  }>`select office_id as id from office where parent_id is null limit 2`.execute(reads);
  return found.rows.length === 1 ? found.rows[0]?.id : undefined;
}
