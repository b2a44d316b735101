import { sql } from 'kysely';
import type { Db, Reads, Tx } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';
import { newId } from '../../kernel/ids.ts';
import { inScope } from '../../organisations/index.ts';

export type CaseState = 'open' | 'cleared' | 'upheld' | 'lapsed';
export type CaseKey = { personId: string; reviewCaseId: string };
export type ReviewCase = CaseKey & {
  day: string;
  claimedSeconds: number;
  excessSeconds: number;
  openedAt: Date;
  lapsesOn: string;
  state: CaseState;
  answer: string | null;
  answeredAt: Date | null;
  reason: string | null;
  decidedAt: Date | null;
  courseCode: string | null;
  courseHi: string | null;
  courseEn: string | null;
};

const columns = sql`r.person_id as "personId", r.review_case_id as "reviewCaseId", r.day, r.claimed_seconds as "claimedSeconds",
  r.excess_seconds as "excessSeconds", r.opened_at as "openedAt", r.lapses_on as "lapsesOn", r.state, r.answer,
  r.answered_at as "answeredAt", r.reason, r.decided_at as "decidedAt", c.code as "courseCode", c.title_hi as "courseHi",
  c.title_en as "courseEn"`;
const joins = sql`review_case r left join enrolment e on e.person_id = r.person_id and e.enrolment_id = r.enrolment_id
  left join course c on c.course_id = e.course_id`;

export type NewCase = CaseKey & {
  day: string;
  enrolmentId: string;
  lessonId: string;
  claimedSeconds: number;
  excessSeconds: number;
  lapsesOn: string;
  now: Date;
};

/** False where a case is open already, or one of this day was decided. */
export async function insertCase(tx: Tx, row: NewCase): Promise<boolean> {
  const done =
    await sql`insert into review_case (person_id, review_case_id, day, office_id, enrolment_id, lesson_id,
      claimed_seconds, excess_seconds, opened_at, lapses_on, controlling_code)
    values (${row.personId}, ${row.reviewCaseId}, ${row.day}, ${officeOf(row.personId, row.day)}, ${row.enrolmentId},
      ${row.lessonId}, ${row.claimedSeconds}, ${row.excessSeconds}, ${row.now}, ${row.lapsesOn},
      (select upper(controlling_officer_code) from person where person_id = ${row.personId}))
    on conflict do nothing`.execute(tx);
  return (done.numAffectedRows ?? 0n) > 0n;
}

function officeOf(personId: string, day: string) {
  return sql`(select office_id from posting where person_id = ${personId} and voided_at is null
    and starts_on <= ${day}::date and (ends_on is null or ends_on >= ${day}::date)
    order by is_primary desc, starts_on desc limit 1)`;
}

export type CaseEvent = {
  kind: 'opened' | 'answered' | 'cleared' | 'upheld' | 'lapsed';
  text: string | null;
  actorPersonId: string | null;
};

export async function insertEvents(tx: Tx, rows: (CaseKey & CaseEvent)[], now: Date): Promise<void> {
  const events = rows.map((row) => ({ ...row, id: newId() }));
  await sql`insert into review_case_event (person_id, review_case_event_id, review_case_id, kind, text, actor_person_id, happened_at)
    select "personId", id, "reviewCaseId", kind, text, "actorPersonId", ${now}
    from json_to_recordset(${JSON.stringify(events)}::json)
      as e (id uuid, "personId" uuid, "reviewCaseId" uuid, kind text, text text, "actorPersonId" uuid)`.execute(
    tx,
  );
}

export async function lockCase(tx: Tx, key: CaseKey): Promise<{ state: CaseState } | undefined> {
  const found = await sql<{ state: CaseState }>`select state from review_case
    where person_id = ${key.personId} and review_case_id = ${key.reviewCaseId} for update`.execute(tx);
  return found.rows[0];
}

export async function writeAnswer(tx: Tx, row: CaseKey & { text: string; now: Date }): Promise<void> {
  await sql`update review_case set answer = ${row.text}, answered_at = ${row.now}
    where person_id = ${row.personId} and review_case_id = ${row.reviewCaseId}`.execute(tx);
}

export type Decision = CaseKey & {
  state: 'cleared' | 'upheld';
  reason: string;
  decidedBy: string;
  now: Date;
};

export async function writeDecision(tx: Tx, row: Decision): Promise<void> {
  await sql`update review_case set state = ${row.state}, reason = ${row.reason}, decided_by = ${row.decidedBy},
      decided_at = ${row.now}, seen_at = null
    where person_id = ${row.personId} and review_case_id = ${row.reviewCaseId}`.execute(tx);
}

/** Ends what nobody has decided in time. */
export async function lapseCases(tx: Tx, at: { today: string; now: Date }): Promise<CaseKey[]> {
  const found =
    await sql<CaseKey>`update review_case set state = 'lapsed', decided_at = ${at.now}, seen_at = null
    where state = 'open' and lapses_on <= ${at.today}::date
    returning person_id as "personId", review_case_id as "reviewCaseId"`.execute(tx);
  return found.rows;
}

export async function markSeen(tx: Tx, key: CaseKey, now: Date): Promise<void> {
  await sql`update review_case set seen_at = ${now}
    where person_id = ${key.personId} and review_case_id = ${key.reviewCaseId}`.execute(tx);
}

export async function casesOf(db: Reads, personId: string): Promise<ReviewCase[]> {
  const found = await sql<ReviewCase>`select ${columns} from ${joins} where r.person_id = ${personId}
    order by r.opened_at desc, r.review_case_id limit 100`.execute(db);
  return found.rows;
}

export type CaseNews = { personId: string; reviewCaseId: string; state: CaseState; at: Date };

const news = `select w.person_id as "personId", found.* from unnest($1::uuid[]) w (person_id) cross join lateral (
  select review_case_id as "reviewCaseId", state, coalesce(decided_at, opened_at) as at from review_case r
  where r.person_id = w.person_id and (seen_at is null or state = 'open') limit 5) found`;

/** Cases that are open or whose end was not looked at; the homes of one moment ask together. */
export const caseNews = gatheringRows(
  (db: Pick<Db, 'hot'>, personIds) => db.hot<CaseNews>('review-case-news', news, [personIds]),
  (row) => row.personId,
);

/** Which of these persons have a case that nobody has decided yet. */
export async function personsWithOpenCase(db: Reads | Tx, personIds: readonly string[]): Promise<string[]> {
  const found = await sql<{ id: string }>`select person_id as id from review_case
    where person_id = any(${personIds}::uuid[]) and state = 'open'`.execute(db);
  return found.rows.map((row) => row.id);
}

export type DeskCase = ReviewCase & {
  nameHi: string | null;
  nameEn: string | null;
  code: string | null;
  /** Of whoever writes the person's appraisal now, and who did when the case was opened. */
  controllingCodes: string[];
  officeHi: string | null;
  officeEn: string | null;
  path: string[] | null;
};

// Where the person is posted today, else where he was when it was opened.
const deskColumns = sql`${columns}, p.name_hi as "nameHi", p.name_en as "nameEn", p.employee_code as code,
  array_remove(array[upper(p.controlling_officer_code), r.controlling_code], null) as "controllingCodes", o.name_hi as "officeHi", o.name_en as "officeEn", o.path`;

const deskJoins = (today: string) => sql`${joins} join person p on p.person_id = r.person_id
  left join lateral (select office_id from posting where person_id = r.person_id and voided_at is null
    and starts_on <= ${today}::date and (ends_on is null or ends_on >= ${today}::date)
    order by is_primary desc, starts_on desc limit 1) post on true
  left join office o on o.office_id = coalesce(post.office_id, r.office_id)`;

type DeskFilter = { scopes: readonly string[]; isOpen: boolean; today: string; decider: string | undefined };

/** Cases in the subtree, the actor's own and those of people whom he controls left out. */
export async function deskCases(db: Reads, filter: DeskFilter): Promise<DeskCase[]> {
  const found = await sql<DeskCase>`select ${deskColumns} from ${deskJoins(filter.today)}
    where (r.state = 'open') = ${filter.isOpen} and ${inScope(sql`o.path`, filter.scopes)}
      and ${notHisOwn(filter.decider)}
    order by case when r.state = 'open' then r.lapses_on end, r.opened_at desc, r.review_case_id limit 200`.execute(
    db,
  );
  return found.rows;
}

function notHisOwn(decider: string | undefined) {
  return sql<boolean>`(${decider ?? null}::uuid is null or r.person_id <> ${decider ?? null}::uuid
    and not exists (select 1 from person_code k where k.person_id = ${decider ?? null}::uuid
      and upper(k.code) in (upper(p.controlling_officer_code), r.controlling_code)))`;
}

export async function deskCase(db: Reads, key: CaseKey, today: string): Promise<DeskCase | undefined> {
  const found = await sql<DeskCase>`select ${deskColumns} from ${deskJoins(today)}
    where r.person_id = ${key.personId} and r.review_case_id = ${key.reviewCaseId}`.execute(db);
  return found.rows[0];
}

/** In capitals, as codes are compared. */
export async function codesOf(db: Reads, personId: string): Promise<string[]> {
  const found = await sql<{
    code: string;
  }>`select upper(code) as code from person_code where person_id = ${personId}`.execute(db);
  return found.rows.map((row) => row.code);
}

export type ShownEvent = CaseEvent & { happenedAt: Date; nameHi: string | null; nameEn: string | null };

export async function eventsOf(db: Reads, key: CaseKey): Promise<ShownEvent[]> {
  const found = await sql<ShownEvent>`select v.kind, v.text, v.actor_person_id as "actorPersonId",
      v.happened_at as "happenedAt", p.name_hi as "nameHi", p.name_en as "nameEn"
    from review_case_event v left join person p on p.person_id = v.actor_person_id
    where v.person_id = ${key.personId} and v.review_case_id = ${key.reviewCaseId}
    order by v.happened_at, v.review_case_event_id`.execute(db);
  return found.rows;
}

/** Cases follow the survivor of a merge. Of two open ones, and of two of one day, the survivor's stays. */
export async function reassignCases(tx: Tx, pair: { survivorId: string; mergedId: string }): Promise<void> {
  const at = [pair.survivorId, pair.mergedId] as const;
  await sql`update review_case set state = 'lapsed', decided_at = now() where person_id = ${at[1]} and state = 'open'
    and exists (select 1 from review_case s where s.person_id = ${at[0]} and s.state = 'open')`.execute(tx);
  await sql`insert into review_case (person_id, review_case_id, day, office_id, enrolment_id, lesson_id, claimed_seconds,
      excess_seconds, opened_at, lapses_on, state, answer, answered_at, reason, decided_by, decided_at, seen_at, controlling_code)
    select ${at[0]}::uuid, review_case_id, day, office_id, enrolment_id, lesson_id, claimed_seconds, excess_seconds,
      opened_at, lapses_on, state, answer, answered_at, reason, decided_by, decided_at, seen_at, controlling_code
    from review_case where person_id = ${at[1]} on conflict do nothing`.execute(tx);
  await sql`insert into review_case_event (person_id, review_case_event_id, review_case_id, kind, text, actor_person_id, happened_at)
    select ${at[0]}::uuid, v.review_case_event_id, v.review_case_id, v.kind, v.text, v.actor_person_id, v.happened_at
    from review_case_event v join review_case s on s.person_id = ${at[0]} and s.review_case_id = v.review_case_id
    where v.person_id = ${at[1]}`.execute(tx);
  await sql`update review_case set state = 'lapsed', decided_at = now() where person_id = ${at[1]} and state = 'open'`.execute(
    tx,
  );
}
