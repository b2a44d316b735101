import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { isOver, rolesIssuing } from '../policy.ts';
import { type Objection, objectionById } from '../stores/objections.ts';

/** An objection in the person's own words, for whoever has charge of the statement; every look is kept. */
export async function readObjection(ctx: Ctx, objectionId: string): Promise<Objection> {
  requireRole(ctx, rolesIssuing);
  const objection = await objectionById(ctx.db.read, objectionId);
  if (!objection || !(await isOver(ctx, objection, rolesIssuing))) throw notFound();
  const { personId, holderId } = objection;
  if (personIdOf(ctx.actor) === holderId) return objection;
  await ctx.db.transaction((tx) =>
    audit(tx, ctx, {
      ...{ action: 'objection.viewed', subjectKind: 'objection', subjectId: objectionId, personId },
    }),
  );
  return objection;
}
