import { type Ctx, personIdOf, requireRole } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { mayReadDraft, readerRoles } from './policy.ts';
import { type KeptFile, keptFile } from './stores/kept-files.ts';

/**
 * What is known of an uploaded file: for whoever uploaded it, for the authors of that office, and for those
 * of a course that uses it. Not visible means not found.
 */
export async function fileDetails(ctx: Ctx, fileId: string): Promise<KeptFile> {
  requireRole(ctx, readerRoles);
  const file = await keptFile(ctx, fileId);
  if (!file) throw notFound();
  const personId = personIdOf(ctx.actor);
  const isOwn = personId !== undefined && file.createdBy === personId;
  const usedBy = file.usedBy.filter((course) => mayReadDraft(ctx, course));
  if (!isOwn && usedBy.length === 0 && !(file.officePath && mayReadDraft(ctx, file))) throw notFound();
  return { ...file, usedBy };
}
