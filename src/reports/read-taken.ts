import { type Ctx, requireRole } from '../kernel/context.ts';
import type { Day } from '../kernel/dates.ts';
import { requireOffice } from '../organisations/index.ts';
import { type Taken, takenOut } from './stores/taken.ts';

/** Who answers for what leaves: they see it for the offices of their charge. */
export const rolesSeeingTaken = ['auditor', 'operator'] as const;

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
  const items = rows.slice(0, limit).map((row) => ({ ...row, detail: toldOf(row.detail) }));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** What is told of an export: words that were searched for may be somebody's name, and are not. */
const told: ReadonlySet<string> = new Set([
  ...[
    'subject',
    'asOf',
    'from',
    'order',
    'columns',
    'groups',
    'measures',
    'filters',
    'format',
    'rows',
    'count',
  ],
  ...['year', 'state', 'status', 'filter', 'scheduledOn'],
]);

function toldOf(detail: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(detail).filter(([name]) => told.has(name)));
}
