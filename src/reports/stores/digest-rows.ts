import { sql } from 'kysely';
import {
  learningDigestColumns,
  learningDigestSql,
  personDigestColumns,
  personDigestSql,
} from './digest-sql.ts';
import { atName, carried, hereSql } from './places.ts';
import type { Digests, PlaceId, RowsWish, Sql } from './subject.ts';

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

/** As the rows of people's facts when they are summed, from digests. */
export function digestOfPeopleSql(wish: RowsWish, digests: Digests): Sql {
  const kept = sql`(${personsSql(wish, digests, wish.sample)})`;
  const shown = sql`d.person_id, d.class, d.has_signed_in, d.has_begun, d.has_ai, d.has_cyber, d.designation_id, d.cadre_id,
      d.completions, d.renewals, d.minutes, d.classroom_minutes ${namesOfClass(wish)}`;
  if (isEverywhere(wish))
    return sql`select ${shown} from ${kept} d where d.is_registered and d.office_id is not null`;
  const places = carried(wish.countedAt, 'here');
  const key = sql.join([sql`d.person_id`, ...wish.countedAt.map((place) => sql`here.${atName(place)}`)]);
  return sql`select ${shown} ${places} from ${kept} d join ${hereSql(wish)} here on here.office_id = d.office_id
    where d.is_registered and d.office_ids is null
    union all
    select * from (select distinct on (${key}) ${shown} ${places}
      from ${kept} d cross join lateral unnest(d.office_ids) as one (office_id)
        join ${hereSql(wish)} here on here.office_id = one.office_id
      where d.is_registered and d.office_ids is not null) several`;
}

/** Everybody's, as of the day: those whose digest does not say it from their facts. */
function personsSql({ asOf }: RowsWish, { touched, outdated }: Digests, sample?: number): Sql {
  const ids = [...new Set([...touched, ...outdated])];
  const kept = sql`select ${personDigestColumns} from person_digest ${sampled(sample)}`;
  if (ids.length === 0) return kept;
  return sql`${kept} where person_id <> all(${ids}::uuid[])
    union all select ${personDigestColumns} from (${personDigestSql({ afterId: null, untilId: null, ids }, asOf)}) anew`;
}

/**
 * As the rows of completions' facts when they are summed, from digests; `is_renewal` tells those that do not count as
 * new. Days are looked at where they are asked for, and in lists that reach beyond the period. Where courses are not asked
 * for either, a row stands for all of a list, `times` completions.
 */
export function digestOfCompletionsSql(wish: RowsWish, digests: Digests): Sql {
  const { asOf, from, needs } = wish;
  const places = [...wish.countedAt, ...wish.told];
  const told = sql`d.class ${namesOfClass(wish)}, d.source, d.is_renewal ${needs.has('posting') ? sql`, post.designation_id, post.cadre_id` : sql``}
      ${carried(
        places.filter((place) => place !== 'office'),
        'here',
      )} ${opaqueOffice(places)}`;
  const source = learningBesideSql(wish, digests);
  const ofEach = (columns: Sql, among: Sql) => sql`select ${told}, 1 as times, ${columns}
      ${needs.has('minutes') ? sql`, unnest(d.minutes) as minutes` : sql``}
      ${needs.has('course') ? sql`, unnest(d.course_nos) as course_no` : sql``}
    from ${source} where ${among}`;
  const within = (among: Sql) => sql`select * from (${ofEach(sql`unnest(d.days) as day`, among)}) c
    where c.day <= ${asOf}::date ${from ? sql`and c.day >= ${from}::date` : sql``}`;
  if (needs.has('day')) return within(sql`true`);
  const isWithin = sql`(d.days[cardinality(d.days)] <= ${asOf}::date ${from ? sql`and d.days[1] >= ${from}::date` : sql``})`;
  const whole = needs.has('course')
    ? ofEach(sql`null::date as day`, isWithin)
    : sql`select ${told}, cardinality(d.days) as times, null::date as day
        ${needs.has('minutes') ? sql`, d.total_minutes as minutes` : sql``} from ${source} where ${isWithin}`;
  return sql`${whole} union all ${within(sql`not ${isWithin}`)}`;
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
  return sql`(${learningSql(digests.touched, wish.sample)}) d
    ${isEverywhere(wish) ? sql`` : sql`join ${hereSql(wish)} here on here.office_id = d.office_id`}
    ${wish.needs.has('posting') ? sql`left join (${personsSql(wish, digests)}) post on post.person_id = d.person_id` : sql``}`;
}

function learningSql(touched: readonly string[], sample?: number): Sql {
  const kept = sql`select ${learningDigestColumns} from learning_digest ${sampled(sample)}`;
  if (touched.length === 0) return kept;
  return sql`${kept} where person_id <> all(${touched}::uuid[])
    union all select ${learningDigestColumns} from (${learningDigestSql({ afterId: null, untilId: null, ids: touched })}) anew`;
}

/** Pages from everywhere: neighbours in a table are people of one office. */
function sampled(perCent: number | undefined): Sql {
  return perCent === undefined ? sql`` : sql`tablesample system (${sql.lit(perCent)})`;
}

function isEverywhere(wish: RowsWish): boolean {
  return wish.isWhole === true && !wish.districts && wish.countedAt.length + wish.told.length === 0;
}
