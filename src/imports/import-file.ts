import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Ctx } from '../kernel/context.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import {
  checkImport,
  commitImport,
  dropStaging,
  errorFile,
  findImportKind,
  type ImportKind,
  type ImportOptions,
  type ImportResult,
  importById,
  importKinds,
  receiveFile,
  refuseManyEnded,
} from '../kernel/imports/index.ts';

export type ImportFlags = {
  office?: string;
  complete: boolean;
  allOrNothing: boolean;
  allowManyEnded: boolean;
};

/** The kind of import with this name; a refusal names those there are. */
export function requireKind(name: string): ImportKind {
  const kind = findImportKind(name);
  if (kind) return kind;
  const names = importKinds().map((known) => known.name);
  throw notFound({
    hi: `आयात का यह प्रकार नहीं है: ${name}। उपलब्ध: ${names.join(', ')}`,
    en: `There is no import of this kind: ${name}. There are: ${names.join(', ')}`,
  });
}

/** Reads a file into staging with the actor's scope; returns the import's id. */
export async function takeFile(
  ctx: Ctx,
  kind: ImportKind,
  file: { source: AsyncIterable<Uint8Array>; name: string | null; flags: ImportFlags },
): Promise<string> {
  const { office, ...flags } = file.flags;
  const scope = await kind.authorise(ctx, office);
  if (flags.complete && kind.name === 'roster' && !scope.officeId) throw completeNeedsOffice();
  const options: ImportOptions = { ...flags, officeId: scope.officeId, officeCode: office };
  return receiveFile(ctx, { kind, source: file.source, fileName: file.name, options, scope });
}

function completeNeedsOffice(): Refusal {
  return new Refusal(
    'invalid',
    {
      hi: 'पूरे रोस्टर के लिए कार्यालय बताएँ (--complete के साथ --office कोड)।',
      en: 'A complete roster needs its office (--complete with --office CODE).',
    },
    { reason: 'office_needed' },
  );
}

/** One file from the disk, looked at or committed; the rejected rows lie beside it as FILE.errors.csv. */
export async function importFromDisk(
  ctx: Ctx,
  kind: ImportKind,
  file: { path: string; flags: ImportFlags; isCommit: boolean },
): Promise<ImportResult> {
  await requireReadable(file.path);
  const source = createReadStream(file.path, { highWaterMark: 262_144 });
  const importId = await takeFile(ctx, kind, { source, name: basename(file.path), flags: file.flags });
  try {
    const result = file.isCommit ? await commitImport(ctx, importId) : await checkImport(ctx, importId);
    await writeErrors(ctx, importId, `${file.path}.errors.csv`);
    if (!file.isCommit) await refuseEnded(ctx, importId, file.flags);
    return result;
  } finally {
    await dropStaging(ctx.db, importId);
  }
}

async function requireReadable(path: string): Promise<void> {
  try {
    const handle = await open(path);
    const info = await handle.stat();
    await handle.close();
    if (info.isFile()) return;
  } catch {
    // Answered below: whatever the reason, the file cannot be read.
  }
  throw new Refusal(
    'invalid',
    { hi: `फ़ाइल पढ़ी नहीं जा सकी: ${path}`, en: `The file cannot be read: ${path}` },
    { reason: 'unreadable_file' },
  );
}

async function refuseEnded(ctx: Ctx, importId: string, flags: ImportFlags): Promise<void> {
  const row = await importById(ctx.db.read, importId);
  if (!flags.allowManyEnded) refuseManyEnded(row?.result?.endedOf);
}

/** An old error file of the same name would be mistaken for this one's. */
async function writeErrors(ctx: Ctx, importId: string, path: string): Promise<void> {
  const row = await importById(ctx.db.read, importId);
  if (!row?.result || row.result.rejected === 0) return rm(path, { force: true });
  await pipeline(Readable.from(errorFile(ctx, row)), createWriteStream(path));
}
