import { type Ctx, requireRole } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { authorRoles } from '../policy.ts';
import { partialBytes, partialPath } from './partial-files.ts';
import { ownUpload, type UploadRow } from './upload-store.ts';

export type Progress = UploadRow & { offset: number };

/** An upload belongs to who began it: a person (by whatever session or token), else the token itself. */
export function ownerOf(ctx: Ctx): string {
  const { actor } = ctx;
  if (actor.kind === 'person') return actor.personId;
  if (actor.kind === 'token') return actor.personId ?? actor.tokenId;
  return actor.kind;
}

/** How far one's own upload has come. Another's, an expired one and one whose part is gone are not found. */
export async function uploadProgress(ctx: Ctx, uploadId: string): Promise<Progress> {
  requireRole(ctx, authorRoles);
  const upload = await ownUpload(ctx, ownerOf(ctx), uploadId);
  if (!upload || upload.expiresAt < ctx.clock.now()) throw notFound();
  if (upload.fileId) return { ...upload, offset: upload.bytes };
  const offset = await partialBytes(partialPath(ctx.config, uploadId));
  if (offset === undefined) throw notFound();
  return { ...upload, offset };
}
