import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { foldText } from '../../kernel/text/fold.ts';
import type { PromotionRule } from '../promotion/rule.ts';

type Reader = Reads | Tx;

const columns = sql`r.promotion_rule_id as "ruleId", r.order_number as "orderNumber", r.order_date as "orderDate",
  r.title_hi as "titleHi", r.title_en as "titleEn", r.office_id as "officeId", o.code as "officeCode",
  o.name_hi as "officeHi", o.name_en as "officeEn", o.path as "officePath",
  (select e.path from office e where e.office_id = r.entered_at) as "chargePath", r.cadre_ids as "cadreIds",
  r.designation_ids as "designationIds", r.rules, r.starts_on as "startsOn", r.ends_on as "endsOn",
  r.replaces_rule_id as "replacesRuleId", r.end_order_number as "endOrderNumber"`;

/** Newest first; with `officeIds` those that concern one of these offices: of an office above, at or below. */
export async function promotionRules(db: Reader, officeIds: readonly string[]): Promise<PromotionRule[]> {
  const found =
    await sql<PromotionRule>`select ${columns} from promotion_rule r join office o using (office_id)
    where '*' = any(${officeIds}::text[]) or exists (select from office mine
      where mine.office_id::text = any(${officeIds}::text[]) and (o.path @> array[mine.office_id] or mine.path @> array[o.office_id]))
    order by r.starts_on desc, r.recorded_at desc`.execute(db);
  return found.rows;
}

/** Rules of the offices on the way up from where the person is posted on a day. */
export async function rulesAbovePerson(db: Reader, personId: string, on: Day): Promise<PromotionRule[]> {
  const found =
    await sql<PromotionRule>`select ${columns} from promotion_rule r join office o using (office_id)
    where r.starts_on <= ${on}::date and (r.ends_on is null or r.ends_on >= ${on}::date)
      and exists (select from posting t join office at on at.office_id = t.office_id
        where t.person_id = ${personId} and t.voided_at is null and t.kind = 'regular' and t.starts_on <= ${on}::date
          and (t.ends_on is null or t.ends_on >= ${on}::date) and at.path @> array[r.office_id])
    order by r.starts_on desc, r.recorded_at desc`.execute(db);
  return found.rows;
}

export async function ruleById(db: Reader, ruleId: string): Promise<PromotionRule | undefined> {
  const found =
    await sql<PromotionRule>`select ${columns} from promotion_rule r join office o using (office_id)
    where r.promotion_rule_id = ${ruleId}`.execute(db);
  return found.rows[0];
}

export type NewRule = Pick<
  PromotionRule,
  'ruleId' | 'orderNumber' | 'orderDate' | 'titleHi' | 'titleEn' | 'officeId' | 'rules' | 'startsOn'
> &
  MeantIds & { replacesRuleId: string | null; enteredAt: string | null; recordedBy: string | undefined };

/** False where the rule that it replaces has been replaced already. */
export async function insertRule(tx: Tx, rule: NewRule): Promise<boolean> {
  const made =
    await sql`insert into promotion_rule (promotion_rule_id, order_number, order_date, title_hi, title_en,
      office_id, rules, starts_on, replaces_rule_id, cadre_ids, designation_ids, entered_at, recorded_by)
    values (${rule.ruleId}, ${rule.orderNumber}, ${rule.orderDate}, ${rule.titleHi}, ${rule.titleEn}, ${rule.officeId},
      ${JSON.stringify(rule.rules)}::jsonb, ${rule.startsOn}, ${rule.replacesRuleId}, ${rule.cadreIds}::uuid[],
      ${rule.designationIds}::uuid[], ${rule.enteredAt}, ${rule.recordedBy ?? null})
    on conflict (replaces_rule_id) where replaces_rule_id is not null do nothing`.execute(tx);
  return Number(made.numAffectedRows ?? 0) === 1;
}

/** The last day of a rule by an order; false where it has one already. */
export async function endRule(
  tx: Tx,
  { ruleId, endsOn, orderNumber }: { ruleId: string; endsOn: Day; orderNumber: string },
): Promise<boolean> {
  const ended = await sql`update promotion_rule set ends_on = ${endsOn}, end_order_number = ${orderNumber}
    where promotion_rule_id = ${ruleId} and ends_on is null`.execute(tx);
  return Number(ended.numAffectedRows ?? 0) === 1;
}

export type MeantIds = Pick<PromotionRule, 'cadreIds' | 'designationIds'>;
type Meant = { name: string; ids: string[] };

/** What the names of a rule mean today: each with its cadres or designations, none where nothing is called so. */
export async function namesMeant(
  db: Reader,
  { cadres, designations }: Pick<PromotionRule['rules'], 'cadres' | 'designations'>,
): Promise<{ cadres: Meant[]; designations: Meant[] }> {
  const asked = (names: readonly string[] | null) =>
    sql`json_to_recordset(${JSON.stringify((names ?? []).map((name) => ({ name, key: foldText(name) })))}::json)
      as n (name text, key text)`;
  const [inCadres, inDesignations] = await Promise.all([
    sql<Meant>`select n.name, array(select c.cadre_id::text from cadre c
      where c.name = n.name or c.name_key = n.key) as ids from ${asked(cadres)}`.execute(db),
    sql<Meant>`select n.name, array(select d.designation_id::text from designation d
      where d.name = n.name or d.name_en = n.name or d.name_key = n.key) as ids from ${asked(designations)}`.execute(
      db,
    ),
  ]);
  return { cadres: inCadres.rows, designations: inDesignations.rows };
}

export type NamedOrder = { number: string; ids: string[] };

/** Orders in force by their numbers, each with the amendments that took its place. */
export async function ordersNamed(db: Reader, numbers: readonly string[]): Promise<NamedOrder[]> {
  const found = await sql<NamedOrder>`with recursive chain as (
      select number as named, mandate_id, 0 as depth from mandate
        where number = any(${numbers}::text[]) and state <> 'draft' and kind in ('order', 'amendment')
      union all
      select c.named, m.mandate_id, c.depth + 1 from chain c join mandate m on m.amends_mandate_id = c.mandate_id
        where m.kind = 'amendment' and m.state <> 'draft')
    select named as number, array_agg(mandate_id order by depth desc)::text[] as ids from chain group by named`.execute(
    db,
  );
  return found.rows;
}

/** Orders that a rule can name, newest first; what took the place of one stands for it, and one withdrawn for nothing. */
export async function ordersToName(
  db: Reader,
  today: Day,
): Promise<{ number: string; titleHi: string | null; titleEn: string | null }[]> {
  const found = await sql<{ number: string; titleHi: string | null; titleEn: string | null }>`select number,
      title_hi as "titleHi", title_en as "titleEn" from mandate m
    where state = 'published' and kind in ('order', 'amendment') and not exists (
      select from mandate later where later.amends_mandate_id = m.mandate_id and later.state = 'published'
        and later.kind in ('amendment', 'withdrawal') and later.effective_on <= ${today}::date)
    order by order_date desc limit 100`.execute(db);
  return found.rows;
}
