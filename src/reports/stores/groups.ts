import { sql } from 'kysely';
import { addDays, appraisalYear, type Day, startOfMonth, weekOf } from '../../kernel/dates.ts';
import { type Asked, commas, type Filters, filtersSql, needsOf, spaced, wishOf } from './asked.ts';
import type { Digests, Dimension, Range, RowsWish, Sql } from './subject.ts';

export type GroupsAsked = Asked & {
  groups: readonly Dimension[];
  /** Names of the subject's sums. */
  sums: readonly string[];
  parts?: readonly Range[];
  /** Of few people: those posted at or below the office. */
  range?: Range;
  isWhole?: boolean;
  digests?: Digests | undefined;
  /** Of groups of digests with kinds: that of each number, from 1 on; 0 where none is. */
  kinds?: ReadonlyMap<string, readonly number[]>;
  /** One more row of no keys: the sums of all, where rows stand under several keys of what they are told apart by. */
  withWhole?: boolean;
};

/**
 * Sums by keys first, then by what a key stands for. Each row: `k1, k2, …, s1, s2, …, is_whole`; what keys are called
 * is asked for afterwards (`namesSql`), once for each and not with every row.
 */
export function groupsSql(asked: GroupsAsked, most: number): Sql {
  const { groups, sums } = asked;
  const keyed = groups.map((group) => keyOf(asked, group));
  const { standing, outer } = outerOf(keyed);
  const summed = sums.map((_, at) => sql`coalesce(sum(${sql.ref(`i.s${at + 1}`)}), 0)::bigint`);
  const by = groups.length > 0 ? sql`group by ${commas(outer)}` : sql``;
  const whole = asked.withWhole
    ? sql`union all select ${commas([...groups.map(() => sql`null`), ...summed])}, true from i`
    : sql``;
  return sql`with i as ${asked.withWhole ? sql`materialized` : sql`not materialized`} (${innerSql(asked)})
    (select ${commas([...outer.map((key) => sql`(${key})::text`), ...summed])}, false
    from i ${spaced(standing)} ${by} limit ${sql.lit(most)}) ${whole}`;
}

/** Of these keys `id, code, hi, en`; undefined where a group's keys speak for themselves. */
export function namesSql({ names }: Dimension, keys: readonly string[]): Sql | undefined {
  return names && sql`select id, code, hi, en from (${names}) named where id = any(${keys}::text[])`;
}

/** What each key of the rows `i` stands for, and what is made of it. */
function outerOf(keyed: readonly Keyed[]): { standing: Sql[]; outer: Sql[] } {
  const raw = (at: number) => sql.ref(`i.k${at + 1}`);
  const standing = keyed.map((group, at) => {
    const stands = sql.ref(`st${at + 1}`);
    return group.stands ? sql`left join (${group.stands}) ${stands} on ${stands}.raw = ${raw(at)}` : sql``;
  });
  const outer = keyed.map((group, at) =>
    group.stands ? sql.ref(`st${at + 1}.key`) : (group.of?.(raw(at)) ?? raw(at)),
  );
  return { standing, outer };
}

/** How many groups there are among some of the digests, which is at most as many as among all: one row, of one number. */
export function groupsAmongSql(asked: GroupsAsked, perCent: number): Sql {
  const keyed = asked.groups.map((group) => keyOf(asked, group));
  const named = commas(keyed.map(({ key }, at) => sql`${key} as ${sql.ref(`k${at + 1}`)}`));
  const { standing, outer } = outerOf(keyed);
  const made = outer.map((key, at) => sql`${key} as ${sql.ref(`k${at + 1}`)}`);
  const { wish, filters } = wishOfGroups({ ...asked, sums: [] });
  return sql`select count(*) from (select distinct ${commas(made)} from (
    select distinct ${named} from (${asked.subject.rows({ ...wish, sample: perCent })}) r where ${filtersSql(filters)}
    ) i ${spaced(standing)}) made`;
}

/**
 * How many rows of digests there are, as the database knows without counting, then how many groups there are at most:
 * of places together no more than offices, since each office lies at one of each. Infinitely many where it is not known.
 */
export function sizesSql(asked: Pick<GroupsAsked, 'subject' | 'groups' | 'asOf' | 'from'>): Sql {
  const table = asked.subject.id === 'people' ? 'person_digest' : 'learning_digest';
  const product = (groups: readonly Dimension[]) =>
    sql.join([sql`1::float8`, ...groups.map((group) => sql`(${keysAtMostSql(group, asked)})`)], sql` * `);
  const [places, others] = [true, false].map((isPlace) =>
    asked.groups.filter(({ place }) => (place !== undefined) === isPlace),
  );
  return sql`select (select reltuples from pg_class where oid = ${table}::regclass),
    least(${product(places ?? [])}, (select count(*) + 1 from office)) * ${product(others ?? [])}`;
}

const shortest = { year: 365, month: 28, week: 7, day: 1 };

function keysAtMostSql(group: Dimension, { asOf, from }: Pick<GroupsAsked, 'asOf' | 'from'>): Sql {
  const { names, ofDigests, stands, words, period } = group;
  const standing = ofDigests?.stands ?? stands;
  if (names) return sql`select count(*) + 1 from (${names}) named`;
  if (standing) return sql`select count(distinct key) + 1 from (${standing}) standing`;
  if (words) return sql`select ${sql.lit(Object.keys(words).length + 1)}`;
  if (!period) return sql`select 'infinity'::float8`;
  return sql`select coalesce((${asOf}::date - coalesce(${from}::date, (${firstDaySql})))::float8 / ${sql.lit(shortest[period])} + 2,
    'infinity')`;
}

// The earliest day of completions, as the database has seen it when it last looked.
const firstDaySql = sql`select (histogram_bounds::text::date[])[1] from pg_stats
  where schemaname = current_schema() and tablename = 'completion' and attname = 'completed_day'`;

/** The numbers of what a group's kinds are known by, each with its kind; undefined where it has none. */
export function kindsSql({ ofDigests }: Dimension): Sql | undefined {
  if (!ofDigests?.kinds) return undefined;
  return sql`select coalesce(kind, 0) from (${ofDigests.kinds}) known right join generate_series(1,
      (select max(number) from (${ofDigests.kinds}) every)) as one (number) using (number) order by number`;
}

/** What a subject is asked for so that its rows can be summed. */
function wishOfGroups(asked: GroupsAsked): { wish: RowsWish; filters: Filters } {
  const { subject, groups, sums, parts, digests } = asked;
  const filters = asked.filters.map(({ dimension, values }) => ({
    dimension: digests && dimension.ofDigests?.filter ? { ...dimension, ...dimension.ofDigests } : dimension,
    values,
  }));
  const wish = {
    ...wishOf(asked),
    needs: needsOf(subject, { dimensions: groups, filters: asked.filters, sums }),
    countedAt: groups.flatMap((group) => group.place ?? []),
    told: [],
    isWhole: asked.isWhole ?? false,
    isSummed: true,
    digests,
    ...(parts ? { parts } : {}),
    ...(asked.range ? { range: asked.range } : {}),
  };
  return { wish, filters };
}

/** Rows summed by their own keys; over many people range by range, so that workers share them and each sorts little. */
function innerSql(asked: GroupsAsked): Sql {
  const { subject, groups, sums, parts } = asked;
  const { wish, filters } = wishOfGroups(asked);
  const by = groups.length > 0 ? sql`group by ${commas(groups.map((_, at) => sql.lit(at + 1)))}` : sql``;
  const one = (source: Sql, isOfRepeats: boolean) =>
    sql`select ${columnsSql(asked, isOfRepeats)} from (${source}) r where ${filtersSql(filters)} ${by}`;
  const isSplit = !asked.digests && subject.isSplit && parts !== undefined && parts.length > 0;
  const rows = isSplit
    ? parts.map((range) => subject.rows({ ...wish, range }))
    : (subject.inParts?.(wish) ?? [subject.rows(wish)]);
  const hasRepeats = !asked.digests && sums.some((name) => subject.sums[name]?.isOfRepeats);
  const repeats = hasRepeats && subject.repeats ? [one(subject.repeats(wish), true)] : [];
  return sql.join([...rows.map((source) => one(source, false)), ...repeats], sql` union all `);
}

/** Keys, and the sums over these rows; those over the others are none here. */
function columnsSql(asked: GroupsAsked, isOfRepeats: boolean): Sql {
  const { subject, groups, sums } = asked;
  const sumOf = (name: string) => {
    const sum = subject.sums[name];
    if (asked.digests && sum) return sql`(${sum.ofDigests ?? sum.sql})::bigint`;
    return sum && (sum.isOfRepeats ?? false) === isOfRepeats ? sql`(${sum.sql})::bigint` : sql`0::bigint`;
  };
  return commas([
    ...groups.map((group, at) => sql`${keyOf(asked, group).key} as ${sql.ref(`k${at + 1}`)}`),
    ...sums.map((name, at) => sql`${sumOf(name)} as ${sql.ref(`s${at + 1}`)}`),
  ]);
}

type Keyed = Pick<Dimension, 'key' | 'of' | 'stands'>;

function keyOf(asked: GroupsAsked, group: Dimension): Keyed {
  if (!asked.digests) return group;
  const isBesideMany = asked.groups.some((other) => other !== group && manyKeys.has(other.id));
  if (group.period && group.of && isBesideMany) return { key: periodSql(group, asked.asOf) };
  const keyed = group.ofDigests ?? group;
  const kinds = asked.kinds?.get(group.id);
  return kinds ? { ...keyed, key: sql`(${kinds}::integer[])[${keyed.key}]` } : keyed;
}

/** So many that days beside them would be as many sums as rows. */
const manyKeys: ReadonlySet<string> = new Set(['office', 'course', 'tag', 'provider']);
const lookedUpDays = 3000;

/** The period of each row's day: looked up in a list, which takes a third of what computing it does. */
function periodSql({ period, of }: Dimension, asOf: Day): Sql {
  const first = addDays(asOf, 1 - lookedUpDays);
  const list = Array.from({ length: lookedUpDays }, (_, at) => firstOf(period, addDays(first, at)));
  return sql`coalesce((${list}::date[])[r.day - ${first}::date + 1], ${of?.(sql`r.day`) ?? sql`r.day`})`;
}

function firstOf(period: Dimension['period'], day: Day): Day {
  if (period === 'year') return appraisalYear(day).from;
  if (period === 'month') return startOfMonth(day);
  return period === 'week' ? weekOf(day).from : day;
}
