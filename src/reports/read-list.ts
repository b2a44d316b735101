import type { Ctx } from '../kernel/context.ts';
import { pick } from '../kernel/i18n.ts';
import type { Cell } from '../kernel/tabular/index.ts';
import { inTime, type TableColumn } from './make-table.ts';
import type { Resolved } from './resolve-report.ts';
import { csvLines, firstRows, jsonLines, listSql, shownColumns } from './stores/lists.ts';
import { rangesOf } from './stores/portions.ts';
import { type Portion, readCsv, readJsonLines, readRows } from './stores/reader.ts';
import type { Range } from './stores/subject.ts';
import { scopeText } from './words.ts';

/** One portion of a list must be read in this time; a whole list may take as long as its reader. */
const patienceMs = 60_000;
/** A filter that few meet is looked for so long, and then said to be rare. */
const searchMs = 8_000;

export function listColumns(report: Resolved, ctx: Pick<Ctx, 'language'>): TableColumn[] {
  return shownColumns(report.chosen, ctx.language).map(({ id, heading, type }) => ({ id, heading, type }));
}

/** The first rows of a list; `isSearched` where all people were looked through or enough was found. */
export async function readFirst(
  ctx: Ctx,
  report: Resolved,
  most: number,
): Promise<{ rows: Cell[][]; isSearched: boolean }> {
  const rows: Cell[][] = [];
  const until = performance.now() + searchMs;
  for await (const range of rangesOf(ctx.db.read, report)) {
    const query = firstRows(
      listSql(report, report.chosen, { language: ctx.language, range }),
      most - rows.length,
    );
    rows.push(
      ...((await inTime(
        readRows(ctx.db, query, { timeoutMs: patienceMs, isWithoutLoops: true }),
      )) as Cell[][]),
    );
    if (rows.length >= most) return { rows, isSearched: true };
    if (performance.now() > until) return { rows, isSearched: false };
  }
  return { rows, isSearched: true };
}

/** A portion of a list as lines of CSV, made by the database. */
export function readPortion(
  ctx: Ctx,
  report: Resolved,
  asked: { range: Range; signal?: AbortSignal },
): Promise<Portion> {
  const query = csvLines(report, report.chosen, { language: ctx.language, range: asked.range });
  return inTime(
    readCsv(ctx.db, query, { timeoutMs: patienceMs, signal: asked.signal, isWithoutLoops: true }),
  );
}

/** The same for workbooks and paper: a line of JSON each, since text that is guarded for CSV cannot be told from text that begins so. */
export function readJsonPortion(ctx: Ctx, report: Resolved, { range }: { range: Range }): Promise<Portion> {
  const query = jsonLines(report, report.chosen, { language: ctx.language, range });
  return inTime(readJsonLines(ctx.db, query, { timeoutMs: patienceMs, isWithoutLoops: true }));
}

/** Portions one after the other; the next is read while one is being sent, so that both cores work. */
export async function* readPortions(
  ctx: Ctx,
  report: Resolved,
  signal: AbortSignal,
): AsyncGenerator<Portion> {
  let coming: Promise<Portion> | undefined;
  try {
    for await (const range of rangesOf(ctx.db.read, report)) {
      const next = readPortion(ctx, report, { range, signal });
      next.catch(() => undefined);
      if (coming) yield await coming;
      coming = next;
      signal.throwIfAborted();
    }
    if (coming) yield await coming;
  } finally {
    await coming?.catch(() => undefined);
  }
}

/** What stands above a list or table: the office, the day, what it is narrowed to, the rule by which rows count. */
export function prefaceOf(report: Resolved, { language }: Pick<Ctx, 'language'>): string[] {
  const { subject, office } = report;
  const title = `${pick(subject.name, language)}: ${pick({ hi: office.nameHi, en: office.nameEn }, language)}`;
  return [title, scopeText(report, language), pick(subject.lead, language)];
}
