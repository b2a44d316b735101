import { sql } from 'kysely';
import { countsBesideSql, foremostSql, sightSql } from '../../insight/index.ts';
import { classDimensions, courseDimensions, periodDimensions } from './classes.ts';
import { personColumns } from './columns.ts';
import { digestOfCompletionsSql } from './digest-rows.ts';
import { counted, derived, less, minutes } from './measures.ts';
import { awaySql } from './people.ts';
import { carried, hereSql, officesBelowSql, placeDimensions } from './places.ts';
import { inRange } from './range.ts';
import type { Dimension, RowsWish, Sql, Subject } from './subject.ts';

const kind: Dimension = {
  id: 'kind',
  name: { hi: 'पूर्णता या नवीनीकरण', en: 'First or renewal' },
  key: sql`case when r.is_first then 'first' else 'renewal' end`,
  needs: ['firsts'],
  isListOnly: true,
  words: { first: { hi: 'प्रथम पूर्णता', en: 'First' }, renewal: { hi: 'नवीनीकरण', en: 'Renewal' } },
};

const source: Dimension = {
  id: 'source',
  name: { hi: 'स्रोत', en: 'Source' },
  key: sql.ref('r.source'),
  filter: (values) => sql`r.source = any(${values}::text[])`,
};

/** The activity view: each completion once, where its person was posted on the day of it. */
export const completions: Subject = {
  id: 'completions',
  name: { hi: 'पूर्णताएँ', en: 'Completions' },
  lead: {
    hi: 'गतिविधि दृष्टि: हर पूर्णता उस कार्यालय, समूह और नियुक्ति प्रकार में, जहाँ कार्मिक उस दिन पदस्थ था। पदनाम और संवर्ग "की स्थिति" वाले दिन के हैं; उस दिन इस रिपोर्ट के कार्यालयों में पदस्थ न रहे कार्मिकों के नहीं बताए जाते।',
    en: 'Activity view: each completion at the office, group and engagement of its person on that day. Designation and cadre are those of the “as of” day; they are not told of people who do not stand in the report’s offices then.',
  },
  dimensions: [
    ...placeDimensions,
    ...classDimensions,
    ...courseDimensions,
    ...periodDimensions,
    kind,
    source,
  ],
  columns: [
    ...personColumns.filter(({ id }) => !['joinedOn', 'retiresOn'].includes(id)),
    {
      id: 'courseCode',
      name: { hi: 'पाठ्यक्रम कोड', en: 'Course code' },
      type: 'text',
      sql: sql`co.code`,
      joins: ['course'],
    },
    { id: 'completedOn', name: { hi: 'पूर्ण तिथि', en: 'Completed on' }, type: 'day', sql: sql`r.day` },
    { id: 'minutes', name: { hi: 'मिनट', en: 'Minutes' }, type: 'number', sql: sql`r.minutes` },
    {
      id: 'certificateNo',
      name: { hi: 'बाहरी प्रमाणपत्र संख्या', en: 'Foreign certificate number' },
      type: 'text',
      sql: sql`r.foreign_certificate_no`,
    },
  ],
  measures: [
    derived('completions', { kind: 'count', parts: ['all', 'renewals'], of: less('all', 'renewals') }),
    counted('renewals'),
    {
      ...minutes('digital_minutes', 'all_minutes', 'renewal_minutes'),
      of: less('all_minutes', 'renewal_minutes'),
    },
  ],
  sums: {
    all: { sql: sql`count(*)`, ofDigests: sql`sum(r.times)` },
    all_minutes: { sql: sql`sum(r.minutes)`, needs: ['minutes'] },
    renewals: {
      sql: sql`count(*)`,
      isOfRepeats: true,
      ofDigests: sql`coalesce(sum(r.times) filter (where r.is_renewal), 0)`,
    },
    renewal_minutes: {
      sql: sql`sum(r.minutes)`,
      isOfRepeats: true,
      ofDigests: sql`coalesce(sum(r.minutes) filter (where r.is_renewal), 0)`,
      needs: ['minutes'],
    },
  },
  isOfActivity: true,
  isAboutPersons: true,
  hasPeriod: true,
  isSplit: false,
  listKey: 'person_id',
  rows: completionRows,
  repeats: repeatRows,
};

function completionRows(wish: RowsWish): Sql {
  if (wish.digests) return digestOfCompletionsSql(wish, wish.digests);
  return rowsFrom(wish, { source: sql`completion c`, more: sql`` });
}

/**
 * Renewals alone. Of many people, the courses that anybody completed more than once are found first, range by
 * range in the unique index, so that workers share it and each keeps little; of few, each row asks for an earlier one.
 */
function repeatRows(wish: RowsWish): Sql {
  if (!wish.parts?.length) return rowsFrom(wish, { source: sql`completion c`, more: sql`and ${hasEarlier}` });
  const repeated = wish.parts.map(
    (range) => sql`select person_id, course_id, min(completed_day) as first_day from completion
      where voided_at is null and ${inRange('completion', range)}
      group by person_id, course_id having count(*) > 1`,
  );
  return rowsFrom(wish, {
    // Looked up one by one: how few they are is not known beforehand, and all others must not be sorted for them.
    source: sql`(${sql.join(repeated, sql` union all `)}) repeated cross join lateral (
      select * from completion later where later.person_id = repeated.person_id and later.course_id = repeated.course_id
        and later.completed_day > repeated.first_day and later.voided_at is null offset 0) c`,
    more: sql``,
  });
}

const hasEarlier = sql`exists (select from completion earlier where earlier.person_id = c.person_id
    and earlier.course_id = c.course_id and earlier.completed_day < c.completed_day and earlier.voided_at is null)`;

function rowsFrom(wish: RowsWish, { source, more }: { source: Sql; more: Sql }): Sql {
  const { asOf, from, needs, range } = wish;
  const isEverywhere =
    wish.isWhole && wish.areas.length === 0 && wish.countedAt.length + wish.told.length === 0;
  return sql`select c.person_id, c.office_id, c.course_id, c.completed_day as day, c.minutes, c.source,
      c.service_group, c.engagement, c.foreign_certificate_no, c.completion_id
      ${needs.has('firsts') ? sql`, not ${hasEarlier} as is_first` : sql``}
      ${needs.has('posting') ? sql`, post.designation_id, post.cadre_id` : sql``}
      ${carried([...wish.countedAt, ...wish.told], 'here')}
    from ${source} ${isEverywhere ? sql`` : sql`join ${hereSql(wish)} here on here.office_id = c.office_id`}
      ${needs.has('posting') ? sql`left join (${postSql(wish)}) post on post.person_id = c.person_id` : sql``}
    where c.voided_at is null and c.completed_day <= ${asOf}::date ${more}
      ${isEverywhere ? sql`and c.office_id is not null` : sql``}
      ${from ? sql`and c.completed_day >= ${from}::date` : sql``} and ${inRange('c', range)}
      and not exists (select from person gone where gone.person_id = c.person_id
        and (gone.account_day is null or gone.merged_into is not null))`;
}

/** Of whoever stands elsewhere the post is not told: in a list, outside the reader's offices; in figures, outside the report's. */
function postSql(wish: RowsWish): Sql {
  const { asOf, range, sight } = wish;
  const isHere =
    !wish.isSummed || wish.isWhole ? sql`true` : sql`posting.office_id in (${officesBelowSql(wish)})`;
  return sql`select person_id, designation_id, cadre_id from (
      select distinct on (posting.person_id) posting.person_id, posting.designation_id, posting.cadre_id,
        bool_or(${isHere}) over (partition by posting.person_id) as is_here
      from posting left join (${awaySql({ asOf, range })}) away on away.person_id = posting.person_id
      where ${countsBesideSql('posting', asOf, 'away')} and ${inRange('posting', range)}
        ${sight ? sql`and posting.person_id in (select person_id from (${sightSql(sight, inRange('held', range))}) told where told.is_within)` : sql``}
      order by posting.person_id, ${foremostSql('posting')}
    ) foremost where is_here`;
}
