import { audit } from '../audit.ts';
import { type Ctx, personIdOf } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { Dependent } from './kind.ts';
import { authorised, runOf, wrongState } from './run-import.ts';
import { dropStaging, lockCommits, lockImport, markDiscarded, markUndone, prepareForSets } from './store.ts';

/**
 * Takes a committed import back: what it made is voided, what it changed gets its former values. Refused,
 * naming them, where a person's act or a later import depends on it. An import that was only looked at is
 * put away.
 */
export async function undoImport(ctx: Ctx, importId: string): Promise<{ id: string; undone: boolean }> {
  const { row, kind } = await authorised(ctx, importId);
  if (!row.committedAt) return discard(ctx, importId);
  await ctx.db.longTransaction(async (tx) => {
    await lockCommits(tx);
    const held = await lockImport(tx, importId);
    if (held?.state !== 'committed') throw wrongState(held ?? row);
    const run = runOf(ctx, held);
    await kind.hold?.(tx);
    await prepareForSets(tx);
    refuseWithDependents(await kind.dependents(tx, run));
    await kind.takeBack(tx, run);
    await markUndone(tx, importId, personIdOf(ctx.actor) ?? null);
    await audit(tx, ctx, {
      action: 'import.undone',
      subjectKind: 'import',
      subjectId: importId,
      officeId: held.officeId ?? undefined,
      detail: { kind: held.kind },
    });
  });
  await dropStaging(ctx.db, importId);
  return { id: importId, undone: true };
}

async function discard(ctx: Ctx, importId: string): Promise<{ id: string; undone: boolean }> {
  await ctx.db.longTransaction(async (tx) => {
    const held = await lockImport(tx, importId);
    // Somebody's commit may just have come first.
    if (held?.committedAt) throw wrongState(held);
    await markDiscarded(tx, importId);
  });
  await dropStaging(ctx.db, importId);
  return { id: importId, undone: false };
}

function refuseWithDependents(dependents: Dependent[]): void {
  if (dependents.length === 0) return;
  const names = dependents
    .slice(0, 20)
    .map(({ kind, name, count }) => (count > 1 ? `${kind} ${name} (${count})` : `${kind} ${name}`));
  throw new Refusal(
    'has_dependents',
    {
      hi: `यह आयात वापस नहीं लिया जा सकता; इस पर ये निर्भर हैं: ${names.join(', ')}`,
      en: `This import cannot be taken back; these depend on it: ${names.join(', ')}`,
    },
    { details: { dependents: dependents.slice(0, 100) } },
  );
}
