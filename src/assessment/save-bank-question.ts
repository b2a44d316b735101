import type { Question } from '../catalogue/index.ts';
import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { requireAuthor } from './policy.ts';
import { codeTaken, staleSave } from './refusals.ts';
import { bankAct, stampOf } from './save-bank.ts';
import {
  type BankRow,
  lockBank,
  type QuestionRow,
  type QuestionSave,
  questionByCode,
  questionsOf,
  saveQuestions,
  setQuestionRetired,
} from './stores/banks.ts';
import { staleTwin } from './twins.ts';

export type NewQuestion = {
  code?: string;
  tags: string[];
  difficulty: number;
  content: Question;
};

/** Adds questions at once, each with the code it brings or the next free number; returns their codes. */
export function addQuestions(ctx: Ctx, bankCode: string, questions: NewQuestion[]): Promise<string[]> {
  return bringQuestions(ctx, bankCode, { questions, twins: [] });
}

/** A question of the bank as it was seen, and what it says with its other language. */
export type NewTwin = { row: QuestionRow; content: Question };

/** The same, and gives questions that are there their other language: all of it or nothing. */
export async function bringQuestions(
  ctx: Ctx,
  bankCode: string,
  { questions, twins }: { questions: NewQuestion[]; twins: NewTwin[] },
): Promise<string[]> {
  return ctx.db.transaction(async (tx) => {
    const bank = await lockBank(tx, bankCode);
    requireAuthor(ctx, bank);
    const taken = await takenCodes(tx, bank);
    const rows = questions.map((one) => newRow(one, taken));
    const joined = await Promise.all(twins.map((one) => twinRow(tx, bank, one)));
    await saveQuestions(tx, bank.bankId, { questions: [...rows, ...joined], stamp: stampOf(ctx) });
    const detail = {
      count: rows.length,
      codes: rows.slice(0, 50).map((row) => row.code),
      ...(joined.length > 0 && { twins: joined.slice(0, 50).map((row) => row.code) }),
    };
    await audit(tx, ctx, { ...bankAct(bank), action: 'bank.questions_added', detail });
    return rows.map((row) => row.code);
  });
}

async function twinRow(tx: Tx, bank: BankRow, { row, content }: NewTwin): Promise<QuestionSave> {
  const now = await questionByCode(tx, bank.bankId, row.code);
  if (now?.revision !== row.revision) throw staleSave();
  return { ...row, content, staleLanguage: null, revision: row.revision + 1 };
}

async function takenCodes(tx: Tx, bank: BankRow): Promise<Set<string>> {
  const [live, retired] = [
    await questionsOf(tx, bank.bankId),
    await questionsOf(tx, bank.bankId, { state: 'retired' }),
  ];
  return new Set([...live, ...retired].map((row) => row.code));
}

function newRow(one: NewQuestion, taken: Set<string>): QuestionSave {
  if (one.code && taken.has(one.code)) throw codeTaken(one.code);
  const code = one.code ?? freeCode(taken);
  taken.add(code);
  const { tags, difficulty, content } = one;
  return {
    questionId: newId(),
    code,
    revision: 1,
    tags,
    difficulty,
    content: { ...content, code },
    staleLanguage: null,
  };
}

/** q001, q002, …: in the order of codes the list stays in the order of writing. */
function freeCode(taken: ReadonlySet<string>): string {
  for (let number = taken.size + 1; ; number += 1) {
    const code = `q${String(number).padStart(3, '0')}`;
    if (!taken.has(code)) return code;
  }
}

export type QuestionEdit = {
  revision: number;
  tags: string[];
  difficulty: number;
  content: Question;
  /** The author says that the other language still says the same. */
  twinsAgree: boolean;
};

/** Puts the next revision of a question in force; papers that were drawn keep theirs. Refuses a stale save. */
export async function saveQuestion(
  ctx: Ctx,
  at: { bank: string; question: string },
  edit: QuestionEdit,
): Promise<void> {
  await changeQuestion(ctx, at, async (tx, bank, row) => {
    if (row.revision !== edit.revision) throw staleSave();
    const { tags, difficulty } = edit;
    const content = { ...edit.content, code: row.code };
    const staleLanguage = staleTwin(row, { content, twinsAgree: edit.twinsAgree });
    const saved = { ...row, tags, difficulty, content, staleLanguage, revision: row.revision + 1 };
    await saveQuestions(tx, bank.bankId, { questions: [saved], stamp: stampOf(ctx) });
    return { action: 'bank.question_saved', detail: { code: row.code, revision: saved.revision } };
  });
}

/** Takes a question out of what may be drawn. */
export async function retireQuestion(ctx: Ctx, at: { bank: string; question: string }): Promise<void> {
  await changeQuestion(ctx, at, async (tx, _bank, row) => {
    await setQuestionRetired(tx, row.questionId, ctx.clock.now());
    return { action: 'bank.question_retired', detail: { code: row.code } };
  });
}

/** Lets a retired question be drawn again. */
export async function restoreQuestion(ctx: Ctx, at: { bank: string; question: string }): Promise<void> {
  await changeQuestion(ctx, at, async (tx, _bank, row) => {
    await setQuestionRetired(tx, row.questionId, null);
    return { action: 'bank.question_restored', detail: { code: row.code } };
  });
}

type Change = (
  tx: Tx,
  bank: BankRow,
  row: QuestionRow,
) => Promise<{ action: string; detail: Record<string, unknown> }>;

async function changeQuestion(
  ctx: Ctx,
  at: { bank: string; question: string },
  change: Change,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const bank = await lockBank(tx, at.bank);
    requireAuthor(ctx, bank);
    const row = await questionByCode(tx, bank.bankId, at.question);
    if (!row) throw notFound();
    const act = await change(tx, bank, row);
    await audit(tx, ctx, { ...bankAct(bank), ...act });
  });
}
