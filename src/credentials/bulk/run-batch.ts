import type { ZipFile } from 'yazl';
import { addPdf, failureOf, fileDays, isRightGone, keepZip } from '../../kernel/batch-files.ts';
import type { Ctx } from '../../kernel/context.ts';
import { addDays, todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import type { JobHandler } from '../../kernel/jobs.ts';
import type { Storage } from '../../kernel/storage.ts';
import { toCsvLine } from '../../kernel/tabular/index.ts';
import { requireOffice } from '../../organisations/index.ts';
import { type Asked, asAsked } from '../../people/index.ts';
import { issueCertificates } from '../issue-certificates.ts';
import { rolesChangingCertificates } from '../policy.ts';
import { renderCertificate } from '../render-certificate.ts';
import { reissueInTemplate } from '../replace-certificate.ts';
import { certificateByNumber } from '../store.ts';
import { giveUp } from './keep-batches.ts';
import { type Batch, endBatch, type Found, lockedBatch, nextOf, noteStep, type Scope } from './store.ts';

/** So many at a time: a step is short for who waits behind its locks, and progress is seen. */
const stepSize = 200;

type Payload = Asked & { batchId: string };

/** The worker's part: as whoever asked, by his rights of now. Killed, it goes on where it was. */
export function batchJob(storage: Storage, steps = stepSize): JobHandler {
  return async (jobCtx, payload, attempt) => {
    const { batchId, ...asked } = payload as Payload;
    const ctx = await asAsked(jobCtx, asked);
    try {
      await runBatch(ctx, { batchId, storage, steps });
    } catch (error) {
      const isOver = isRightGone(error);
      if (isOver || attempt?.isLast) await giveUp(ctx, batchId, failureOf(error));
      if (!isOver) throw error;
    }
  };
}

type Run = { batchId: string; storage: Storage; steps: number };

async function runBatch(ctx: Ctx, { batchId, storage, steps }: Run): Promise<void> {
  const batch = await ctx.db.transaction((tx) => lockedBatch(tx, batchId));
  if (!batch || !isOpen(batch)) return;
  await requireOffice(ctx, batch.officeCode, rolesChangingCertificates);
  if (batch.kind === 'download') return writeFile(ctx, batch, storage);
  while (await ctx.db.transaction((tx) => step(tx, ctx, { batchId, steps })));
}

function isOpen(batch: Batch): boolean {
  return batch.state === 'waiting' || batch.state === 'running';
}

function scopeOf(ctx: Ctx, { kind, officeId, courseId }: Batch): Scope {
  return { kind, officeId, courseId, today: todayInIndia(ctx.clock) };
}

/** One step with its progress in one transaction; false when nothing is left or somebody stopped it. */
async function step(tx: Tx, ctx: Ctx, { batchId, steps }: Omit<Run, 'storage'>): Promise<boolean> {
  const batch = await lockedBatch(tx, batchId);
  if (!batch || !isOpen(batch)) return false;
  const { afterPersonId, afterId } = batch;
  const after = afterPersonId && afterId ? { personId: afterPersonId, id: afterId } : undefined;
  const found = await nextOf(tx, scopeOf(ctx, batch), { after, limit: steps });
  const last = found.at(-1);
  if (!last) {
    await endBatch(tx, batchId, { state: 'done', at: ctx.clock.now() });
    return false;
  }
  const made = batch.kind === 'issue' ? await issue(tx, ctx, found) : await reissue(tx, ctx, found, batch);
  await noteStep(tx, batchId, {
    done: batch.done + made,
    leftOut: batch.leftOut + found.length - made,
    after: last,
  });
  return true;
}

async function issue(tx: Tx, ctx: Ctx, found: Found[]): Promise<number> {
  return (await issueCertificates(tx, ctx, found)).size;
}

async function reissue(tx: Tx, ctx: Ctx, found: Found[], batch: Batch): Promise<number> {
  let count = 0;
  for (const { certificateNo } of found) {
    const old = certificateNo ? await certificateByNumber(tx, certificateNo) : undefined;
    if (old && (await reissueInTemplate(tx, ctx, { old, reason: batch.reason ?? '' }))) count += 1;
  }
  return count;
}

/** All PDFs and a list of them in one ZIP. A killed one begins anew: half a ZIP is no use to anybody. */
async function writeFile(ctx: Ctx, batch: Batch, storage: Storage): Promise<void> {
  const file = await keepZip(storage, (zip) => addAll(ctx, batch, zip));
  if (!file) return;
  const until = addDays(todayInIndia(ctx.clock), fileDays);
  const ending = { state: 'done', at: ctx.clock.now(), file: { ...file, until } } as const;
  // Stopped while the last bytes were written: no row names the file.
  if (!(await endBatch(ctx.db.read, batch.batchId, ending))) await storage.remove(file.key);
}

async function addAll(ctx: Ctx, batch: Batch, zip: ZipFile): Promise<boolean> {
  const lines = [toCsvLine(['certificate_no', 'name_hi', 'name_en', 'course_code', 'completed_on'])];
  let done = 0;
  let after: Found | undefined;
  for (;;) {
    const found = await nextOf(ctx.db.read, scopeOf(ctx, batch), { after, limit: stepSize });
    after = found.at(-1);
    if (!after) break;
    lines.push(...(await addSome(ctx, found, zip)));
    done += found.length;
    await noteStep(ctx.db.read, batch.batchId, { done, leftOut: 0, after: null });
    const now = await ctx.db.transaction((tx) => lockedBatch(tx, batch.batchId));
    if (!now || !isOpen(now)) return false;
  }
  zip.addBuffer(Buffer.from(`\uFEFF${lines.join('')}`), 'index.csv');
  return true;
}

async function addSome(ctx: Ctx, found: Found[], zip: ZipFile): Promise<string[]> {
  const numbers = found.map((one) => one.certificateNo).filter((no) => no !== null);
  const certificates = await Promise.all(numbers.map((no) => certificateByNumber(ctx.db.read, no)));
  return Promise.all(
    certificates
      .filter((certificate) => certificate !== undefined)
      .map(async (certificate) => {
        const { certificateNo, content } = certificate;
        const pdf = await renderCertificate(ctx, certificate);
        addPdf(zip, `${certificateNo}.pdf`, pdf);
        return toCsvLine([
          certificateNo,
          content.name.hi ?? '',
          content.name.en ?? '',
          content.course.code,
          content.completedDay,
        ]);
      }),
  );
}
