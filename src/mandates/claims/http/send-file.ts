import type { FastifyReply } from 'fastify';
import { disposition } from '../../../kernel/http/disposition.ts';
import type { Storage } from '../../../kernel/storage.ts';
import type { ClaimFile } from '../store.ts';

/** A certificate that somebody handed in: shown, never run, and kept by no cache. */
export async function sendClaimFile(reply: FastifyReply, storage: Storage, file: ClaimFile) {
  reply.headers({
    'cache-control': 'private, no-store',
    'content-type': file.contentType,
    'content-length': file.bytes,
    'content-disposition': disposition('inline', file.name),
    'x-content-type-options': 'nosniff',
    'content-security-policy':
      "default-src 'none'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'",
  });
  return reply.send(await storage.open(file.storageKey));
}
