import { Readable } from 'node:stream';
import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { invalid, notFound } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Storage } from '../kernel/storage.ts';
import { requireMayAct } from './policy.ts';
import { insertScan, scanOfOrder } from './stores/order-pages.ts';
import { orderById } from './stores/orders.ts';

const largestScan = 20_000_000;

/** Attaches the scanned order, a PDF, or another in its place. The order itself is not changed by it. */
export async function attachScan(
  ctx: Ctx,
  storage: Storage,
  { mandateId, source }: { mandateId: string; source: AsyncIterable<Uint8Array> },
): Promise<void> {
  const order = await requireMayAct(ctx, await orderById(ctx.db.read, mandateId));
  const blob = await storage.put(await onlyPdf(source), { maxBytes: largestScan });
  const scan = { fileId: newId(), mandateId, storageKey: blob.key, bytes: blob.bytes, now: ctx.clock.now() };
  await ctx.db.transaction(async (tx) => {
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
  mandateId: string,
): Promise<{ bytes: number; source: Readable }> {
  const scan = await scanOfOrder(ctx.db.read, mandateId);
  if (!scan) throw notFound();
  return { bytes: scan.bytes, source: await storage.open(scan.storageKey) };
}

/** By its first bytes, whatever its name says. */
async function onlyPdf(source: AsyncIterable<Uint8Array>): Promise<Readable> {
  const reader = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < 5) {
    const { value, done } = await reader.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  if (head.toString('latin1', 0, 5) !== '%PDF-') throw noPdf();
  return Readable.from(
    (async function* () {
      yield head;
      for (let next = await reader.next(); !next.done; next = await reader.next()) yield next.value;
    })(),
    { objectMode: false },
  );
}

function noPdf() {
  const text = { hi: 'आदेश की स्कैन प्रति PDF फ़ाइल के रूप में जोड़ें।', en: 'Attach the scanned order as a PDF file.' };
  return invalid([{ path: 'file', code: 'not_pdf', text }], text);
}
