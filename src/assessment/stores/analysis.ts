import { sql } from 'kysely';
import type { Question } from '../../catalogue/index.ts';
import type { Ctx } from '../../kernel/context.ts';

export type ItemRow = {
  code: string;
  content: Question;
  retiredAt: Date | null;
  /** Handed-in papers that held this revision of the question. */
  attempts: number;
  blank: number;
  /** Mean share of the points, 0 to 1. */
  facility: number | null;
  /** Correlation of the share with the rest of the paper's score (point-biserial where it is right or wrong). */
  discrimination: number | null;
};

/** Each question of a bank as it stands now; what earlier revisions did is left out, since they were other questions. */
export async function itemsOf(ctx: Pick<Ctx, 'db'>, bankId: string): Promise<ItemRow[]> {
  const found = await sql<ItemRow>`select q.code, v.content, q.retired_at as "retiredAt",
      count(a.share)::int as attempts, (count(*) filter (where a.share is not null and a.answer is null))::int as blank,
      avg(a.share)::float8 as facility, corr(a.share::float8, (p.score - a.points)::float8) as discrimination
    from bank_question q
    join bank_question_version v on v.bank_question_id = q.bank_question_id and v.revision = q.revision
    left join paper_answer a on a.bank_question_id = q.bank_question_id and a.revision = q.revision and a.share is not null
    left join paper p on p.person_id = a.person_id and p.paper_id = a.paper_id and not p.waits_for_marker
    where q.question_bank_id = ${bankId}
    group by q.code, v.content, q.retired_at order by q.code`.execute(ctx.db.read);
  return found.rows;
}

export type ChoiceCount = { code: string; choice: string; count: number };

/** How often each option was chosen, by question. */
export async function choicesOf(ctx: Pick<Ctx, 'db'>, bankId: string): Promise<ChoiceCount[]> {
  const found = await sql<ChoiceCount>`select q.code, c.choice, count(*)::int as count
    from bank_question q join paper_answer a on a.bank_question_id = q.bank_question_id and a.revision = q.revision
    cross join lateral jsonb_array_elements_text(
      case when jsonb_typeof(a.answer) = 'array' then a.answer else jsonb_build_array(a.answer) end) as c (choice)
    where q.question_bank_id = ${bankId} and a.share is not null and a.answer is not null
      and q.kind in ('single', 'multiple', 'truth')
    group by 1, 2`.execute(ctx.db.read);
  return found.rows;
}
