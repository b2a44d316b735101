import type { FastifyReply } from 'fastify';
import type { Ctx } from '../../../kernel/context.ts';
import { sendFile } from '../../../kernel/http/send-file.ts';
import type { Storage } from '../../../kernel/storage.ts';
import { takeBatchFile } from '../ask-batch.ts';

export async function sendBatchFile(
  ctx: Ctx,
  reply: FastifyReply,
  { batchId, storage }: { batchId: string; storage: Storage },
) {
  const { body, bytes } = await takeBatchFile(ctx, storage, batchId);
  return sendFile(reply, { name: 'certificates', format: 'zip', body, bytes });
}
