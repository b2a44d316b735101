import { sql } from 'kysely';
import type { Db, Reads, Tx } from '../../kernel/db.ts';
import { inScope } from '../../organisations/index.ts';
import { ownerPathSql } from '../course-store.ts';

type Name = { nameHi: string | null; nameEn: string | null };

export type ReviewRow = {
  reviewId: string;
  versionNumber: number;
  note: string | null;
  sentAt: Date;
  sentBy: string | null;
  sender: Name;
  state: 'open' | 'approved' | 'returned' | 'withdrawn' | 'published';
  reason: string | null;
  decidedAt: Date | null;
  decider: Name;
};

const reviewColumns = sql`r.course_review_id as "reviewId", r.version_number as "versionNumber", r.note, r.sent_at as "sentAt",
  r.sent_by as "sentBy", r.state, r.reason, r.decided_at as "decidedAt",
  jsonb_build_object('nameHi', s.name_hi, 'nameEn', s.name_en) as sender,
  jsonb_build_object('nameHi', d.name_hi, 'nameEn', d.name_en) as decider`;

/** Every review of a course, the newest first. */
export async function reviewsOf(read: Reads | Tx, courseId: string): Promise<ReviewRow[]> {
  const found = await sql<ReviewRow>`select ${reviewColumns} from course_review r
      left join person s on s.person_id = r.sent_by left join person d on d.person_id = r.decided_by
    where r.course_id = ${courseId} order by r.sent_at desc, r.course_review_id desc`.execute(read);
  return found.rows;
}

/** The review that a version waits in, or was approved by. */
export async function standingReview(
  tx: Reads | Tx,
  courseVersionId: string,
): Promise<{ reviewId: string; state: 'open' | 'approved'; sentBy: string | null } | undefined> {
  const found = await sql<{ reviewId: string; state: 'open' | 'approved'; sentBy: string | null }>`
    select course_review_id as "reviewId", state, sent_by as "sentBy" from course_review
    where course_version_id = ${courseVersionId} and state in ('open', 'approved')`.execute(tx);
  return found.rows[0];
}

export type NewReview = {
  reviewId: string;
  courseId: string;
  courseVersionId: string;
  versionNumber: number;
  note: string | null;
  now: Date;
  by: string | null;
};

export async function insertReview(tx: Tx, row: NewReview): Promise<void> {
  await sql`insert into course_review (course_review_id, course_id, course_version_id, version_number, note, sent_at, sent_by)
    values (${row.reviewId}, ${row.courseId}, ${row.courseVersionId}, ${row.versionNumber}, ${row.note}, ${row.now},
      ${row.by})`.execute(tx);
}

export async function closeReview(
  tx: Tx,
  row: { reviewId: string; state: ReviewRow['state']; reason?: string | null; now: Date; by: string | null },
): Promise<void> {
  await sql`update course_review set state = ${row.state}, reason = coalesce(${row.reason ?? null}, reason),
      decided_at = ${row.now}, decided_by = ${row.by} where course_review_id = ${row.reviewId}`.execute(tx);
}

/** An approval stays its reviewer's: publication only says that it was used. */
export async function markReviewUsed(tx: Tx, reviewId: string): Promise<void> {
  await sql`update course_review set state = 'published' where course_review_id = ${reviewId}`.execute(tx);
}

export async function setVersionState(
  tx: Tx,
  courseVersionId: string,
  state: 'draft' | 'in_review',
): Promise<void> {
  await sql`update course_version set state = ${state}
    where course_version_id = ${courseVersionId} and state in ('draft', 'in_review')`.execute(tx);
}

/** Persons, and tokens that stand for none, who wrote on this version. */
export async function writersOf(read: Reads | Tx, courseVersionId: string): Promise<string[]> {
  const found = await sql<{ id: string }>`select writer_id as id from course_writer
    where course_version_id = ${courseVersionId}`.execute(read);
  return found.rows.map((row) => row.id);
}

export type CommentRow = {
  commentId: string;
  threadId: string | null;
  versionNumber: number;
  lessonCode: string | null;
  text: string;
  writtenAt: Date;
  writer: Name;
  resolvedAt: Date | null;
  resolver: Name;
};

/** All that was said about a course, in the order of saying. */
export async function commentsOf(read: Reads | Tx, courseId: string): Promise<CommentRow[]> {
  const found = await sql<CommentRow>`select k.course_comment_id as "commentId", k.thread_id as "threadId",
      k.version_number as "versionNumber", k.lesson_code as "lessonCode", k.text, k.written_at as "writtenAt",
      jsonb_build_object('nameHi', w.name_hi, 'nameEn', w.name_en) as writer, k.resolved_at as "resolvedAt",
      jsonb_build_object('nameHi', r.name_hi, 'nameEn', r.name_en) as resolver
    from course_comment k left join person w on w.person_id = k.written_by
      left join person r on r.person_id = k.resolved_by
    where k.course_id = ${courseId} order by k.written_at, k.course_comment_id`.execute(read);
  return found.rows;
}

export type NewComment = {
  commentId: string;
  courseId: string;
  versionNumber: number;
  lessonCode: string | null;
  threadId: string | null;
  text: string;
  now: Date;
  by: string | null;
};

export async function insertComment(tx: Tx, row: NewComment): Promise<void> {
  await sql`insert into course_comment (course_comment_id, course_id, version_number, lesson_code, thread_id, text,
      written_at, written_by)
    values (${row.commentId}, ${row.courseId}, ${row.versionNumber}, ${row.lessonCode}, ${row.threadId}, ${row.text},
      ${row.now}, ${row.by})`.execute(tx);
}

export async function setResolved(
  tx: Tx,
  row: { commentId: string; at: Date | null; by: string | null },
): Promise<void> {
  await sql`update course_comment set resolved_at = ${row.at}, resolved_by = ${row.by}
    where course_comment_id = ${row.commentId}`.execute(tx);
}

/** Whether an office on this path wants every course to be reviewed by a second person. */
export async function wantsSecondPerson(read: Reads | Tx, path: readonly string[] | null): Promise<boolean> {
  const found = await sql<{ wanted: boolean }>`select exists (select 1 from review_rule
    where wants_second_person and office_id = any(${[...(path ?? [])]}::uuid[])) as wanted`.execute(read);
  return found.rows[0]?.wanted ?? false;
}

export type RuleRow = {
  code: string;
  nameHi: string;
  nameEn: string | null;
  wantsSecondPerson: boolean;
  setAt: Date;
  setter: Name;
};

/** The offices within these scopes that have decided on it. */
export async function rulesIn(db: Pick<Db, 'read'>, scopes: string[]): Promise<RuleRow[]> {
  const found = await sql<RuleRow>`select o.code, o.name_hi as "nameHi", o.name_en as "nameEn",
      r.wants_second_person as "wantsSecondPerson", r.set_at as "setAt",
      jsonb_build_object('nameHi', p.name_hi, 'nameEn', p.name_en) as setter
    from review_rule r join office o using (office_id) left join person p on p.person_id = r.set_by
    where ${inScope(sql`o.path`, scopes)} order by o.path limit 200`.execute(db.read);
  return found.rows;
}

export async function setRule(
  tx: Tx,
  row: { officeId: string; wantsSecondPerson: boolean; now: Date; by: string | null },
): Promise<void> {
  await sql`insert into review_rule (office_id, wants_second_person, set_by, set_at)
    values (${row.officeId}, ${row.wantsSecondPerson}, ${row.by}, ${row.now})
    on conflict (office_id) do update set wants_second_person = excluded.wants_second_person,
      set_by = excluded.set_by, set_at = excluded.set_at`.execute(tx);
}

export type Reviewer = Name & { personId: string };

/** Who holds the right to review over this path today; only who has not written on the version. */
export async function reviewersFor(
  tx: Tx | Reads,
  wish: { path: readonly string[]; today: string; courseVersionId: string },
): Promise<Reviewer[]> {
  const found = await sql<Reviewer>`select distinct g.person_id as "personId", p.name_hi as "nameHi",
      p.name_en as "nameEn" from role_grant g
      join person p on p.person_id = g.person_id and p.merged_into is null
    where g.role in ('reviewer', 'publisher') and g.office_id = any(${[...wish.path]}::uuid[]) and g.ended_at is null
      and g.starts_on <= ${wish.today} and (g.ends_on is null or g.ends_on >= ${wish.today})
      and not exists (select 1 from course_writer w where w.course_version_id = ${wish.courseVersionId}
        and w.writer_id = g.person_id) limit 50`.execute(tx);
  return found.rows;
}

export type WaitingRow = {
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  version: number;
  /** What this person can do about it. */
  kind: 'review' | 'publish' | 'mend' | 'answer';
  since: Date;
  openThreads: number;
};

type WaitingFor = { me: string | null; review: string[]; publish: string[]; write: string[] };

/** What waits for one person: drafts to review, approved ones to publish, returned ones to mend; the oldest first. */
export async function waitingFor(db: Pick<Db, 'read'>, who: WaitingFor): Promise<WaitingRow[]> {
  const path = ownerPathSql;
  const found = await sql<WaitingRow>`
    with standing as (
      select distinct on (r.course_version_id) r.*, ${path} as path, c.code,
        coalesce(v.details ->> 'titleHi', c.title_hi) as title_hi, coalesce(v.details ->> 'titleEn', c.title_en) as title_en,
        exists (select 1 from course_writer w where w.course_version_id = r.course_version_id
          and w.writer_id = ${who.me}::uuid) as is_mine
      from course_review r join course_version v using (course_version_id) join course c on c.course_id = r.course_id
        left join office o on o.office_id = c.office_id
      where v.state in ('draft', 'in_review') order by r.course_version_id, r.sent_at desc
    )
    select code, title_hi as "titleHi", title_en as "titleEn", version_number as version,
      coalesce(decided_at, sent_at) as since,
      case state when 'open' then 'review' when 'approved' then 'publish' else 'mend' end as kind,
      (select count(*)::int from course_comment k where k.course_id = standing.course_id and k.thread_id is null
        and k.resolved_at is null) as "openThreads"
    from standing
    where (state = 'open' and not is_mine and sent_by is distinct from ${who.me}::uuid and ${inScope(sql`path`, who.review)})
      or (state = 'approved' and ${inScope(sql`path`, who.publish)})
      or (state = 'returned' and (is_mine or sent_by = ${who.me}::uuid) and ${inScope(sql`path`, who.write)})
    order by since limit 50`.execute(db.read);
  return found.rows;
}

/** Drafts that this person wrote on, where somebody else said the last word of a thread that is still open. */
export async function commentsFor(
  db: Pick<Db, 'read'>,
  who: { me: string | null; write: string[] },
): Promise<WaitingRow[]> {
  const found = await sql<WaitingRow>`
    select c.code, coalesce(v.details ->> 'titleHi', c.title_hi) as "titleHi",
      coalesce(v.details ->> 'titleEn', c.title_en) as "titleEn", v.number as version, 'answer' as kind,
      max(k.written_at) as since, count(*)::int as "openThreads"
    from course_writer w join course_version v using (course_version_id) join course c using (course_id)
      left join office o on o.office_id = c.office_id
      join course_comment k on k.course_id = c.course_id and k.thread_id is null and k.resolved_at is null
      join lateral (select l.written_by from course_comment l
        where l.course_comment_id = k.course_comment_id or l.thread_id = k.course_comment_id
        order by l.written_at desc limit 1) last on last.written_by is distinct from w.writer_id
    where w.writer_id = ${who.me}::uuid and v.state in ('draft', 'in_review') and ${inScope(ownerPathSql, who.write)}
    group by c.code, c.title_hi, c.title_en, v.details, v.number order by since limit 50`.execute(db.read);
  return found.rows;
}

/** Those of these ids that are persons; the others are tokens. */
export async function personsAmong(tx: Tx, ids: string[]): Promise<string[]> {
  const found = await sql<{ personId: string }>`select person_id as "personId" from person
    where person_id = any(${ids}::uuid[]) and merged_into is null`.execute(tx);
  return found.rows.map((row) => row.personId);
}
