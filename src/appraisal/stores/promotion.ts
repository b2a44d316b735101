import { type RawBuilder, sql } from 'kysely';
import { addDays, type Day, startOfDay } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { Language } from '../../kernel/i18n.ts';
import { foldText } from '../../kernel/text/fold.ts';
import { type PromotionRules, yearlyNeed } from '../promotion/rule.ts';
import { orderStatusOn } from './order-status.ts';
import { isCalled } from './person-terms.ts';
import type { NamedOrder } from './promotion-rules.ts';

type Reader = Reads | Tx;

export const promotionStates = ['met', 'open', 'disputed', 'exempt'] as const;
export type PromotionState = (typeof promotionStates)[number];

/** How one order of the rule stands; notBound: it asks nothing of this person. */
export type OrderFact = {
  number: string;
  titleHi: string | null;
  titleEn: string | null;
  status: 'met' | 'metLate' | 'open' | 'overdue' | 'exempt' | 'notBound';
  reachedOn: Day | null;
  dueOn: Day | null;
};
/** One of the last years; no number: no statement of the year stood on the day. */
export type YearFact = {
  year: string;
  number: string | null;
  minutes: number | null;
  days: number | null;
  isDisputed: boolean;
};

export type PromotionRow = {
  personId: string;
  code: string | null;
  nameHi: string | null;
  nameEn: string | null;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  designation: string | null;
  designationEn: string | null;
  group: string | null;
  orders: OrderFact[];
  years: YearFact[];
  state: PromotionState;
};

/** A rule as of a day, worked out: whose, below which office, of which years. */
export type PromotionScope = {
  rules: PromotionRules;
  cadreIds: string[] | null;
  designationIds: string[] | null;
  /** All of these are on the way up: the rule's office, and the one looked at. */
  officeIds: string[];
  asOf: Day;
  years: string[];
  orders: NamedOrder[];
};

export type Portion = {
  personId?: string;
  /** A name or code, or its beginning. */
  q?: string;
  after?: string;
  size: number;
  /** By person where absent. */
  order?: ByName;
};

/** One portion of the people of a list by key, worked out as a set; `last`: the last one looked at. */
export async function promotionPortion(
  db: Reader,
  scope: PromotionScope,
  portion: Portion & { state?: PromotionState },
): Promise<{ rows: PromotionRow[]; last: string | undefined; looked: number }> {
  const wanted = portion.state ?? null;
  const { order } = portion;
  const who = order ? await namedSql(db, scope, { ...portion, order }) : whoSql(scope, portion);
  const found = await sql<PromotionRow & { last: string; looked: number }>`${judgedSql(scope, who)}
    select n.last, n.looked, j.person_id as "personId", p.employee_code as code, p.name_hi as "nameHi",
      p.name_en as "nameEn", o.code as "officeCode", o.name_hi as "officeHi", o.name_en as "officeEn",
      d.name as designation, d.name_en as "designationEn", at.service_group as "group", j.orders, j.years, j.state
    from (select count(*) as looked, (array_agg(person_id order by sort_name desc, person_id desc))[1] as last from who) n
      left join judged j on ${wanted}::text is null or j.state = ${wanted}
      left join person p using (person_id)
      left join lateral (select t.* from posting t join office o using (office_id)
        where t.person_id = j.person_id and ${matchSql(scope)} order by t.is_primary desc, t.starts_on desc limit 1) at on true
      left join office o on o.office_id = at.office_id left join designation d on d.designation_id = at.designation_id
      left join who w on w.person_id = j.person_id
    order by w.sort_name, j.person_id`.execute(db);
  const [first] = found.rows;
  const rows = found.rows
    .filter((row) => row.personId !== null)
    .map(({ last: _, looked: __, ...row }) => row);
  return { rows, last: first?.last ?? undefined, looked: first?.looked ?? 0 };
}

export type PromotionCounts = Record<PromotionState, number>;

/** The same portion, counted. */
export async function promotionCounts(
  db: Reader,
  scope: PromotionScope,
  portion: Portion,
): Promise<PromotionCounts & { last: string | null; looked: number }> {
  const found = await sql<
    PromotionCounts & { last: string | null; looked: number }
  >`${judgedSql(scope, whoSql(scope, portion))}
    select count(*) filter (where state = 'met')::int as met, count(*) filter (where state = 'open')::int as open,
      count(*) filter (where state = 'disputed')::int as disputed, count(*) filter (where state = 'exempt')::int as exempt,
      (array_agg(person_id order by person_id desc))[1] as last, count(*)::int as looked
    from judged`.execute(db);
  return found.rows[0] ?? { met: 0, open: 0, disputed: 0, exempt: 0, last: null, looked: 0 };
}

/** Regular postings alone: who is lent out stays on the list of the cadre that lent him. */
function matchSql({ rules, cadreIds, designationIds, officeIds, asOf }: PromotionScope): RawBuilder<unknown> {
  const { groups, cadres, designations } = rules;
  const parts = [
    sql`o.path @> ${officeIds}::uuid[] and t.voided_at is null and t.kind = 'regular'
      and t.starts_on <= ${asOf}::date and (t.ends_on is null or t.ends_on >= ${asOf}::date)`,
    ...(groups ? [sql`t.service_group = any(${groups}::text[])`] : []),
    ...(cadres
      ? [
          sql`t.cadre_id in (select cadre_id from cadre where name = any(${cadres}::text[])
            or name_key = any(${cadres.map(foldText)}::text[]) or cadre_id = any(${cadreIds ?? []}::uuid[]))`,
        ]
      : []),
    ...(designations
      ? [
          sql`t.designation_id in (select designation_id from designation where name = any(${designations}::text[])
            or name_en = any(${designations}::text[]) or name_key = any(${designations.map(foldText)}::text[])
            or designation_id = any(${designationIds ?? []}::uuid[]))`,
        ]
      : []),
  ];
  return sql.join(parts, sql` and `);
}

function whoSql(scope: PromotionScope, { personId, q, after, size }: Portion): RawBuilder<unknown> {
  const one = personId ? sql`and t.person_id = ${personId}` : sql``;
  const called = q ? sql`and ${isCalled(q)}` : sql``;
  const rest = after ? sql`and t.person_id > ${after}` : sql``;
  return sql`who as materialized (select distinct t.person_id, '' as sort_name
    from posting t join office o using (office_id) join person p using (person_id)
    where ${matchSql(scope)} and ${isOnLists(scope)} ${one} ${called} ${rest}
    order by t.person_id limit ${size})`;
}

function isOnLists({ asOf }: PromotionScope): RawBuilder<unknown> {
  return sql`p.merged_into is null and p.voided_at is null
    and not exists (select from service_event e where e.person_id = p.person_id and e.kind = 'death'
      and e.voided_at is null and e.starts_on <= ${asOf}::date)`;
}

/** In which order a list stands: by name as a language writes it; whether many are on it decides how it is read. */
export type ByName = { language: Language; isMany: boolean };

/** So many are collected and sorted; more are read along the index of names, as the list of persons is. */
export async function byName(
  db: Reader,
  scope: PromotionScope,
  { language, few = 5000 }: { language: Language; few?: number },
): Promise<ByName> {
  const found = await sql<{ isMany: boolean }>`select exists (
    select from posting t join office o using (office_id) where ${matchSql(scope)} offset ${few}) as "isMany"`.execute(
    db,
  );
  return { language, isMany: found.rows[0]?.isMany ?? true };
}

/** The people of a portion in the order of the code points of their names: that is what the index of names has. */
async function namedSql(
  db: Reader,
  scope: PromotionScope,
  { q, after, size, order }: Portion & { order: ByName },
): Promise<RawBuilder<unknown>> {
  const both =
    order.language === 'en' ? sql`coalesce(p.name_en, p.name_hi)` : sql`coalesce(p.name_hi, p.name_en)`;
  const name = sql`${both} collate "C"`;
  const seen = after
    ? await sql<{ name: string }>`select ${name} as name from person p where p.person_id = ${after}`.execute(
        db,
      )
    : undefined;
  const rest = seen
    ? sql`and (${name}, p.person_id) > (${seen.rows[0]?.name ?? ''}::text collate "C", ${after}::uuid)`
    : sql``;
  const postings = sql`posting t join office o using (office_id) where ${matchSql(scope)}`;
  // Looked up one by one in the order of names: a join of all would be made anew for every portion.
  const people = order.isMany
    ? sql`person p cross join lateral (select from ${postings} and t.person_id = p.person_id limit 1) here`
    : sql`(select distinct t.person_id from ${postings}) here join person p using (person_id)`;
  return sql`who as materialized (select p.person_id, ${name} as sort_name from ${people}
    where ${isOnLists(scope)} ${q ? sql`and ${isCalled(q)}` : sql``} ${rest}
    order by ${name}, p.person_id limit ${size})`;
}

/**
 * `judged`: each person of the portion with what the rule looks at and where that leaves him.
 * met: all that is asked is there. disputed: it hangs on the outcome of an objection. exempt: nothing is left to
 * ask, by an exemption or since no order binds him. open: the rest.
 */
function judgedSql(scope: PromotionScope, who: RawBuilder<unknown>): RawBuilder<unknown> {
  const { statements, isLateAccepted } = scope.rules;
  const day = sql`${scope.asOf}::date`;
  const measure = statements?.measure === 'days' ? sql`training_days` : sql`minutes`;
  const need = statements ? yearlyNeed(statements) : 0;
  const inYears = statements?.inYears ?? 0;
  const done = isLateAccepted ? ['met', 'metLate'] : ['met'];
  return sql`with ${who},
    order_line as (
      select w.person_id, r.at, r.number, m.title_hi, m.title_en, coalesce(s.status, 'notBound') as status, s.reached_on, s.due_on
      from who w cross join json_to_recordset(${JSON.stringify(scope.orders.map((one, at) => ({ ...one, at })))}::json)
          as r (number text, ids uuid[], at integer)
        left join mandate m on m.number = r.number
        left join lateral (
          select ${orderStatusOn(day)} as status, s.due_on, case when s.reached_on <= ${day} then s.reached_on end as reached_on
          from mandate_standing s where s.person_id = w.person_id and s.mandate_id = any(r.ids)
            and exists (select 1 from unnest(s.bound_days) b (days) where b.days @> ${day})
          order by array_position(r.ids, s.mandate_id) limit 1) s on true),
    ordered as (
      select person_id, json_agg(json_build_object('number', number, 'titleHi', title_hi, 'titleEn', title_en, 'status', status, 'reachedOn', reached_on,
          'dueOn', due_on) order by at) as orders,
        count(*) filter (where status = any(${done}::text[])) as met, count(*) filter (where status = 'exempt') as exempt,
        count(*) filter (where status not in ('exempt', 'notBound') and status <> all(${done}::text[])) as open
      from order_line group by person_id),
    year_line as (
      select w.person_id, y.year, y.at, s.*
      from who w cross join unnest(${scope.years}::text[]) with ordinality y (year, at)
        left join lateral (${statementSql(scope)}) s on true),
    yearly as (
      select person_id, json_agg(json_build_object('year', year, 'number', statement_no, 'minutes', minutes,
          'days', training_days, 'isDisputed', coalesce(is_disputed, false)) order by at) as years,
        count(*) filter (where not is_disputed and ${measure} >= ${need}) >= ${inYears} as is_met,
        count(*) filter (where is_disputed or ${measure} >= ${need}) >= ${inYears} as is_possible
      from year_line group by person_id),
    judged as (
      select w.person_id, coalesce(m.orders, '[]') as orders, coalesce(y.years, '[]') as years,
        case when m.open > 0 or not y.is_possible then 'open' when not y.is_met then 'disputed'
          when m.exempt > 0 or (coalesce(m.met, 0) = 0 and y.person_id is null) then 'exempt' else 'met' end as state
      from who w left join ordered m using (person_id) left join yearly y using (person_id))`;
}

/** The statement of a year that stood at the end of the day; what a merged record had is the survivor's. */
function statementSql({ asOf }: PromotionScope): RawBuilder<unknown> {
  const end = startOfDay(addDays(asOf, 1));
  return sql`select s.statement_no, s.minutes, s.training_days, exists (select from objection j
      where j.person_id = s.person_id and j.statement_id = s.statement_id and j.raised_at < ${end}
        and (j.decided_at is null or j.decided_at >= ${end})) as is_disputed
    from statement s
    where s.person_id in (select w.person_id union all select k.person_id from person k where k.merged_into = w.person_id)
      and s.year = y.year and s.frozen_at < ${end} and (s.replaced_at is null or s.replaced_at >= ${end})
    order by s.person_id = w.person_id desc, s.frozen_at desc limit 1`;
}

export type Tally = PromotionCounts & {
  state: 'waiting' | 'running' | 'done';
  afterPersonId: string | null;
  countedAt: Date | null;
};

type TallyKey = { ruleId: string; officeId: string; asOf: Day };

export async function tallyOf(db: Reader, { ruleId, officeId, asOf }: TallyKey): Promise<Tally | undefined> {
  const found =
    await sql<Tally>`select state, after_person_id as "afterPersonId", met, open, exempt, disputed,
      counted_at as "countedAt" from promotion_tally
    where promotion_rule_id = ${ruleId} and office_id = ${officeId} and as_of = ${asOf}`.execute(db);
  return found.rows[0];
}

/** Begins a count, or an old one anew; false where one is under way. */
export async function beginTally(
  tx: Tx,
  { ruleId, officeId, asOf }: TallyKey,
  askedAt: Date,
): Promise<boolean> {
  const begun = await sql`insert into promotion_tally (promotion_rule_id, office_id, as_of, asked_at)
      values (${ruleId}, ${officeId}, ${asOf}, ${askedAt})
    on conflict (promotion_rule_id, office_id, as_of) do update set state = 'waiting', after_person_id = null, met = 0,
      open = 0, exempt = 0, disputed = 0, asked_at = ${askedAt}, counted_at = null
      where promotion_tally.state = 'done'`.execute(tx);
  return Number(begun.numAffectedRows ?? 0) === 1;
}

export async function addToTally(
  tx: Tx,
  { ruleId, officeId, asOf }: TallyKey,
  more: PromotionCounts & { last: string | null; countedAt: Date | null },
): Promise<void> {
  await sql`update promotion_tally set state = ${more.countedAt ? 'done' : 'running'},
      after_person_id = coalesce(${more.last}::uuid, after_person_id), met = met + ${more.met}, open = open + ${more.open},
      exempt = exempt + ${more.exempt}, disputed = disputed + ${more.disputed}, counted_at = ${more.countedAt}
    where promotion_rule_id = ${ruleId} and office_id = ${officeId} and as_of = ${asOf}`.execute(tx);
}

export async function lockedTally(
  tx: Tx,
  key: TallyKey,
): Promise<Pick<Tally, 'state' | 'afterPersonId'> | undefined> {
  await sql`select 1 from promotion_tally where promotion_rule_id = ${key.ruleId} and office_id = ${key.officeId}
    and as_of = ${key.asOf} for update`.execute(tx);
  return tallyOf(tx, key);
}
