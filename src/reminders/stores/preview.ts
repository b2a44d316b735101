import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads } from '../../kernel/db.ts';
import { boundOn, dueSql } from '../../mandates/index.ts';
import { recipientSql } from './collect.ts';

/** Those with the same due day: how many, and how many of them a mail or an SMS would reach. */
export type DueGroup = { dueOn: Day; people: number; mails: number; numbers: number };

const isBounced = (channel: 'mail' | 'sms', address: string) => sql`exists (select from reminder_bounce bounce
  where bounce.channel = ${channel} and bounce.address = ${sql.ref(address)})`;

export async function dueGroups(db: Reads, wish: { mandateId: string; asOf: Day }): Promise<DueGroup[]> {
  const found = await sql<DueGroup>`select due_on as "dueOn", count(*) as people,
      count(*) filter (where email is not null and not ${isBounced('mail', 'email')}) as mails,
      count(distinct mobile) filter (where not ${isBounced('sms', 'mobile')}) as numbers
    from (${dueSql(wish)}) due join person using (person_id) group by 1 order by 1`.execute(db);
  return found.rows;
}

export type StepGroup = DueGroup & { audience: 'person' | 'officer'; daysBefore: number };

/**
 * Of the steps that were told to some today, who is left: nobody is told one again for the same due day. Counted of
 * those left alone, since two may share a number of whom one was told.
 */
export async function leftGroups(db: Reads, wish: { mandateId: string; asOf: Day }): Promise<StepGroup[]> {
  const found = await sql<StepGroup>`with due as materialized (${dueSql(wish)}),
    told as materialized (select person_id, due_on, audience, days_before from reminder_item
      where mandate_id = ${wish.mandateId} and day = ${wish.asOf} and reminder_digest_id is not null),
    step as (select distinct due_on, audience, days_before from told)
    select step.due_on as "dueOn", step.audience, step.days_before as "daysBefore",
      count(*) filter (where told.person_id is null) as people,
      count(*) filter (where told.person_id is null and email is not null and not ${isBounced('mail', 'email')}) as mails,
      count(distinct mobile) filter (where told.person_id is null and not ${isBounced('sms', 'mobile')}) as numbers
    from step join due using (due_on) join person using (person_id)
      left join told on told.person_id = due.person_id and (told.due_on, told.audience, told.days_before)
        = (step.due_on, step.audience, step.days_before)
    group by 1, 2, 3`.execute(db);
  return found.rows;
}

/** How many have it before them and are reminded of nothing: on leave, suspended, posted nowhere today. */
export async function countHeldBack(db: Reads, wish: { mandateId: string; asOf: Day }): Promise<number> {
  const found = await sql<{ n: number }>`select count(*) as n from mandate_standing standing
    where mandate_id = ${wish.mandateId} and not exempt_days @> ${wish.asOf}::date
      and (reached_on is null or reached_on > ${wish.asOf})
      and ${boundOn(wish.asOf)}
      and not exists (select from (${dueSql(wish)}) due where due.person_id = standing.person_id)`.execute(
    db,
  );
  return found.rows[0]?.n ?? 0;
}

/**
 * How many officers would hear of these people, and of how many nobody would. People of one office under one
 * controlling officer have the same; only who is an officer himself is looked at alone.
 */
export async function countOfficers(
  db: Reads,
  wish: { mandateId: string; asOf: Day },
): Promise<{ officers: number; withoutOfficer: number }> {
  const found = await sql<{ officers: number; withoutOfficer: number }>`with due as (${dueSql(wish)}),
    step as (
      select 'officer' as audience, (array_agg(due.person_id order by due.person_id))[1] as person_id, path, count(*) as people
      from due join person using (person_id)
      group by path, controlling_officer_code, case when upper(controlling_officer_code) = upper(employee_code)
        or exists (select from role_grant held where held.person_id = due.person_id and held.role = 'nodal')
        or exists (select from person_code own join person below on below.controlling_officer_code = own.code
          where own.person_id = due.person_id) then due.person_id end
    )
    select count(distinct recipient_id) as officers,
      coalesce(sum(people) filter (where recipient_id is null), 0) as "withoutOfficer"
    from step cross join lateral (${recipientSql(wish.asOf)}) whom`.execute(db);
  return found.rows[0] ?? { officers: 0, withoutOfficer: 0 };
}

export type SamplePerson = {
  personId: string;
  code: string | null;
  nameHi: string | null;
  nameEn: string | null;
  officeHi: string;
  officeEn: string | null;
  dueOn: Day;
  hasMail: boolean;
  hasMobile: boolean;
};

/** Some of those who would be told, the earliest due day first. */
export async function sampleOf(
  db: Reads,
  wish: { mandateId: string; asOf: Day; limit: number; scopes: readonly string[] },
): Promise<SamplePerson[]> {
  const isWithin = wish.scopes.includes('*') ? sql`true` : sql`home.path && ${wish.scopes}::uuid[]`;
  const found =
    await sql<SamplePerson>`select due.person_id as "personId", employee_code as code, person.name_hi as "nameHi",
      person.name_en as "nameEn", office.name_hi as "officeHi", office.name_en as "officeEn", due_on as "dueOn",
      email is not null as "hasMail", mobile is not null as "hasMobile"
    from (${dueSql(wish)} and ${isWithin} limit 1000) due join person using (person_id)
      join office on office.office_id = due.office_id
    order by due_on, due.person_id limit ${wish.limit}`.execute(db);
  return found.rows;
}
