import type { Ctx } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { completionIdsAt, completionsByIds, wordsAt } from '../stores/material.ts';
import { inputsOf, type Statement, statementByNumber } from '../stores/statements.ts';
import { buildContent, wordsNeeded } from './build-content.ts';
import type { StatementContent } from './content.ts';
import { canonical, wordsOf } from './make-statements.ts';
import { readStatementNumber } from './number.ts';

export type Recomputed = {
  statementNo: string;
  isEqual: boolean;
  recomputed: string;
  differences: string[];
  /** Where the events alone would now say something else, because an undo, a merge or an edit changed their past. */
  notes: string[];
};

/**
 * Makes a frozen statement again: its items from the completions that it names, its words from the words as they
 * stood, postings, names and orders from what it kept, since those are overwritten. The canonical JSON must be the
 * same byte for byte.
 */
export async function recomputeStatement(ctx: Ctx, typed: string): Promise<Recomputed> {
  const statement = await statementTyped(ctx, typed);
  const inputs = await inputsOf(ctx.db.read, statement);
  if (!inputs) throw notFound();
  const before = JSON.parse(statement.content) as StatementContent;
  const ids = inputs.items.map((item) => item.id);
  const facts = await completionsByIds(ctx.db.read, statement.personId, ids);
  const words = wordsOf(await wordsAt(ctx.db.read, wordsNeeded(inputs, facts), statement.frozenAt));
  const header = {
    form: before.form,
    number: statement.statementNo,
    year: statement.year,
    period: before.period,
    cutOff: before.cutOff,
    frozenAt: statement.frozenAt.toISOString(),
    calendar: before.calendar,
    replaces: before.replaces,
  };
  const completions = new Map(facts.map((fact) => [fact.id, fact]));
  const after = buildContent(header, { inputs, completions, words });
  const recomputed = canonical(after);
  return {
    statementNo: statement.statementNo,
    isEqual: recomputed === statement.content,
    recomputed,
    differences: recomputed === statement.content ? [] : differencesOf(before, after),
    notes: await notesOn(ctx, statement, { ids, before }),
  };
}

export async function statementTyped(ctx: Ctx, typed: string): Promise<Statement> {
  const statementNo = readStatementNumber(typed);
  const found = statementNo ? await statementByNumber(ctx.db.read, statementNo) : undefined;
  if (!found) throw notFound();
  return found;
}

async function notesOn(
  ctx: Ctx,
  statement: Statement,
  { ids, before }: { ids: string[]; before: StatementContent },
): Promise<string[]> {
  const span = { from: before.period.from, cutOff: before.cutOff, at: statement.frozenAt };
  const byEvents = await completionIdsAt(ctx.db.read, statement.personId, span);
  const more = byEvents.filter((id) => !ids.includes(id)).length;
  const fewer = ids.filter((id) => !byEvents.includes(id)).length;
  return [
    ...(more > 0 ? [`completions that the events now date before the freeze: ${more}`] : []),
    ...(fewer > 0
      ? [`completions that the events now void before the freeze, or that a merge moved: ${fewer}`]
      : []),
  ];
}

/** Each path whose value differs, before and after. */
export function differencesOf(before: unknown, after: unknown, path = '$'): string[] {
  if (Object.is(before, after)) return [];
  if (!isTree(before) || !isTree(after))
    return [`${path}: ${JSON.stringify(before) ?? 'absent'} -> ${JSON.stringify(after) ?? 'absent'}`];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => differencesOf(before[key], after[key], `${path}.${key}`));
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
