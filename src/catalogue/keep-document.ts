import type { Readable } from 'node:stream';
import type { Ctx } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Storage } from '../kernel/storage.ts';
import { kindOfType } from './file-kinds.ts';
import { cleanName, type KeptBlob, keepBlob, typeOf } from './save-file.ts';
import { insertFile } from './stores/kept-files.ts';
import { beginUpload } from './upload-stream.ts';

/** A PDF or picture that belongs to a person, not to a lesson: kept as those are, by its content. */
export async function keepDocument(ctx: Ctx, storage: Storage, source: Readable): Promise<KeptBlob> {
  const begun = await beginUpload(source);
  try {
    const kind = kindOfType(await typeOf(begun.head));
    if (kind !== 'pdf' && kind !== 'image') throw noDocument();
    return await keepBlob(ctx, storage, begun.whole);
  } catch (error) {
    await begun.drain();
    throw error instanceof Refusal && error.code === 'unsupported_type' ? noDocument() : error;
  }
}

/** Notes it as a file of this person, in the transaction of what it is for; no office's authors see it. */
export async function noteDocument(
  tx: Tx,
  ctx: Ctx,
  given: { blob: KeptBlob; name: string; personId: string },
): Promise<string> {
  const fileId = newId();
  const { blob, personId } = given;
  const name = cleanName(given.name);
  await insertFile(tx, {
    ...blob,
    fileId,
    name,
    createdBy: personId,
    officeId: null,
    keptAt: ctx.clock.now(),
  });
  return fileId;
}

function noDocument(): Refusal {
  return new Refusal('unsupported_type', {
    hi: 'केवल PDF या चित्र (JPEG, PNG, WebP) दें।',
    en: 'Give a PDF or a picture (JPEG, PNG, WebP) only.',
  });
}
