import type { Ctx } from '../../kernel/context.ts';
import { addDays } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { beginningOn, type Calendar, defaultCalendar } from '../calendars/calendar.ts';
import { calendarById } from '../stores/calendars.ts';
import { keepWords, wordsAt } from '../stores/material.ts';
import {
  insertStatements,
  liveOfHolders,
  lockedStatements,
  markReplaced,
  type NewStatement,
  type Statement,
  type Visibility,
  visibilities,
} from '../stores/statements.ts';
import { buildContent } from './build-content.ts';
import type { StatementContent, Words } from './content.ts';
import {
  canonical,
  type Draft,
  gatherSettled,
  headerOf,
  keysOf,
  statementMaker,
  wordsOf,
} from './make-statements.ts';

export type Correction = { reason: string; orderNumber: string | null };

/**
 * What a correction looks at. In bulk facts alone: a course or an office that is called otherwise by now is no reason
 * to serve everybody anew. Where somebody has objected, words too: they may be what is wrong.
 */
type Measure = 'facts' | 'words';

type Correcting = {
  job: { reason: string | null; orderNumber: string | null };
  numbers: string[];
  at: Date;
};

/** Of these statements, those whose records say something else by now are replaced; returns how many. */
export async function correctAmong(tx: Tx, ctx: Ctx, { job, numbers, at }: Correcting): Promise<number> {
  const correction = { reason: job.reason ?? '', orderNumber: job.orderNumber };
  const alike = new Map<string, Statement[]>();
  for (const old of await lockedStatements(tx, numbers)) {
    if (old.replacedByNo !== null || old.isDisputed) continue;
    const instants = [old.frozenAt.toISOString(), old.firstFrozenAt.toISOString()];
    const key = JSON.stringify([old.calendarId, beginsOn(old), ...instants, old.orderNumbers]);
    alike.set(key, [...(alike.get(key) ?? []), old]);
  }
  // Whose record was merged has two statements here, and gets one in place of both.
  const done = new Set<string>();
  let made = 0;
  for (const group of alike.values()) {
    const olds = group.filter((old) => !done.has(old.holderId));
    made += (await correctThese(tx, ctx, { olds, at, correction, measure: 'facts', done })).length;
  }
  return made;
}

export type Corrected = { statementNo: string; replaced: Statement[] };

/**
 * The statement anew from what is recorded now, in place of it and of the other records' that were merged with it, under
 * objection or not; undefined where nothing but its number would change.
 */
export async function correctStatement(
  tx: Tx,
  ctx: Ctx,
  { old, at, correction }: { old: Statement; at: Date; correction: Correction },
): Promise<Corrected | undefined> {
  const task = { olds: [old], at, correction, measure: 'words', done: new Set<string>() } as const;
  return (await correctThese(tx, ctx, task))[0];
}

/** The calendar that the statement was made by, as it stood then: its days are the statement's own. */
export async function calendarOf(tx: Parameters<typeof calendarById>[0], old: Statement): Promise<Calendar> {
  const kept = old.calendarId ? await calendarById(tx, old.calendarId) : undefined;
  return beginningOn(kept ?? defaultCalendar(old.year), beginsOn(old));
}

function beginsOn({ content }: Statement): string {
  return (JSON.parse(content) as StatementContent).period.from;
}

type Task = {
  olds: readonly Statement[];
  at: Date;
  correction: Correction;
  measure: Measure;
  done: Set<string>;
};

/** Statements of one calendar, one first day and one freeze, corrected by the same orders before. */
async function correctThese(
  tx: Tx,
  ctx: Ctx,
  { olds, at, correction, measure, done }: Task,
): Promise<Corrected[]> {
  const [first] = olds;
  if (!first) return [];
  const calendar = await calendarOf(tx, first);
  const personIds = [...new Set(olds.map((old) => old.holderId))];
  const found = await gatherSettled(tx, { personIds, calendar, ordersKnown: ordersKnown(first, correction) });
  const drafts = new Map(found.map((draft) => [draft.personId, draft]));
  const present = await keepWords(tx, keysOf(found), at);
  const then = measure === 'facts' ? await wordsAt(tx, keysOf(found), first.frozenAt) : [];
  const [words, measuring] = [wordsOf(present), wordsOf([...present, ...then])];
  const make = await statementMaker(ctx);
  const live = Map.groupBy(await liveOfHolders(tx, personIds, first.year), (one) => one.holderId);
  const made: Corrected[] = [];
  for (const old of olds) {
    const draft = drafts.get(old.holderId);
    // Two records of one person were made one: one statement of the year takes the place of both.
    const numbers = (live.get(old.holderId) ?? [])
      .map((one) => one.statementNo)
      .filter((statementNo) => statementNo !== old.statementNo);
    const others = numbers.length > 0 ? await lockedStatements(tx, numbers) : [];
    if (!draft || done.has(old.holderId)) continue;
    // Of what is disputed a decision speaks, and no order in bulk.
    if (measure === 'facts' && others.some((one) => one.isDisputed)) continue;
    const isMoved = others.length > 0 || old.personId !== old.holderId;
    if (!isMoved && saysTheSame(old, draft, { calendar, words: measuring })) continue;
    const replaces = { number: old.statementNo, ...correction };
    const row = make(draft, { calendar, at, words, replaces });
    const replaced = [old, ...others];
    for (const one of replaced) await markReplaced(tx, one, { statementNo: row.statementNo, at });
    await insertStatements(tx, [{ ...row, ...daysAfter(old, row), visibility: narrowest(replaced) }]);
    made.push({ statementNo: row.statementNo, replaced });
    done.add(old.holderId);
  }
  return made;
}

/**
 * The orders of the first freeze. Whoever corrects by the number of one that extends, amends or withdraws another has
 * that one looked at too, and so has every correction after it.
 */
function ordersKnown({ firstFrozenAt: until, orderNumbers }: Statement, { orderNumber }: Correction) {
  return { until, named: orderNumber ? [...orderNumbers, orderNumber] : orderNumbers };
}

/** An order may have given more days for objection since the calendar was entered: nobody loses them by a correction. */
function daysAfter(old: Statement, { servedOn, ...row }: NewStatement) {
  const objectionDays = Math.max(old.objectionDays, row.objectionDays);
  const until = servedOn && addDays(servedOn, objectionDays);
  const isLater = until !== null && old.objectionUntil !== null && old.objectionUntil > until;
  return { objectionDays, objectionUntil: isLater ? old.objectionUntil : until };
}

/** What the public check may show goes with the correction; of two statements, what both allowed. */
function narrowest(olds: readonly Statement[]): Visibility {
  return visibilities.find((one) => olds.some((old) => old.visibility === one)) ?? 'genuine';
}

function saysTheSame(old: Statement, draft: Draft, by: { calendar: Calendar; words: Words }): boolean {
  const before = JSON.parse(old.content) as StatementContent;
  const header = headerOf(by.calendar, {
    form: before.form,
    number: before.number,
    frozenAt: before.frozenAt,
    replaces: before.replaces,
  });
  return canonical(buildContent(header, { ...draft, words: by.words })) === old.content;
}
