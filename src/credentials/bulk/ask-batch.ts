import type { Readable } from 'node:stream';
import { audit } from '../../kernel/audit.ts';
import { mostInFile, takeMade } from '../../kernel/batch-files.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { invalid, notFound, Refusal } from '../../kernel/errors.ts';
import { keepExport } from '../../kernel/exports.ts';
import { newId } from '../../kernel/ids.ts';
import { addJob } from '../../kernel/jobs.ts';
import type { Storage } from '../../kernel/storage.ts';
import { requireOffice } from '../../organisations/index.ts';
import { rolesChangingCertificates } from '../policy.ts';
import {
  type Batch,
  type BatchKind,
  countsOf,
  courseIdByCode,
  endBatch,
  insertBatch,
  type LeftOut,
  type LeftOutReason,
  leftOutOf,
  leftOutReasons,
  lockedBatch,
  ownBatch,
  reopenBatch,
  type Scope,
} from './store.ts';

export type BatchInput = { kind: BatchKind; officeCode: string; courseCode?: string };

export type Preview = {
  scope: Scope;
  count: number;
  leftOut: { reason: LeftOutReason; count: number }[];
};

export const mostListed = 10_000;

/** How many certificates a batch would be about, before anything is done. */
export async function previewBatch(ctx: Ctx, input: BatchInput): Promise<Preview> {
  const office = await requireOffice(ctx, input.officeCode, rolesChangingCertificates);
  const courseId = input.courseCode ? await courseIdByCode(ctx.db.read, input.courseCode) : null;
  if (courseId === undefined)
    throw invalid([{ path: 'courseCode', code: 'unknown_course', text: unknownCourse }]);
  const scope = { kind: input.kind, officeId: office.officeId, courseId, today: todayInIndia(ctx.clock) };
  const counts = await countsOf(ctx.db.read, scope);
  const leftOut = leftOutReasons
    .map((reason) => ({ reason, count: counts.get(reason) ?? 0 }))
    .filter(({ count }) => count > 0);
  return { scope, count: counts.get(null) ?? 0, leftOut };
}

/** Who is left out and why, one by one; of those who answer to another office now, no name. */
export async function leftOutList(ctx: Ctx, input: BatchInput): Promise<LeftOut[]> {
  const { scope } = await previewBatch(ctx, input);
  return leftOutOf(ctx.db.read, scope, mostListed);
}

/** The same for a file; that it was taken is kept. */
export async function exportLeftOut(ctx: Ctx, input: BatchInput): Promise<LeftOut[]> {
  const { scope } = await previewBatch(ctx, input);
  const found = await leftOutOf(ctx.db.read, scope, mostListed);
  await keepExport(ctx, {
    ...{ kind: 'certificates_left_out', format: 'csv', officeId: scope.officeId, rows: found.length },
    detail: { batch: input.kind, course: input.courseCode },
  });
  return found;
}

const unknownCourse = { hi: 'इस कोड का कोई कोर्स नहीं है।', en: 'There is no course with this code.' };

/** Has it done by the worker, as whoever asks; returns the batch's id. */
export async function askBatch(ctx: Ctx, input: BatchInput): Promise<string> {
  const createdBy = requirePerson(ctx);
  const { scope, count } = await previewBatch(ctx, input);
  if (count === 0) throw nothingToDo();
  if (input.kind === 'download' && count > mostInFile) throw tooMany();
  const batchId = newId();
  await ctx.db.transaction(async (tx) => {
    const { kind, officeId, courseId } = scope;
    const reason = kind === 'reissue' ? 'नए साँचे में जारी / Issued in the present template' : null;
    await insertBatch(tx, {
      batchId,
      kind,
      officeId,
      courseId,
      total: count,
      reason,
      createdAt: ctx.clock.now(),
      createdBy,
    });
    await audit(tx, ctx, {
      action: `certificate-batch.${kind}`,
      subjectKind: 'certificate-batch',
      subjectId: batchId,
      officeId,
      detail: { count, courseId },
    });
    await addBatchJob(tx, ctx, batchId);
  });
  return batchId;
}

/** After it gave up or was stopped: what is done stays done, the rest is tried again. */
export async function restartBatch(ctx: Ctx, batchId: string): Promise<void> {
  const batch = await batchOf(ctx, batchId);
  const { kind, officeCode, courseCode } = batch;
  const { count } = await previewBatch(ctx, { kind, officeCode, courseCode: courseCode ?? undefined });
  if (kind === 'download' && count > mostInFile) throw tooMany();
  await ctx.db.transaction(async (tx) => {
    const done = kind === 'download' ? 0 : batch.done;
    if (!(await reopenBatch(tx, batchId, done + count))) throw notRestartable();
    await audit(tx, ctx, {
      action: 'certificate-batch.restarted',
      subjectKind: 'certificate-batch',
      subjectId: batchId,
      officeId: batch.officeId,
    });
    await addBatchJob(tx, ctx, batchId);
  });
}

async function addBatchJob(tx: Tx, ctx: Ctx, batchId: string): Promise<void> {
  const payload = { batchId, actor: ctx.actor, requestId: ctx.requestId, ip: ctx.ip };
  await addJob(tx, 'credentials:batch', payload, { key: batchJobKey(batchId), maxAttempts: 3 });
}

export function batchJobKey(batchId: string): string {
  return `batch ${batchId}`;
}

/** A batch that the actor asked for himself; nobody else finds it. */
export async function batchOf(ctx: Ctx, batchId: string): Promise<Batch> {
  const batch = await ownBatch(ctx.db.read, requirePerson(ctx), batchId);
  if (!batch) throw notFound();
  return batch;
}

/** The ZIP of a batch, for whoever asked for it, as long as it is kept; that it was taken is kept. */
export async function takeBatchFile(
  ctx: Ctx,
  storage: Storage,
  batchId: string,
): Promise<Batch & { body: Readable }> {
  const batch = await batchOf(ctx, batchId);
  const { storageKey, officeId, done: rows } = batch;
  const file = {
    ...({ kind: 'certificates', format: 'zip', officeId, rows } as const),
    detail: { course: batch.courseCode, of: batchId },
  };
  return { ...batch, body: await takeMade(ctx, storage, { storageKey, file }) };
}

/** What is done stays done; the rest is left. */
export async function stopBatch(ctx: Ctx, batchId: string): Promise<void> {
  await batchOf(ctx, batchId);
  await ctx.db.transaction(async (tx) => {
    await lockedBatch(tx, batchId);
    await endBatch(tx, batchId, { state: 'stopped', at: ctx.clock.now() });
    await audit(tx, ctx, {
      action: 'certificate-batch.stopped',
      subjectKind: 'certificate-batch',
      subjectId: batchId,
    });
  });
}

function notRestartable(): Refusal {
  const text = {
    hi: 'यह काम रुका हुआ नहीं है। पृष्ठ फिर से खोलें।',
    en: 'This work has not stopped. Open the page again.',
  };
  return new Refusal('conflict', text, { reason: 'batch_not_stopped' });
}

function nothingToDo(): Refusal {
  const text = {
    hi: 'ऐसा कोई प्रमाणपत्र नहीं है जिस पर यह काम हो।',
    en: 'There is no certificate to do this with.',
  };
  return new Refusal('conflict', text, { reason: 'nothing_to_do' });
}

function tooMany(): Refusal {
  const text = {
    hi: `एक फ़ाइल में ${mostInFile} से अधिक प्रमाणपत्र नहीं आते। छोटा कार्यालय या एक कोर्स चुनें।`,
    en: `A file holds at most ${mostInFile} certificates. Choose a smaller office, or one course.`,
  };
  return new Refusal('conflict', text, { reason: 'too_many_certificates' });
}
