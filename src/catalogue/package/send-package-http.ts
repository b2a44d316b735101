import type { FastifyReply } from 'fastify';
import type { Package } from './export-package.ts';

/** A package as a download, piece by piece. */
export function sendPackage(reply: FastifyReply, pack: Package) {
  const plain = pack.name.replace(/[^A-Za-z0-9._-]/g, '_');
  return reply
    .type('application/zip')
    .header('content-length', pack.bytes)
    .header('cache-control', 'private, no-store')
    .header(
      'content-disposition',
      `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(pack.name)}`,
    )
    .send(pack.stream);
}
