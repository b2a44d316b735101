import { type Ctx, personIdOf, scopesOf } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { mayReadDraft, readerRoles } from './policy.ts';
import { type FileToUse, filesToUse, type KnownFile } from './stores/kept-files.ts';

/**
 * Of these ids the kept files that the actor may put into a lesson: what everybody may open, his own, and those of
 * offices and courses whose drafts he may read. To name another's file would show it; it is as unknown as none.
 */
export async function knownFiles(ctx: Ctx, tx: Tx, fileIds: string[]): Promise<Map<string, KnownFile>> {
  if (fileIds.length === 0) return new Map();
  const files = await filesToUse(tx, fileIds);
  return new Map(files.filter((file) => mayUse(ctx, file)).map((file) => [file.id, file]));
}

function mayUse(ctx: Ctx, file: FileToUse): boolean {
  const personId = personIdOf(ctx.actor);
  if (file.isPublished || (personId !== undefined && file.createdBy === personId)) return true;
  if (file.usedBy.some((course) => mayReadDraft(ctx, course))) return true;
  if (file.officePath) return mayReadDraft(ctx, { officePath: file.officePath });
  return scopesOf(ctx.actor, readerRoles).includes('*');
}
