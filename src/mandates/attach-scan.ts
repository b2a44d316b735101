import type { Readable } from 'node:stream';
import { keepDocument } from '../catalogue/index.ts';
import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Storage } from '../kernel/storage.ts';
import { requireMayAct } from './policy.ts';
import { insertScan, scanOfOrder } from './stores/order-pages.ts';
import { lockOrder, orderById } from './stores/orders.ts';

const largestScan = 20_000_000;

/** Attaches the scanned order, a PDF or a photograph, or another in its place. The order itself is not changed by it. */
export async function attachScan(
  ctx: Ctx,
  storage: Storage,
  { mandateId, source }: { mandateId: string; source: Readable },
): Promise<void> {
  const order = await requireMayAct(ctx, await orderById(ctx.db.read, mandateId));
  const blob = await keepDocument(ctx, storage, { source, maxBytes: largestScan });
  const { storageKey, bytes, contentType } = blob;
  const scan = { fileId: newId(), mandateId, storageKey, bytes, contentType, now: ctx.clock.now() };
  await ctx.db.transaction(async (tx) => {
    // A draft may have been deleted while the file came in.
    if (!(await lockOrder(tx, mandateId))) throw notFound();
    await insertScan(tx, scan);
    await audit(tx, ctx, {
      action: 'mandate.scan_attached',
      subjectKind: 'mandate',
      subjectId: mandateId,
      officeId: order.officeId,
      detail: { number: order.number, bytes: blob.bytes, sha256: blob.sha256 },
    });
  });
}

/** The scan of an order, for whoever may read the order; the caller has asked that. */
export async function openScan(
  ctx: Ctx,
  storage: Storage,
  asked: { mandateId: string; copyId?: string | undefined },
): Promise<{ bytes: number; contentType: string; source: Readable }> {
  const scan = await scanOfOrder(ctx.db.read, asked);
  if (!scan) throw notFound();
  return { bytes: scan.bytes, contentType: scan.contentType, source: await storage.open(scan.storageKey) };
}
