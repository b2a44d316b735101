import { sql } from 'kysely';
import { classDimensions, courseDimensions, periodDimensions } from './classes.ts';
import { personColumns } from './columns.ts';
import { counted, minutes } from './measures.ts';
import { covers } from './people.ts';
import { carried, hereSql, placeDimensions } from './places.ts';
import { inRange } from './range.ts';
import type { Dimension, RowsWish, Sql, Subject } from './subject.ts';

const kind: Dimension = {
  id: 'kind',
  name: { hi: 'पूर्णता या नवीनीकरण', en: 'First or renewal' },
  key: sql`case when r.is_first then 'first' else 'renewal' end`,
  needs: ['firsts'],
  words: { first: { hi: 'प्रथम पूर्णता', en: 'First' }, renewal: { hi: 'नवीनीकरण', en: 'Renewal' } },
  filter: (values) => sql`(case when r.is_first then 'first' else 'renewal' end) = any(${values}::text[])`,
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
    hi: 'गतिविधि दृष्टि: हर पूर्णता उस कार्यालय, समूह और नियुक्ति प्रकार में, जहाँ कार्मिक उस दिन पदस्थ था। पदनाम और संवर्ग "की स्थिति" वाले दिन के हैं।',
    en: 'Activity view: each completion at the office, group and engagement of its person on that day. Designation and cadre are those of the “as of” day.',
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
  measures: [counted('completions'), counted('renewals'), minutes('digital_minutes', 'digital_minutes')],
  sums: {
    completions: { sql: sql`count(*) filter (where r.is_first)`, needs: ['firsts'] },
    renewals: { sql: sql`count(*) filter (where not r.is_first)`, needs: ['firsts'] },
    digital_minutes: { sql: sql`sum(r.minutes) filter (where r.is_first)`, needs: ['firsts'] },
  },
  isAboutPersons: true,
  hasPeriod: true,
  isSplit: false,
  listKey: 'person_id',
  rows: completionRows,
};

function completionRows(wish: RowsWish): Sql {
  const { asOf, from, needs, range } = wish;
  return sql`select c.person_id, c.office_id, c.course_id, c.completed_day as day, c.minutes, c.source,
      c.service_group, c.engagement, c.foreign_certificate_no, c.completion_id
      ${needs.has('firsts') ? firstOf(wish) : sql``}
      ${needs.has('posting') ? sql`, post.designation_id, post.cadre_id` : sql``}
      ${carried([...wish.countedAt, ...wish.told], 'here')}
    from completion c join ${hereSql(wish)} here on here.office_id = c.office_id
      ${
        needs.has('firsts') && !isFew(wish)
          ? sql`left join (${repeatedSql(wish)}) repeated
        on repeated.person_id = c.person_id and repeated.course_id = c.course_id`
          : sql``
      }
      ${needs.has('posting') ? sql`left join (${postSql(wish)}) post on post.person_id = c.person_id` : sql``}
    where c.voided_at is null and c.completed_day <= ${asOf}::date
      ${from ? sql`and c.completed_day >= ${from}::date` : sql``} and ${inRange('c', range)}
      and not exists (select from person gone where gone.person_id = c.person_id
        and (gone.account_day is null or gone.merged_into is not null))`;
}

/** Where few are read, an earlier completion is looked up for each; else all that were repeated are found at once. */
function isFew({ range, parts }: RowsWish): boolean {
  return range !== undefined || !parts;
}

function firstOf(wish: RowsWish): Sql {
  if (!isFew(wish)) return sql`, coalesce(repeated.first_day = c.completed_day, true) as is_first`;
  return sql`, not exists (select from completion earlier where earlier.person_id = c.person_id
    and earlier.course_id = c.course_id and earlier.completed_day < c.completed_day
    and earlier.voided_at is null) as is_first`;
}

// Found range by range, so that several workers share them and each keeps little.
function repeatedSql({ parts }: RowsWish): Sql {
  const ranges = parts?.length ? parts : [undefined];
  return sql.join(
    ranges.map(
      (range) => sql`select person_id, course_id, min(completed_day) as first_day from completion
        where voided_at is null and ${inRange('completion', range)}
        group by person_id, course_id having count(*) > 1`,
    ),
    sql` union all `,
  );
}

function postSql({ asOf, range }: RowsWish): Sql {
  return sql`select distinct on (person_id) person_id, designation_id, cadre_id from posting
    where voided_at is null and ${covers('posting', asOf)} and ${inRange('posting', range)}
    order by person_id, is_primary desc, starts_on desc, posting_id`;
}
