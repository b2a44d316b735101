import { type Ctx, requireRole } from '../kernel/context.ts';
import type { Day } from '../kernel/dates.ts';
import { type ExportKind, exportKinds } from '../kernel/exports.ts';
import { requireOffice } from '../organisations/index.ts';
import { definitionSchema } from './definition.ts';
import { isOfPersons } from './resolve-report.ts';
import { formerActs, type TakenAct, type Taken as TakenRow, takenOut } from './stores/taken.ts';

/** Who answers for what leaves: they see it for the offices of their charge. */
export const rolesSeeingTaken = ['auditor', 'operator'] as const;

/** One file, whenever and under whichever act it was kept. */
export type Taken = Omit<TakenRow, 'action'> & {
  action: TakenAct;
  kind: ExportKind;
  /** A beginning alone is one that was never asked for, or that its program did not survive. */
  state: 'begun' | 'taken' | 'broken';
  format: string | null;
  /** Null where they are not counted, or were not then. */
  rows: number | null;
  /** Rows or papers of named people; otherwise figures alone. */
  isOfPeople: boolean;
};

export type TakenAsked = {
  office?: string | undefined;
  from?: Day | undefined;
  until?: Day | undefined;
  by?: string | undefined;
  after?: string | undefined;
  limit: number;
};

/** Which files of people and figures were taken, by whom and with which filters; an office not visible is not found. */
export async function readTaken(
  ctx: Ctx,
  asked: TakenAsked,
): Promise<{ items: Taken[]; next: string | null }> {
  const { office, from = null, until = null, by = null, after = null, limit } = asked;
  const scopes = office
    ? [(await requireOffice(ctx, office, rolesSeeingTaken)).officeId]
    : requireRole(ctx, rolesSeeingTaken);
  const rows = await takenOut(ctx.db.read, {
    ...{ scopes, from, until, by, after, limit: limit + 1, language: ctx.language },
  });
  const items = rows.slice(0, limit).map(takenOf);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

function takenOf(row: TakenRow): Taken {
  const { action, detail } = row;
  const kind = isFormer(action) ? formerActs[action] : (detail['kind'] as ExportKind);
  const rows = detail['rows'] ?? detail['count'] ?? detail['total'];
  const format = detail['format'];
  return {
    ...row,
    ...{ kind, state: stateOf(action), isOfPeople: peopleIn(kind, detail), detail: toldOf(detail) },
    format: typeof format === 'string' ? format : null,
    rows: typeof rows === 'number' ? rows : null,
  };
}

function isFormer(action: TakenAct): action is keyof typeof formerActs {
  return Object.hasOwn(formerActs, action);
}

function stateOf(action: TakenAct): Taken['state'] {
  if (action.endsWith('begun')) return 'begun';
  return action.endsWith('broken') ? 'broken' : 'taken';
}

/** Where an act of former times does not say it, its kind does; a report's, its columns. */
function peopleIn(kind: ExportKind, detail: Record<string, unknown>): boolean {
  const { people } = detail;
  if (typeof people === 'boolean') return people;
  if (kind !== 'report') return exportKinds[kind] !== 'figures';
  const definition = definitionSchema.safeParse({ ...detail, office: '-' }).data;
  return !definition || isOfPersons(definition);
}

/** What is told of an export: words that were searched for may be somebody's name, and are not. */
const told: ReadonlySet<string> = new Set([
  ...['subject', 'asOf', 'from', 'order', 'columns', 'groups', 'measures', 'filters'],
  ...['year', 'state', 'status', 'filter', 'scheduledOn'],
  ...['number', 'area', 'areaHi', 'areaEn', 'titleHi', 'titleEn', 'course', 'import', 'compareOn'],
  ...['group', 'engagement', 'view', 'batch', 'isSearch'],
]);

function toldOf(detail: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(detail).filter(([name]) => told.has(name)));
}
