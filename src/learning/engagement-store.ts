import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import type { Tx } from '../kernel/db.ts';

export type Report = {
  personId: string;
  enrolmentId: string;
  lessonId: string;
  seconds: number;
  position: number | null;
  engagementId: string;
  /** Credited seconds at which the lesson is met; a report that reaches it is left for the deciding path. */
  meetsAt: number | null;
};

/** `wouldMeet`: nothing was written, since this report meets the lesson and the course may be completed by it. */
export type Credited = {
  personId: string;
  credited: number;
  total: number;
  wouldMeet: boolean;
  found: boolean;
  /** In which the course is taken now; null where there is no such enrolment. */
  language: string | null;
};

const creditReports = `
with input as (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::numeric[], $5::numeric[], $6::uuid[], $7::int[])
    as i(person_id, enrolment_id, lesson_id, seconds, position, engagement_id, meets_at)
), clock as materialized (
  select person_id, last_report_at, carried_seconds from learner_clock where person_id = any($1::uuid[]) order by person_id for no key update
), standing as (
  select i.*, e.language, p.met_at, coalesce(p.credited_seconds, 0) as before, c.carried_seconds,
    case when p.opened_at is null then $8::timestamptz else greatest(p.opened_at, c.last_report_at) end as since
  from input i join clock c using (person_id)
    join enrolment e on e.person_id = i.person_id and e.enrolment_id = i.enrolment_id and e.withdrawn_at is null
    left join lesson_progress p on p.person_id = i.person_id and p.enrolment_id = i.enrolment_id and p.lesson_id = i.lesson_id
), exact as (
  select s.*, carried_seconds + least(seconds, 300, greatest(0, extract(epoch from $8::timestamptz - since))) as earned from standing s
), reckoned as materialized (
  select x.*, floor(earned)::int as credit, trunc(earned - floor(earned), 6) as carried from exact x
), taken as (
  select * from reckoned where met_at is not null or meets_at is null or before + credit < meets_at
), progressed as (
  insert into lesson_progress as p (person_id, enrolment_id, lesson_id, opened_at, last_report_at, credited_seconds, position)
  select person_id, enrolment_id, lesson_id, $8, $8, credit, position from taken order by person_id
  on conflict (person_id, enrolment_id, lesson_id) do update set last_report_at = excluded.last_report_at,
    credited_seconds = p.credited_seconds + excluded.credited_seconds, position = coalesce(excluded.position, p.position)
  returning p.person_id, p.credited_seconds
), ticked as (
  -- Whole seconds are credited. What is left over stays on the clock, or reports that come quickly or of
  -- parts of seconds would lose it each time.
  update learner_clock c set last_report_at = greatest(c.last_report_at, $8), carried_seconds = t.carried
  from taken t where c.person_id = t.person_id
), noted as (
  insert into engagement (person_id, engagement_id, enrolment_id, lesson_id, reported_seconds, credited_seconds, position, happened_at)
  select person_id, engagement_id, enrolment_id, lesson_id, round(seconds), credit, position, $8 from taken
)
select i.person_id as "personId", coalesce(r.credit, 0) as credited, coalesce(g.credited_seconds, r.before, 0) as total,
  r.person_id is not null and g.person_id is null as "wouldMeet", r.person_id is not null as found, r.language
from input i left join reckoned r using (person_id) left join progressed g using (person_id)`;

/**
 * Credits reports of different persons in one statement: min(reported, server time since the later of the
 * lesson's opening and the person's last report anywhere), at most 300 s (INTERFACES), in whole seconds; less than
 * one is carried to the person's next report. The persons' clocks
 * are locked in key order, so that two processes with the same persons wait and never deadlock. Answers by person.
 */
export async function creditAll(
  pool: Pick<pg.Pool, 'query'>,
  reports: Report[],
  now: Date,
): Promise<Map<string, Credited>> {
  const values = valuesOf(reports, now);
  const result = await pool.query<Credited>({ name: 'credit-reports', text: creditReports, values });
  return byPerson(result.rows);
}

/** The same inside a transaction that may go on to complete courses. */
export async function creditWithin(tx: Tx, reports: Report[], now: Date): Promise<Map<string, Credited>> {
  const query = CompiledQuery.raw(`/* hot */ ${creditReports}`, valuesOf(reports, now));
  const result = await tx.executeQuery<Credited>(query as CompiledQuery<Credited>);
  return byPerson(result.rows);
}

function byPerson(rows: Credited[]): Map<string, Credited> {
  return new Map(rows.map((row) => [row.personId, row]));
}

function valuesOf(reports: Report[], now: Date): unknown[] {
  return [
    reports.map((report) => report.personId),
    reports.map((report) => report.enrolmentId),
    reports.map((report) => report.lessonId),
    reports.map((report) => report.seconds),
    reports.map((report) => report.position),
    reports.map((report) => report.engagementId),
    reports.map((report) => report.meetsAt),
    now,
  ];
}
