import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { Kind, Rule } from '../rules/compliance.ts';

export type Doubt = { hi: string | null; en: string | null };

export type RuleRow = Rule & {
  orderDate: Day;
  issuer: string;
  titleHi: string | null;
  titleEn: string | null;
  /** What is not certain about it. */
  doubts: Doubt[];
  endOrderNumber: string | null;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  officePath: string[];
  /** On the way down to the office in whose charge it was entered; null: at the command line. */
  chargePath: string[] | null;
};

const rules = sql`select r.curriculum_rule_id as "ruleId", r.order_number as "orderNumber",
    r.order_date as "orderDate", r.issuer, r.title_hi as "titleHi", r.title_en as "titleEn",
    r.office_id as "officeId", r.kinds, r.tags, r.minimum_minutes as "minimumMinutes", r.enforcement,
    r.stale_after_years as "staleAfterYears", r.valid_from as "validFrom", r.valid_until as "validUntil",
    r.end_order_number as "endOrderNumber", r.doubts, o.code as "officeCode", o.name_hi as "officeHi",
    o.name_en as "officeEn", o.path as "officePath",
    (select e.path from office e where e.office_id = r.entered_at) as "chargePath"
  from curriculum_rule r join office o using (office_id)`;

/** All rules, the latest first; there are few. */
export async function allRules(db: Reads | Tx): Promise<RuleRow[]> {
  const found = await sql<RuleRow>`${rules} order by r.valid_from desc, r.curriculum_rule_id desc`.execute(
    db,
  );
  return found.rows;
}

export async function ruleById(db: Reads | Tx, ruleId: string): Promise<RuleRow | undefined> {
  return (await sql<RuleRow>`${rules} where r.curriculum_rule_id = ${ruleId}`.execute(db)).rows[0];
}

export type NewRule = Rule & {
  orderDate: Day;
  issuer: string;
  titleHi: string | null;
  titleEn: string | null;
  doubts: Doubt[];
  enteredAt: string | null;
};
export type Stamp = { now: Date; by: string | null };

export async function insertRule(tx: Tx, rule: NewRule, { now, by }: Stamp): Promise<void> {
  await sql`insert into curriculum_rule (curriculum_rule_id, order_number, order_date, issuer, title_hi, title_en,
      office_id, kinds, tags, minimum_minutes, enforcement, stale_after_years, valid_from, valid_until, doubts,
      entered_at, recorded_at, recorded_by)
    values (${rule.ruleId}, ${rule.orderNumber}, ${rule.orderDate}, ${rule.issuer}, ${rule.titleHi}, ${rule.titleEn},
      ${rule.officeId}, ${rule.kinds}, ${rule.tags}, ${rule.minimumMinutes}, ${rule.enforcement},
      ${rule.staleAfterYears}, ${rule.validFrom}, ${rule.validUntil}, ${JSON.stringify(rule.doubts)}::jsonb,
      ${rule.enteredAt}, ${now}, ${by})`.execute(tx);
}

/** False where the rule has ended already, or had not begun by then. */
export async function closeRule(
  tx: Tx,
  { ruleId, lastDay, orderNumber }: { ruleId: string; lastDay: Day; orderNumber: string },
): Promise<boolean> {
  const done =
    await sql`update curriculum_rule set valid_until = ${lastDay}, end_order_number = ${orderNumber}
    where curriculum_rule_id = ${ruleId} and end_order_number is null and valid_from <= ${lastDay}
      and (valid_until is null or valid_until >= ${lastDay})`.execute(tx);
  return Number(done.numAffectedRows ?? 0) > 0;
}

export type Reason = {
  kind: Kind;
  subjectId: string;
  reason: string;
  givenOn: Day;
  untilOn: Day;
  giverHi: string | null;
  giverEn: string | null;
};

const columns = sql`w.kind, w.subject_id as "subjectId", w.reason, w.given_on as "givenOn",
  w.until_on as "untilOn", p.name_hi as "giverHi", p.name_en as "giverEn"`;
const given = sql`curriculum_reason w left join person p on p.person_id = w.given_by`;
const latest = sql`w.recorded_at desc, w.curriculum_reason_id desc`;

/** The latest reason of each subject that was given by that day, whether or not it still runs. */
export async function reasonsOn(db: Reads, ids: readonly string[], day: Day): Promise<Map<string, Reason>> {
  const found = await sql<Reason>`select distinct on (w.subject_id) ${columns} from ${given}
    where w.subject_id = any(${[...ids]}::uuid[]) and w.given_on <= ${day}
    order by w.subject_id, ${latest}`.execute(db);
  return new Map(found.rows.map((row) => [row.subjectId, row]));
}

/** All that was ever said of one, the latest first. */
export async function reasonsOf(db: Reads, subjectId: string): Promise<Reason[]> {
  const found = await sql<Reason>`select ${columns} from ${given} where w.subject_id = ${subjectId}
    order by ${latest} limit 100`.execute(db);
  return found.rows;
}

export async function insertReason(
  tx: Tx,
  row: { reasonId: string; kind: Kind; subjectId: string; reason: string; givenOn: Day; untilOn: Day },
  { now, by }: Stamp,
): Promise<void> {
  await sql`insert into curriculum_reason (curriculum_reason_id, kind, subject_id, reason, given_on, until_on,
      given_by, recorded_at)
    values (${row.reasonId}, ${row.kind}, ${row.subjectId}, ${row.reason}, ${row.givenOn}, ${row.untilOn}, ${by},
      ${now})`.execute(tx);
}
