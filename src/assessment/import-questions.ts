import { normaliseQuestion, questionFaults } from '../catalogue/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { readGift } from './exchange/gift-read.ts';
import { type Written, writeGift } from './exchange/gift-write.ts';
import type { NotTaken, ReadQuestions } from './exchange/given.ts';
import { readQti } from './exchange/qti-read.ts';
import { writeQti } from './exchange/qti-write.ts';
import { requireAuthor } from './policy.ts';
import { visibleBank } from './queries.ts';
import { addQuestions, type NewQuestion } from './save-bank-question.ts';
import { questionInput } from './schema.ts';
import { type BankRow, questionsOf } from './stores/banks.ts';

export type Format = 'gift' | 'qti';
export type GivenFile = { format: Format; language: 'hi' | 'en'; content: Buffer };
export type Import = { bank: BankRow; taken: NewQuestion[]; notTaken: NotTaken[] };

const taken = { hi: 'इस कोड का प्रश्न बैंक में पहले से है।', en: 'The bank has a question of this code already.' };
const unfit = { hi: 'प्रश्न अधूरा है या सीमा से बाहर है।', en: 'The question is incomplete or beyond a limit.' };

/** What a file would bring, and what not; nothing is kept. */
export async function readImport(ctx: Ctx, bankCode: string, file: GivenFile): Promise<Import> {
  const bank = await visibleBank(ctx, bankCode);
  requireAuthor(ctx, bank);
  const read: ReadQuestions =
    file.format === 'gift'
      ? readGift(file.content.toString('utf8'), file.language)
      : await readQti(file.content, file.language);
  const known = new Set(await codesIn(ctx, bank));
  const notTaken = [...read.notTaken];
  const found: NewQuestion[] = [];
  for (const [at, given] of read.questions.entries()) {
    const one = newQuestion(given);
    const place = one?.code ?? String(at + 1);
    if (!one) notTaken.push({ place, title: titleOf(given, file.language), reason: unfit });
    else if (one.code && known.has(one.code))
      notTaken.push({ place, title: titleOf(given, file.language), reason: taken });
    else {
      if (one.code) known.add(one.code);
      found.push(one);
    }
  }
  return { bank, taken: found, notTaken };
}

/** Brings the questions of a file that can be taken, all of them or none. */
export async function importQuestions(ctx: Ctx, bankCode: string, file: GivenFile): Promise<Import> {
  const read = await readImport(ctx, bankCode, file);
  if (read.taken.length > 0) await addQuestions(ctx, bankCode, read.taken);
  return read;
}

async function codesIn(ctx: Ctx, { bankId }: BankRow): Promise<string[]> {
  const rows = [
    ...(await questionsOf(ctx.db.read, bankId)),
    ...(await questionsOf(ctx.db.read, bankId, { state: 'retired' })),
  ];
  return rows.map((row) => row.code);
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

export type Export = { bytes: Buffer; name: string; type: string; notTaken: NotTaken[] };

/** A bank's questions in use as a file, in one language. */
export async function exportQuestions(
  ctx: Ctx,
  bankCode: string,
  { format, language }: { format: Format; language: 'hi' | 'en' },
): Promise<Export> {
  const bank = await visibleBank(ctx, bankCode);
  const rows: Written[] = await questionsOf(ctx.db.read, bank.bankId);
  const name = `${bank.code}-${language}`;
  if (format === 'qti')
    return {
      bytes: await writeQti(rows, language),
      name: `${name}.zip`,
      type: 'application/zip',
      notTaken: [],
    };
  const { text, notTaken } = writeGift(rows, language);
  return { bytes: Buffer.from(text), name: `${name}.gift.txt`, type: 'text/plain; charset=utf-8', notTaken };
}
