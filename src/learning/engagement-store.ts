import { CompiledQuery, sql } from 'kysely';
import type pg from 'pg';
import { indiaDay } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';

export type Report = {
  personId: string;
  enrolmentId: string;
  lessonId: string;
  seconds: number;
  position: number | null;
  engagementId: string;
  /** Counted seconds at which the lesson is met; a report that reaches it is left for the deciding path. */
  meetsAt: number | null;
  /** The language of the recording, where what was seen of it decides; null: time does. */
  recording: string | null;
  /** The parts seen (`segmentsText`); null of a client that tells none, whose time counts instead. */
  segments: string | null;
};

/** `wouldMeet`: nothing was written, since this report meets the lesson and the course may be completed by it. */
export type Credited = {
  personId: string;
  credited: number;
  total: number;
  /** What counts for the lesson: seconds of the recording seen, else those credited. */
  done: number;
  /** Claimed on this India day, and how much of that no clock can have shown; null where nothing was written. */
  claimed: number | null;
  excess: number | null;
  wouldMeet: boolean;
  found: boolean;
  /** In which the course is taken now; null where there is no such enrolment. */
  language: string | null;
};

// A multirange's length in seconds: PostgreSQL has no word for it, and a function would not be inlined.
const secondsOf = (parts: string) =>
  `coalesce((select sum(upper(r) - lower(r)) from unnest(${parts}) r), 0) / 10.0`;

const msOf = (time: string) => `(extract(epoch from ${time}::timestamptz) * 1000)::bigint`;

/** How far back another tab's report is remembered piece by piece; what lies before counts as spent. */
const keptMs = 600_000;

const creditReports = `
with input as (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::numeric[], $5::numeric[], $6::uuid[], $7::int[], $10::text[], $11::text[])
    as i(person_id, enrolment_id, lesson_id, seconds, position, engagement_id, meets_at, recording, parts)
), clock as materialized (
  select person_id, last_report_at, carried_seconds, coalesce(spent, int8multirange(int8range(null, ${msOf('last_report_at')}))) as spent
  from learner_clock where person_id = any($1::uuid[]) order by person_id for no key update
), standing as (
  select i.*, i.parts::int4multirange as segments, e.language, p.met_at, coalesce(p.credited_seconds, 0) as before,
    coalesce(p.seen_seconds, p.credited_seconds, 0) as done_before, p.seen as seen_before, p.seen_in,
    c.carried_seconds, c.spent, coalesce(p.opened_at, $8) as opened_at, greatest(0, extract(epoch from $8::timestamptz - c.last_report_at)) as passed_anywhere,
    case when p.opened_at is null then $8::timestamptz else greatest(p.opened_at, c.last_report_at) end as since
  from input i join clock c using (person_id)
    join enrolment e on e.person_id = i.person_id and e.enrolment_id = i.enrolment_id and e.withdrawn_at is null
    left join lesson_progress p on p.person_id = i.person_id and p.enrolment_id = i.enrolment_id and p.lesson_id = i.lesson_id
), clocked as (
  select s.*, carried_seconds + least(seconds, 300, passed) as earned,
    case when segments is null then 0 else ${secondsOf('segments')} end as watched,
    -- What this report says it was shown in: the seconds that have just passed, of this lesson as it was open.
    int8multirange(int8range(least(${msOf('$8')}, greatest(${msOf('opened_at')}, ${msOf('$8')} - (least(seconds, 3600) * 1000)::bigint)),
      ${msOf('$8')})) as shown
  from (select *, greatest(0, extract(epoch from $8::timestamptz - since)) as passed from standing) s
), unspent as materialized (
  select *, coalesce((select sum(upper(r) - lower(r)) from unnest(shown - spent) r), 0) / 1000.0 as free from clocked
), allowed as (
  -- The real time that no other report has shown, at the speed at which the recording ran, which is never above double.
  select *, floor(earned)::int as credit, trunc(earned - floor(earned), 6) as carried, case when watched = 0 then 0
    -- Multiplied before it is divided: 6 × (5 ÷ 6) would be less than 5, and cost a tenth of a second.
    else least(watched, free * 2, free * watched / nullif(seconds, 0)) end as seconds_allowed,
    greatest(seconds, watched / 2) as claim
  from unspent
), reckoned as materialized (
  select a.*, case
    when segments is null or watched <= seconds_allowed then segments
    else coalesce((select range_agg(int4range(low, least(high, floor(low + seconds_allowed * 10 - before))::int)) from (
        select lower(r) as low, upper(r) as high, coalesce(sum(upper(r) - lower(r))
          over (order by r rows between unbounded preceding and 1 preceding), 0) as before
        from unnest(segments) r) piece where before < floor(seconds_allowed * 10)), '{}'::int4multirange) end as seen
  from allowed a
), weighed as materialized (
  select r.*, case when recording is null then before + credit else done_before + case
    when seen is null then credit
    when seen_before is null then ${secondsOf('seen')}
    -- Of another recording than the one in which the lesson stands: a page that was open when the language changed.
    when seen_in <> recording then 0
    else ${secondsOf('seen_before + seen')} - ${secondsOf('seen_before')} end end as done
  from reckoned r
), taken as (
  select * from weighed where met_at is not null or meets_at is null or done < meets_at
), progressed as (
  insert into lesson_progress as p (person_id, enrolment_id, lesson_id, opened_at, last_report_at, credited_seconds, position,
    seen, seen_in, seen_seconds)
  select person_id, enrolment_id, lesson_id, $8, $8, credit, position, seen, recording,
    case when recording is not null then case when seen is null then credit else ${secondsOf('seen')} end end
  from taken order by person_id
  -- Reckoned anew from the row as it is now: another process may have written it since.
  on conflict (person_id, enrolment_id, lesson_id) do update set last_report_at = excluded.last_report_at,
    credited_seconds = p.credited_seconds + excluded.credited_seconds, position = coalesce(excluded.position, p.position),
    seen = case when excluded.seen is null or p.seen_in <> excluded.seen_in then p.seen
      else coalesce(p.seen, '{}') + excluded.seen end,
    seen_in = case when excluded.seen is null then p.seen_in else coalesce(p.seen_in, excluded.seen_in) end,
    seen_seconds = case when excluded.seen_in is null then p.seen_seconds
      else coalesce(p.seen_seconds, p.credited_seconds) + case
        when excluded.seen is null then excluded.credited_seconds
        when p.seen is null then ${secondsOf('excluded.seen')}
        when p.seen_in <> excluded.seen_in then 0
        else ${secondsOf('p.seen + excluded.seen')} - ${secondsOf('p.seen')} end end
  returning p.person_id, p.credited_seconds, coalesce(p.seen_seconds, p.credited_seconds) as done
), ticked as (
  -- Whole seconds are credited. What is left over stays on the clock, or reports that come quickly or of
  -- parts of seconds would lose it each time.
  update learner_clock c set last_report_at = greatest(c.last_report_at, $8), carried_seconds = t.carried,
    spent = case when seconds > 0 then t.spent + t.shown + int8multirange(int8range(null, ${msOf('$8')} - ${keptMs})) else t.spent end,
    claimed_on = $9::date,
    claimed_seconds = least(1000000, case when c.claimed_on = $9::date then c.claimed_seconds else 0 end + round(t.claim)),
    excess_seconds = least(1000000, case when c.claimed_on = $9::date then c.excess_seconds else 0 end
      + round(greatest(0, t.claim - t.passed_anywhere)))
  from taken t where c.person_id = t.person_id
  returning c.person_id, c.claimed_seconds, c.excess_seconds
), noted as (
  -- Into the table whose turn it is: which one that is the database alone decides, whatever a server's clock says.
  -- The parts as they were sent only where not all of them counted.
  insert into engagement (person_id, engagement_id, enrolment_id, lesson_id, happened_at, reported_seconds, credited_seconds,
    slot, position, segments, seen)
  select person_id, engagement_id, enrolment_id, lesson_id, $8, round(seconds), credit,
    (select slot from engagement_slot where state = 'open'), position, nullif(segments, seen), seen from taken
)
select i.person_id as "personId", coalesce(r.credit, 0) as credited, coalesce(g.credited_seconds, r.before, 0) as total,
  coalesce(g.done, r.done_before, 0)::float8 as done, t.claimed_seconds as claimed, t.excess_seconds as excess,
  r.person_id is not null and g.person_id is null as "wouldMeet", r.person_id is not null as found, r.language
from input i left join weighed r using (person_id) left join progressed g using (person_id) left join ticked t using (person_id)`;

/**
 * Credits reports of different persons in one statement: min(reported, server time since the later of the
 * lesson's opening and the person's last report anywhere), at most 300 s (INTERFACES), in whole seconds; less than
 * one is carried to the person's next report. Of a recording those parts count as seen that fit, at double speed, into
 * the reported time that no other report has shown yet, an hour at most: a second tab that reports little or nothing
 * takes nothing from the first. The persons' clocks
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
    indiaDay(now),
    reports.map((report) => report.recording),
    reports.map((report) => report.segments),
  ];
}

export type SeenMove = { lessonId: string; from: string; to: string | null; ratio: number };

/** What was seen of recordings in one language counts as the same share of those in another, and only once. */
export async function moveSeen(
  tx: Tx,
  at: { personId: string; enrolmentId: string },
  moves: SeenMove[],
): Promise<void> {
  await sql`update lesson_progress p set seen_in = m."to",
      seen_seconds = case when m."to" is not null then round(p.seen_seconds * m.ratio, 1) end,
      seen = case when m."to" is not null then coalesce((select range_agg(int4range(round(lower(r) * m.ratio)::int,
        round(upper(r) * m.ratio)::int)) from unnest(p.seen) r), '{}'::int4multirange) end
    from json_to_recordset(${JSON.stringify(moves)}::json) as m ("lessonId" uuid, "from" text, "to" text, ratio numeric)
    where p.person_id = ${at.personId} and p.enrolment_id = ${at.enrolmentId} and p.lesson_id = m."lessonId"
      and p.seen_in = m."from"`.execute(tx);
}
