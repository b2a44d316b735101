import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { type Calendar, defaultCalendar } from '../calendars/calendar.ts';
import { calendarById } from '../stores/calendars.ts';
import { frozenAmong } from '../stores/jobs.ts';
import { keepWords } from '../stores/material.ts';
import { insertStatements, lockedStatement, markReplaced, type Statement } from '../stores/statements.ts';
import { buildContent } from './build-content.ts';
import type { StatementContent } from './content.ts';
import {
  canonical,
  type Draft,
  gatherDrafts,
  headerOf,
  keysOf,
  statementMaker,
  wordsOf,
} from './make-statements.ts';
import type { Among } from './run-job.ts';

export type Correction = { reason: string; orderNumber: string | null };

/** Of these persons, those whose records say something else than the statement that stands get a new one. */
export async function correctAmong(tx: Tx, ctx: Ctx, { job, personIds, at }: Among): Promise<number> {
  const frozen = await frozenAmong(tx, personIds, job.year);
  let made = 0;
  for (const statementNo of frozen.values()) {
    const old = await lockedStatement(tx, statementNo);
    if (!old || old.isDisputed) continue;
    const correction = { reason: job.reason ?? '', orderNumber: job.orderNumber };
    if (await correctStatement(tx, ctx, { old, at, correction })) made += 1;
  }
  return made;
}

/** The statement anew from what is recorded now; undefined where nothing but its number would change. */
export async function correctStatement(
  tx: Tx,
  ctx: Ctx,
  { old, at, correction }: { old: Statement; at: Date; correction: Correction },
): Promise<string | undefined> {
  const calendar = await calendarOf(tx, old);
  const [draft] = await gatherDrafts(tx, { personIds: [old.personId], calendar });
  if (!draft) return undefined;
  const words = wordsOf(await keepWords(tx, keysOf([draft]), at));
  const before = JSON.parse(old.content) as StatementContent;
  if (saysTheSame(before, draft, { calendar, words })) return undefined;
  const make = await statementMaker(ctx);
  const replaces = { number: old.statementNo, ...correction };
  const row = make(draft, { calendar, at, words, replaces });
  await markReplaced(tx, old, { statementNo: row.statementNo, at });
  await insertStatements(tx, [row]);
  return row.statementNo;
}

/** The calendar that the statement was made by, as it stood then: its days are the statement's own. */
export async function calendarOf(tx: Parameters<typeof calendarById>[0], old: Statement): Promise<Calendar> {
  const kept = old.calendarId ? await calendarById(tx, old.calendarId) : undefined;
  return kept ?? defaultCalendar(old.year);
}

function saysTheSame(
  before: StatementContent,
  draft: Draft,
  by: { calendar: Calendar; words: Parameters<typeof buildContent>[1]['words'] },
): boolean {
  const header = headerOf(by.calendar, {
    number: before.number,
    frozenAt: before.frozenAt,
    replaces: before.replaces,
  });
  return canonical(buildContent(header, { ...draft, words: by.words })) === canonical(before);
}
