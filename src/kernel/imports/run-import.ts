import { audit } from '../audit.ts';
import { type Ctx, personIdOf } from '../context.ts';
import { todayInIndia } from '../dates.ts';
import type { Tx } from '../db.ts';
import { notFound, Refusal } from '../errors.ts';
import { type Comparison, findImportKind, type ImportKind, type ImportRun } from './kind.ts';
import { idSeries } from './sets.ts';
import {
  hasStagedRows,
  type ImportResult,
  type ImportRow,
  importById,
  lockCommits,
  lockImport,
  markCommitted,
  prepareForSets,
  saveOutcome,
  stagingName,
  tellProgress,
} from './store.ts';
import { lockWork } from './work.ts';

/**
 * Looks at what a received file would do, and keeps the difference on the import. Writes no fact. Where the
 * whole roster would end too many postings the result says so in `endedOf` and `refuseManyEnded` refuses.
 */
export async function checkImport(ctx: Ctx, importId: string): Promise<ImportResult> {
  const { row, kind } = await authorised(ctx, importId);
  return ctx.db.longTransaction(async (tx) => {
    await lockWork(tx, importId);
    const held = await staged(tx, row.importId, ['received', 'checking', 'checked', 'failed']);
    const run = runOf(ctx, held);
    await prepareForSets(tx);
    const comparison = await kind.compare(tx, run);
    const result = resultOf(held, comparison, false);
    await saveOutcome(tx, {
      importId,
      state: 'checked',
      result: { ...result, endedOf: comparison.endedOf },
      samples: comparison.samples,
      today: run.today,
    });
    return result;
  });
}

/**
 * Makes the change in one transaction, computed anew, since the data may have changed after the dry run. A
 * second commit of the same import waits for the first and gets its result. With `allOrNothing` nothing is
 * done when a row is rejected: `committed` is then false.
 */
export async function commitImport(ctx: Ctx, importId: string): Promise<ImportResult> {
  const { kind } = await authorised(ctx, importId);
  return ctx.db.longTransaction(async (tx) => {
    await lockWork(tx, importId);
    await lockCommits(tx);
    const now = await lockImport(tx, importId);
    if (now?.state === 'committed' && now.result) return now.result;
    const held = await staged(tx, importId, ['received', 'checking', 'checked', 'committing', 'failed']);
    const run = runOf(ctx, held);
    await kind.hold?.(tx);
    await prepareForSets(tx);
    const comparison = await kind.compare(tx, run);
    if (!run.options.allowManyEnded) refuseManyEnded(comparison.endedOf);
    const isRefused = run.options.allOrNothing && comparison.rejected > 0;
    if (!isRefused) await kind.apply(tx, run);
    const result = resultOf(held, comparison, !isRefused);
    await saveOutcome(tx, {
      importId,
      state: isRefused ? 'checked' : 'committed',
      result,
      samples: comparison.samples,
      today: run.today,
    });
    if (!isRefused) await recordCommit(tx, ctx, { row: held, result });
    return result;
  });
}

/** A bulk change is one audit row; its detail is the import's rows (by id) and its changes. */
async function recordCommit(tx: Tx, ctx: Ctx, { row, result }: { row: ImportRow; result: ImportResult }) {
  await markCommitted(tx, row.importId, personIdOf(ctx.actor) ?? null);
  await audit(tx, ctx, {
    action: 'import.committed',
    subjectKind: 'import',
    subjectId: row.importId,
    officeId: row.officeId ?? undefined,
    detail: { ...result, changes: 'import_change' },
  });
}

export function refuseManyEnded(endedOf: Comparison['endedOf']): void {
  if (!endedOf || endedOf.ended * 10 <= endedOf.open) return;
  throw new Refusal(
    'conflict',
    {
      hi: `यह फ़ाइल ${endedOf.open} में से ${endedOf.ended} पदस्थापनाएँ समाप्त करेगी (10 प्रतिशत से अधिक)। यदि यही चाहिए तो इसकी अनुमति दें (--allow-many-ended)।`,
      en: `This file would end ${endedOf.ended} of ${endedOf.open} postings (more than 10 percent). If that is meant, allow it (--allow-many-ended).`,
    },
    { reason: 'many_ended', details: { ended: endedOf.ended, open: endedOf.open } },
  );
}

/** The import if this actor may handle it; not visible means not found. */
export async function authorised(ctx: Ctx, importId: string): Promise<{ row: ImportRow; kind: ImportKind }> {
  const row = await importById(ctx.db.read, importId);
  const kind = row && findImportKind(row.kind);
  if (!row || !kind) throw notFound();
  await kind.authorise(ctx, row.options.officeCode);
  if (!(await kind.covers(ctx, row.scopeOfficeIds))) throw notFound();
  return { row, kind };
}

async function staged(tx: Tx, importId: string, states: ImportRow['state'][]): Promise<ImportRow> {
  const row = await lockImport(tx, importId);
  if (!row) throw notFound();
  if (!states.includes(row.state)) throw wrongState(row);
  if (row.hasStaging && (await hasStagedRows(tx, importId))) return row;
  throw new Refusal(
    'gone',
    { hi: 'यह फ़ाइल अब सर्वर पर नहीं है। इसे फिर से दें।', en: 'This file is no longer here. Give it again.' },
    { reason: 'file_gone' },
  );
}

export function wrongState(row: ImportRow): Refusal {
  const words = {
    committed: { hi: 'यह आयात पहले ही लागू हो चुका है।', en: 'This import has been committed already.' },
    undone: { hi: 'यह आयात वापस लिया जा चुका है।', en: 'This import has been taken back.' },
  };
  const other = {
    hi: 'यह आयात अभी इस दशा में नहीं है कि ऐसा किया जा सके।',
    en: 'This import is not in a state in which that can be done.',
  };
  const text = row.state === 'committed' || row.state === 'undone' ? words[row.state] : other;
  return new Refusal('conflict', text, { reason: `import_${row.state}` });
}

/** The scope is the importer's, whoever commits: what was looked at is what is done. */
export function runOf(ctx: Ctx, row: ImportRow): ImportRun {
  const rows = row.reading?.rows ?? 0;
  return {
    ctx,
    importId: row.importId,
    ...stagingName(row.importId),
    rows,
    unreadable: row.reading?.unreadable ?? 0,
    today: todayInIndia(ctx.clock),
    options: row.options,
    scopes: row.scopeOfficeIds ?? ['*'],
    id: idSeries(),
    advance: (share) => tellProgress(ctx.db.read, row.importId, Math.round(rows * share)),
  };
}

function resultOf(row: ImportRow, comparison: Comparison, committed: boolean): ImportResult {
  const { rows, added, changed, unchanged, ended, rejected, more } = comparison;
  const { warnings: noted = {}, unknownHeadings = [] } = row.reading ?? {};
  const warnings = [
    ...Object.entries(noted).map(([code, count]) => ({ code, count })),
    ...(comparison.warnings ?? []),
  ];
  const counts = { rows, added, changed, unchanged, ended, rejected };
  return { id: row.importId, kind: row.kind, committed, ...counts, ...more, unknownHeadings, warnings };
}
