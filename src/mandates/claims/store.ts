import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { ListKey, ListPage } from '../../kernel/lists.ts';
import { type DeskWish, isAtDesk } from '../stores/desk.ts';

export type ClaimState = 'asked' | 'accepted' | 'refused' | 'withdrawn';
export type ClaimRow = {
  claimId: string;
  personId: string;
  title: string;
  provider: string | null;
  courseId: string | null;
  courseCode: string | null;
  courseHi: string | null;
  courseEn: string | null;
  /** What the person says it was about. */
  claimedTopics: string[];
  /** What who accepted it confirmed; null until then. */
  topics: string[] | null;
  minutes: number;
  completedOn: string;
  certificateNo: string | null;
  fileId: string | null;
  state: ClaimState;
  /** An acceptance that was taken back. */
  isTakenBack: boolean;
  decidedAt: Date | null;
  decisionReason: string | null;
  recordedAt: Date;
  /** The day on which the same course is recorded as completed besides. */
  recordedOn: string | null;
  /** Who entered it for the person; null: himself. */
  enteredBy: string | null;
  code: string | null;
  nameHi: string | null;
  nameEn: string | null;
};

const columns = sql`k.claim_id as "claimId", k.person_id as "personId", k.course_title as title, k.provider,
  k.course_id as "courseId", c.code as "courseCode", c.title_hi as "courseHi", c.title_en as "courseEn", k.claimed_topics as "claimedTopics", k.topics, k.minutes,
  k.completed_on as "completedOn", k.certificate_no as "certificateNo", k.file_id as "fileId", k.state,
  k.voided_at is not null as "isTakenBack", k.decided_at as "decidedAt", k.decision_reason as "decisionReason",
  k.recorded_at as "recordedAt", k.entered_by as "enteredBy",
  (select min(completed_day) from completion d where d.person_id = k.person_id and d.course_id = k.course_id
    and d.voided_at is null) as "recordedOn", p.employee_code as code, p.name_hi as "nameHi", p.name_en as "nameEn"`;
const tables = sql`claim k left join course c using (course_id) join person p using (person_id)`;

/** One person's claims, the newest first. */
export async function claimsOf(
  db: Reads,
  personId: string,
  page: ListPage = { limit: 500 },
): Promise<ClaimRow[]> {
  const found = await sql<ClaimRow>`select ${columns} from ${tables} where k.person_id = ${personId}
      and ${page.after ? sql`(k.recorded_at, k.claim_id) < ${placeOf(page.after)}` : sql`true`}
    order by k.recorded_at desc, k.claim_id desc limit ${page.limit}`.execute(db);
  return found.rows;
}

function placeOf({ personId, id }: ListKey) {
  return sql`(select recorded_at, claim_id from claim where person_id = ${personId} and claim_id = ${id})`;
}

export async function claimById(
  db: Reads | Tx,
  key: { personId: string; claimId: string },
): Promise<ClaimRow | undefined> {
  const found = await sql<ClaimRow>`select ${columns} from ${tables}
    where k.person_id = ${key.personId} and k.claim_id = ${key.claimId}`.execute(db);
  return found.rows[0];
}

export async function openClaims(db: Reads, wish: DeskWish & ListPage): Promise<ClaimRow[]> {
  const isMine = await isAtDesk(db, sql`k.person_id`, wish);
  const found =
    await sql<ClaimRow>`select ${columns} from ${tables} where k.state = 'asked' and p.merged_into is null
      and ${isMine} and ${wish.after ? sql`(k.recorded_at, k.claim_id) > ${placeOf(wish.after)}` : sql`true`}
    order by k.recorded_at, k.claim_id limit ${wish.limit}`.execute(db);
  return found.rows;
}

/** What was decided last, newest first. */
export async function decidedClaims(db: Reads, wish: DeskWish & { limit: number }): Promise<ClaimRow[]> {
  const isMine = await isAtDesk(db, sql`k.person_id`, wish);
  const found =
    await sql<ClaimRow>`select ${columns} from ${tables} where k.decided_at is not null and p.merged_into is null
      and ${isMine} order by k.decided_at desc limit ${wish.limit}`.execute(db);
  return found.rows;
}

/** How many wait, up to `most`. */
export async function countOpenClaims(db: Reads, wish: DeskWish & { most: number }): Promise<number> {
  const isMine = await isAtDesk(db, sql`k.person_id`, wish);
  const found = await sql<{ count: number }>`select count(*) as count from (
    select from claim k join person p using (person_id)
    where k.state = 'asked' and p.merged_into is null and ${isMine} limit ${wish.most}) waiting`.execute(db);
  return found.rows[0]?.count ?? 0;
}

/** The first day that the roster knows of somebody's service; null where it knows none. */
export async function serviceBegan(db: Reads, personId: string): Promise<string | null> {
  const found = await sql<{ day: string | null }>`select least(joined_on,
      (select min(starts_on) from posting where posting.person_id = person.person_id and voided_at is null)) as day
    from person where person_id = ${personId}`.execute(db);
  return found.rows[0]?.day ?? null;
}

/** Another claim of the same person with the same file, waiting or accepted: what it says of itself. */
export async function claimOfFile(
  db: Reads | Tx,
  one: Pick<Likeness, 'personId' | 'claimId' | 'sha256'>,
): Promise<{ title: string; day: string } | undefined> {
  const found = await sql<{
    title: string;
    day: string;
  }>`select k.course_title as title, k.completed_on as day
    from claim k join file f using (file_id)
    where k.person_id = ${one.personId} and k.claim_id is distinct from ${one.claimId ?? null}::uuid
      and k.state in ('asked', 'accepted') and k.voided_at is null and f.sha256 = ${one.sha256} limit 1`.execute(
    db,
  );
  return found.rows[0];
}

export type KnownCourse = { courseId: string; code: string };

export async function courseOfCode(db: Reads | Tx, code: string): Promise<KnownCourse | undefined> {
  const found = await sql<KnownCourse>`select course_id as "courseId", code from course
    where code = ${code} and state <> 'draft'`.execute(db);
  return found.rows[0];
}

export type Likeness = {
  personId: string;
  claimId?: string;
  courseId: string | null;
  title: string;
  provider: string | null;
  completedOn: string;
  certificateNo: string | null;
  sha256: string | null;
};

/** A number alone says nothing: every institute counts its certificates from 1. */
const alike = (one: Likeness) => sql<boolean>`(f.sha256 = ${one.sha256}
  or (lower(k.certificate_no) = lower(${one.certificateNo}) and (k.completed_on = ${one.completedOn}::date
    or lower(k.provider) = lower(${one.provider}) or k.course_id = ${one.courseId}::uuid
    or lower(k.course_title) = lower(${one.title}))))`;

/** A claim of the same person that says the same, waiting or accepted. */
export async function isRepeated(tx: Reads | Tx, one: Likeness): Promise<boolean> {
  const found = await sql<{
    any: boolean;
  }>`select exists (select 1 from claim k left join file f using (file_id)
    where k.person_id = ${one.personId} and k.claim_id is distinct from ${one.claimId ?? null}::uuid
      and k.state in ('asked', 'accepted') and k.voided_at is null
      and (${alike(one)} or (k.completed_on = ${one.completedOn}::date
        and (k.course_id = ${one.courseId}::uuid or lower(k.course_title) = lower(${one.title}))))) as any`.execute(
    tx,
  );
  return found.rows[0]?.any ?? false;
}

/** The course is recorded as completed on that day already. */
export async function isRecorded(
  tx: Reads | Tx,
  one: Pick<Likeness, 'personId' | 'courseId' | 'completedOn'>,
): Promise<boolean> {
  const found = await sql<{ any: boolean }>`select exists (select 1 from completion
    where person_id = ${one.personId} and course_id = ${one.courseId}::uuid and completed_day = ${one.completedOn}::date
      and voided_at is null) as any`.execute(tx);
  return found.rows[0]?.any ?? false;
}

/** How many other persons handed in the same certificate: a number, no names. */
export async function countSameElsewhere(db: Reads, one: ClaimRow): Promise<number> {
  const found = await sql<{ count: number }>`select count(distinct person_id) as count from (
      select person_id, state from claim where lower(certificate_no) = lower(${one.certificateNo})
      union all
      select person_id, state from file f join claim using (file_id)
      where f.sha256 = (select sha256 from file where file_id = ${one.fileId}::uuid)
    ) same where person_id <> ${one.personId} and state <> 'withdrawn'`.execute(db);
  return found.rows[0]?.count ?? 0;
}

/** The days on which the same person has a course of this title accepted already: it may be the same course again. */
export async function acceptedAlike(db: Reads, one: ClaimRow): Promise<string[]> {
  const found = await sql<{ day: string }>`select completed_on as day from claim
    where person_id = ${one.personId} and claim_id <> ${one.claimId} and state = 'accepted' and voided_at is null
      and lower(course_title) = lower(${one.title}) order by completed_on limit 20`.execute(db);
  return found.rows.map((row) => row.day);
}

// What can be said to be a topic: tags of published courses, and those that orders in force ask for.
const tagsOfOrders = sql`select jsonb_path_query(rules, 'lax $.condition.**.tag') #>> '{}' as tag, 0 as place
  from mandate where state = 'published'`;
const tagsOfCourses = sql`select tag, 1 as place from course cross join unnest(tags) as tag where state = 'published'`;

/** Topics to choose from: those that orders ask for stand first, and no long list of courses pushes them out. */
export async function topicsToChoose(db: Reads): Promise<string[]> {
  const found = await sql<{ tag: string }>`select tag from (${tagsOfOrders} union all ${tagsOfCourses}) topic
    group by tag order by min(place), tag limit 200`.execute(db);
  return found.rows.map((row) => row.tag);
}

/** Of these, the ones that are topics. */
export async function topicsKnown(db: Reads, topics: readonly string[]): Promise<string[]> {
  const found = await sql<{
    tag: string;
  }>`select distinct tag from (${tagsOfOrders} union all ${tagsOfCourses}) topic
    where tag = any(${topics}::text[])`.execute(db);
  return found.rows.map((row) => row.tag);
}

export type NewClaim = Omit<Likeness, 'claimId' | 'sha256'> & {
  claimId: string;
  provider: string;
  topics: string[];
  minutes: number;
  fileId: string;
  /** Null: the person himself. */
  enteredBy: string | null;
  now: Date;
};

export async function insertClaim(tx: Tx, row: NewClaim): Promise<void> {
  await sql`insert into claim (person_id, claim_id, course_title, provider, course_id, claimed_topics, minutes, completed_on,
      certificate_no, file_id, recorded_at, entered_by)
    values (${row.personId}, ${row.claimId}, ${row.title}, ${row.provider}, ${row.courseId}, ${row.topics}::text[], ${row.minutes},
      ${row.completedOn}, ${row.certificateNo}, ${row.fileId}, ${row.now}, ${row.enteredBy})`.execute(tx);
}

export type Decided = {
  personId: string;
  claimId: string;
  state: 'accepted' | 'refused';
  courseId: string | null;
  topics: string[];
  minutes: number;
  by: string;
  now: Date;
  reason: string;
};

export async function decideClaimRow(tx: Tx, row: Decided): Promise<void> {
  await sql`update claim set state = ${row.state}, course_id = ${row.courseId}, topics = ${row.topics}::text[], minutes = ${row.minutes},
      decided_by = ${row.by}, decided_at = ${row.now}, decision_reason = ${row.reason}
    where person_id = ${row.personId} and claim_id = ${row.claimId}`.execute(tx);
}

export async function withdrawClaimRow(tx: Tx, key: { personId: string; claimId: string }): Promise<void> {
  await sql`update claim set state = 'withdrawn' where person_id = ${key.personId} and claim_id = ${key.claimId}`.execute(
    tx,
  );
}

/** The state stays as it was decided: what was known on any day can be told from the two instants. */
export async function voidClaim(
  tx: Tx,
  key: { personId: string; claimId: string; now: Date; by: string; reason: string },
): Promise<void> {
  await sql`update claim set voided_at = ${key.now}, voided_by = ${key.by}, void_reason = ${key.reason} where person_id = ${key.personId} and claim_id = ${key.claimId}`.execute(
    tx,
  );
}

export type ClaimFile = { storageKey: string; contentType: string; name: string; bytes: number };

export async function claimFile(db: Reads, fileId: string): Promise<ClaimFile | undefined> {
  const found =
    await sql<ClaimFile>`select storage_key as "storageKey", content_type as "contentType", name, bytes
    from file where file_id = ${fileId}`.execute(db);
  return found.rows[0];
}
