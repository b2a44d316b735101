import { audit } from './audit.ts';
import { type Ctx, personIdOf } from './context.ts';
import { newId } from './ids.ts';

/**
 * Every file of people or of figures that may be taken, and what it holds: rows or papers of named people, figures
 * alone, or the one or the other. `reports.file_…` has the words of each.
 */
export const exportKinds = {
  persons: 'people',
  office_persons: 'people',
  training: 'figures',
  sheet: 'figures',
  briefing: 'figures',
  published_sheet: 'figures',
  sheet_comparison: 'figures',
  report: 'either',
  order_persons: 'people',
  order_offices: 'figures',
  claim_file: 'people',
  statements: 'people',
  statement_files: 'people',
  statement: 'people',
  statement_feed: 'people',
  promotion: 'people',
  certificates: 'people',
  certificate: 'people',
  certificates_left_out: 'people',
  import_rejected: 'either',
  import_left_out: 'either',
  curriculum_failing: 'figures',
  curriculum_stale: 'figures',
  league: 'figures',
} as const satisfies Record<string, 'people' | 'figures' | 'either'>;
export type ExportKind = keyof typeof exportKinds;

/** What else a route may send as a file: papers of whoever takes them; courses, questions and forms, which are of nobody. */
export type NoExport = 'own' | 'content';

export const exportActs = ['export.begun', 'export.taken', 'export.broken'] as const;
export type ExportAct = (typeof exportActs)[number];

export type Export = {
  kind: ExportKind;
  format: string;
  /** Of which office; absent where it is of none, or of all of an area. */
  officeId?: string | null | undefined;
  /** Whose paper it is, where it is one. */
  personId?: string;
  /** Where the kind may hold either. */
  isOfPeople?: boolean;
  /** Filters and days; never a name nor words that were searched for. */
  detail?: Record<string, unknown>;
};

/**
 * Keeps that a file was taken which is whole before it is sent: who, of which office, in which form, how many rows (null:
 * they are not counted). Whoever takes a paper of his own leaves no act.
 */
export async function keepExport(ctx: Ctx, file: Export & { rows: number | null }): Promise<void> {
  kept.set(ctx, file.kind);
  if (file.personId && file.personId === personIdOf(ctx.actor)) return;
  await write(ctx, file, { action: 'export.taken', exportId: newId(), rows: file.rows });
}

type Sent<T> = { chunks: AsyncIterable<T>; rowsOf(chunk: NoInfer<T>): number };

/**
 * The same for a file that is sent while it is read: that it began is kept at once, and how many rows had been handed on
 * when it ended or broke off. What is never asked for stays begun.
 */
export async function keepSending<T>(ctx: Ctx, file: Export, sent: Sent<T>): Promise<AsyncGenerator<T>> {
  const exportId = newId();
  kept.set(ctx, file.kind);
  await write(ctx, file, { action: 'export.begun', exportId });
  return counted(sent, (action, rows) => write(ctx, file, { action, exportId, rows }));
}

/** For the usual portions of a list. */
export function rowsIn(chunk: readonly unknown[]): number {
  return chunk.length;
}

type End = (action: ExportAct, rows: number) => Promise<void>;

async function* counted<T>({ chunks, rowsOf }: Sent<T>, end: End): AsyncGenerator<T> {
  let rows = 0;
  let isWhole = false;
  try {
    for await (const chunk of chunks) {
      // Before it is handed on: of a portion that broke off nobody knows what arrived.
      rows += rowsOf(chunk);
      yield chunk;
    }
    isWhole = true;
  } finally {
    await end(isWhole ? 'export.taken' : 'export.broken', rows);
  }
}

type Act = { action: ExportAct; exportId: string; rows?: number | null };

async function write(ctx: Ctx, file: Export, { action, exportId, rows }: Act): Promise<void> {
  const { kind, format, officeId, personId, isOfPeople = true, detail } = file;
  const holds = exportKinds[kind];
  const people = holds === 'either' ? isOfPeople : holds === 'people';
  await ctx.db.transaction((tx) =>
    audit(tx, ctx, {
      action,
      subjectKind: 'export',
      subjectId: exportId,
      ...(officeId ? { officeId } : {}),
      ...(personId ? { personId } : {}),
      detail: { ...detail, kind, format, people, ...(rows === undefined ? {} : { rows }) },
    }),
  );
}

const kept = new WeakMap<Ctx, ExportKind>();

/** Whether this request has kept its file, or seen that it is the asker's own. */
export function hasKept(ctx: Ctx, kind: ExportKind): boolean {
  return kept.get(ctx) === kind;
}
