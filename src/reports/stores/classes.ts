import { sql } from 'kysely';
import { type Bilingual, inBothLanguages } from '../../kernel/i18n.ts';
import { engagementOfClass, groupOfClass } from './digest-rows.ts';
import { listedWordsSql, saidWordsSql, tagWords } from './said.ts';
import type { Dimension, Sql } from './subject.ts';

const notEntered: Bilingual = { hi: 'दर्ज नहीं', en: 'Not entered' };

/** The roster says neither: a value that is filtered by as the others are. */
const unknown = 'unknown';

export const groupWords = {
  A: inBothLanguages('people.group_A'),
  B: inBothLanguages('people.group_B'),
  C: inBothLanguages('people.group_C'),
  D: inBothLanguages('people.group_D'),
  [unknown]: notEntered,
} as const;

const engagementWords = {
  permanent: inBothLanguages('people.engagement_permanent'),
  temporary: inBothLanguages('people.engagement_temporary'),
  contract: inBothLanguages('people.engagement_contract'),
  outsourced: inBothLanguages('people.engagement_outsourced'),
  honorary: inBothLanguages('people.engagement_honorary'),
  elected: inBothLanguages('people.engagement_elected'),
  trainee: inBothLanguages('people.engagement_trainee'),
  [unknown]: notEntered,
} as const;

const group: Dimension = {
  id: 'group',
  name: { hi: 'समूह', en: 'Group' },
  key: sql`r.service_group`,
  ofDigests: { key: sql`r.class`, of: groupOfClass },
  needs: ['class'],
  words: groupWords,
  isOrdered: true,
  none: notEntered,
  filter: (values) => sql`coalesce(r.service_group::text, ${sql.lit(unknown)}) = any(${values}::text[])`,
};

const engagement: Dimension = {
  id: 'engagement',
  name: { hi: 'नियुक्ति प्रकार', en: 'Engagement' },
  key: sql`r.engagement`,
  ofDigests: { key: sql`r.class`, of: engagementOfClass },
  needs: ['class'],
  words: engagementWords,
  none: notEntered,
  filter: (values) => sql`coalesce(r.engagement, ${sql.lit(unknown)}) = any(${values}::text[])`,
};

const designation: Dimension = {
  id: 'designation',
  name: { hi: 'पदनाम', en: 'Designation' },
  key: sql`r.designation_id`,
  needs: ['posting'],
  names: sql`select designation_id::text as id, null::text as code, name as hi, name_en as en from designation`,
  none: notEntered,
  said: sql`select name as value, name as hi, name_en as en from designation`,
  filter: (values) => sql`r.designation_id in (
    select designation_id from designation where name = any(${values}::text[]))`,
};

const cadre: Dimension = {
  id: 'cadre',
  name: { hi: 'संवर्ग', en: 'Cadre' },
  key: sql`r.cadre_id`,
  needs: ['posting'],
  names: sql`select cadre_id::text as id, null::text as code, name as hi, name_en as en from cadre`,
  none: notEntered,
  said: sql`select name as value, name as hi, name_en as en from cadre`,
  filter: (values) => sql`r.cadre_id in (select cadre_id from cadre where name = any(${values}::text[]))`,
};

/** By what a person's posting says of him. */
export const classDimensions: readonly Dimension[] = [group, engagement, designation, cadre];

const noCourse: Bilingual = { hi: 'कोर्स से नहीं जुड़ा', en: 'Of no course' };

function tagsOf(raw: 'course_id' | 'course_no'): Sql {
  return sql`select ${sql.ref(raw)} as raw, tag as key from course left join unnest(tags) as tag on true`;
}

function providersOf(raw: 'course_id' | 'course_no'): Sql {
  return sql`select ${sql.ref(raw)} as raw, provider as key from course`;
}

/** Courses with the same are one kind: beside offices or days these are few, courses are not. */
function kindsBy(known: 'tags' | 'provider'): Sql {
  return sql`select course_no as number, min(course_no) over (partition by ${sql.ref(known)}) as kind from course`;
}

function ofCourses(condition: Sql): Sql {
  return sql`r.course_no in (select course_no from course where ${condition})`;
}

/** By the course: itself, and what is known of it today. */
export const courseDimensions: readonly Dimension[] = [
  {
    id: 'course',
    name: { hi: 'कोर्स', en: 'Course' },
    key: sql`r.course_id`,
    ofDigests: {
      key: sql`r.course_no`,
      stands: sql`select course_no as raw, course_id as key from course`,
      filter: (codes) => ofCourses(sql`code = any(${codes}::text[])`),
    },
    needs: ['course'],
    names: sql`select course_id::text as id, code, title_hi as hi, title_en as en from course`,
    hasCode: true,
    none: noCourse,
    said: sql`select code as value, title_hi as hi, title_en as en from course where published_at is not null`,
    filter: (codes) => sql`r.course_id in (select course_id from course where code = any(${codes}::text[]))`,
  },
  {
    id: 'tag',
    name: { hi: 'विषय (टैग)', en: 'Tag' },
    key: sql`r.course_id`,
    stands: tagsOf('course_id'),
    ofDigests: {
      key: sql`r.course_no`,
      kinds: kindsBy('tags'),
      stands: tagsOf('course_no'),
      filter: (tags) => ofCourses(sql`tags && ${tags}::text[]`),
    },
    needs: ['course'],
    isManifold: true,
    words: tagWords,
    hasOtherKeys: true,
    column: { sql: (language) => listedWordsSql(sql`co.tags`, tagWords, language), joins: ['course'] },
    none: { hi: 'बिना टैग', en: 'Without a tag' },
    said: sql`select tag as value, null::text as hi, null::text as en from course cross join unnest(tags) as tag
      where published_at is not null union all ${saidWordsSql(tagWords)}`,
    filter: (tags) => sql`r.course_id in (select course_id from course where tags && ${tags}::text[])`,
  },
  {
    id: 'provider',
    name: { hi: 'प्रदाता', en: 'Provider' },
    key: sql`r.course_id`,
    stands: providersOf('course_id'),
    ofDigests: {
      key: sql`r.course_no`,
      kinds: kindsBy('provider'),
      stands: providersOf('course_no'),
      filter: (names) => ofCourses(sql`provider = any(${names}::text[])`),
    },
    needs: ['course'],
    column: { sql: () => sql`co.provider`, joins: ['course'] },
    none: notEntered,
    said: sql`select provider as value, null::text as hi, null::text as en from course where published_at is not null`,
    filter: (names) =>
      sql`r.course_id in (select course_id from course where provider = any(${names}::text[]))`,
  },
];

/** By when it happened; a week begins on Monday, a reporting year on 1 April. Days are summed, then put together. */
export const periodDimensions: readonly Dimension[] = [
  {
    id: 'year',
    name: { hi: 'वर्ष (अप्रैल से)', en: 'Year (from April)' },
    key: sql`r.day`,
    needs: ['day'],
    of: (day) => sql`(date_trunc('year', ${day} - interval '3 months') + interval '3 months')::date`,
    period: 'year',
  },
  {
    id: 'month',
    name: { hi: 'माह', en: 'Month' },
    key: sql`r.day`,
    needs: ['day'],
    of: (day) => sql`${day} - extract(day from ${day})::integer + 1`,
    period: 'month',
  },
  {
    id: 'week',
    name: { hi: 'सप्ताह (सोमवार से)', en: 'Week (from Monday)' },
    key: sql`r.day`,
    needs: ['day'],
    of: (day) => sql`${day} - extract(isodow from ${day})::integer + 1`,
    period: 'week',
  },
  { id: 'day', name: { hi: 'दिन', en: 'Day' }, key: sql`r.day`, needs: ['day'], period: 'day' },
];
