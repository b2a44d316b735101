import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { Made } from './parts.ts';

type Of = { courseId: string; language: string };

export async function madeFrom(read: Reads | Tx, of: Of): Promise<Map<string, Made>> {
  const found = await sql<Made>`select ${madeColumns} from course_translation
    where course_id = ${of.courseId} and language = ${of.language}`.execute(read);
  return new Map(found.rows.map((row) => [row.place, row]));
}

const madeColumns = sql`place, text, source_hash as "sourceHash", base_hash as "baseHash", text_hash as "textHash"`;

/** Of every language of a course at once. */
export async function madeInAll(read: Reads | Tx, courseId: string): Promise<Map<string, Map<string, Made>>> {
  const found = await sql<Made & { language: string }>`select language, ${madeColumns}
    from course_translation where course_id = ${courseId}`.execute(read);
  const byLanguage = new Map<string, Map<string, Made>>();
  for (const { language, ...made } of found.rows) {
    const places = byLanguage.get(language) ?? new Map<string, Made>();
    byLanguage.set(language, places.set(made.place, made));
  }
  return byLanguage;
}

type At = Of & { now: Date; by: string | null };

export async function noteMade(tx: Tx, rows: Made[], at: At): Promise<void> {
  await sql`insert into course_translation (course_id, language, place, text, source_hash, base_hash, text_hash,
      translated_at, translated_by)
    select ${at.courseId}::uuid, ${at.language}, m.*, ${at.now}::timestamptz, ${at.by}::uuid
    from unnest(${rows.map((row) => row.place)}::text[], ${rows.map((row) => row.text)}::text[],
      ${rows.map((row) => row.sourceHash)}::text[], ${rows.map((row) => row.baseHash)}::text[],
      ${rows.map((row) => row.textHash)}::text[]) as m
    on conflict (course_id, language, place) do update set text = excluded.text, source_hash = excluded.source_hash,
      base_hash = excluded.base_hash, text_hash = excluded.text_hash, translated_at = excluded.translated_at,
      translated_by = excluded.translated_by`.execute(tx);
}

export async function forgetMade(tx: Tx, places: string[], of: Of): Promise<void> {
  await sql`delete from course_translation where course_id = ${of.courseId} and language = ${of.language}
    and place = any(${places}::text[])`.execute(tx);
}

export type LanguageRow = {
  language: string;
  state: 'working' | 'in_review';
  writers: string[];
  sentAt: Date | null;
  sentBy: string | null;
  reason: string | null;
  publishedAt: Date | null;
  /** Texts that learners do not read yet. */
  unpublished: number;
};

export async function courseLanguages(read: Reads | Tx, courseId: string): Promise<LanguageRow[]> {
  const found = await sql<LanguageRow>`select l.language, l.state, l.writers, l.sent_at as "sentAt",
      l.sent_by as "sentBy", l.reason, l.published_at as "publishedAt",
      (select count(*)::int from course_translation m where m.course_id = l.course_id and m.language = l.language
        and m.text is not null and not (m.place like '%.bodyMarkdown' and m.text_hash = m.source_hash) and not exists (select 1 from published_translation p
          where (p.course_id, p.language, p.place, p.source_hash, p.base_hash)
            = (m.course_id, m.language, m.place, m.source_hash, m.base_hash) and p.text = m.text)) as unpublished
    from course_language l where l.course_id = ${courseId} order by l.language`.execute(read);
  return found.rows;
}

/** The language's row, there from its first text on. The course is locked by whoever asks. */
export async function openLanguage(tx: Tx, of: Of): Promise<LanguageRow> {
  await sql`insert into course_language (course_id, language) values (${of.courseId}, ${of.language})
    on conflict do nothing`.execute(tx);
  const row = (await courseLanguages(tx, of.courseId)).find((one) => one.language === of.language);
  if (!row) throw new Error('a course_language row is missing after its insertion');
  return row;
}

export async function noteWriterOf(tx: Tx, of: Of, writer: string | null): Promise<void> {
  if (!writer) return;
  await sql`update course_language set writers = array_append(writers, ${writer}::uuid)
    where course_id = ${of.courseId} and language = ${of.language} and not writers @> array[${writer}::uuid]`.execute(
    tx,
  );
}

export async function markSent(tx: Tx, at: At): Promise<void> {
  await sql`update course_language set state = 'in_review', reason = null, sent_at = ${at.now}, sent_by = ${at.by}
    where course_id = ${at.courseId} and language = ${at.language}`.execute(tx);
}

export async function markWorking(tx: Tx, of: Of & { reason: string | null }): Promise<void> {
  await sql`update course_language set state = 'working', reason = ${of.reason}
    where course_id = ${of.courseId} and language = ${of.language}`.execute(tx);
}

export type PublishedText = Pick<Made, 'place' | 'text' | 'sourceHash' | 'baseHash'> & {
  html: string | null;
  cueOf: string | null;
};

/** What the learners of this language read from now on, with what they read of older sources. */
export async function publishTexts(
  tx: Tx,
  rows: PublishedText[],
  at: At & { searchText: string },
): Promise<void> {
  await sql`insert into published_translation (course_id, language, place, text, source_hash, base_hash, html, cue_of,
      published_at)
    select ${at.courseId}::uuid, ${at.language}, m.*, ${at.now}::timestamptz
    from unnest(${rows.map((row) => row.place)}::text[], ${rows.map((row) => row.text)}::text[],
      ${rows.map((row) => row.sourceHash)}::text[], ${rows.map((row) => row.baseHash)}::text[],
      ${rows.map((row) => row.html)}::text[], ${rows.map((row) => row.cueOf)}::text[]) as m
    on conflict (course_id, language, place, source_hash, base_hash) do update
      set text = excluded.text, html = excluded.html, published_at = excluded.published_at
      where published_translation.text <> excluded.text`.execute(tx);
  // A text that was taken away is read by nobody any more, of whatever source it was made.
  await sql`delete from published_translation p where p.course_id = ${at.courseId} and p.language = ${at.language}
    and p.place <> all(${rows.map((row) => row.place)}::text[]) and not exists (select 1 from course_translation t
      where t.course_id = p.course_id and t.language = p.language and t.place = p.place)`.execute(tx);
  await sql`update course_language set state = 'working', reason = null, writers = '{}', search_text = ${at.searchText}, published_at = ${at.now},
      published_by = ${at.by} where course_id = ${at.courseId} and language = ${at.language}`.execute(tx);
  await sql`update course set languages = array_append(languages, ${at.language})
    where course_id = ${at.courseId} and not languages @> array[${at.language}]::text[]`.execute(tx);
}

/** Learners read the source again; nothing of the translation is lost. */
export async function markWithdrawn(tx: Tx, of: Of): Promise<void> {
  await sql`update course_language set published_at = null, published_by = null, state = 'working'
    where course_id = ${of.courseId} and language = ${of.language}`.execute(tx);
  // Hindi or English may stand in the course itself too.
  await sql`update course set languages = array_remove(languages, ${of.language}) where course_id = ${of.courseId}
    and not (${of.language} = 'hi' and title_hi is not null) and not (${of.language} = 'en' and title_en is not null)`.execute(
    tx,
  );
}

type ReadText = { place: string; sourceHash: string; baseHash: string; text: string; html: string | null };

/** What learners read in a language, all but the captions; nothing where it is not published. */
export async function publishedTexts(read: Reads | Tx, of: Of): Promise<ReadText[]> {
  const found = await sql<ReadText>`select p.place, p.source_hash as "sourceHash", p.base_hash as "baseHash",
      p.text, p.html from published_translation p join course_language l using (course_id, language)
    where p.course_id = ${of.courseId} and p.language = ${of.language} and p.cue_of is null
      and l.published_at is not null`.execute(read);
  return found.rows;
}

/** What is published in any language, by its language, place and hashes. */
export async function publishedKeys(read: Reads | Tx, courseId: string): Promise<string[]> {
  const found = await sql<{
    key: string;
  }>`select concat_ws(' ', p.language, p.place, p.source_hash, p.base_hash) as key
    from published_translation p join course_language l using (course_id, language)
    where p.course_id = ${courseId} and p.cue_of is null and l.published_at is not null`.execute(read);
  return found.rows.map((row) => row.key);
}

export async function publishedCues(read: Reads | Tx, of: Of & { lesson: string }): Promise<ReadText[]> {
  const found = await sql<ReadText>`select p.place, p.source_hash as "sourceHash", p.base_hash as "baseHash",
      p.text, p.html from published_translation p join course_language l using (course_id, language)
    where p.course_id = ${of.courseId} and p.language = ${of.language} and p.cue_of = ${of.lesson}
      and l.published_at is not null`.execute(read);
  return found.rows;
}

/** The lessons whose captions have something of this language. */
export async function lessonsWithCues(read: Reads | Tx, of: Of): Promise<string[]> {
  const found = await sql<{ lesson: string }>`select distinct cue_of as lesson from published_translation
    where course_id = ${of.courseId} and language = ${of.language} and cue_of is not null`.execute(read);
  return found.rows.map((row) => row.lesson);
}
