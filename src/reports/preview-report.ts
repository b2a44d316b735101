import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import type { Cell } from '../kernel/tabular/index.ts';
import { maskEmail, maskMobile } from '../people/index.ts';
import type { Definition } from './definition.ts';
import { addsUp, makeFigures, type Table } from './make-table.ts';
import { isLeadersLook } from './policy.ts';
import { listColumns, readFirst } from './read-list.ts';
import { type Resolved, resolveReport } from './resolve-report.ts';

const shownRows = 50;
const shownGroups = 500;

export type Preview = Table & {
  report: Resolved;
  /** How many groups there are; null where a list is longer than what is shown. */
  count: number | null;
  isWhole: boolean;
  /** False where so few people meet the filters that not all could be looked through in time. */
  isSearched: boolean;
  /** Whether the groups add up to the total. */
  isAdding: boolean;
};

/** What a report looks like: the first rows of a list, or all groups up to some hundreds. */
export async function previewReport(
  ctx: Ctx,
  definition: Definition,
  signal?: AbortSignal,
): Promise<Preview> {
  const report = await resolveReport(ctx, definition);
  if (!report.isList) return previewOfFigures(ctx, report, signal);
  const { rows, isSearched } = await readFirst(ctx, report, shownRows + 1);
  const shown = rows.slice(0, shownRows).map((row) => row.map(masking(report)));
  if (report.subject.isAboutPersons && isLeadersLook(ctx, report.office))
    await keepLook(ctx, report, shown.length);
  const isWhole = isSearched && rows.length <= shownRows;
  return {
    report,
    columns: listColumns(report, ctx),
    rows: shown,
    total: null,
    count: isWhole ? rows.length : null,
    isWhole,
    isSearched,
    isAdding: true,
  };
}

/** Numbers and addresses can be called and written to, so whole ones are in files alone, which are on record. */
const masks: Readonly<Record<string, (whole: string) => string>> = { mobile: maskMobile, email: maskEmail };

function masking({ chosen }: Resolved): (cell: Cell, at: number) => Cell {
  const ofColumns = chosen.map((one) => ('column' in one ? masks[one.column.id] : undefined));
  return (cell, at) => {
    const mask = ofColumns[at];
    return mask && typeof cell === 'string' ? mask(cell) : cell;
  };
}

async function previewOfFigures(ctx: Ctx, report: Resolved, signal?: AbortSignal): Promise<Preview> {
  const table = await makeFigures(ctx, report, { signal });
  const count = table.rows.length;
  return {
    ...table,
    report,
    rows: table.rows.slice(0, shownGroups),
    count,
    isWhole: count <= shownGroups,
    isSearched: true,
    isAdding: addsUp(report),
  };
}

async function keepLook(ctx: Ctx, { office, subject, asOf }: Resolved, shown: number): Promise<void> {
  await ctx.db.transaction((tx) =>
    audit(tx, ctx, {
      action: 'report.seen',
      subjectKind: 'office',
      subjectId: office.officeId,
      officeId: office.officeId,
      detail: { subject: subject.id, asOf, shown },
    }),
  );
}
