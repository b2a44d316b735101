import { sql } from 'kysely';
import { every } from './asked.ts';
import {
  keptPostsSql,
  learningDigestColumns,
  learningDigestSql,
  personDigestColumns,
  personDigestSql,
} from './digest-sql.ts';
import { atName, carried, hereSql, officesBelowSql } from './places.ts';
import type { Digests, PlaceId, Range, RowsWish, Sql } from './subject.ts';

/** What `class_of` made a number of; none where it is not known. */
export function groupOfClass(number: Sql): Sql {
  return sql`nullif(substr('ABCD', ${number} / 16, 1), '')`;
}

export function engagementOfClass(number: Sql): Sql {
  return sql`(array['permanent', 'temporary', 'contract', 'outsourced', 'honorary', 'elected', 'trainee'])[${number} / 2 % 8]`;
}

/** What the class says, where it is asked for: of a list of completions it would be made anew for each. */
function namesOfClass({ needs }: RowsWish): Sql {
  if (!needs.has('class')) return sql``;
  return sql`, ${groupOfClass(sql`d.class`)} as service_group, ${engagementOfClass(sql`d.class`)} as engagement`;
}

/**
 * As the rows of people's facts when they are summed, from digests, in parts. Where each place counts them: those with
 * one office, and the few with several, who must be sorted so that each place counts them once.
 */
export function digestOfPeopleSql(wish: RowsWish, digests: Digests): Sql[] {
  const kept = sql`(${personsSql(wish, digests, wish.sample)})`;
  const shown = sql`d.person_id, d.class, d.has_signed_in, d.has_begun, d.has_ai, d.has_cyber, d.designation_id, d.cadre_id,
      d.completions, d.renewals, d.minutes, d.classroom_minutes ${namesOfClass(wish)}`;
  if (isEverywhere(wish))
    return [sql`select ${shown} from ${kept} d where d.is_registered and d.office_id is not null`];
  const places = carried(wish.countedAt, 'here');
  const ofOne = sql`select ${shown} ${places} from ${kept} d join ${hereSql(wish)} here on here.office_id = d.office_id
    where d.is_registered and d.office_ids is null`;
  const key = sql.join([sql`d.person_id`, ...wish.countedAt.map((place) => sql`here.${atName(place)}`)]);
  const ofSeveral = sql`select * from (select distinct on (${key}) ${shown} ${places}
      from ${kept} d cross join lateral unnest(d.office_ids) as one (office_id)
        join ${hereSql(wish)} here on here.office_id = one.office_id
      where d.is_registered and d.office_ids is not null) several`;
  return [ofOne, ofSeveral];
}

/** Everybody's, as of the day: those whose digest does not say it from their facts. */
function personsSql({ asOf }: RowsWish, digests: Digests, sample?: number): Sql {
  const ids = fromFacts(digests);
  const kept = sql`select ${personDigestColumns} from person_digest ${sampled(sample)}`;
  if (ids.length === 0) return kept;
  return sql`${kept} where person_id <> all(${ids}::uuid[])
    union all select ${personDigestColumns} from (${personDigestSql(only(ids), asOf)}) anew`;
}

function fromFacts({ touched, outdated }: Digests): string[] {
  return [...new Set([...touched, ...outdated])];
}

function only(ids: readonly string[]): Range {
  return { afterId: null, untilId: null, ids };
}

/**
 * As the rows of completions' facts when they are summed, from digests; `is_renewal` tells those that do not count as
 * new. Days are looked at where they are asked for, and in lists that reach beyond the period. Where courses are not asked
 * for either, a row stands for all of a list, `times` completions.
 */
export function digestOfCompletionsSql(wish: RowsWish, digests: Digests): Sql {
  const { asOf, from, needs } = wish;
  const places = [...wish.countedAt, ...wish.told];
  const told = sql`d.class ${namesOfClass(wish)}, d.source, d.is_renewal ${needs.has('posting') ? sql`, ${postOf(wish)}.designation_id, ${postOf(wish)}.cadre_id` : sql``}
      ${carried(
        places.filter((place) => place !== 'office'),
        'here',
      )} ${opaqueOffice(places)}`;
  const source = learningBesideSql(wish, digests);
  const ofEach = (columns: Sql, among: Sql) => sql`select ${told}, 1 as times, ${columns}
      ${needs.has('minutes') ? sql`, unnest(d.minutes) as minutes` : sql``}
      ${needs.has('course') ? sql`, unnest(d.course_nos) as course_no` : sql``}
    from ${source} where ${among}`;
  const until = digests.hasLater ? [sql`${asOf}::date`] : [];
  const since = from ? [sql`${from}::date`] : [];
  const within = (among: Sql) => sql`select * from (${ofEach(sql`unnest(d.days) as day`, among)}) c
    where ${every([...until.map((day) => sql`c.day <= ${day}`), ...since.map((day) => sql`c.day >= ${day}`)])}`;
  if (needs.has('day')) return within(sql`true`);
  const spans = [
    ...until.map((day) => sql`d.days[cardinality(d.days)] <= ${day}`),
    ...since.map((day) => sql`d.days[1] >= ${day}`),
  ];
  const whole = needs.has('course')
    ? ofEach(sql`null::date as day`, every(spans))
    : sql`select ${told}, cardinality(d.days) as times, null::date as day
        ${needs.has('minutes') ? sql`, d.total_minutes as minutes` : sql``} from ${source} where ${every(spans)}`;
  return spans.length === 0 ? whole : sql`${whole} union all ${within(sql`not (${every(spans)})`)}`;
}

/**
 * The office as something of which the planner knows no statistics: it takes offices beside courses or days for as
 * many groups as rows, and then lets one process sum them all.
 */
function opaqueOffice(places: readonly PlaceId[]): Sql {
  return places.includes('office') ? sql`, nullif(here.at_office, ${noOffice}::uuid) as at_office` : sql``;
}

const noOffice = '00000000-0000-0000-0000-000000000000';

function learningBesideSql(wish: RowsWish, digests: Digests): Sql {
  return sql`(${learningSql(wish, digests)}) d
    ${isEverywhere(wish) ? sql`` : sql`join ${hereSql(wish)} here on here.office_id = d.office_id`}
    ${wish.needs.has('posting') && !wish.isWhole ? sql`left join (${postedHereSql(wish, digests)}) post on post.person_id = d.person_id` : sql``}`;
}

/** Where everybody's office is one of the report's, the post beside the completions is told; else of those who stand in one. */
function postOf({ isWhole }: RowsWish): Sql {
  return sql.ref(isWhole ? 'd' : 'post');
}

/** People of one office are told by it; only the few of several are looked at office by office. */
function postedHereSql(wish: RowsWish, digests: Digests): Sql {
  const people = personsSql(wish, digests);
  const below = officesBelowSql(wish);
  return sql`select person_id, designation_id, cadre_id from (${people}) p
    where p.office_ids is null and p.office_id in (${below})
    union all
    select distinct p.person_id, p.designation_id, p.cadre_id
    from (${people}) p cross join lateral unnest(p.office_ids) as one (office_id)
      join (${below}) here_below on here_below.office_id = one.office_id where p.office_ids is not null`;
}

/** Everybody's, with where they stand as of the day where that is asked for. */
function learningSql({ asOf, needs, sample }: RowsWish, digests: Digests): Sql {
  const ids = fromFacts(digests);
  const kept = sql`select ${learningDigestColumns} from learning_digest ${sampled(sample)}`;
  if (ids.length === 0) return kept;
  const posts = needs.has('posting') ? personDigestSql(only(ids), asOf) : keptPostsSql(only(ids));
  const anew = learningDigestSql(only(ids), posts);
  return sql`${kept} where person_id <> all(${ids}::uuid[]) union all select ${learningDigestColumns} from (${anew}) anew`;
}

/** Pages from everywhere: neighbours in a table are people of one office. */
function sampled(perCent: number | undefined): Sql {
  return perCent === undefined ? sql`` : sql`tablesample system (${sql.lit(perCent)})`;
}

function isEverywhere(wish: RowsWish): boolean {
  return wish.isWhole === true && wish.areas.length === 0 && wish.countedAt.length + wish.told.length === 0;
}
