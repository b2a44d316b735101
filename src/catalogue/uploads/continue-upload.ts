import type { Readable } from 'node:stream';
import type { Ctx } from '../../kernel/context.ts';
import { isNoRoom, noRoom, Refusal } from '../../kernel/errors.ts';
import { tooLarge } from '../../kernel/storage.ts';
import { typeOf } from '../save-file.ts';
import { headBytes } from '../upload-stream.ts';
import { discardUpload } from './discard-uploads.ts';
import { type Progress, uploadProgress } from './own-upload.ts';
import { headOf, partialPath, writeAt } from './partial-files.ts';

/**
 * Takes the next piece. Refuses one that does not begin where the last ended (`conflict`, `wrong_offset`), and
 * once enough has come to see it, a file that no lesson is made of: nobody sends 100 MB for nothing.
 */
export async function continueUpload(
  ctx: Ctx,
  uploadId: string,
  piece: { offset: number; source: Readable; length?: number },
): Promise<Progress> {
  const upload = await uploadProgress(ctx, uploadId);
  if (upload.fileId || piece.offset !== upload.offset) throw wrongOffset(upload.offset);
  // Said before a byte is read: a body that is broken off half-way gets no answer through.
  if (piece.offset + (piece.length ?? 0) > upload.bytes) throw tooLarge(upload.bytes);
  const path = partialPath(ctx.config, uploadId);
  await writeAt(path, piece.source, { offset: piece.offset, bytes: upload.bytes }).catch((error: unknown) => {
    if (isNoRoom(error)) throw noRoom();
    throw error instanceof Refusal ? error : brokenLine();
  });
  const now = await uploadProgress(ctx, uploadId);
  if (piece.offset < headBytes && now.offset >= Math.min(headBytes, now.bytes))
    await refuseStranger(ctx, now);
  return now;
}

async function refuseStranger(ctx: Ctx, upload: Progress): Promise<void> {
  try {
    await typeOf(await headOf(partialPath(ctx.config, upload.uploadId), headBytes));
  } catch (error) {
    await discardUpload(ctx, upload.uploadId);
    throw error;
  }
}

function wrongOffset(offset: number): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'यह भाग पिछले भाग के बाद से शुरू नहीं होता।',
      en: 'This piece does not begin where the last one ended.',
    },
    { reason: 'wrong_offset', details: { offset } },
  );
}

function brokenLine(): Refusal {
  return new Refusal(
    'malformed',
    {
      hi: 'भेजते समय संपर्क टूट गया। जितना पहुँचा वह सुरक्षित है।',
      en: 'The line broke on the way. What has come is kept.',
    },
    { reason: 'broken_line' },
  );
}
