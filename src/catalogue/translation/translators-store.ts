import { sql } from 'kysely';
import { type Db, hot, type Reads, type Tx } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';

export type TranslatorRow = {
  translatorId: string;
  personId: string;
  nameHi: string | null;
  nameEn: string | null;
  languages: string[];
  until: string;
  invitedAt: Date;
  endedAt: Date | null;
};

export async function translatorsOf(read: Reads | Tx, courseId: string): Promise<TranslatorRow[]> {
  const found =
    await sql<TranslatorRow>`select t.course_translator_id as "translatorId", t.person_id as "personId",
      p.name_hi as "nameHi", p.name_en as "nameEn", t.languages, t.until, t.invited_at as "invitedAt",
      t.ended_at as "endedAt" from course_translator t join person p using (person_id)
    where t.course_id = ${courseId} order by t.ended_at is not null, t.invited_at desc limit 200`.execute(
      read,
    );
  return found.rows;
}

type Asked = { courseId: string; personId: string; today: string };

/** The languages into which this person was asked to translate the course, today. */
export async function invitedLanguages(read: Reads | Tx, asked: Asked): Promise<string[]> {
  const found = await sql<{
    language: string;
  }>`select distinct unnest(languages) as language from course_translator
    where person_id = ${asked.personId} and course_id = ${asked.courseId} and ended_at is null
      and until >= ${asked.today}`.execute(read);
  return found.rows.map((row) => row.language);
}

/** Whether a file stands in a course that this person was asked to translate. */
export async function isForTranslator(
  read: Reads | Tx,
  { fileId, personId, today }: { fileId: string; personId: string; today: string },
): Promise<boolean> {
  const found = await sql`select from course_translator t
      join course_version v using (course_id) join lesson l using (course_version_id)
      join lesson_content k using (lesson_id)
    where t.person_id = ${personId} and t.ended_at is null and t.until >= ${today}
      and (k.file_id = ${fileId} or k.captions_file_id = ${fileId} or k.image_ids @> array[${fileId}::uuid])
    limit 1`.execute(read);
  return found.rows.length > 0;
}

export type OwnInvitation = {
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  languages: string[];
  until: string;
  invitedAt: Date;
};

/** By the last day, at most two hundred; the homes of one moment ask together. */
export function invitationsOf(
  db: Pick<Db, 'read'>,
  { personId, today }: { personId: string; today: string },
): Promise<OwnInvitation[]> {
  return askInvitations(db, `${personId} ${today}`);
}

const askInvitations = gatheringRows(
  async (db: Pick<Db, 'read'>, names: string[]) => {
    const parts = names.map((name) => name.split(' '));
    const found = await sql<
      OwnInvitation & { name: string }
    >`${hot}select w.person_id || ' ' || w.today as name, found.*
      from unnest(${parts.map(([id]) => id)}::uuid[], ${parts.map(([, day]) => day)}::text[]) as w (person_id, today)
      cross join lateral (
        select c.code, c.title_hi as "titleHi", c.title_en as "titleEn", t.languages,
          t.until, t.invited_at as "invitedAt" from course_translator t join course c using (course_id)
        where t.person_id = w.person_id and t.ended_at is null and t.until >= w.today::date
        order by t.until, c.code limit 200) found`.execute(db.read);
    return found.rows;
  },
  (row) => row.name,
);

export async function liveInvitations(read: Reads | Tx, personId: string): Promise<number> {
  const found = await sql<{ count: number }>`select count(*)::int as count from course_translator
    where person_id = ${personId} and ended_at is null`.execute(read);
  return found.rows[0]?.count ?? 0;
}

/** Copied to the survivor and ended where they were: a person-owned row does not change its owner. */
export async function moveInvitations(
  tx: Tx,
  { survivorId, mergedId, now }: { survivorId: string; mergedId: string; now: Date },
): Promise<void> {
  await sql`insert into course_translator (person_id, course_translator_id, course_id, languages, until, invited_at,
      invited_by)
    select ${survivorId}, new_id(), course_id, languages, until, invited_at, invited_by from course_translator
    where person_id = ${mergedId} and ended_at is null`.execute(tx);
  await sql`update course_translator set ended_at = ${now}
    where person_id = ${mergedId} and ended_at is null`.execute(tx);
}

export type NewTranslator = {
  translatorId: string;
  courseId: string;
  personId: string;
  languages: string[];
  until: string;
  now: Date;
  by: string | null;
};

export async function insertTranslator(tx: Tx, row: NewTranslator): Promise<void> {
  await sql`insert into course_translator (person_id, course_translator_id, course_id, languages, until, invited_at,
      invited_by) values (${row.personId}, ${row.translatorId}, ${row.courseId}, ${row.languages}::text[],
      ${row.until}, ${row.now}, ${row.by})`.execute(tx);
}

/** Whether there was something to end. */
export async function endTranslator(
  tx: Tx,
  row: { courseId: string; translatorId: string; now: Date; by: string | null },
): Promise<{ personId: string } | undefined> {
  const found = await sql<{
    personId: string;
  }>`update course_translator set ended_at = ${row.now}, ended_by = ${row.by}
    where course_id = ${row.courseId} and course_translator_id = ${row.translatorId} and ended_at is null
    returning person_id as "personId"`.execute(tx);
  return found.rows[0];
}

/** One live account by an employee code, whichever office gave it. */
export async function personsByCode(tx: Tx, employeeCode: string): Promise<string[]> {
  const found = await sql<{ personId: string }>`select distinct k.person_id as "personId" from person_code k
      join person p on p.person_id = k.person_id and p.merged_into is null
    where upper(k.code) = upper(${employeeCode}) limit 2`.execute(tx);
  return found.rows.map((row) => row.personId);
}
