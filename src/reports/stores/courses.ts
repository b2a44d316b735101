import { sql } from 'kysely';
import { courseDimensions } from './classes.ts';
import { completions } from './completions.ts';
import { counted } from './measures.ts';
import { languageWords, listedWordsSql, saidWordsSql } from './said.ts';
import type { Dimension, RowsWish, Sql, Subject } from './subject.ts';

const state: Dimension = {
  id: 'state',
  name: { hi: 'स्थिति', en: 'State' },
  key: sql.ref('r.state'),
  words: {
    published: { hi: 'उपलब्ध', en: 'On offer' },
    retired: { hi: 'बंद', en: 'Retired' },
  },
  filter: (values) => sql`r.state = any(${values}::text[])`,
};

const language: Dimension = {
  id: 'language',
  name: { hi: 'भाषा', en: 'Language' },
  key: sql.ref('r.course_id'),
  stands: sql`select course_id as raw, spoken as key from course left join unnest(languages) as spoken on true`,
  isManifold: true,
  words: languageWords,
  hasOtherKeys: true,
  column: {
    sql: (language) => listedWordsSql(sql`co.languages`, languageWords, language),
    joins: ['course'],
  },
  none: { hi: 'दर्ज नहीं', en: 'Not entered' },
  said: sql`select spoken as value, null::text as hi, null::text as en from course cross join unnest(languages) as spoken
    where published_at is not null
    union all ${saidWordsSql(languageWords)}`,
  filter: (values) => sql`r.course_id in (select course_id from course where languages && ${values}::text[])`,
};

const figure = (id: 'completions' | 'renewals' | 'minutes', name: { hi: string; en: string }) =>
  ({ id, name, type: 'number', sql: sql.ref(`r.${id}`), needs: ['learning'] }) as const;

/** Courses that are or were on offer, with what was completed of them at the office (activity view). */
export const courses: Subject = {
  id: 'courses',
  name: { hi: 'कोर्स', en: 'Courses' },
  lead: {
    hi: 'उस दिन तक प्रकाशित कोर्स; पूर्णताएँ इस कार्यालय और इसके अधीन, गतिविधि दृष्टि से।',
    en: 'Courses published up to that day; completions at this office and below, by the activity view.',
  },
  dimensions: [...courseDimensions.filter(({ id }) => id !== 'course'), language, state],
  columns: [
    {
      id: 'code',
      name: { hi: 'पाठ्यक्रम कोड', en: 'Course code' },
      type: 'text',
      sql: sql`co.code`,
      joins: ['course'],
    },
    {
      id: 'titleHi',
      name: { hi: 'शीर्षक', en: 'Title (Hindi)' },
      type: 'text',
      sql: sql`co.title_hi`,
      joins: ['course'],
    },
    {
      id: 'titleEn',
      name: { hi: 'शीर्षक (अंग्रेज़ी)', en: 'Title (English)' },
      type: 'text',
      sql: sql`co.title_en`,
      joins: ['course'],
    },
    {
      id: 'durationMinutes',
      name: { hi: 'अवधि (मिनट)', en: 'Duration (minutes)' },
      type: 'number',
      sql: sql`r.duration_minutes`,
    },
    { id: 'publishedOn', name: { hi: 'प्रकाशन तिथि', en: 'Published on' }, type: 'day', sql: sql`r.day` },
    figure('completions', { hi: 'पूरे किए गए', en: 'Completed' }),
    figure('renewals', { hi: 'नवीनीकरण', en: 'Renewals' }),
    figure('minutes', { hi: 'डिजिटल प्रशिक्षण समय (मिनट)', en: 'Digital learning time (minutes)' }),
  ],
  measures: [counted('courses_available', 'published'), counted('courses', 'all'), counted('completions')],
  sums: {
    published: { sql: sql`count(*) filter (where r.state = 'published')` },
    all: { sql: sql`count(*)` },
    completions: { sql: sql`sum(r.completions)`, needs: ['learning'] },
  },
  isOfActivity: true,
  isAboutPersons: false,
  hasPeriod: false,
  isSplit: false,
  listKey: 'course_id',
  rows: courseRows,
};

function courseRows(wish: RowsWish): Sql {
  const withFigures = wish.needs.has('learning');
  return sql`select one.course_id, one.course_no, version.duration_minutes,
      case when (one.retired_at at time zone 'Asia/Kolkata')::date <= ${wish.asOf}::date then 'retired' else 'published' end as state,
      (one.published_at at time zone 'Asia/Kolkata')::date as day
      ${withFigures ? sql`, coalesce(made.completions, 0) as completions, coalesce(made.renewals, 0) as renewals, coalesce(made.minutes, 0) as minutes` : sql``}
    from course one left join course_version version on version.course_version_id = one.current_version_id
      ${withFigures ? sql`left join (${madeSql(wish)}) made on made.course_id = one.course_id` : sql``}
    where (one.published_at at time zone 'Asia/Kolkata')::date <= ${wish.asOf}::date`;
}

function madeSql(wish: RowsWish): Sql {
  if (wish.digests) return madeOfDigestsSql(wish);
  const asked = { ...wish, needs: new Set([]), countedAt: [], told: [] };
  const sums = (rows: Sql, sign: Sql) => sql`select r.course_id, ${sign} * count(*) as completions,
      count(*) filter (where ${sign} < 0) as renewals, ${sign} * sum(r.minutes) as minutes
    from (${rows}) r group by r.course_id`;
  return sql`select course_id, sum(completions)::bigint as completions, sum(renewals)::bigint as renewals,
      sum(minutes)::bigint as minutes
    from (${sums(completions.rows(asked), sql`1`)} union all
      ${sums(completions.repeats?.(asked) ?? completions.rows(asked), sql`-1`)}) made group by course_id`;
}

function madeOfDigestsSql(wish: RowsWish): Sql {
  const asked = { ...wish, needs: new Set(['course', 'minutes'] as const), countedAt: [], told: [] };
  return sql`select course.course_id, made.completions, made.renewals, made.minutes
    from (select r.course_no, count(*) filter (where not r.is_renewal) as completions,
        count(*) filter (where r.is_renewal) as renewals, sum(r.minutes) filter (where not r.is_renewal) as minutes
      from (${completions.rows(asked)}) r group by r.course_no) made join course using (course_no)`;
}
