import { sql } from 'kysely';
import { countsBesideSql, foremostSql, lentSql } from '../../insight/index.ts';
import { classDimensions } from './classes.ts';
import { personColumns } from './columns.ts';
import { digestOfPeopleSql } from './digest-rows.ts';
import { busySql, classroomSql, doneSql, topicsSql } from './digest-sql.ts';
import { counted, derived, less, minutes, over } from './measures.ts';
import { atName, carried, hereSql, placeDimensions } from './places.ts';
import { inRange } from './range.ts';
import type { Dimension, ListColumn, RowsWish, Sql, Subject } from './subject.ts';

const bandKey = sql`case when r.completions = 0 then 'none' when r.completions < 3 then 'oneOrTwo' else 'threeOrMore' end`;

const band: Dimension = {
  id: 'band',
  name: { hi: 'पूरे किए गए कोर्सों का वर्ग', en: 'Band of courses completed' },
  key: bandKey,
  needs: ['learning'],
  words: {
    none: { hi: 'एक भी नहीं', en: 'None' },
    oneOrTwo: { hi: 'एक या दो', en: 'One or two' },
    threeOrMore: { hi: 'तीन या अधिक', en: 'Three or more' },
  },
  isOrdered: true,
  filter: (values) => sql`(${bandKey}) = any(${values}::text[])`,
};

const signedInKey = sql`case when r.has_signed_in then 'yes' else 'no' end`;

const signedIn: Dimension = {
  id: 'signedIn',
  name: { hi: 'लॉग-इन', en: 'Signed in' },
  key: signedInKey,
  words: { yes: { hi: 'लॉग-इन कर चुके', en: 'Signed in' }, no: { hi: 'अभी नहीं', en: 'Not yet' } },
  filter: (values) => sql`(${signedInKey}) = any(${values}::text[])`,
};

const figure = (id: 'completions' | 'renewals' | 'minutes', name: ListColumn['name']): ListColumn => ({
  id,
  name,
  type: 'number',
  sql: sql.ref(`r.${id}`),
  needs: ['learning'],
});

/** The people view: the roster of the day, each once (at each place where places are told apart), wherever they learnt. */
export const people: Subject = {
  id: 'people',
  name: { hi: 'कार्मिक', en: 'People' },
  lead: {
    hi: 'कार्मिक दृष्टि: उस दिन का रोस्टर, सीखा कहीं भी हो। दो तैनातियों वाला कार्मिक एक बार, पर कार्यालयवार समूहों में हर कार्यालय में गिना जाता है।',
    en: 'People view: the roster of that day, wherever they learnt. Whoever has two postings counts once, but at each office where offices are told apart.',
  },
  dimensions: [...placeDimensions, ...classDimensions, band, signedIn],
  columns: [
    ...personColumns,
    figure('completions', { hi: 'पूरे किए गए कोर्स', en: 'Courses completed' }),
    figure('renewals', { hi: 'नवीनीकरण', en: 'Renewals' }),
    figure('minutes', { hi: 'डिजिटल प्रशिक्षण समय (मिनट)', en: 'Digital learning time (minutes)' }),
    {
      id: 'classroomMinutes',
      name: { hi: 'कक्षा प्रशिक्षण समय (मिनट)', en: 'Classroom time (minutes)' },
      type: 'number',
      sql: sql`r.classroom_minutes`,
      needs: ['classroom'],
    },
  ],
  measures: [
    counted('registered'),
    counted('signed_in'),
    counted('completions'),
    counted('renewals'),
    minutes('digital_minutes', 'digital_minutes'),
    minutes('classroom_minutes', 'classroom_minutes'),
    minutes('learning_minutes', 'digital_minutes', 'classroom_minutes'),
    counted('at_least_one'),
    counted('three_or_more'),
    derived('band_one_two', {
      kind: 'count',
      parts: ['at_least_one', 'three_or_more'],
      of: less('at_least_one', 'three_or_more'),
    }),
    derived('fewer_than_three', {
      kind: 'count',
      parts: ['registered', 'three_or_more'],
      of: less('registered', 'three_or_more'),
    }),
    derived('in_training', {
      kind: 'count',
      parts: ['registered', 'at_least_one'],
      of: less('registered', 'at_least_one'),
    }),
    counted('begun'),
    counted('ai_reach'),
    counted('cyber_reach'),
    derived('reach', {
      kind: 'percent',
      parts: ['at_least_one', 'registered'],
      of: over('at_least_one', 'registered', 100),
    }),
    derived('per_head', {
      kind: 'ratio',
      parts: ['completions', 'registered'],
      of: over('completions', 'registered', 1),
    }),
  ],
  sums: {
    registered: { sql: sql`count(*)` },
    signed_in: { sql: sql`count(*) filter (where r.has_signed_in)` },
    completions: { sql: sql`sum(r.completions)`, needs: ['learning'] },
    renewals: { sql: sql`sum(r.renewals)`, needs: ['learning'] },
    digital_minutes: { sql: sql`sum(r.minutes)`, needs: ['learning'] },
    classroom_minutes: { sql: sql`sum(r.classroom_minutes)`, needs: ['classroom'] },
    ai_reach: { sql: sql`count(*) filter (where r.has_ai)`, needs: ['topics'] },
    cyber_reach: { sql: sql`count(*) filter (where r.has_cyber)`, needs: ['topics'] },
    at_least_one: { sql: sql`count(*) filter (where r.completions >= 1)`, needs: ['learning'] },
    three_or_more: { sql: sql`count(*) filter (where r.completions >= 3)`, needs: ['learning'] },
    begun: { sql: sql`count(*) filter (where r.has_begun)`, needs: ['learning', 'begun'] },
  },
  isAboutPersons: true,
  hasPeriod: false,
  isSplit: true,
  listKey: 'person_id',
  rows: peopleRows,
  inParts: (wish) => (wish.digests ? digestOfPeopleSql(wish, wish.digests) : [peopleRows(wish)]),
};

/** Members, with what each has done up to the day where that is wanted. */
function peopleRows(wish: RowsWish): Sql {
  if (wish.digests) return sql.join(digestOfPeopleSql(wish, wish.digests), sql` union all `);
  const { needs } = wish;
  const begun = needs.has('begun');
  const isClassed = wish.isSummed === true && (needs.has('class') || needs.has('posting'));
  return sql`select m.person_id, m.office_id, m.posted_on, m.has_signed_in
      ${carried([...wish.countedAt, ...wish.told], 'm')} ${isClassed ? classOf('class') : classOf('m')}
      ${needs.has('classroom') ? sql`, coalesce(room.minutes, 0) as classroom_minutes` : sql``}
      ${needs.has('topics') ? sql`, coalesce(topic.has_ai, false) as has_ai, coalesce(topic.has_cyber, false) as has_cyber` : sql``}
      ${needs.has('learning') ? learnt : sql``}
      ${begun ? sql`, coalesce(done.completions, 0) = 0 and busy.person_id is not null as has_begun` : sql``}
    from (${membersSql(wish)}) m
      ${isClassed ? sql`join (${classesSql(wish)}) class on class.person_id = m.person_id` : sql``}
      ${needs.has('classroom') ? sql`left join (${classroomSql(wish.range, wish.asOf)}) room on room.person_id = m.person_id` : sql``}
      ${needs.has('topics') ? sql`left join (${topicsSql(wish.range, wish.asOf)}) topic on topic.person_id = m.person_id` : sql``}
      ${needs.has('learning') ? sql`left join (${doneSql(wish.range, wish.asOf)}) done on done.person_id = m.person_id` : sql``}
      ${begun ? sql`left join (${busySql(wish.range, wish.asOf)}) busy on busy.person_id = m.person_id` : sql``}`;
}

const learnt = sql`, coalesce(done.completions, 0) as completions, coalesce(done.renewals, 0) as renewals,
  coalesce(done.minutes, 0) as minutes`;

/**
 * Roster members (METRICS) at the posting that places them here, the primary one first; one row each, or one for
 * each place they are counted at.
 */
export function membersSql(wish: RowsWish): Sql {
  const { asOf, countedAt } = wish;
  const key = sql.join([sql`posting.person_id`, ...countedAt.map((place) => sql`here.${atName(place)}`)]);
  return sql`select distinct on (${key}) posting.person_id, posting.office_id, posting.designation_id, posting.cadre_id,
      posting.service_group, posting.engagement, posting.starts_on as posted_on,
      coalesce(person.signed_in_day <= ${asOf}::date, false) as has_signed_in
      ${carried([...countedAt, ...wish.told], 'here')}
    from posting join ${hereSql(wish)} here on here.office_id = posting.office_id
      join person on person.person_id = posting.person_id
      left join (${awaySql(wish)}) away on away.person_id = posting.person_id
    where ${countsBesideSql('posting', asOf, 'away')} and ${inRange('posting', wish.range)}
      and ${inRange('person', wish.range)} and person.account_day <= ${asOf}::date and person.merged_into is null
    order by ${key}, ${foremostSql('posting')}`;
}

/** Whom a deputation or attachment takes away from regular postings. */
export function awaySql({ asOf, range }: Pick<RowsWish, 'asOf' | 'range'>): Sql {
  return lentSql(asOf, inRange('lent', range));
}

function classOf(from: string): Sql {
  const columns = ['service_group', 'engagement', 'designation_id', 'cadre_id'];
  return sql.join(
    columns.map((name) => sql`, ${sql.ref(`${from}.${name}`)}`),
    sql``,
  );
}

// As insight has it: the class is that of the primary posting in force, wherever that is.
function classesSql(wish: RowsWish): Sql {
  return sql`select distinct on (posting.person_id) posting.person_id, posting.service_group, posting.engagement,
      posting.designation_id, posting.cadre_id
    from posting left join (${awaySql(wish)}) away on away.person_id = posting.person_id
    where ${countsBesideSql('posting', wish.asOf, 'away')} and ${inRange('posting', wish.range)}
    order by posting.person_id, ${foremostSql('posting')}`;
}
