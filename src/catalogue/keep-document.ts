import { Readable } from 'node:stream';
import type { Ctx } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { type Storage, tooLarge } from '../kernel/storage.ts';
import { kindOfType } from './file-kinds.ts';
import { cleanName, type KeptBlob, keepBlob, typeOf } from './save-file.ts';
import { insertFile } from './stores/kept-files.ts';
import { beginUpload } from './upload-stream.ts';

export type DocumentWish = {
  source: Readable;
  /** Larger ones are refused: nothing is kept of what came. */
  maxBytes: number;
  only?: 'pdf';
};

/**
 * A PDF or picture that belongs to a person or an order, not to a lesson: kept as those are, by its content. A PDF
 * that no reader can open is none.
 */
export async function keepDocument(ctx: Ctx, storage: Storage, wish: DocumentWish): Promise<KeptBlob> {
  const begun = await beginUpload(wish.source);
  const refusal = wish.only ? noPdf() : noDocument();
  try {
    const kind = kindOfType(await typeOf(begun.head));
    if (kind !== 'pdf' && (kind !== 'image' || wish.only)) throw refusal;
    const blob = await keepBlob(ctx, storage, noMoreThan(begun.whole, wish.maxBytes));
    if (blob.pagesFault === 'unreadable') throw refusal;
    return blob;
  } catch (error) {
    await begun.drain();
    throw error instanceof Refusal && error.code === 'unsupported_type' ? refusal : error;
  }
}

function noMoreThan(source: Readable, maxBytes: number): Readable {
  let bytes = 0;
  return Readable.from(
    (async function* () {
      for await (const chunk of source) {
        bytes += (chunk as Buffer).length;
        if (bytes > maxBytes) throw tooLarge(maxBytes);
        yield chunk;
      }
    })(),
    { objectMode: false },
  );
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

function noPdf(): Refusal {
  return new Refusal('unsupported_type', {
    hi: 'ऐसी PDF फ़ाइल दें जो खुलती हो।',
    en: 'Give a PDF file that opens.',
  });
}
