import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { notFound, Refusal } from '../../kernel/errors.ts';
import type { App, Runtime } from '../../kernel/feature.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { attachScan } from '../attach-scan.ts';
import { rolesOrdering, rolesReadingOrders } from '../policy.ts';
import { orderById } from '../stores/orders.ts';
import { ownOrder } from './office-routes.tsx';
import { sendScan } from './person-routes.tsx';

const copyQuery = z.object({ copy: z.uuid().optional() });
const schema = { params: z.object({ id: z.uuid() }), hide: true };

/** The scanned order: attached by whoever may publish it, read by whoever reads the order. */
export function scanRoutes(app: App, runtime: Runtime): void {
  app.get(
    '/office/orders/:id/scan',
    {
      config: { access: { roles: rolesReadingOrders }, file: 'content' },
      schema: { ...schema, querystring: copyQuery },
    },
    async (request, reply) => {
      const { id } = request.params;
      const order = await orderById(request.ctx.db.read, id);
      if (!order) throw notFound();
      if (order.state === 'draft') await ownOrder(request.ctx, id);
      return sendScan(request, reply, { runtime, mandateId: id, copyId: request.query.copy });
    },
  );
  app.post(
    '/office/orders/:id/scan',
    { config: { access: { roles: rolesOrdering } }, schema, bodyLimit: 25_000_000 },
    async (request, reply) => {
      const { id } = request.params;
      const order = await ownOrder(request.ctx, id);
      const part = await partIn(request);
      if (order.state === 'published' && order.scanFileId && !part?.fields['replaces']) {
        part?.file.resume();
        flash(reply, { kind: 'error', key: 'orders.scanAsk' });
        return seeOther(reply, `/office/orders/${id}`);
      }
      try {
        // Where nothing was chosen: refused as any file that is no PDF.
        const source = part?.file ?? Readable.from([]);
        await attachScan(request.ctx, runtime.storage, { mandateId: id, source });
        flash(reply, { kind: 'success', key: 'orders.scanSaved' });
      } catch (error) {
        if (!(error instanceof Refusal) || !refusedHere.includes(error.code)) throw error;
        const key = error.code === 'too_large' ? 'orders.scanTooLarge' : 'orders.scanNotPdf';
        flash(reply, { kind: 'error', key });
      }
      return seeOther(reply, `/office/orders/${id}`);
    },
  );
}

const refusedHere: readonly string[] = ['unsupported_type', 'too_large', 'invalid'];

/** The file with the fields that stand before it. */
async function partIn(request: FastifyRequest) {
  return request.isMultipart() ? request.file({ limits: { fileSize: 21_000_000 } }) : undefined;
}
