import type { FastifyReply } from 'fastify';
import type { Ctx } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';
import { disposition } from '../../../kernel/http/disposition.ts';
import type { Storage } from '../../../kernel/storage.ts';
import { batchOf } from '../ask-batch.ts';

/** The ZIP of a batch, for whoever asked for it, as long as it is kept. */
export async function sendBatchFile(
  ctx: Ctx,
  reply: FastifyReply,
  { batchId, storage }: { batchId: string; storage: Storage },
) {
  const batch = await batchOf(ctx, batchId);
  if (!batch.storageKey) throw notFound();
  return reply
    .type('application/zip')
    .header('cache-control', 'private, no-store')
    .header('content-length', batch.bytes ?? undefined)
    .header('content-disposition', disposition('attachment', 'certificates.zip'))
    .send(await storage.open(batch.storageKey));
}
