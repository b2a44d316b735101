import { normaliseQuestion, questionFaults } from '../catalogue/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { type Bilingual, pick } from '../kernel/i18n.ts';
import { readGift } from './exchange/gift-read.ts';
import { hasGiftForm, type Written, writeGift } from './exchange/gift-write.ts';
import type { NotTaken, ReadQuestions } from './exchange/given.ts';
import { readQti } from './exchange/qti-read.ts';
import { writeQti } from './exchange/qti-write.ts';
import { requireAuthor } from './policy.ts';
import { visibleBank } from './queries.ts';
import { bringQuestions, type NewQuestion, type NewTwin } from './save-bank-question.ts';
import { questionInput } from './schema.ts';
import { type BankRow, type QuestionRow, questionsOf } from './stores/banks.ts';
import { twinOf } from './twin-of.ts';

export type Format = 'gift' | 'qti';
export type GivenFile = { format: Format; language: 'hi' | 'en'; content: Buffer };
/** `twins`: questions that the bank has in the other language, which this file completes. */
export type Import = { bank: BankRow; taken: NewQuestion[]; twins: NewTwin[]; notTaken: NotTaken[] };

const repeated = {
  hi: 'इस फ़ाइल में यह कोड दो बार है।',
  en: 'This code stands twice in the file.',
};
const retired = {
  hi: 'इस कोड का प्रश्न बैंक में है, पर उपयोग से हटाया हुआ है।',
  en: 'The bank has a question of this code that was taken out of use.',
};
const unfit = { hi: 'प्रश्न अधूरा है या सीमा से बाहर है।', en: 'The question is incomplete or beyond a limit.' };

/** What a file would bring, and what not; nothing is kept. */
export async function readImport(ctx: Ctx, bankCode: string, file: GivenFile): Promise<Import> {
  const bank = await visibleBank(ctx, bankCode);
  requireAuthor(ctx, bank);
  const read: ReadQuestions =
    file.format === 'gift'
      ? readGift(file.content.toString('utf8'), file.language)
      : await readQti(file.content, file.language);
  const known = await rowsIn(ctx, bank);
  const found: Import = { bank, taken: [], twins: [], notTaken: [...read.notTaken] };
  const seen = new Set<string>();
  for (const [at, given] of read.questions.entries()) {
    const one = newQuestion(given);
    const reason = one ? sort(one, { found, known, seen, language: file.language }) : unfit;
    const place = one?.code ?? String(at + 1);
    if (reason) found.notTaken.push({ place, title: titleOf(given, file.language), reason });
  }
  return found;
}

type Sorting = {
  found: Import;
  known: ReadonlyMap<string, QuestionRow>;
  seen: Set<string>;
  language: 'hi' | 'en';
};

/** New, a twin, or the reason why it is neither. */
function sort(one: NewQuestion, { found, known, seen, language }: Sorting): Bilingual | undefined {
  const { code } = one;
  if (code === undefined) {
    found.taken.push(one);
    return undefined;
  }
  if (seen.has(code)) return repeated;
  seen.add(code);
  const row = known.get(code);
  if (!row) {
    found.taken.push(one);
    return undefined;
  }
  if (row.retiredAt) return retired;
  const twin = twinOf(row, one.content, language);
  if ('reason' in twin) return twin.reason;
  found.twins.push({ row, content: twin.content });
  return undefined;
}

/** Brings the questions of a file that can be taken, all of them or none. */
export async function importQuestions(ctx: Ctx, bankCode: string, file: GivenFile): Promise<Import> {
  const read = await readImport(ctx, bankCode, file);
  const { taken: questions, twins } = read;
  if (questions.length + twins.length > 0) await bringQuestions(ctx, bankCode, { questions, twins });
  return read;
}

async function rowsIn(ctx: Ctx, { bankId }: BankRow): Promise<Map<string, QuestionRow>> {
  const rows = [
    ...(await questionsOf(ctx.db.read, bankId)),
    ...(await questionsOf(ctx.db.read, bankId, { state: 'retired' })),
  ];
  return new Map(rows.map((row) => [row.code, row]));
}

function newQuestion(given: unknown): NewQuestion | undefined {
  const parsed = questionInput.safeParse(given);
  if (!parsed.success) return undefined;
  const { code, tags, difficulty } = parsed.data;
  const content = normaliseQuestion(parsed.data, 'hi');
  if (questionFaults(content).length > 0) return undefined;
  return { ...(code ? { code } : {}), tags, difficulty, content };
}

function titleOf(given: unknown, language: 'hi' | 'en'): string {
  const text = (given as { text?: Record<string, string> }).text?.[language];
  return String(text ?? '').slice(0, 80);
}

export type Export = { bytes: Buffer; name: string; type: string; taken: number; notTaken: NotTaken[] };

const noSuchText = { hi: 'इस भाषा में पाठ नहीं है।', en: 'It has no text in this language.' };

/** A bank's questions in use as a file, in one language, and those that such a file has no form for. */
export async function exportQuestions(
  ctx: Ctx,
  bankCode: string,
  { format, language }: { format: Format; language: 'hi' | 'en' },
): Promise<Export> {
  const bank = await visibleBank(ctx, bankCode);
  const all = await questionsOf(ctx.db.read, bank.bankId);
  // The other language's words under this one's name would come back as a twin that is none.
  const rows: Written[] = all.filter((row) => row.content.text[language]);
  const silent = all
    .filter((row) => !row.content.text[language])
    .map((row) => ({ place: row.code, title: pick(row.content.text, language), reason: noSuchText }));
  const name = `${bank.code}-${language}`;
  if (format === 'qti') {
    const bytes = await writeQti(rows, language);
    return { bytes, name: `${name}.zip`, type: 'application/zip', taken: rows.length, notTaken: silent };
  }
  const { text, notTaken } = writeGift(rows, language);
  return {
    bytes: Buffer.from(text),
    name: `${name}.gift.txt`,
    type: 'text/plain; charset=utf-8',
    taken: rows.length - notTaken.length,
    notTaken: [...silent, ...notTaken],
  };
}

export type ExportCount = {
  format: Format;
  language: 'hi' | 'en';
  taken: number;
  silent: number;
  formless: number;
};

/** How many questions each file would hold, and how many it leaves out for want of a text or of a form. */
export async function exportCounts(ctx: Ctx, { bankId }: BankRow): Promise<ExportCount[]> {
  const all = await questionsOf(ctx.db.read, bankId);
  return (['gift', 'qti'] as const).flatMap((format) =>
    (['hi', 'en'] as const).map((language) => {
      const speaking = all.filter((row) => row.content.text[language]);
      const formless = format === 'gift' ? speaking.filter((row) => !hasGiftForm(row.content)).length : 0;
      const silent = all.length - speaking.length;
      return { format, language, taken: speaking.length - formless, silent, formless };
    }),
  );
}
