import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads } from '../../kernel/db.ts';

export type Span = { from: Day; to: Day };

/**
 * The completions and accepted claims of the persons of `who` until a day, each with its turn and its place among those
 * of the same course. What is recorded goes before what was claimed: no claim takes minutes away. An earlier year goes
 * before both.
 */
export function completedSql({ from, to }: Span): RawBuilder<unknown> {
  return sql`select *, row_number() over (partition by person_id, course_id
          order by completed_day >= ${from}::date, is_claim, completed_day, recorded_at, completion_id) as turn,
        row_number() over (partition by person_id, course_id
          order by completed_day, is_claim, recorded_at, completion_id) as place
      from (
        select person_id, completion_id, course_id, completed_day, source, foreign_certificate_no, minutes, recorded_at,
          enrolment_id, false as is_claim
        from who join completion using (person_id)
        where completion.voided_at is null and completed_day <= ${to}::date
        union all
        select person_id, claim_id, course_id, completed_on, null, null, minutes, decided_at, null, true
        from who join claim using (person_id)
        where claim.state = 'accepted' and claim.voided_at is null and course_id is not null
          and completed_on <= ${to}::date) done`;
}

/**
 * Accepted claims and sessions attended of the persons of `who`, beside the completions of `completed`. A course counts
 * once, by whatever came first; a session of a course that the same year counts is not counted beside it.
 */
export function besideSql({ from, to }: Span): RawBuilder<unknown> {
  const india = sql`at time zone 'Asia/Kolkata'`;
  return sql`select k.person_id, k.claim_id as id, 'claim' as kind, c.code, k.course_title as title_hi,
        null as title_en, k.provider, 'other' as mode, k.completed_on as day, k.minutes,
        k.certificate_no, coalesce(d.place > 1, false) as is_renewal, coalesce(d.turn = 1, true) as is_counted,
        'claimed' as how, (k.decided_at ${india})::date as recorded_on
      from who join claim k using (person_id) left join course c using (course_id)
        left join completed d on d.person_id = k.person_id and d.completion_id = k.claim_id and d.is_claim
      where k.state = 'accepted' and k.voided_at is null and k.completed_on between ${from}::date and ${to}::date
      union all
      select a.person_id, a.attendance_id, 'session', t.code, t.title_hi, t.title_en, t.institute_code, t.mode, t.day,
        a.minutes, null, false, not exists (select 1 from completed d where d.person_id = a.person_id
          and d.course_id = t.course_id and d.turn = 1 and d.completed_day >= ${from}::date),
        'attendance', (a.recorded_at ${india})::date
      from who join attendance a using (person_id) join training_session t using (session_id)
      where a.status = 'present' and a.voided_at is null and t.day between ${from}::date and ${to}::date`;
}

/** Something learnt elsewhere than in a course here: an accepted claim, or a session that was attended. */
export type OtherItem = {
  kind: 'claim' | 'session';
  titleHi: string | null;
  titleEn: string | null;
  provider: string | null;
  day: Day;
  minutes: number;
  mode: 'online' | 'classroom' | 'residential' | 'other';
  certificateNo: string | null;
  isRenewal: boolean;
  isCounted: boolean;
};

export type YearItems = {
  others: OtherItem[];
  /** The completions of the year that repeat one, and do not count. */
  renewalIds: string[];
};

export async function yearItems(db: Reads, personId: string, span: Span): Promise<YearItems> {
  const found = await sql<YearItems>`with who as (select ${personId}::uuid as person_id),
    completed as (${completedSql(span)}),
    beside as (${besideSql(span)})
    select coalesce((select json_agg(json_build_object('kind', kind, 'titleHi', title_hi,
          'titleEn', coalesce(title_en, case kind when 'claim' then title_hi end), 'provider', provider, 'day', day,
          'minutes', minutes, 'mode', mode, 'certificateNo', certificate_no, 'isRenewal', is_renewal,
          'isCounted', is_counted) order by day desc, id) from beside), '[]') as others,
      array(select completion_id from completed
        where not is_claim and turn > 1 and completed_day >= ${span.from}::date) as "renewalIds"`.execute(db);
  return found.rows[0] ?? { others: [], renewalIds: [] };
}
