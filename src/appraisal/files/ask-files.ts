import type { Readable } from 'node:stream';
import { audit } from '../../kernel/audit.ts';
import { mostInFile, takeMade } from '../../kernel/batch-files.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import type { Language } from '../../kernel/i18n.ts';
import { newId } from '../../kernel/ids.ts';
import { addJob } from '../../kernel/jobs.ts';
import type { Storage } from '../../kernel/storage.ts';
import { requireOffice } from '../../organisations/index.ts';
import { rolesHelping } from '../policy.ts';
import { countStatements } from '../stores/desk-list.ts';
import { countOutdated, endFile, insertFile, ownFiles, type StatementFile } from '../stores/files.ts';

export type FileInput = { year: string; officeCode: string; language: Language };

/** Has the PDFs of a year's statements of a subtree made by the worker; the file is for whoever asked alone. */
export async function askFile(ctx: Ctx, input: FileInput): Promise<string> {
  const createdBy = requirePerson(ctx);
  const { officeId } = await requireOffice(ctx, input.officeCode, rolesHelping);
  const { year, language } = input;
  const { frozen: total } = await countStatements(ctx.db.read, { officeIds: [officeId], year });
  if (total === 0) throw nothingThere();
  if (total > mostInFile) throw tooMany();
  const batchId = newId();
  await ctx.db.transaction(async (tx) => {
    await insertFile(tx, {
      batchId,
      year,
      officeId,
      language,
      total,
      createdAt: ctx.clock.now(),
      createdBy,
    });
    await audit(tx, ctx, {
      action: 'statement_file.asked',
      subjectKind: 'statement-file',
      subjectId: batchId,
      officeId,
      detail: { year, total },
    });
    const payload = { batchId, actor: ctx.actor, requestId: ctx.requestId, ip: ctx.ip };
    await addJob(tx, 'appraisal:statement-file', payload, { key: fileJobKey(batchId), maxAttempts: 3 });
  });
  return batchId;
}

export function fileJobKey(batchId: string): string {
  return `statement file ${batchId}`;
}

/** Nobody else finds it. */
export async function fileOf(ctx: Ctx, batchId: string): Promise<StatementFile> {
  const [file] = await ownFiles(ctx.db.read, requirePerson(ctx), batchId);
  if (!file) throw notFound();
  return file;
}

/**
 * Handed over to whoever asked while the office is still in his charge; that it was taken is kept. Not where a statement
 * has been disputed, decided or corrected since: none goes out as what it no longer is.
 */
export async function takeFile(
  ctx: Ctx,
  storage: Storage,
  batchId: string,
): Promise<StatementFile & { body: Readable }> {
  const file = await fileOf(ctx, batchId);
  const { officeId } = await requireOffice(ctx, file.officeCode, rolesHelping);
  const { storageKey, year, total: rows } = file;
  const outdated = await countOutdated(ctx.db.read, batchId);
  if (outdated > 0) throw isOutdated(outdated);
  const taken = {
    ...({ kind: 'statement_files', format: 'zip', officeId, rows } as const),
    detail: { year, of: batchId },
  };
  return { ...file, body: await takeMade(ctx, storage, { storageKey, file: taken }) };
}

export async function stopFile(ctx: Ctx, batchId: string): Promise<void> {
  const { officeId } = await fileOf(ctx, batchId);
  await ctx.db.transaction(async (tx) => {
    if (!(await endFile(tx, batchId, { state: 'stopped', at: ctx.clock.now() }))) return;
    const of = { subjectKind: 'statement-file', subjectId: batchId, officeId };
    await audit(tx, ctx, { action: 'statement_file.stopped', ...of });
  });
}

function nothingThere(): Refusal {
  const text = {
    hi: 'इस वर्ष का कोई स्थिर विवरण यहाँ नहीं है।',
    en: 'There is no frozen statement of this year here.',
  };
  return new Refusal('conflict', text, { reason: 'nothing_to_do' });
}

function tooMany(): Refusal {
  const text = {
    hi: `एक फ़ाइल में ${mostInFile} से अधिक विवरण नहीं आते। छोटा कार्यालय चुनें।`,
    en: `A file holds at most ${mostInFile} statements. Choose a smaller office.`,
  };
  return new Refusal('conflict', text, { reason: 'too_many_statements' });
}

function isOutdated(count: number): Refusal {
  const text = {
    hi: `फ़ाइल माँगे जाने के बाद ${count} विवरणों की स्थिति बदली है (आपत्ति, निर्णय या सुधार)। फ़ाइल फिर से बनवाएँ।`,
    en: `The state of ${count} statements has changed since the file was asked for (objection, decision or correction). Have it made again.`,
  };
  return new Refusal('conflict', text, { reason: 'file_outdated', details: { count } });
}
