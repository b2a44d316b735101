import type { ZipFile } from 'yazl';
import { audit } from '../../kernel/audit.ts';
import {
  addPdf,
  type BatchKeeper,
  type Failure,
  failureOf,
  fileDays,
  isRightGone,
  keepBatches,
  keepZip,
} from '../../kernel/batch-files.ts';
import type { Ctx } from '../../kernel/context.ts';
import { addDays, todayInIndia } from '../../kernel/dates.ts';
import { translator } from '../../kernel/i18n.ts';
import type { JobHandler } from '../../kernel/jobs.ts';
import type { Storage } from '../../kernel/storage.ts';
import { toCsvLine } from '../../kernel/tabular/index.ts';
import { requireOffice } from '../../organisations/index.ts';
import { type Asked, asAsked } from '../../people/index.ts';
import { contentOf, stateOf } from '../answers.ts';
import { rolesHelping } from '../policy.ts';
import { renderStatement } from '../render-statement.ts';
import { endFile, fileById, forgetOld, noteFile, openFiles, type StatementFile } from '../stores/files.ts';
import { type Statement, standingAfter } from '../stores/statements.ts';
import { fileJobKey } from './ask-files.ts';

/** So many PDFs at a time: enough for both threads that make them. */
const stepSize = 100;

type Payload = Asked & { batchId: string };

/** The worker's part, as whoever asked, by his rights of now. Killed, it begins anew: half a ZIP is no use to anybody. */
export function fileJob(storage: Storage): JobHandler {
  return async (jobCtx, payload, attempt) => {
    const { batchId, ...asked } = payload as Payload;
    const ctx = await asAsked(jobCtx, asked);
    try {
      await makeFile(ctx, batchId, storage);
    } catch (error) {
      const isOver = isRightGone(error);
      if (isOver || attempt?.isLast) await giveUp(ctx, batchId, failureOf(error));
      if (!isOver) throw error;
    }
  };
}

export function keepFilesJob(storage: Storage): JobHandler {
  return keepBatches(storage, keeper);
}

async function makeFile(ctx: Ctx, batchId: string, storage: Storage): Promise<void> {
  const batch = await fileById(ctx.db.read, batchId);
  if (!batch || !(await noteFile(ctx.db.read, batchId, 0))) return;
  await requireOffice(ctx, batch.officeCode, rolesHelping);
  const file = await keepZip(storage, (zip) => addAll(ctx, batch, zip));
  if (!file) return;
  const until = addDays(todayInIndia(ctx.clock), fileDays);
  const ending = { state: 'done', at: ctx.clock.now(), file: { ...file, until } } as const;
  if (await endFile(ctx.db.read, batchId, ending)) return;
  // Stopped while the last bytes were written: no row names the file.
  await storage.remove(file.key);
}

const columns = [
  'number',
  'code',
  'nameHi',
  'nameEn',
  'officeCode',
  'courses',
  'minutes',
  'status',
  'fileName',
] as const;

async function addAll(ctx: Ctx, batch: StatementFile, zip: ZipFile): Promise<boolean> {
  const t = translator(batch.language);
  const lines = [toCsvLine(columns.map((key) => t(`appraisal.${key}`)))];
  const of = { officeIds: [batch.officeId], year: batch.year };
  let done = 0;
  for (let after: string | undefined; ; ) {
    const some = await standingAfter(ctx.db.read, { ...of, after, limit: stepSize });
    const last = some.at(-1);
    if (!last) break;
    lines.push(...(await Promise.all(some.map((one) => addOne(ctx, one, { zip, batch })))));
    done += some.length;
    if (!(await noteFile(ctx.db.read, batch.batchId, done))) return false;
    after = last.personId;
  }
  zip.addBuffer(Buffer.from(`\uFEFF${lines.join('')}`), 'index.csv');
  return true;
}

async function addOne(
  ctx: Ctx,
  statement: Statement,
  { zip, batch }: { zip: ZipFile; batch: StatementFile },
): Promise<string> {
  const { statementNo, replacedByNo, digest } = statement;
  const content = contentOf(statement);
  const state = stateOf(statement);
  const printing = { content, state, replacedByNo, digest, language: batch.language };
  const { person, post, totals } = content;
  const name = fileName(person.code, statementNo);
  addPdf(zip, name, await renderStatement(printing, ctx.config));
  return toCsvLine([
    ...[statementNo, person.code, person.name.hi, person.name.en, post?.office.code],
    ...[totals.courses, totals.minutes, translator(batch.language)(`appraisal.state_${state}`), name],
  ]);
}

/** The person's code first, so that a folder of them is in its order; no name, since it travels in the open. */
function fileName(code: string | null, statementNo: string): string {
  const safe = code?.replaceAll(/[^\p{L}\p{N}\p{M}_-]+/gu, '_');
  return safe ? `${safe}-${statementNo}.pdf` : `${statementNo}.pdf`;
}

const keeper: BatchKeeper = {
  open: (ctx) => openFiles(ctx.db.read),
  jobKey: fileJobKey,
  giveUp,
  forget: forgetOld,
  forgotten: { action: 'statement_file.removed', subjectKind: 'statement-file' },
};

async function giveUp(ctx: Ctx, batchId: string, failure: Failure): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if (!(await endFile(tx, batchId, { state: 'failed', at: ctx.clock.now(), failure }))) return;
    await audit(tx, ctx, {
      action: 'statement_file.failed',
      subjectKind: 'statement-file',
      subjectId: batchId,
      detail: { failure },
    });
  });
}
