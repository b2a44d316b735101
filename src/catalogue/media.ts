import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Ctx, personIdOf } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { notFound } from '../kernel/errors.ts';
import type { App, Runtime } from '../kernel/feature.ts';
import { disposition } from '../kernel/http/disposition.ts';
import type { Storage } from '../kernel/storage.ts';
import { type ByteRange, rangeOf } from './media-range.ts';
import { pageOf } from './pdf-pages/page-store.ts';
import { mayReadDraft } from './policy.ts';
import { originalOf } from './renditions/rendition-store.ts';
import { type FileRow, fileById } from './stores/files.ts';
import { isForTranslator } from './translation/translators-store.ts';

/** A lesson's file: whole or in part, for the signed-in; it never changes under its address. */
export function mediaRoutes(app: App, runtime: Runtime): void {
  app.get(
    '/media/:fileId',
    {
      config: { access: 'signed-in', file: 'content' },
      schema: { params: z.object({ fileId: z.uuid() }), hide: true },
    },
    async (request, reply) =>
      sendFile(request, reply, {
        file: await readableFile(request.ctx, request.params.fileId),
        storage: runtime.storage,
      }),
  );
  app.get(
    '/media/:fileId/pages/:page',
    {
      config: { access: 'signed-in' },
      schema: { params: z.object({ fileId: z.uuid(), page: z.coerce.number().int().min(1) }), hide: true },
    },
    async (request, reply) => {
      const file = await readableFile(request.ctx, request.params.fileId);
      const page = await pageOf(request.ctx, request.params);
      if (!page) throw notFound();
      return sendPage(request, reply, { file, page, storage: runtime.storage });
    },
  );
}

type SentPage = { file: FileRow; page: { storageKey: string; bytes: number }; storage: Storage };

/** One page of a PDF as a picture. Kept packed, and sent so: every browser unpacks it. */
async function sendPage(request: FastifyRequest, reply: FastifyReply, { file, page, storage }: SentPage) {
  const etag = `"${page.storageKey}"`;
  reply.headers({
    etag,
    'cache-control': 'private, max-age=31536000, immutable',
    'content-type': 'image/svg+xml',
    'content-encoding': 'gzip',
    'content-disposition': disposition('inline', file.name.replace(/\.pdf$/i, '.svg')),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox",
  });
  if (request.headers['if-none-match']?.includes(etag)) return reply.status(304).send();
  reply.header('content-length', page.bytes);
  return reply.send(await storage.open(page.storageKey));
}

/** Files of courses that are or were published; of a draft only for its authors and whoever uploaded it. */
async function readableFile(ctx: Ctx, fileId: string): Promise<FileRow> {
  const file = await fileById(ctx, fileId);
  if (!file) throw notFound();
  const personId = personIdOf(ctx.actor);
  const isOwn = personId !== undefined && file.createdBy === personId;
  if (file.isPublished || isOwn || file.owners.some((owner) => mayReadDraft(ctx, owner))) return file;
  // Whoever was asked to translate a draft sees its pictures and hears its recordings.
  if (personId && (await isForTranslator(ctx.db.read, { fileId, personId, today: todayInIndia(ctx.clock) })))
    return file;
  // A lighter copy stands in no lesson itself: whoever may open the recording may open it.
  const original = await originalOf(ctx, fileId);
  if (!original) throw notFound();
  await readableFile(ctx, original);
  return file;
}

async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { file, storage }: { file: FileRow; storage: Storage },
) {
  const etag = `"${file.sha256}"`;
  reply.headers(headersOf(file, etag));
  if (request.headers['if-none-match']?.includes(etag)) return reply.status(304).send();
  const ifRange = request.headers['if-range'];
  const range = ifRange && ifRange !== etag ? undefined : rangeOf(request.headers.range, file.bytes);
  if (range === 'unsatisfiable')
    return reply.status(416).header('content-range', `bytes */${file.bytes}`).send();
  const whole: ByteRange = { start: 0, end: file.bytes - 1 };
  const { start, end } = range ?? whole;
  if (range) reply.status(206).header('content-range', `bytes ${start}-${end}/${file.bytes}`);
  reply.header('content-length', end - start + 1);
  return reply.send(await storage.open(file.storageKey, range));
}

function headersOf(file: FileRow, etag: string): Record<string, string> {
  const isText = file.contentType.startsWith('text/');
  return {
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    'content-type': isText ? `${file.contentType}; charset=utf-8` : file.contentType,
    'content-disposition': disposition('inline', file.name),
    'x-content-type-options': 'nosniff',
    // The browser's own PDF reader is a document with styles of its own.
    'content-security-policy':
      "default-src 'none'; object-src 'self'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'",
  };
}
