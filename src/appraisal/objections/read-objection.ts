import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { isOver, isOwn, rolesIssuing } from '../policy.ts';
import { type Objection, objectionById, objectionsOfStatement } from '../stores/objections.ts';
import type { Statement } from '../stores/statements.ts';

/** An objection in the person's own words, for whoever has charge of the statement; every look is kept. */
export async function readObjection(ctx: Ctx, objectionId: string): Promise<Objection> {
  requireRole(ctx, rolesIssuing);
  const objection = await objectionById(ctx.db.read, objectionId);
  if (!objection || !(await isOver(ctx, objection, rolesIssuing))) throw notFound();
  const { holderId } = objection;
  if (personIdOf(ctx.actor) !== holderId) await noteLook(ctx, objection);
  return objection;
}

/** As somebody sees it who may read the statement: without the words where they are not for him. */
export type ShownObjection = Omit<Objection, 'body'> & { body: string | null };

/**
 * The objections to a statement, for whoever may read it. The person's own words are for him, for who raised it, and
 * for who has charge of the statement; a nodal officer may be the one that they are about.
 */
export async function objectionsShown(ctx: Ctx, statement: Statement): Promise<ShownObjection[]> {
  const all = await objectionsOfStatement(ctx.db.read, statement.statementNo);
  if (isOwn(ctx, statement)) return all;
  const hasCharge = await isOver(ctx, statement, rolesIssuing);
  const reader = personIdOf(ctx.actor);
  const shown: ShownObjection[] = [];
  for (const objection of all) {
    const isRaiser = reader !== undefined && objection.raisedBy === reader;
    if (hasCharge && !isRaiser) await noteLook(ctx, objection);
    shown.push(hasCharge || isRaiser ? objection : { ...objection, body: null });
  }
  return shown;
}

async function noteLook(ctx: Ctx, { objectionId, personId }: Objection): Promise<void> {
  await ctx.db.transaction((tx) =>
    audit(tx, ctx, {
      ...{ action: 'objection.viewed', subjectKind: 'objection', subjectId: objectionId, personId },
    }),
  );
}
