import { sql } from 'kysely';
import {
  directoratePosts,
  districtPosts,
  familyNames,
  givenNames,
  schoolPosts,
} from '../../../demo/department/names.ts';
import type { Tx } from '../../kernel/db.ts';
import { foldText } from '../../kernel/text/index.ts';
import { nameSearchSource, nameSearchText } from '../../people/index.ts';
import type { SeededSql } from './random-sql.ts';
import type { Size } from './sizes.ts';

/** What people, postings and completions are made from. `from` is the first day of the learning. */
export type Making = { size: Size; random: SeededSql; from: string; days: number };
/** The people made in one transaction: numbers from `first` up to, not including, `end`. */
export type Range = { first: number; end: number };

/** Learning comes in waves: an office has this many days on which its people complete courses. */
const learningDays = 24;
const posts = [...directoratePosts, ...districtPosts, ...schoolPosts];

/**
 * `gen_person`: who is made, at which office and post, and which of all completions are theirs: the
 * running sum of weights, cut at whole numbers, gives exactly as many as are wanted in all.
 */
export async function planPeople(tx: Tx, { size, random }: Making, range: Range): Promise<void> {
  const n = 'g.n';
  await sql`create temporary table gen_person on commit drop as
    with weighed as (
      select n, case when ${random.below('n', 10, 1000)} < ${sql.raw(String(size.idlePerMille))} then 0
        when ${random.below('n', 11, 100)} < 17 then 1 else 3 + ${random.below('n', 12, 10)} end as weight
      from generate_series(0, ${size.people - 1}::int) as n
    ), summed as (
      select n, weight, sum(weight) over (order by n rows unbounded preceding)::bigint as upto, sum(weight) over ()::bigint as total
      from weighed
    )
    select g.n, ${random.id(n, 1)} as person_id, o.office_id, o.n as office_n, ${random.below(n, 13, posts.length)} as post,
      (upto - weight) * ${size.completions}::bigint / total as first_completion,
      upto * ${size.completions}::bigint / total as end_completion
    from summed g join gen_office o on o.n = ${size.offices > 1 ? sql`1 + ${random.below(n, 14, size.offices - 1)}` : sql`0`}
    where g.n >= ${range.first} and g.n < ${range.end}`.execute(tx);
  await sql`analyze gen_person`.execute(tx);
}

export async function addDesignations(tx: Tx, random: SeededSql): Promise<void> {
  const names = posts.map((post) => post.designation);
  await sql`insert into designation (designation_id, name, name_key)
    select distinct on (key) ${random.id('n', 6)}, name, key
    from unnest(${names}::text[], ${names.map(foldText)}::text[]) with ordinality as p (name, key, n)
    order by key, n on conflict (name_key) do nothing`.execute(tx);
  await sql`create temporary table gen_post on commit drop as
    select (p.n - 1)::int as n, d.designation_id, p.service_group::char(1), p.engagement
    from unnest(${names.map(foldText)}::text[], ${posts.map((post) => post.group)}::text[],
        ${posts.map((post) => post.engagement)}::text[]) with ordinality as p (key, service_group, engagement, n)
      join designation d on d.name_key = p.key`.execute(tx);
}

/** `gen_name`: every name that is made, with what it is found by, so that no job has to come after. */
export async function addNames(tx: Tx): Promise<void> {
  const names = givenNames.flatMap((given, givenAt) =>
    familyNames.map((family, familyAt) => {
      const [hi, en] = [`${given[0]} ${family[0]}`, `${given[1]} ${family[1]}`];
      return { givenAt, familyAt, hi, en, text: nameSearchText(hi, en), source: nameSearchSource(hi, en) };
    }),
  );
  await sql`create temporary table gen_name on commit drop as
    select * from json_to_recordset(${JSON.stringify(names)}::json)
      as one ("givenAt" integer, "familyAt" integer, hi text, en text, text text, source text)`.execute(tx);
  await sql`analyze gen_name`.execute(tx);
}

/** Mobile numbers begin with 5, as no Indian one does: a message to them reaches nobody. */
export async function addPeople(tx: Tx, { random, from }: Making): Promise<void> {
  await sql`insert into person (person_id, employee_code, name_hi, name_en, search_text, search_of, mobile, email,
      joined_on, account_day, account_source, registered_on, signed_in_day)
    select person_id, 'GEN' || lpad(n::text, 8, '0'), hi, en, text, source, '5' || lpad(n::text, 9, '0'),
      'gen' || lpad(n::text, 8, '0') || '@example.invalid', ${from}::date - 100 - ${random.below('n', 22, 4000)},
      ${from}::date - 30 * (1 + ${random.below('n', 23, 3)}), 'import', ${from}::date - 30 * (1 + ${random.below('n', 23, 3)}),
      case when end_completion > first_completion then ${from}::date - 1 - ${random.below('office_n', 24, 25)} end
    from gen_person join gen_name on "givenAt" = ${random.below('n', 20, givenNames.length)}
      and "familyAt" = ${random.below('n', 21, familyNames.length)}
    order by n`.execute(tx);
  await sql`insert into person_code (code, issuer, person_id)
    select employee_code, issuer, person_id from gen_person join person using (person_id) order by n`.execute(
    tx,
  );
  await sql`insert into person_contact (value, kind, person_id)
    select mobile, 'mobile', person_id from gen_person join person using (person_id)
    union all select email, 'email', person_id from gen_person join person using (person_id)`.execute(tx);
}

export async function addPostings(tx: Tx, { random }: Making): Promise<void> {
  await sql`insert into posting (person_id, posting_id, office_id, designation_id, service_group, engagement, is_primary, starts_on)
    select person_id, ${random.id('g.n', 2)}, g.office_id, t.designation_id, t.service_group, t.engagement, true, p.joined_on
    from gen_person g join gen_post t on t.n = g.post join person p using (person_id) order by g.n`.execute(
    tx,
  );
}

/** Distinct courses a person: a step without a common factor walks through the whole list. */
export async function addCompletions(tx: Tx, { size, random, from, days }: Making): Promise<void> {
  const steps = stepsFor(size.courses);
  const width = Math.floor(days / learningDays);
  await sql`insert into completion (person_id, completion_id, course_id, course_version_id, completed_day, source, minutes,
      office_id, service_group, engagement)
    select g.person_id, ${random.id('k', 3)}, c.course_id, c.course_version_id,
      ${from}::date + slot * ${width}::int + ${random.below(`g.office_n::bigint * 64 + slot`, 31, width)},
      'generated', c.minutes, g.office_id, t.service_group, t.engagement
    from gen_person g join gen_post t on t.n = g.post
      cross join generate_series(first_completion, end_completion - 1) k
      cross join lateral (select floor(sqrt(${random.below('k', 30, learningDays ** 2)}))::int as slot offset 0) s
      join gen_course c on c.n = (${random.below('g.n', 32, size.courses)} + (k - first_completion)
        * (${steps}::int[])[1 + ${random.below('g.n', 33, steps.length)}]) % ${size.courses}::int`.execute(
    tx,
  );
}

export function stepsFor(courses: number): number[] {
  return [11, 17, 19, 23, 29, 31, 37, 41, 43, 47].filter((step) => courses % step !== 0);
}
