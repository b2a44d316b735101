import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { newId } from '../../kernel/ids.ts';
import { importRoles } from '../../organisations/index.ts';
import * as store from './unmatched-store.ts';

/** Completions that name nobody, or several, and wait for somebody with this actor's offices; by key. */
export async function waitingCompletions(
  ctx: Ctx,
  page: { after?: string; limit: number },
): Promise<{ items: store.UnmatchedRow[]; next: string | null; total: number }> {
  const scopes = requireRole(ctx, importRoles);
  const rows = await store.openRows(ctx.db.read, { scopes, after: page.after, limit: page.limit + 1 });
  const items = rows.slice(0, page.limit);
  const next = rows.length > page.limit ? (items.at(-1)?.unmatchedId ?? null) : null;
  return { items, next, total: await store.countOpen(ctx.db.read, scopes) };
}

/** One waiting row with those of the actor's people whom it may mean, or who answer to the text asked for. */
export async function waitingCompletion(
  ctx: Ctx,
  input: { unmatchedId: string; text?: string },
): Promise<{ row: store.UnmatchedRow; candidates: store.Candidate[] }> {
  const scopes = requireRole(ctx, importRoles);
  const row = await store.visibleRow(ctx.db.read, input.unmatchedId, scopes);
  if (!row) throw notFound();
  const ids = input.text ? [] : row.candidateIds;
  return { row, candidates: await store.candidates(ctx.db.read, { ids, text: input.text, scopes }) };
}

/**
 * Says whose a waiting completion is: it is recorded for that person, as the import would have. Where that
 * day is recorded already nothing new is written. Only for persons of the actor's own offices.
 */
export async function matchCompletion(
  ctx: Ctx,
  input: { unmatchedId: string; personId: string },
): Promise<{ completionId: string | null }> {
  const row = await requireWaiting(ctx, input.unmatchedId, input.personId);
  return ctx.db.transaction(async (tx) => {
    await refuseDecided(tx, input.unmatchedId);
    const id = newId();
    const isNew = await changeFacts(tx, { ids: [input.personId] }, () =>
      store.insertMatched(tx, { completionId: id, personId: input.personId, row }),
    );
    const completionId = isNew ? id : null;
    await record(tx, ctx, { row, state: 'matched', personId: input.personId, completionId });
    return { completionId };
  });
}

/** "None of these": the row stays in the import's history and is recorded for nobody. */
export async function dismissCompletion(ctx: Ctx, unmatchedId: string): Promise<void> {
  const row = await requireWaiting(ctx, unmatchedId);
  await ctx.db.transaction(async (tx) => {
    await refuseDecided(tx, unmatchedId);
    await record(tx, ctx, { row, state: 'dismissed', personId: null, completionId: null });
  });
}

async function requireWaiting(ctx: Ctx, unmatchedId: string, personId?: string): Promise<store.UnmatchedRow> {
  const scopes = requireRole(ctx, importRoles);
  const row = await store.visibleRow(ctx.db.read, unmatchedId, scopes);
  if (!row) throw notFound();
  if (personId === undefined) return row;
  const known = await store.candidates(ctx.db.read, { ids: [personId], scopes });
  if (!known.some((candidate) => candidate.personId === personId)) throw notFound();
  return row;
}

async function refuseDecided(tx: Tx, unmatchedId: string): Promise<void> {
  if (await store.lockOpenRow(tx, unmatchedId)) return;
  throw new Refusal(
    'conflict',
    { hi: 'इस प्रविष्टि का मिलान हो चुका है।', en: 'This row has been decided already.' },
    { reason: 'already_decided' },
  );
}

type Decided = {
  row: store.UnmatchedRow;
  state: 'matched' | 'dismissed';
  personId: string | null;
  completionId: string | null;
};

async function record(tx: Tx, ctx: Ctx, { row, ...decided }: Decided): Promise<void> {
  const { unmatchedId } = row;
  const by = personIdOf(ctx.actor) ?? null;
  await store.decide(tx, { ...decided, unmatchedId, by, now: ctx.clock.now() });
  await audit(tx, ctx, {
    action: `completion.${decided.state}`,
    subjectKind: 'import_unmatched',
    subjectId: unmatchedId,
    personId: decided.personId ?? undefined,
    detail: { import: row.importId, line: row.line, course: row.courseCode, day: row.completedDay },
  });
}
