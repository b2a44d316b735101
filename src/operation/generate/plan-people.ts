import { type RawBuilder, sql } from 'kysely';
import { familyNames, givenNames } from '../../../demo/department/names.ts';
import { type KeyRange, markNewFieldCadres } from '../../insight/index.ts';
import type { Tx } from '../../kernel/db.ts';
import { foldText } from '../../kernel/text/index.ts';
import { nameSearchText } from '../../people/index.ts';
import type { Range } from './offices.ts';
import type { SeededSql } from './random-sql.ts';
import type { Size } from './sizes.ts';
import { cadresInEnglish, crews, fieldCadres, placesOf } from './tree/crews.ts';

/** What people, postings and completions are made from. `from` is the first day of the learning, `days` its length. */
export type Making = { size: Size; random: SeededSql; from: string; days: number };

/** `gen_post`: the hundred places of each crew, with designations and cadres as the installation knows them. */
export async function addPosts(tx: Tx, random: SeededSql): Promise<void> {
  const posts = crews.flatMap((crew, crewAt) =>
    placesOf(crew).map((post, place) => ({ ...post, crewAt, place })),
  );
  const designations = new Map(posts.map((post) => [foldText(post.designation), post]));
  await sql`insert into designation (designation_id, name, name_key, name_en)
    select ${random.id('n', 6)}, name, key, en
    from unnest(${[...designations.values()].map((post) => post.designation)}::text[], ${[...designations.keys()]}::text[],
      ${[...designations.values()].map((post) => post.designationEn)}::text[]) with ordinality as p (name, key, en, n)
    order by n on conflict (name_key) do nothing`.execute(tx);
  const cadres = new Map(posts.flatMap(({ cadre }) => (cadre ? [[foldText(cadre), cadre] as const] : [])));
  const made = await sql<{
    id: string;
    isField: boolean;
  }>`insert into cadre (cadre_id, name, name_key, name_en, is_field)
    select ${random.id('n', 7)}, name, key, en, name = any(${fieldCadres}::text[])
    from unnest(${[...cadres.values()]}::text[], ${[...cadres.keys()]}::text[],
      ${[...cadres.values()].map((name) => cadresInEnglish[name] ?? null)}::text[]) with ordinality as p (name, key, en, n)
    order by n on conflict (name_key) do nothing returning cadre_id as id, is_field as "isField"`.execute(tx);
  await markNewFieldCadres(
    tx,
    made.rows.filter((cadre) => cadre.isField).map((cadre) => cadre.id),
  );
  const rows = posts.map((post) => ({
    ...{ crew: post.crewAt, place: post.place, group: post.group, engagement: post.engagement },
    ...{ designation: foldText(post.designation), cadre: post.cadre && foldText(post.cadre) },
  }));
  await sql`create temporary table gen_post on commit drop as
    select crew, place, d.designation_id, c.cadre_id, p."group"::char(1) as service_group, engagement
    from json_to_recordset(${JSON.stringify(rows)}::json)
        as p (crew int, place int, "group" text, engagement text, designation text, cadre text)
      join designation d on d.name_key = p.designation left join cadre c on c.name_key = p.cadre`.execute(tx);
  await sql`analyze gen_post`.execute(tx);
}

/** `gen_name`: every name that is made, with what it is found by, so that no job has to come after. */
export async function addNames(tx: Tx): Promise<void> {
  const names = givenNames.flatMap((given) =>
    familyNames.map((family) => {
      const [hi, en] = [`${given[0]} ${family[0]}`, `${given[1]} ${family[1]}`];
      return { hi, en, text: nameSearchText(hi, en) };
    }),
  );
  await sql`create unlogged table gen_name as
    select (row_number() over () - 1)::int as n, one.*, names_hash(hi, en) as source
    from json_to_recordset(${JSON.stringify(names)}::json) as one (hi text, en text, text text)`.execute(tx);
  await sql`analyze gen_name`.execute(tx);
}

export const nameCount = givenNames.length * familyNames.length;

/** Up to how many completions the weights of a person go: nobody finishes everything. */
function mostOf(size: Size): number {
  return Math.max(1, Math.floor(size.courses * 0.35));
}

/** Everybody in these offices with a weight: most of the idle have none, some learn a little, few very much. */
function weighedSql({ size, random }: Making, range: Range): RawBuilder<unknown> {
  return sql`select s.n, o.n as office_n, o.first_person, o.crew, o.opens,
      case when ${random.below('s.n', 10, 1000)} >= o.active then 0
        else o.boost * least(${mostOf(size)}::int, case when chance < 170 then 2 + chance % 2 when chance < 750 then 3 + chance % 6
          when chance < 950 then 8 + chance % 9 when chance < 995 then 20 + chance % 21 else 60 + chance % 41 end)
        end::bigint as weight
    from gen_office o cross join lateral generate_series(o.first_person, o.first_person + o.people - 1) as s (n)
      cross join lateral (select ${random.below('s.n', 12, 1000)} as chance offset 0) chances
    where o.n >= ${range.first} and o.n < ${range.end}`;
}

export async function weightOf(tx: Tx, making: Making, range: Range): Promise<number> {
  const found = await sql<{ weight: number }>`select coalesce(sum(weight), 0) as weight
    from (${weighedSql(making, range)}) weighed`.execute(tx);
  return found.rows[0]?.weight ?? 0;
}

/** What came before these people, and what all weigh together. */
export type Weights = { before: number; total: number };

/**
 * `gen_person`: who is made, at which office and place, and which of all completions are theirs: the running sum of
 * weights, cut at whole numbers, gives exactly as many as are wanted in all. Beside those on the roster, whom the
 * size counts, of every two hundred one has no account yet and one has retired (`standing`); of every thousand
 * some were transferred, have a second charge or are lent to another office (`move`, on `moved_on`).
 */
export async function planPeople(
  tx: Tx,
  making: Making,
  portion: { range: Range; weights: Weights },
): Promise<void> {
  const { size, random, from } = making;
  const { range, weights } = portion;
  await sql`create unlogged table gen_person as
    with summed as (
      select *, ${weights.before}::bigint + sum(weight) over (order by n rows unbounded preceding)::bigint as upto
      from (${weighedSql(making, range)}) weighed
    ), everybody as (
      select n, n as seat, 'member' as standing, office_n, first_person, crew, opens,
        (upto - weight) * ${size.completions}::bigint / ${weights.total}::bigint as first_completion,
        upto * ${size.completions}::bigint / ${weights.total}::bigint as end_completion
      from summed
      union all
      select ${size.people}::int + n / 100, n, case when n % 200 = 7 then 'unregistered' else 'former' end, office_n, -1, crew, opens,
        ${size.completions}::bigint * 2 + n / 100 * 4, ${size.completions}::bigint * 2 + n / 100 * 4 + n % 200 / 100 * (1 + n % 3)
      from summed where n % 100 = 7
    )
    select n, ${random.id('(seat * 2 + (n <> seat)::int)', 1)} as person_id, standing, office_n, crew, opens, first_completion, end_completion,
      case when n = first_person then 0 else ${random.below('n', 13, 100)} end as place,
      ${from}::date - 60 + opens + 14 * ${random.below('n', 23, 2)} as account_day,
      ${from}::date - 200 - ${random.below('n', 22, 11_000)} as joined_on,
      case when standing <> 'member' then null when chance < 10 then 'transferred' when chance < 30 then 'additional_charge'
        when chance < 35 then 'deputation' end as move,
      case when standing = 'former' then ${from}::date + opens + 60 + ${random.below('n', 43, 170)}
        else ${from}::date + 60 + ${random.below('n', 42, 400)} end as moved_on,
      (office_n + 1 + ${random.below('n', 41, Math.max(1, Math.min(6, size.offices - 2)))}) % ${size.offices}::int as other_n
    from everybody cross join lateral (select ${random.below('n', 40, 1000)} as chance offset 0) chances
    order by n`.execute(tx);
  await sql`analyze gen_person`.execute(tx);
}

/** The first and the last key of those planned; none where nobody is. */
export async function plannedKeys(tx: Tx): Promise<KeyRange[]> {
  const found =
    await sql<KeyRange>`select min(person_id::text) as first, max(person_id::text) as last from gen_person
    having count(*) > 0`.execute(tx);
  return found.rows;
}
