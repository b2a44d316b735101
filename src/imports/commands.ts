import type { Ctx } from '../kernel/context.ts';
import { Refusal } from '../kernel/errors.ts';
import type { Command, CommandLine } from '../kernel/feature.ts';
import { type ImportResult, undoImport } from '../kernel/imports/index.ts';
import { formatNumber } from '../kernel/numbers.ts';
import { importMandate } from '../mandates/index.ts';
import { importFromDisk, requireKind } from './import-file.ts';

export const importCommand: Command = {
  name: 'import',
  usage:
    'import offices|courses|roster|completions|service|attendance|programmes|mandate FILE [--commit] [--complete --office CODE] [--all-or-nothing] [--allow-many-ended] [--json]',
  run: runImport,
};

export const undoCommand: Command = {
  name: 'undo',
  usage: 'undo IMPORT_ID [--json]',
  async run(ctx, line) {
    const [id = ''] = line.args;
    if (!/^[0-9a-f-]{36}$/i.test(id)) throw unknownImport(id);
    const done = await undoImport(ctx, id);
    if (line.flags['json']) line.print(JSON.stringify(done));
    else line.print(`वापस लिया गया / taken back: ${id}`);
    return 0;
  },
};

function unknownImport(id: string): Refusal {
  return new Refusal('not_found', { hi: `आयात ${id} नहीं मिला।`, en: `Import ${id} was not found.` });
}

async function runImport(ctx: Ctx, line: CommandLine): Promise<number> {
  const [kindName = '', path] = line.args;
  if (kindName === 'mandate') return importMandate(ctx, line);
  const kind = requireKind(kindName);
  if (!path) throw fileNeeded();
  const flags = line.flags;
  const isCommit = flags['commit'] !== undefined;
  const result = await importFromDisk(ctx, kind, {
    path,
    isCommit,
    flags: {
      office: typeof flags['office'] === 'string' ? flags['office'] : undefined,
      complete: flags['complete'] !== undefined,
      allOrNothing: flags['all-or-nothing'] !== undefined,
      allowManyEnded: flags['allow-many-ended'] !== undefined,
    },
  });
  if (flags['json']) line.print(JSON.stringify(result));
  else line.print(describe(result, path, isCommit));
  if (isCommit && !result.committed) return 1;
  return result.rejected > 0 ? 2 : 0;
}

function fileNeeded(): Refusal {
  return new Refusal('invalid', { hi: 'फ़ाइल का नाम दें।', en: 'Name the file.' }, { reason: 'file_needed' });
}

function describe(result: ImportResult, path: string, isCommit: boolean): string {
  const n = (value: number) => formatNumber(value, 'en');
  const lines = [
    `आयात / import ${result.id} (${result.kind})`,
    `पंक्तियाँ / rows ${n(result.rows)}: नई / added ${n(result.added)}, बदली / changed ${n(result.changed)}, वही / unchanged ${n(result.unchanged)}, अस्वीकृत / rejected ${n(result.rejected)}`,
    `समाप्त पदस्थापनाएँ / postings ended ${n(result.ended)}`,
  ];
  if (result.startedOnImportDay)
    lines.push(`आज से प्रारंभ / postings that take the import's day: ${n(result.startedOnImportDay)}`);
  if (result.waiting) lines.push(`मिलान की प्रतीक्षा / waiting to be matched: ${n(result.waiting)}`);
  const { unknownHeadings = [] } = result;
  if (unknownHeadings.length > 0)
    lines.push(
      `ये शीर्षक समझ में नहीं आए, छोड़े गए / headings not understood, left out: ${unknownHeadings.join(', ')}`,
    );
  for (const { code, count, sample = [] } of result.warnings)
    lines.push(
      ['ध्यान दें / note:', code, n(count), ...(sample.length > 0 ? [`(${sample.join(', ')})`] : [])].join(' '),
    );
  if (result.rejected > 0) lines.push(`अस्वीकृत पंक्तियाँ / rejected rows: ${path}.errors.csv`);
  lines.push(outcome(result, isCommit));
  return lines.join('\n');
}

function outcome(result: ImportResult, isCommit: boolean): string {
  if (result.committed) return `लागू किया गया / committed (daksh undo ${result.id})`;
  if (isCommit) return 'कुछ भी लागू नहीं हुआ: कुछ पंक्तियाँ अस्वीकृत हैं / nothing was done: some rows were rejected';
  return 'केवल जाँच; लागू करने के लिए --commit / a dry run; add --commit to make the change';
}
