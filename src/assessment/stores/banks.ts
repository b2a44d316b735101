import { sql } from 'kysely';
import type { Question } from '../../catalogue/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Db, Reads, Tx } from '../../kernel/db.ts';
import type { Candidate } from '../draw-paper.ts';
import { ownerPath } from './owner.ts';

type Read = Reads | Tx;
export type BankRow = {
  bankId: string;
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  officeId: string | null;
  officePath: string[] | null;
  officeHi: string | null;
  officeEn: string | null;
  revision: number;
  retiredAt: Date | null;
  questions: number;
  stale: number;
};

const bankColumns = sql`b.question_bank_id as "bankId", b.code, b.title_hi as "titleHi", b.title_en as "titleEn",
  b.office_id as "officeId", ${ownerPath} as "officePath", o.name_hi as "officeHi", o.name_en as "officeEn", b.revision,
  b.retired_at as "retiredAt",
  (select count(*)::int from bank_question q where q.question_bank_id = b.question_bank_id and q.retired_at is null) as questions,
  (select count(*)::int from bank_question q where q.question_bank_id = b.question_bank_id and q.retired_at is null
    and q.stale_language is not null) as stale`;
const bankTables = sql`question_bank b left join office o on o.office_id = b.office_id`;

/** Banks within the scopes, by code. */
export async function banksIn(ctx: Pick<Ctx, 'db'>, scopes: string[]): Promise<BankRow[]> {
  const everywhere = scopes.includes('*');
  const found = await sql<BankRow>`select ${bankColumns} from ${bankTables}
    where ${everywhere} or ${ownerPath} && ${scopes.filter((one) => one !== '*')}::uuid[]
    order by b.retired_at is not null, b.code limit 500`.execute(ctx.db.read);
  return found.rows;
}

export async function bankByCode(read: Read, code: string): Promise<BankRow | undefined> {
  const found = await sql<BankRow>`select ${bankColumns} from ${bankTables} where b.code = ${code}`.execute(
    read,
  );
  return found.rows[0];
}

/** The same, locked for this transaction. */
export async function lockBank(tx: Tx, code: string): Promise<BankRow | undefined> {
  const found = await sql<BankRow>`select ${bankColumns} from ${bankTables} where b.code = ${code}
    for update of b`.execute(tx);
  return found.rows[0];
}

export type BankFace = { code: string; titleHi: string | null; titleEn: string | null };
export type Stamp = { now: Date; by: string | null };

export async function insertBank(
  tx: Tx,
  bank: BankFace & { bankId: string; officeId: string | null },
  stamp: Stamp,
): Promise<void> {
  await sql`insert into question_bank (question_bank_id, code, title_hi, title_en, office_id, created_at, created_by)
    values (${bank.bankId}, ${bank.code}, ${bank.titleHi}, ${bank.titleEn}, ${bank.officeId}, ${stamp.now}, ${stamp.by})`.execute(
    tx,
  );
}

export async function updateBank(tx: Tx, bank: BankFace & { isRetired?: boolean }, now: Date): Promise<void> {
  await sql`update question_bank set title_hi = ${bank.titleHi}, title_en = ${bank.titleEn}, revision = revision + 1,
      retired_at = case when ${bank.isRetired ?? false} then coalesce(retired_at, ${now}) else null end
    where code = ${bank.code}`.execute(tx);
}

export type QuestionRow = {
  questionId: string;
  code: string;
  kind: Question['kind'];
  difficulty: number;
  tags: string[];
  revision: number;
  staleLanguage: 'hi' | 'en' | null;
  changedAt: Date;
  retiredAt: Date | null;
  content: Question;
};

const questionColumns = sql`q.bank_question_id as "questionId", q.code, q.kind, q.difficulty, q.tags, q.revision,
  q.stale_language as "staleLanguage", q.changed_at as "changedAt", q.retired_at as "retiredAt", v.content`;
const questionTables = sql`bank_question q
  join bank_question_version v on v.bank_question_id = q.bank_question_id and v.revision = q.revision`;

export type QuestionSearch = {
  q?: string;
  tag?: string;
  difficulty?: number;
  kind?: Question['kind'];
  state?: 'stale' | 'retired';
  after?: string;
  limit?: number;
};

/** Questions of a bank by code, the retired ones only where asked for. */
export async function questionsOf(
  read: Read,
  bankId: string,
  search: QuestionSearch = {},
): Promise<QuestionRow[]> {
  const like = search.q ? `%${search.q.replace(/[\\%_]/g, '\\$&')}%` : null;
  const found = await sql<QuestionRow>`select ${questionColumns} from ${questionTables}
    where q.question_bank_id = ${bankId}
      and (q.retired_at is not null) = ${search.state === 'retired'}
      and (${search.state !== 'stale'} or q.stale_language is not null)
      and (${search.tag ?? null}::text is null or ${search.tag ?? null} = any(q.tags))
      and (${search.difficulty ?? null}::int is null or q.difficulty = ${search.difficulty ?? null})
      and (${search.kind ?? null}::text is null or q.kind = ${search.kind ?? null})
      and (${like}::text is null or v.content->'text'->>'hi' ilike ${like} or v.content->'text'->>'en' ilike ${like}
        or q.code ilike ${like})
      and (${search.after ?? null}::text is null or q.code > ${search.after ?? null})
    order by q.code limit ${search.limit ?? 100_000}`.execute(read);
  return found.rows;
}

export async function questionByCode(
  read: Read,
  bankId: string,
  code: string,
): Promise<QuestionRow | undefined> {
  const found = await sql<QuestionRow>`select ${questionColumns} from ${questionTables}
    where q.question_bank_id = ${bankId} and q.code = ${code}`.execute(read);
  return found.rows[0];
}

/** Tags in use in a bank with how many questions of each difficulty carry them. */
export async function tagsOf(
  ctx: Pick<Ctx, 'db'>,
  bankId: string,
): Promise<{ tag: string; difficulty: number; count: number }[]> {
  const found = await sql<{ tag: string; difficulty: number; count: number }>`
    select coalesce(tag, '') as tag, q.difficulty, count(*)::int as count
    from bank_question q left join lateral unnest(q.tags) as tag on true
    where q.question_bank_id = ${bankId} and q.retired_at is null group by 1, 2 order by 1, 2`.execute(
    ctx.db.read,
  );
  return found.rows;
}

export type QuestionSave = Pick<
  QuestionRow,
  'questionId' | 'code' | 'difficulty' | 'tags' | 'staleLanguage'
> & {
  revision: number;
  content: Question;
};

/** Adds questions, or their next revisions, with what they say. */
export async function saveQuestions(
  tx: Tx,
  bankId: string,
  { questions, stamp }: { questions: QuestionSave[]; stamp: Stamp },
): Promise<void> {
  const rows = JSON.stringify(
    questions.map((one) => ({
      ...one,
      kind: one.content.kind,
      id: one.questionId,
      stale: one.staleLanguage,
    })),
  );
  const given = sql`json_to_recordset(${rows}::json) as i
    (id uuid, code text, kind text, difficulty int, tags json, revision int, stale text, content jsonb)`;
  await sql`insert into bank_question (bank_question_id, question_bank_id, code, kind, difficulty, tags, revision,
      stale_language, changed_at, changed_by)
    select id, ${bankId}::uuid, code, kind, difficulty, array(select json_array_elements_text(i.tags)), revision, stale,
      ${stamp.now}::timestamptz, ${stamp.by}::uuid from ${given}
    on conflict (bank_question_id) do update set code = excluded.code, kind = excluded.kind,
      difficulty = excluded.difficulty, tags = excluded.tags, revision = excluded.revision,
      stale_language = excluded.stale_language, changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(
    tx,
  );
  await sql`insert into bank_question_version (bank_question_id, revision, content, saved_at, saved_by)
    select id, revision, content, ${stamp.now}::timestamptz, ${stamp.by}::uuid from ${given}
    on conflict do nothing`.execute(tx);
}

export async function setQuestionRetired(tx: Tx, questionId: string, at: Date | null): Promise<void> {
  await sql`update bank_question set retired_at = ${at} where bank_question_id = ${questionId}`.execute(tx);
}

/** What may be drawn from these banks now. */
export async function candidatesIn(read: Read, bankCodes: string[]): Promise<Candidate[]> {
  const found =
    await sql<Candidate>`select q.bank_question_id as "questionId", q.revision, b.code as bank, q.tags,
      q.difficulty, (v.content->>'points')::float8 as points
    from question_bank b join ${questionTables} on q.question_bank_id = b.question_bank_id
    where b.code = any(${bankCodes}::text[]) and b.retired_at is null and q.retired_at is null`.execute(read);
  return found.rows;
}

export type QuestionRef = { questionId: string; revision: number };

/** Revisions of questions never change, so each is read once a process. */
const known = new WeakMap<Db, Map<string, Question>>();

export async function questionContents(db: Db, refs: QuestionRef[]): Promise<(ref: QuestionRef) => Question> {
  const cache = known.get(db) ?? new Map<string, Question>();
  known.set(db, cache);
  const keyOf = (ref: QuestionRef) => `${ref.questionId}:${ref.revision}`;
  const missing = refs.filter((ref) => !cache.has(keyOf(ref)));
  if (missing.length > 0) {
    if (cache.size > 20_000) cache.clear();
    const wanted = cache.size === 0 ? refs : missing;
    for (const row of await contentRows(db, wanted)) cache.set(keyOf(row), row.content);
  }
  const found = new Map(refs.map((ref) => [keyOf(ref), cache.get(keyOf(ref))]));
  return (ref) => {
    const content = found.get(keyOf(ref));
    if (!content) throw new Error(`a paper names a question that is not kept: ${keyOf(ref)}`);
    return content;
  };
}

async function contentRows(db: Db, refs: QuestionRef[]): Promise<(QuestionRef & { content: Question })[]> {
  const found = await sql<
    QuestionRef & { content: Question }
  >`select v.bank_question_id as "questionId", v.revision, v.content
    from unnest(${refs.map((ref) => ref.questionId)}::uuid[], ${refs.map((ref) => ref.revision)}::int[])
      as i (bank_question_id, revision)
    join bank_question_version v using (bank_question_id, revision)`.execute(db.read);
  return found.rows;
}
