import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads } from '../../kernel/db.ts';
import { type ExportKind, exportActs } from '../../kernel/exports.ts';
import type { Language } from '../../kernel/i18n.ts';

/** What the acts were called before there was one name for all: they stay on record, and what each was of. */
export const formerActs = {
  'report.export_begun': 'report',
  'report.exported': 'report',
  'report.export_broken': 'report',
  'report_file.taken': 'report',
  'persons.exported': 'persons',
  'mandate.persons_exported': 'order_persons',
  'statement.list_exported': 'statements',
  'statement_file.taken': 'statement_files',
  'promotion.exported': 'promotion',
  'claim.file_opened': 'claim_file',
} as const satisfies Record<string, ExportKind>;

/** Acts by which a file of people or figures left Daksh; the index `audit_event_taken` holds the same. */
export const takenActs = [
  ...exportActs,
  ...(Object.keys(formerActs) as (keyof typeof formerActs)[]),
] as const;

export type TakenAct = (typeof takenActs)[number];

export type Taken = {
  id: string;
  at: Date;
  action: TakenAct;
  /** Who took it; a token by its name. */
  byName: string | null;
  byCode: string | null;
  /** Null where it was of no office. */
  officeCode: string | null;
  officeHi: string | null;
  officeEn: string | null;
  /** As it was kept: filters, format, number of rows; never a name. */
  detail: Record<string, unknown>;
};

export type TakenQuery = {
  /** Offices at or below which it must be of. */
  scopes: readonly string[];
  from: Day | null;
  until: Day | null;
  /** Employee code of who took it, also a former one. */
  by: string | null;
  after: string | null;
  limit: number;
  /** Of names. */
  language: Language;
};

/** The newest first. */
export async function takenOut(reads: Reads, query: TakenQuery): Promise<Taken[]> {
  const { scopes, from, until, by, after, limit, language } = query;
  const name = language === 'hi' ? sql`taker.name_hi, taker.name_en` : sql`taker.name_en, taker.name_hi`;
  // What is of no office is for those who answer for a whole government.
  const mayBeOfNone = sql`exists (select from office root where root.parent_id is null and root.office_id = any(${[...scopes]}::uuid[]))`;
  const dayOf = sql`(event.happened_at at time zone 'Asia/Kolkata')::date`;
  const found = await sql<Taken>`select event.audit_event_id as id, event.happened_at as at, event.action,
      coalesce(event.actor_name, ${name}) as "byName", taker.employee_code as "byCode", office.code as "officeCode",
      office.name_hi as "officeHi", office.name_en as "officeEn", event.detail
    from audit_event event left join office using (office_id) left join person taker on taker.person_id = event.actor_person_id
    where event.action in (${sql.join(takenActs.map(sql.lit))}) and (office.path && ${[...scopes]}::uuid[] or event.office_id is null and ${mayBeOfNone})
      and (${from}::date is null or ${dayOf} >= ${from}::date) and (${until}::date is null or ${dayOf} <= ${until}::date)
      and (${by}::text is null or event.actor_person_id in (
        select person_id from person_code where code in (${by}::text, upper(${by}::text))))
      and (${after}::uuid is null or event.audit_event_id < ${after}::uuid)
      -- What has ended stands once, by its end; a beginning alone is one whose program was killed.
      and (event.action not in ('export.begun', 'report.export_begun') or not exists (select from audit_event ended
        where ended.action in ('export.taken', 'export.broken', 'report.exported', 'report.export_broken')
          and ended.subject_id = event.subject_id))
    order by event.audit_event_id desc limit ${limit}`.execute(reads);
  return found.rows;
}
