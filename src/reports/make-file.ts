import { Readable } from 'node:stream';
import { audit } from '../kernel/audit.ts';
import { failureOf, fileDays, isRightGone, isThere } from '../kernel/batch-files.ts';
import type { Ctx } from '../kernel/context.ts';
import { addDays, todayInIndia } from '../kernel/dates.ts';
import { Refusal } from '../kernel/errors.ts';
import type { JobHandler } from '../kernel/jobs.ts';
import type { Storage } from '../kernel/storage.ts';
import { type Cell, csvStream, toCsvLine, xlsxStream } from '../kernel/tabular/index.ts';
import { type Asked, asAsked } from '../people/index.ts';
import { giveUp, sweepParts } from './keep-files.ts';
import { makeFigures, type Table, type TableColumn } from './make-table.ts';
import { listColumns, prefaceOf, readJsonPortion, readPortion } from './read-list.ts';
import { reportPdf } from './report-pdf.ts';
import { type Resolved, resolveReport } from './resolve-report.ts';
import { tellReady } from './schedule.ts';
import { rangesOf } from './stores/portions.ts';
import {
  endRun,
  keepPart,
  noteProgress,
  type Part,
  partsOf,
  planParts,
  type Run,
  type RunFailure,
  runById,
} from './stores/runs.ts';
import type { Range } from './stores/subject.ts';
import { headings, totalRows } from './stream-report.ts';

/** Paper for more rows than these is read by nobody. */
const mostOnPaper = 5_000;
const largestFile = 8_000_000_000;

type Payload = Asked & { runId: string };
type Work = { ctx: Ctx; run: Run; report: Resolved; storage: Storage };

/** The worker's part, as whoever asked, by his rights of now. Killed, it goes on after the last portion that it kept. */
export function fileJob(storage: Storage): JobHandler {
  return async (jobCtx, payload, attempt) => {
    const { runId, ...asker } = payload as Payload;
    const run = await runById(jobCtx.db.read, runId);
    if (!run || (run.state !== 'waiting' && run.state !== 'running')) return;
    const ctx: Ctx = { ...(await asAsked(jobCtx, asker)), language: run.language };
    try {
      const asked = { ...run.definition, asOf: run.asOf };
      await makeFile({ ctx, run, report: await resolveReport(ctx, asked), storage });
    } catch (error) {
      const failure = knownFailure(error);
      if (failure || attempt?.isLast) await giveUp(ctx, runId, failure ?? failureOf(error));
      if (!failure) throw error;
    }
  };
}

/** What will not go better the next time. */
function knownFailure(error: unknown): RunFailure | undefined {
  if (!(error instanceof Refusal)) return undefined;
  if (error.reason === 'report_too_long') return 'too_long';
  if (error.code === 'too_large') return 'too_many';
  if (error.code === 'invalid') return 'unknown_value';
  return isRightGone(error) ? 'no_right' : 'error';
}

async function makeFile(work: Work): Promise<void> {
  const { ctx, run, report } = work;
  if (!(await noteProgress(ctx.db.read, run.runId))) return;
  if (!report.isList) {
    const table = await makeFigures(ctx, report);
    return finish(work, { body: () => bodyOfTable(work, table), rows: table.rows.length });
  }
  const parts = await readParts(work);
  if (!parts) return;
  const rows = parts.reduce((sum, part) => sum + (part.rows ?? 0), 0);
  if (run.format === 'pdf' && rows > mostOnPaper) throw tooMuchPaper();
  await finish(work, { body: () => bodyOfParts(work, parts), rows });
}

/**
 * All portions, each kept as a file of its own; undefined where it was stopped on the way. One whose file is gone
 * (a backup may have come too late for it, or the file failed and its days were over) is read again.
 */
async function readParts(work: Work): Promise<Part[] | undefined> {
  const { ctx, run, report, storage } = work;
  if (run.parts === null) {
    const ranges: Range[] = [];
    for await (const range of rangesOf(ctx.db.read, report)) ranges.push(range);
    await ctx.db.transaction((tx) => planParts(tx, run.runId, ranges));
  }
  for (const part of await partsOf(ctx.db.read, run.runId)) {
    if (part.rows === 0 || (part.storageKey && (await isThere(storage, part.storageKey)))) continue;
    const read = run.format === 'csv' ? readPortion : readJsonPortion;
    const portion = await read(ctx, report, { range: part });
    const make = () => storage.make(Readable.from([portion.bytes]), { maxBytes: largestFile });
    const key = portion.rows > 0 ? (await make()).key : null;
    const noted = { part, rows: portion.rows, storageKey: key, at: ctx.clock.now() };
    if (!(await keepPart(ctx.db.read, run.runId, noted)) && key) await storage.remove(key);
    if (!(await noteProgress(ctx.db.read, run.runId))) {
      await sweepParts(ctx, run.runId, storage);
      return undefined;
    }
  }
  return partsOf(ctx.db.read, run.runId);
}

/** CSV is portions put together; the other formats read them again, a portion at a time. */
async function bodyOfParts(work: Work, parts: Part[]): Promise<Readable> {
  const { ctx, run, report, storage } = work;
  const columns = listColumns(report, ctx);
  if (run.format === 'csv')
    return Readable.from(bytesOf(storage, parts, headings(columns)), { objectMode: false });
  const rows = rowsOf(storage, parts);
  if (run.format === 'xlsx') return sheet(work, columns, rows);
  const all: Cell[][] = [];
  for await (const chunk of rows) all.push(...chunk);
  return pdf(work, { columns, rows: all, total: null });
}

async function bodyOfTable(work: Work, table: Table): Promise<Readable> {
  const { columns, rows, total } = table;
  const chunks = [rows, totalRows(total)];
  if (work.run.format === 'csv') return csvStream(headings(columns), chunks, { bom: true });
  if (work.run.format === 'xlsx') return sheet(work, columns, chunks);
  if (rows.length > mostOnPaper) throw tooMuchPaper();
  return pdf(work, table);
}

function sheet(
  { ctx, run, report }: Work,
  columns: TableColumn[],
  rows: Parameters<typeof xlsxStream>[1],
): Readable {
  const names = headings(columns);
  const typed = columns.map(({ heading, type }, at) => ({
    heading: names[at] ?? heading,
    type: type === 'percent' ? ('number' as const) : type,
  }));
  const preface = [run.name, ...prefaceOf(report, ctx)];
  return xlsxStream({ sheetName: run.name.slice(0, 31), columns: typed, preface }, rows);
}

async function pdf({ ctx, run, report }: Work, table: Table): Promise<Readable> {
  return Readable.from([await reportPdf(ctx, { name: run.name, report, table })]);
}

async function* bytesOf(storage: Storage, parts: Part[], names: string[]): AsyncGenerator<Buffer> {
  yield Buffer.from(`\ufeff${toCsvLine(names)}`);
  for (const { storageKey } of parts) if (storageKey) yield* await storage.open(storageKey);
}

async function* rowsOf(storage: Storage, parts: Part[]): AsyncGenerator<Cell[][]> {
  for (const { storageKey } of parts) if (storageKey) yield* linesOf(await storage.open(storageKey));
}

/** The lines of JSON of one portion, as many as come at a time. */
async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Cell[][]> {
  let rest = Buffer.alloc(0);
  for await (const block of source) {
    const bytes = Buffer.concat([rest, block]);
    const end = bytes.lastIndexOf(0x0a) + 1;
    rest = bytes.subarray(end);
    const lines = bytes.toString('utf8', 0, end).split('\n').slice(0, -1);
    if (lines.length > 0) yield lines.map((line) => JSON.parse(line) as Cell[]);
  }
}

async function finish(work: Work, made: { body: () => Promise<Readable>; rows: number }): Promise<void> {
  const { ctx, run, report, storage } = work;
  const { key, bytes } = await storage.make(await made.body(), { maxBytes: largestFile });
  const until = addDays(todayInIndia(ctx.clock), fileDays);
  const isEnded = await ctx.db.transaction(async (tx) => {
    const file = { key, bytes, rows: made.rows, until };
    if (!(await endRun(tx, run.runId, { state: 'done', at: ctx.clock.now(), file }))) return false;
    await audit(tx, ctx, {
      action: 'report_file.made',
      subjectKind: 'report-file',
      subjectId: run.runId,
      officeId: report.office.officeId,
      detail: { ...run.definition, asOf: run.asOf, format: run.format, rows: made.rows },
    });
    await tellReady(tx, run);
    return true;
  });
  // Stopped while the last bytes were written: no row names the file.
  if (!isEnded) await storage.remove(key);
  await sweepParts(ctx, run.runId, storage);
}

function tooMuchPaper(): Refusal {
  return new Refusal(
    'too_large',
    {
      hi: `PDF में ${mostOnPaper} से अधिक पंक्तियाँ नहीं आतीं। XLSX या CSV लें।`,
      en: `A PDF holds at most ${mostOnPaper} rows. Take XLSX or CSV.`,
    },
    { reason: 'too_much_paper' },
  );
}
