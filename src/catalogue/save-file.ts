import { Readable } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type';
import { sql } from 'kysely';
import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../kernel/context.ts';
import { Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Storage } from '../kernel/storage.ts';
import { authorRoles } from './policy.ts';

const maxBytes = 200_000_000;
const headBytes = 4100; // what file-type needs

/** What lessons may be made of; the content decides, not the name or what the browser says. */
const accepted: Record<string, string> = {
  'video/mp4': 'video',
  'video/webm': 'video',
  'audio/mpeg': 'audio',
  'audio/mp4': 'audio',
  'audio/x-m4a': 'audio',
  'audio/ogg': 'audio',
  'audio/opus': 'audio',
  'video/ogg': 'video',
  'audio/wav': 'audio',
  'application/pdf': 'pdf',
  'image/png': 'image',
  'image/jpeg': 'image',
  'image/webp': 'image',
};

export type SavedFile = { fileId: string; contentType: string; bytes: number; name: string };

/** Keeps an uploaded file of a lesson. Refuses what is not video, audio, PDF, image or WebVTT captions. */
export async function saveFile(
  ctx: Ctx,
  storage: Storage,
  upload: { source: Readable; name: string },
): Promise<SavedFile> {
  requireRole(ctx, authorRoles);
  const { head, whole } = await peek(upload.source);
  const contentType = await typeOf(head);
  const blob = await storage.put(whole, { maxBytes });
  const fileId = newId();
  const name = upload.name.slice(0, 200);
  await ctx.db.transaction(async (tx) => {
    await sql`insert into file (file_id, storage_key, sha256, bytes, content_type, name, created_by)
      values (${fileId}, ${blob.key}, ${blob.sha256}, ${blob.bytes}, ${contentType}, ${name}, ${personIdOf(ctx.actor) ?? null})`.execute(
      tx,
    );
    await audit(tx, ctx, {
      action: 'file.saved',
      subjectKind: 'file',
      subjectId: fileId,
      detail: { bytes: blob.bytes, contentType },
    });
  });
  return { fileId, contentType, bytes: blob.bytes, name };
}

async function peek(source: Readable): Promise<{ head: Buffer; whole: Readable }> {
  const chunks: Buffer[] = [];
  let size = 0;
  const iterator = source[Symbol.asyncIterator]();
  while (size < headBytes) {
    const next = await iterator.next();
    if (next.done) break;
    const chunk = Buffer.from(next.value as Buffer);
    chunks.push(chunk);
    size += chunk.length;
  }
  const rest = { [Symbol.asyncIterator]: () => iterator };
  const whole = Readable.from(
    (async function* () {
      yield* chunks;
      yield* rest;
    })(),
    { objectMode: false },
  );
  return { head: Buffer.concat(chunks), whole };
}

async function typeOf(head: Buffer): Promise<string> {
  if (/^(\uFEFF)?WEBVTT/.test(head.toString('utf8', 0, 12))) return 'text/vtt';
  const found = await fileTypeFromBuffer(head);
  const mime = found?.mime === ('audio/ogg; codecs=opus' as string) ? 'audio/ogg' : found?.mime;
  if (mime && accepted[mime]) return mime;
  throw new Refusal('unsupported_type', {
    hi: 'केवल वीडियो (MP4, WebM), ऑडियो (MP3, M4A, OGG), PDF, चित्र या कैप्शन (WebVTT) अपलोड करें।',
    en: 'Upload only video (MP4, WebM), audio (MP3, M4A, OGG), PDF, pictures or captions (WebVTT).',
  });
}
