import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { dueSql, isServing } from '../../mandates/index.ts';
import { daysToCatchUp } from '../ladder.ts';
import type { RuleRow } from './rules.ts';

export type Run = { mandateId: string; day: Day };

/** What was gathered on earlier days and told to nobody is found again where it is still to be told. */
export async function dropStale(tx: Tx, day: Day): Promise<void> {
  await sql`delete from reminder_item where reminder_digest_id is null and day < ${day}`.execute(tx);
  await sql`delete from reminder_run where day < ${day}`.execute(tx);
  await sql`update reminder_sending set state = 'lapsed', reason = 'day_over' where state = 'waiting'
    and day < ${day}`.execute(tx);
}

/** How far the order was gone through today; undefined where it is done. */
export async function openRun(tx: Tx, run: Run): Promise<{ afterPersonId: string | null } | undefined> {
  await sql`insert into reminder_run (mandate_id, day) values (${run.mandateId}, ${run.day})
    on conflict do nothing`.execute(tx);
  const found = await sql<{ afterPersonId: string | null }>`select after_person_id as "afterPersonId"
    from reminder_run where mandate_id = ${run.mandateId} and day = ${run.day} and finished_at is null
    for update`.execute(tx);
  return found.rows[0];
}

export type Portion = {
  rule: RuleRow & { since: Day };
  day: Day;
  afterPersonId: string | null;
  size: number;
};

/** Writes down who of the next so many reached a step; answers the last of them, null where none was left. */
export async function gatherPortion(
  tx: Tx,
  { rule, day, afterPersonId, size }: Portion,
): Promise<{ lastPersonId: string | null; found: number }> {
  const after = afterPersonId ? sql`and person_id > ${afterPersonId}` : sql``;
  const found = await sql<{ lastPersonId: string | null; found: number }>`with portion as materialized (
      select person_id from mandate_standing where mandate_id = ${rule.mandateId} ${after}
      order by person_id limit ${size}
    ),
    step as materialized (${stepsSql(rule, day, sql`select person_id from portion`)}),
    told as (
      select step.*, recipient_id from step cross join lateral (${recipientSql(day)}) whom where recipient_id is not null
    ),
    made as (
      insert into reminder_item
        (person_id, mandate_id, due_on, days_before, audience, recipient_id, office_id, day)
      select person_id, mandate_id, due_on, days_before, audience, recipient_id, office_id, ${day} from told
      on conflict do nothing returning 1
    )
    select (select person_id from portion order by person_id desc limit 1) as "lastPersonId",
      (select count(*) from made) as found`.execute(tx);
  return found.rows[0] ?? { lastPersonId: null, found: 0 };
}

/** Rows of `dueSql` with `audience` and `days_before`: the last step that each reached, as `stepOn` says it. */
export function stepsSql(
  rule: RuleRow & { since: Day },
  day: Day,
  persons?: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const all = [...rule.personDays, ...rule.officerDays, 0];
  const earliest = Math.max(...all);
  const latest = Math.min(...all) - daysToCatchUp;
  return sql`select due.*, reached.* from (${dueSql({ asOf: day, mandateId: rule.mandateId, persons })}) due
    cross join lateral (
      select audience, min(days) as days_before from (
        select 'person' as audience, unnest(${rule.personDays}::integer[]) as days
        union all select 'officer', unnest(${rule.officerDays}::integer[])) ladder
      where days >= due.due_on - ${day}::date group by audience) reached
    where due.due_on - ${day}::date between ${latest}::integer and ${earliest}::integer
      and due.due_on - days_before >= greatest(${rule.since}::date, ${day}::date - ${daysToCatchUp}::integer)`;
}

/**
 * Who is told of a row of `step`: the person; or the controlling officer, and where none serves, the nodal officer
 * of the nearest office. Nobody is told of himself as an officer. A controlling officer is named by a code alone: it is
 * that of the person's own issuer, and another's only where nobody else has it and he serves in the same department.
 */
export function recipientSql(day: Day): RawBuilder<unknown> {
  return sql`select case when step.audience = 'person' then step.person_id else coalesce(
      (select controlling.person_id from person about
        join person_code controlling on controlling.code in (about.controlling_officer_code, upper(about.controlling_officer_code))
        where about.person_id = step.person_id and controlling.person_id <> step.person_id
          and (controlling.issuer = about.issuer or (not exists (select from person_code other
              where other.code = controlling.code and other.person_id <> controlling.person_id)
            and exists (select from posting charge join office using (office_id)
              where charge.person_id = controlling.person_id and charge.voided_at is null
                and charge.starts_on <= ${day}::date and (charge.ends_on is null or charge.ends_on >= ${day}::date)
                and office.path[2:] && step.path[2:])))
          and ${isServing(day, sql`controlling.person_id`)}
        order by controlling.issuer = about.issuer desc, controlling.code limit 1),
      (select held.person_id from role_grant held
        where held.role = 'nodal' and held.office_id = any(step.path) and held.person_id <> step.person_id
          and held.ended_at is null and held.starts_on <= ${day}::date
          and (held.ends_on is null or held.ends_on >= ${day}::date)
          and exists (select from posting charge where charge.person_id = held.person_id and charge.voided_at is null
            and (held.posting_id is null or charge.posting_id = held.posting_id)
            and charge.starts_on <= ${day}::date and (charge.ends_on is null or charge.ends_on >= ${day}::date))
          and ${isServing(day, sql`held.person_id`)}
        order by array_position(step.path, held.office_id) desc, held.starts_on, held.person_id limit 1)
    ) end as recipient_id`;
}

/** Of an `item` and its row of `dueSql`: that it is about the reader himself, or that he is still the officer told. */
export function isStillTold(day: Day): RawBuilder<unknown> {
  return sql`(item.audience = 'person' or item.recipient_id = (
    select recipient_id from (select item.audience, due.person_id, due.path) step
      cross join lateral (${recipientSql(day)}) whom))`;
}

export async function writeProgress(
  tx: Tx,
  progress: Run & { lastPersonId: string | null; found: number; finishedAt: Date | null },
): Promise<void> {
  await sql`update reminder_run set after_person_id = coalesce(${progress.lastPersonId}::uuid, after_person_id),
      found = found + ${progress.found}, finished_at = ${progress.finishedAt}
    where mandate_id = ${progress.mandateId} and day = ${progress.day}`.execute(tx);
}
