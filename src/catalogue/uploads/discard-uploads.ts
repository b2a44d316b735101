import type { Ctx } from '../../kernel/context.ts';
import { uploadProgress } from './own-upload.ts';
import { partialPath, removePartial } from './partial-files.ts';
import { deleteExpired, deleteUpload } from './upload-store.ts';

/** Throws one's own unfinished upload away; a file that was made of it stays. */
export async function discardUpload(ctx: Ctx, uploadId: string): Promise<void> {
  await uploadProgress(ctx, uploadId);
  await ctx.db.transaction((tx) => deleteUpload(tx, uploadId));
  await removePartial(partialPath(ctx.config, uploadId));
}

/** What nobody went on with; repeated, until none is left. */
export async function discardExpired(ctx: Ctx): Promise<number> {
  const gone = await ctx.db.transaction((tx) => deleteExpired(tx, ctx.clock.now()));
  for (const uploadId of gone) await removePartial(partialPath(ctx.config, uploadId));
  return gone.length;
}
