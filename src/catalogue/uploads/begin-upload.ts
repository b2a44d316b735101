import type { Ctx } from '../../kernel/context.ts';
import { requireRole } from '../../kernel/context.ts';
import { invalid, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { tooLarge } from '../../kernel/storage.ts';
import { authorRoles } from '../policy.ts';
import { cleanName, largestBytes } from '../save-file.ts';
import { ownerOf, type Progress } from './own-upload.ts';
import { makePartial, partialPath } from './partial-files.ts';
import { insertUpload, openUploads } from './upload-store.ts';

export const largestUpload = largestBytes.video;
const mostOpen = 20;
const mostOpenBytes = 1_000_000_000;
/** Long enough for an office whose line is down for a week. */
const keptMs = 10 * 24 * 3_600_000;

/** Opens a place for a file of this length, to be filled in as many pieces as the line needs. */
export async function beginResumable(
  ctx: Ctx,
  { name, bytes }: { name: string; bytes: number },
): Promise<Progress> {
  requireRole(ctx, authorRoles);
  if (bytes === 0) throw invalid([{ path: 'Upload-Length', code: 'empty_file', text: empty }], empty);
  if (bytes > largestUpload) throw tooLarge(largestUpload);
  const now = ctx.clock.now();
  const upload = {
    uploadId: newId(),
    owner: ownerOf(ctx),
    name: cleanName(name),
    bytes,
    expiresAt: new Date(now.getTime() + keptMs),
    fileId: null,
  };
  await ctx.db.transaction(async (tx) => {
    const open = await openUploads(tx, upload.owner);
    if (open.count >= mostOpen || open.bytes + bytes > mostOpenBytes) throw tooManyOpen();
    await insertUpload(tx, upload, now);
    await makePartial(partialPath(ctx.config, upload.uploadId));
  });
  return { ...upload, offset: 0 };
}

const empty = { hi: 'फ़ाइल खाली है। दूसरी फ़ाइल चुनें।', en: 'The file is empty. Choose another one.' };

function tooManyOpen(): Refusal {
  return new Refusal(
    'too_many',
    {
      hi: 'आपके बहुत से अपलोड अधूरे पड़े हैं। पहले उन्हें पूरा करें या हटाएँ।',
      en: 'Many of your uploads are unfinished. Finish or remove those first.',
    },
    { reason: 'too_many_uploads' },
  );
}
