import { sql } from 'kysely';
import type { Question } from '../../catalogue/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { ownerPath } from './owner.ts';

export type MarkRow = {
  personId: string;
  paperId: string;
  place: number;
  answer: string | null;
  content: Question;
  points: number;
  titleHi: string | null;
  titleEn: string | null;
  blueprintCode: string;
  officePath: string[] | null;
  submittedAt: Date;
  state: 'waiting' | 'marked';
  share: number | null;
  criteria: string[] | null;
  note: string | null;
  markedAt: Date | null;
};

const columns = sql`a.person_id as "personId", a.paper_id as "paperId", a.place, a.answer #>> '{}' as answer, v.content,
  (p.questions -> a.place ->> 'points')::float8 as points, b.title_hi as "titleHi", b.title_en as "titleEn",
  b.code as "blueprintCode", ${ownerPath} as "officePath", p.submitted_at as "submittedAt", a.mark_state as state,
  a.share, a.criteria, a.mark_note as note, a.marked_at as "markedAt"`;
const tables = sql`paper_answer a join paper p using (person_id, paper_id) join blueprint b using (blueprint_id)
  join bank_question_version v on v.bank_question_id = a.bank_question_id and v.revision = a.revision
  left join office o on o.office_id = b.office_id`;

type MarkSearch = { scopes: string[]; state: 'waiting' | 'marked'; exceptPersonId: string | null };

/** Answers within the scopes, the oldest waiting first, the newest marked first; never one's own. */
export async function answersToMark(ctx: Pick<Ctx, 'db'>, search: MarkSearch): Promise<MarkRow[]> {
  const { scopes, state, exceptPersonId } = search;
  const order = state === 'waiting' ? sql`p.submitted_at, a.paper_id, a.place` : sql`a.marked_at desc`;
  const found = await sql<MarkRow>`select ${columns} from ${tables}
    where a.mark_state = ${state} and p.submitted_at is not null
      and (${scopes.includes('*')} or ${ownerPath} && ${scopes.filter((one) => one !== '*')}::uuid[])
      and (${exceptPersonId}::uuid is null or a.person_id <> ${exceptPersonId})
    order by ${order} limit 100`.execute(ctx.db.read);
  return found.rows;
}

/** How many answers wait; a hundred is told as a hundred. */
export async function countToMark(
  ctx: Pick<Ctx, 'db'>,
  { scopes, exceptPersonId }: Omit<MarkSearch, 'state'>,
): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from (select 1 from ${tables}
    where a.mark_state = 'waiting' and p.submitted_at is not null
      and (${scopes.includes('*')} or ${ownerPath} && ${scopes.filter((one) => one !== '*')}::uuid[])
      and (${exceptPersonId}::uuid is null or a.person_id <> ${exceptPersonId}) limit 100) waiting`.execute(
    ctx.db.read,
  );
  return found.rows[0]?.n ?? 0;
}

export async function answerToMark(
  read: Reads | Tx,
  at: { paperId: string; place: number },
): Promise<MarkRow | undefined> {
  const found = await sql<MarkRow>`select ${columns} from ${tables}
    where a.paper_id = ${at.paperId} and a.place = ${at.place} and a.mark_state is not null`.execute(read);
  return found.rows[0];
}

/** Whether the course that a paper belongs to was completed and certified; a revoked certificate counts no more. */
export async function isCertified(tx: Tx, row: Pick<MarkRow, 'personId' | 'paperId'>): Promise<boolean> {
  const found = await sql`select 1 from paper p
    join completion c on c.person_id = p.person_id and c.enrolment_id = p.enrolment_id
    join certificate k on k.person_id = c.person_id and k.completion_id = c.completion_id
    where p.person_id = ${row.personId} and p.paper_id = ${row.paperId} and k.replaced_by_no is null
      and k.revoked_at is null limit 1`.execute(tx);
  return found.rows.length > 0;
}

type Mark = {
  row: MarkRow;
  share: number;
  criteria: string[];
  note: string | null;
  now: Date;
  by: string | null;
};

export async function keepMark(tx: Tx, { row, share, criteria, note, now, by }: Mark): Promise<void> {
  await sql`update paper_answer set mark_state = 'marked', share = ${share}, criteria = ${JSON.stringify(criteria)}::jsonb,
      mark_note = ${note}, marked_at = ${now}, marked_by = ${by}
    where person_id = ${row.personId} and paper_id = ${row.paperId} and place = ${row.place}`.execute(tx);
}
