import { sql } from 'kysely';
import type { Ctx } from '../../../kernel/context.ts';
import type { Tx } from '../../../kernel/db.ts';
import type { ContentRow, LessonRow } from '../../course-store.ts';

/** A lesson as an author left it; what follows from it (HTML, times, sizes) is not kept. */
export type LessonSnapshot = Pick<
  LessonRow,
  | 'code'
  | 'ordinal'
  | 'kind'
  | 'titleHi'
  | 'titleEn'
  | 'moduleHi'
  | 'moduleEn'
  | 'givenMinutes'
  | 'givenMinimumSeconds'
  | 'seenShare'
  | 'quiz'
> & {
  contents: Pick<
    ContentRow,
    'language' | 'bodyMarkdown' | 'fileId' | 'captionsFileId' | 'transcript' | 'altText' | 'assetReference'
  >[];
};

export type RevisionAction = 'begun' | 'saved' | 'autosaved' | 'merged' | 'restored' | 'removed' | 'aside';

export type NewRevision = {
  id: string;
  courseVersionId: string;
  lessonId: string;
  revision: number;
  action: RevisionAction;
  snapshot: LessonSnapshot;
  at: Date;
  by: string | null;
};

export async function insertRevision(tx: Tx, one: NewRevision): Promise<void> {
  await sql`insert into lesson_revision
      (lesson_revision_id, course_version_id, lesson_id, lesson_code, revision, action, snapshot, saved_at, saved_by)
    values (${one.id}, ${one.courseVersionId}, ${one.lessonId}, ${one.snapshot.code}, ${one.revision}, ${one.action},
      ${JSON.stringify(one.snapshot)}::jsonb, ${one.at}, ${one.by})
    on conflict (lesson_id, revision) where action <> 'aside' do nothing`.execute(tx);
}

/** The state before the first change that is kept: by whoever made it, when he made it. */
export async function insertBeginning(
  tx: Tx,
  one: Pick<NewRevision, 'id' | 'lessonId' | 'snapshot' | 'at'>,
): Promise<void> {
  await sql`insert into lesson_revision
      (lesson_revision_id, course_version_id, lesson_id, lesson_code, revision, action, snapshot, saved_at, saved_by)
    select ${one.id}, l.course_version_id, l.lesson_id, l.code, l.revision, 'begun', ${JSON.stringify(one.snapshot)}::jsonb,
      coalesce(l.changed_at, v.changed_at, v.created_at), coalesce(l.changed_by, v.changed_by)
    from lesson l join course_version v using (course_version_id)
    where l.lesson_id = ${one.lessonId}
    on conflict (lesson_id, revision) where action <> 'aside' do nothing`.execute(tx);
}

/** Of what saved itself more than an hour ago, one state in ten minutes stays. */
export async function thinAutosaves(tx: Tx, lessonId: string, now: Date): Promise<void> {
  await sql`delete from lesson_revision r
    where r.lesson_id = ${lessonId} and r.action = 'autosaved' and r.saved_at < ${now}::timestamptz - interval '1 hour'
      and exists (select 1 from lesson_revision n where n.lesson_id = r.lesson_id and n.action = 'autosaved'
        and n.saved_by is not distinct from r.saved_by and n.saved_at > r.saved_at
        and n.saved_at < r.saved_at + interval '10 minutes')`.execute(tx);
}

/** One text aside a person and lesson: the newest holds all that the older ones did. */
export async function deleteAsides(tx: Tx, lessonId: string, by: string | null): Promise<void> {
  await sql`delete from lesson_revision where lesson_id = ${lessonId} and action = 'aside'
    and saved_by is not distinct from ${by}`.execute(tx);
}

export type RevisionLine = {
  id: string;
  revision: number;
  action: RevisionAction;
  at: Date;
  nameHi: string | null;
  nameEn: string | null;
  snapshot: LessonSnapshot;
};

const lineColumns = sql`r.lesson_revision_id as id, r.revision, r.action, r.saved_at as at, p.name_hi as "nameHi",
  p.name_en as "nameEn", r.snapshot`;

/** The newest 200 states of a lesson in a version of its course. */
export async function revisionsOf(
  ctx: Pick<Ctx, 'db'>,
  of: { courseVersionId: string; lesson: string },
): Promise<RevisionLine[]> {
  const found = await sql<RevisionLine>`select ${lineColumns}
    from lesson_revision r left join person p on p.person_id = r.saved_by
    where r.course_version_id = ${of.courseVersionId} and r.lesson_code = ${of.lesson}
    order by r.saved_at desc, r.revision desc limit 200`.execute(ctx.db.read);
  return found.rows;
}

export async function revisionById(
  tx: Tx,
  of: { courseVersionId: string; id: string },
): Promise<RevisionLine | undefined> {
  const found = await sql<RevisionLine>`select ${lineColumns}
    from lesson_revision r left join person p on p.person_id = r.saved_by
    where r.course_version_id = ${of.courseVersionId} and r.lesson_revision_id = ${of.id}`.execute(tx);
  return found.rows[0];
}

/** What stood under this stamp; nothing where it is no longer kept. */
export async function snapshotAt(
  db: Pick<Ctx['db'], 'read'> | { read: Tx },
  lessonId: string,
  revision: number,
): Promise<LessonSnapshot | undefined> {
  const found = await sql<{ snapshot: LessonSnapshot }>`select snapshot from lesson_revision
    where lesson_id = ${lessonId} and revision = ${revision} and action <> 'aside'`.execute(db.read);
  return found.rows[0]?.snapshot;
}

/** Whether anybody but this person changed the lesson after that stamp. */
export async function isChangedByOthers(
  tx: Tx | Ctx['db']['read'],
  since: { lessonId: string; revision: number; by: string | null },
): Promise<boolean> {
  const found = await sql<{ changed: boolean }>`select exists (select 1 from lesson_revision
    where lesson_id = ${since.lessonId} and revision > ${since.revision} and action <> 'aside'
      and saved_by is distinct from ${since.by}) as changed`.execute(tx);
  return found.rows[0]?.changed ?? true;
}

export type RemovedLesson = { id: string; code: string; titleHi: string | null; titleEn: string | null };

/** Lessons that were taken out of this draft and are not back, the last first. */
export async function removedLessons(
  ctx: Pick<Ctx, 'db'>,
  courseVersionId: string,
): Promise<RemovedLesson[]> {
  const found = await sql<RemovedLesson>`select r.lesson_revision_id as id, r.lesson_code as code,
      r.snapshot->>'titleHi' as "titleHi", r.snapshot->>'titleEn' as "titleEn"
    from lesson_revision r
    where r.course_version_id = ${courseVersionId} and r.action = 'removed'
      and not exists (select 1 from lesson l where l.course_version_id = r.course_version_id and l.code = r.lesson_code)
      and not exists (select 1 from lesson_revision n where n.course_version_id = r.course_version_id
        and n.lesson_code = r.lesson_code and n.action = 'removed' and n.saved_at > r.saved_at)
    order by r.saved_at desc limit 10`.execute(ctx.db.read);
  return found.rows;
}

export async function deleteRevisions(tx: Tx, courseVersionId: string): Promise<void> {
  await sql`delete from lesson_revision where course_version_id = ${courseVersionId}`.execute(tx);
}
