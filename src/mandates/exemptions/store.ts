import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { Voiding } from '../service/store.ts';
import type { ReasonClass } from './schema.ts';

export type OrderChoice = {
  mandateId: string;
  number: string;
  titleHi: string | null;
  titleEn: string | null;
};

/**
 * The published orders whose offices cover one of a person's postings, and whose place no other order has taken by a
 * day; the newest first.
 */
export async function ordersOver(db: Reads | Tx, personId: string, asOf: Day): Promise<OrderChoice[]> {
  const found = await sql<OrderChoice>`select m.mandate_id as "mandateId", m.number, m.title_hi as "titleHi",
      m.title_en as "titleEn"
    from mandate m where m.state = 'published' and m.kind in ('order', 'amendment') and exists (
      select 1 from posting p join office o using (office_id) join office s on s.office_id = any(o.path)
      where p.person_id = ${personId} and p.voided_at is null
        and s.code in (select jsonb_array_elements_text(m.rules -> 'scope' -> 'offices')))
      and not exists (select 1 from mandate l where l.amends_mandate_id = m.mandate_id and l.state = 'published'
        and l.kind in ('amendment', 'withdrawal') and l.effective_on <= ${asOf}::date)
    order by m.order_date desc, m.number limit 200`.execute(db);
  return found.rows;
}

export type ExemptionRow = {
  exemptionId: string;
  personId: string;
  mandateId: string;
  mandateNumber: string;
  titleHi: string | null;
  titleEn: string | null;
  reasonClass: ReasonClass;
  reason: string | null;
  orderNumber: string;
  startsOn: string;
  endsOn: string | null;
  approvedBy: string | null;
  byHi: string | null;
  byEn: string | null;
  recordedAt: Date;
};

const columns = sql`x.exemption_id as "exemptionId", x.person_id as "personId", x.mandate_id as "mandateId",
  m.number as "mandateNumber", m.title_hi as "titleHi", m.title_en as "titleEn", x.reason_class as "reasonClass", x.reason,
  x.order_number as "orderNumber", x.starts_on as "startsOn", x.ends_on as "endsOn", x.approved_by as "approvedBy",
  w.name_hi as "byHi", w.name_en as "byEn", x.recorded_at as "recordedAt"`;
const tables = sql`exemption x join mandate m using (mandate_id) left join person w on w.person_id = x.approved_by`;

export async function exemptionsOf(db: Reads, personId: string): Promise<ExemptionRow[]> {
  const found = await sql<ExemptionRow>`select ${columns} from ${tables}
    where x.person_id = ${personId} and x.voided_at is null order by x.starts_on desc, x.exemption_id`.execute(
    db,
  );
  return found.rows;
}

export async function liveExemption(
  db: Reads | Tx,
  key: { personId: string; exemptionId: string },
): Promise<ExemptionRow | undefined> {
  const found = await sql<ExemptionRow>`select ${columns} from ${tables}
    where x.person_id = ${key.personId} and x.exemption_id = ${key.exemptionId} and x.voided_at is null`.execute(
    db,
  );
  return found.rows[0];
}

export type ExemptionInScope = ExemptionRow & {
  code: string | null;
  nameHi: string | null;
  nameEn: string | null;
};

/** Exemptions that run on a day, of persons posted in these offices; those that end first come first. */
export async function runningExemptions(
  db: Reads,
  wish: { scopes: readonly string[]; day: string; limit: number },
): Promise<ExemptionInScope[]> {
  const isMine = wish.scopes.includes('*')
    ? sql`true`
    : sql`exists (select 1 from posting q join office o using (office_id) where q.person_id = x.person_id
        and q.voided_at is null and q.is_primary and (q.ends_on is null or q.ends_on >= ${wish.day}::date)
        and o.path && ${wish.scopes}::uuid[])`;
  const found = await sql<ExemptionInScope>`select ${columns}, p.employee_code as code, p.name_hi as "nameHi",
      p.name_en as "nameEn"
    from ${tables} join person p on p.person_id = x.person_id
    where x.voided_at is null and (x.ends_on is null or x.ends_on >= ${wish.day}::date)
      and p.merged_into is null and ${isMine}
    order by x.ends_on nulls last, x.exemption_id limit ${wish.limit}`.execute(db);
  return found.rows;
}

export type NewExemption = Pick<
  ExemptionRow,
  'personId' | 'exemptionId' | 'mandateId' | 'reasonClass' | 'reason' | 'orderNumber' | 'startsOn' | 'endsOn'
> & { by: string; now: Date };

export async function insertExemption(tx: Tx, row: NewExemption): Promise<void> {
  await sql`insert into exemption (person_id, exemption_id, mandate_id, reason_class, reason, order_number, approved_by,
      starts_on, ends_on, recorded_at, recorded_by)
    values (${row.personId}, ${row.exemptionId}, ${row.mandateId}, ${row.reasonClass}, ${row.reason}, ${row.orderNumber},
      ${row.by}, ${row.startsOn}, ${row.endsOn}, ${row.now}, ${row.by})`.execute(tx);
}

export async function exemptionOverlaps(
  tx: Tx,
  row: Pick<NewExemption, 'personId' | 'mandateId' | 'startsOn' | 'endsOn'>,
): Promise<boolean> {
  const found = await sql<{ any: boolean }>`select exists (select 1 from exemption
    where person_id = ${row.personId} and mandate_id = ${row.mandateId} and voided_at is null
      and daterange(starts_on, ends_on, '[]') && daterange(${row.startsOn}::date, ${row.endsOn}::date, '[]')) as any`.execute(
    tx,
  );
  return found.rows[0]?.any ?? false;
}

export async function voidExemption(tx: Tx, voiding: Voiding): Promise<void> {
  await sql`update exemption set voided_at = ${voiding.now}, voided_by = ${voiding.by}, void_reason = ${voiding.reason}
    where person_id = ${voiding.personId} and exemption_id = ${voiding.id} and voided_at is null`.execute(tx);
}
