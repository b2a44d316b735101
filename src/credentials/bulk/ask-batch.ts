import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { invalid, notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { addJob } from '../../kernel/jobs.ts';
import { requireOffice } from '../../organisations/index.ts';
import { rolesChangingCertificates } from '../policy.ts';
import {
  type Batch,
  type BatchKind,
  countOf,
  courseIdByCode,
  endBatch,
  insertBatch,
  lockedBatch,
  ownBatch,
  type Scope,
} from './store.ts';

export type BatchInput = { kind: BatchKind; officeCode: string; courseCode?: string };

/** A file of more would be too large to hand over. */
const mostDownloaded = 20_000;

/** How many certificates a batch would be about, before anything is done. */
export async function previewBatch(ctx: Ctx, input: BatchInput): Promise<{ scope: Scope; count: number }> {
  const office = await requireOffice(ctx, input.officeCode, rolesChangingCertificates);
  const courseId = input.courseCode ? await courseIdByCode(ctx.db.read, input.courseCode) : null;
  if (courseId === undefined)
    throw invalid([{ path: 'courseCode', code: 'unknown_course', text: unknownCourse }]);
  const scope = { kind: input.kind, officeId: office.officeId, courseId, today: todayInIndia(ctx.clock) };
  return { scope, count: await countOf(ctx.db.read, scope) };
}

const unknownCourse = { hi: 'इस कोड का कोई कोर्स नहीं है।', en: 'There is no course with this code.' };

/** Has it done by the worker, as whoever asks; returns the batch's id. */
export async function askBatch(ctx: Ctx, input: BatchInput): Promise<string> {
  const createdBy = requirePerson(ctx);
  const { scope, count } = await previewBatch(ctx, input);
  if (count === 0) throw nothingToDo();
  if (input.kind === 'download' && count > mostDownloaded) throw tooMany();
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
    const payload = { batchId, actor: ctx.actor, requestId: ctx.requestId, ip: ctx.ip };
    await addJob(tx, 'credentials:batch', payload, { key: `batch ${batchId}`, maxAttempts: 3 });
  });
  return batchId;
}

/** A batch that the actor asked for himself; nobody else finds it. */
export async function batchOf(ctx: Ctx, batchId: string): Promise<Batch> {
  const batch = await ownBatch(ctx.db.read, requirePerson(ctx), batchId);
  if (!batch) throw notFound();
  return batch;
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

function nothingToDo(): Refusal {
  const text = {
    hi: 'ऐसा कोई प्रमाणपत्र नहीं है जिस पर यह काम हो।',
    en: 'There is no certificate to do this with.',
  };
  return new Refusal('conflict', text, { reason: 'nothing_to_do' });
}

function tooMany(): Refusal {
  const text = {
    hi: `एक फ़ाइल में ${mostDownloaded} से अधिक प्रमाणपत्र नहीं आते। छोटा कार्यालय या एक कोर्स चुनें।`,
    en: `A file holds at most ${mostDownloaded} certificates. Choose a smaller office, or one course.`,
  };
  return new Refusal('conflict', text, { reason: 'too_many_certificates' });
}
