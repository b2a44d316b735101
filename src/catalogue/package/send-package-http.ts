import type { FastifyReply } from 'fastify';
import { disposition } from '../../kernel/http/disposition.ts';
import type { Package } from './export-package.ts';

/** A package as a download, piece by piece. */
export function sendPackage(reply: FastifyReply, pack: Package) {
  return reply
    .type('application/zip')
    .header('content-length', pack.bytes)
    .header('cache-control', 'private, no-store')
    .header('content-disposition', disposition('attachment', pack.name))
    .send(pack.stream);
}
