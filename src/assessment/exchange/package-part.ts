import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  bankQuestion,
  type Note,
  normaliseQuestion,
  type PackagePart,
  questionFaults,
} from '../../catalogue/index.ts';
import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { invalid } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { LocalText } from '../local-text.ts';
import { holdsOver, readerRoles } from '../policy.ts';
import { type BlueprintRules, blueprintRules } from '../rules.ts';
import { refuseDouble, stampOf } from '../save-bank.ts';
import { code, difficulty, tagList, title } from '../schema.ts';
import { type BankRow, bankByCode, insertBank, questionsOf, saveQuestions } from '../stores/banks.ts';
import { blueprintByCode, keepBlueprint } from '../stores/blueprints.ts';

const question = z.strictObject({ code, tags: tagList, difficulty, content: bankQuestion });
const bank = z.strictObject({ code, title, questions: z.array(question).max(5000) });
const blueprint = z.strictObject({ code, title, rules: blueprintRules });
const shape = z.strictObject({ blueprints: z.array(blueprint).max(50), banks: z.array(bank).max(50) });
type Tests = z.output<typeof shape>;

/** The blueprints of drawn lessons with the banks that they draw from, keys included. */
export const testsPart: PackagePart = {
  name: 'tests',
  async write(ctx, { lessons }) {
    const codes = [...new Set(lessons.flatMap((lesson) => lesson.quiz?.blueprint ?? []))];
    return codes.length > 0 ? written(ctx, codes) : { notes: [] };
  },
  async look(ctx, value) {
    const names = await namesHere(ctx, read(value));
    const renamed = [...names.banks, ...names.blueprints].filter(([old, name]) => old !== name.code);
    return renamed.length > 0 ? [renamedNote(renamed.map(([old, name]) => `${old} → ${name.code}`))] : [];
  },
  async rename(ctx, value) {
    const { blueprints } = await namesHere(ctx, read(value));
    return new Map([...blueprints].map(([old, name]) => [old, name.code]));
  },
  take: (tx, ctx, { value, officeId }) => take(tx, ctx, { tests: read(value), officeId }),
};

/** Only what whoever exports may read: banks of other offices keep their keys. */
async function written(ctx: Ctx, codes: string[]): Promise<{ value?: Tests; notes: Note[] }> {
  const blueprints: Tests['blueprints'] = [];
  const banks = new Map<string, Tests['banks'][number]>();
  const left: string[] = [];
  for (const wanted of codes) {
    const found = await blueprintByCode(ctx.db.read, wanted);
    const own = found && holdsOver(ctx, readerRoles, found) ? await banksOf(ctx, found.rules) : undefined;
    if (!found || !own) left.push(wanted);
    else {
      blueprints.push({ code: found.code, title: titleIn(found), rules: found.rules });
      for (const one of own) banks.set(one.code, one);
    }
  }
  const notes = left.length > 0 ? [leftNote(left)] : [];
  const value = { blueprints, banks: [...banks.values()] };
  return { value: blueprints.length > 0 ? value : undefined, notes };
}

async function banksOf(ctx: Ctx, rules: BlueprintRules): Promise<Tests['banks'] | undefined> {
  const codes = new Set(rules.sections.flatMap((section) => section.parts.map((part) => part.bank)));
  const banks: Tests['banks'] = [];
  for (const wanted of codes) {
    const found = await bankByCode(ctx.db.read, wanted);
    if (!found || !holdsOver(ctx, readerRoles, found)) return undefined;
    banks.push(await bankAsWritten(ctx, found));
  }
  return banks;
}

async function bankAsWritten(ctx: Ctx, row: BankRow): Promise<Tests['banks'][number]> {
  const questions = await questionsOf(ctx.db.read, row.bankId);
  return {
    code: row.code,
    title: titleIn(row),
    questions: questions.map((one) => ({
      code: one.code,
      tags: one.tags,
      difficulty: one.difficulty,
      content: one.content as Tests['banks'][number]['questions'][number]['content'],
    })),
  };
}

/** `isHere`: the very same thing is kept here already, for this author to use. */
type Name = { code: string; isHere: boolean };
type Names = { banks: Map<string, Name>; blueprints: Map<string, Name> };

/** Under which code each thing goes here: its own where that is free or means the same, else another. */
async function namesHere(ctx: Ctx, tests: Tests): Promise<Names> {
  const names: Names = { banks: new Map(), blueprints: new Map() };
  for (const one of tests.banks) {
    const found = await bankByCode(ctx.db.read, one.code);
    const isHere =
      found !== undefined &&
      !found.retiredAt &&
      holdsOver(ctx, readerRoles, found) &&
      isDeepStrictEqual(plain(await bankAsWritten(ctx, found)), plain(normalisedBank(one)));
    const free = (wanted: string) => bankByCode(ctx.db.read, wanted).then((row) => row === undefined);
    names.banks.set(one.code, { code: found && !isHere ? await freeName(one.code, free) : one.code, isHere });
  }
  for (const one of tests.blueprints) {
    const found = await blueprintByCode(ctx.db.read, one.code);
    const isHere =
      found !== undefined &&
      !found.retiredAt &&
      holdsOver(ctx, readerRoles, found) &&
      isDeepStrictEqual(plain(found.rules), plain(rulesHere(one.rules, names)));
    const free = (wanted: string) => blueprintByCode(ctx.db.read, wanted).then((row) => row === undefined);
    const name = found && !isHere ? await freeName(one.code, free) : one.code;
    names.blueprints.set(one.code, { code: name, isHere });
  }
  return names;
}

async function freeName(wanted: string, isFree: (code: string) => Promise<boolean>): Promise<string> {
  for (let number = 2; ; number += 1) {
    const name = `${wanted.slice(0, 58)}-${number}`;
    if (await isFree(name)) return name;
  }
}

function rulesHere(rules: BlueprintRules, { banks }: Pick<Names, 'banks'>): BlueprintRules {
  const sections = rules.sections.map((section) => ({
    ...section,
    parts: section.parts.map((part) => ({ ...part, bank: banks.get(part.bank)?.code ?? part.bank })),
  }));
  return { ...rules, sections };
}

function normalisedBank(given: Tests['banks'][number]) {
  const questions = given.questions.map((one) => ({
    ...one,
    content: { ...normaliseQuestion(one.content, 'hi'), code: one.code },
  }));
  return { ...given, questions };
}

async function take(
  tx: Tx,
  ctx: Ctx,
  { tests, officeId }: { tests: Tests; officeId: string | null },
): Promise<void> {
  const names = await namesHere(ctx, tests);
  const stamp = stampOf(ctx);
  const act = { officeId: officeId ?? undefined };
  for (const given of tests.banks.map(normalisedBank)) {
    const name = names.banks.get(given.code);
    if (!name || name.isHere) continue;
    const row = { bankId: newId(), code: name.code, officeId, ...faceOf(given.title) };
    await insertBank(tx, row, stamp).catch(refuseDouble(row.code));
    const questions = given.questions.map((one) => ({
      ...one,
      ...{ questionId: newId(), revision: 1, staleLanguage: null },
    }));
    await saveQuestions(tx, row.bankId, { questions, stamp });
    const detail = { questions: questions.length };
    await audit(tx, ctx, {
      ...act,
      detail,
      action: 'bank.created',
      subjectKind: 'question_bank',
      subjectId: row.code,
    });
  }
  for (const given of tests.blueprints) {
    const name = names.blueprints.get(given.code);
    if (!name || name.isHere) continue;
    const row = { blueprintId: newId(), code: name.code, officeId, revision: 1, ...faceOf(given.title) };
    await keepBlueprint(tx, { ...row, rules: rulesHere(given.rules, names) }, stamp);
    await audit(tx, ctx, {
      ...act,
      action: 'blueprint.created',
      subjectKind: 'blueprint',
      subjectId: row.code,
    });
  }
}

/** As it would stand in a file: what is undefined is absent. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function titleIn({ titleHi, titleEn }: { titleHi: string | null; titleEn: string | null }): LocalText {
  return { ...(titleHi ? { hi: titleHi } : {}), ...(titleEn ? { en: titleEn } : {}) };
}

function faceOf(given: LocalText) {
  return { titleHi: given.hi ?? null, titleEn: given.en ?? null };
}

function read(value: unknown): Tests {
  const parsed = shape.safeParse(value);
  const faults = parsed.success ? faultsIn(parsed.data) : [parsed.error.issues[0]?.path.join('.') ?? ''];
  if (parsed.success && faults.length === 0) return parsed.data;
  const text = {
    hi: `course.json का भाग "tests" ठीक नहीं है: ${faults[0]}`,
    en: `The part "tests" of course.json is not right: ${faults[0]}`,
  };
  throw invalid([{ path: 'file', code: 'bad_field', text }], text);
}

/** Banks that are drawn from must be there, and each question must have one right answer at least. */
function faultsIn({ banks, blueprints }: Tests): string[] {
  const codes = banks.map((one) => one.code);
  const drawn = blueprints.flatMap((one) =>
    one.rules.sections.flatMap((section) => section.parts.map((part) => part.bank)),
  );
  const doubled = (list: string[]) => list.filter((one, at) => list.indexOf(one) !== at);
  return [
    ...drawn.filter((one) => !codes.includes(one)),
    ...doubled(codes),
    ...doubled(blueprints.map((one) => one.code)),
    ...banks.flatMap((one) => doubled(one.questions.map((question) => question.code))),
    ...banks.flatMap((one) =>
      normalisedBank(one)
        .questions.filter((question) => questionFaults(question.content).length > 0)
        .map((q) => q.code),
    ),
  ];
}

function renamedNote(list: string[]): Note {
  const text = {
    hi: `ये कोड यहाँ किसी और के हैं; परीक्षा के बैंक और ढाँचे नए कोड से आएँगे: ${list.join(', ')}`,
    en: `These codes mean something else here; banks and blueprints come under new ones: ${list.join(', ')}`,
  };
  return { code: 'tests_renamed', text };
}

function leftNote(list: string[]): Note {
  const text = {
    hi: `परीक्षा के ये ढाँचे साथ नहीं जाते, क्योंकि वे या उनके प्रश्न बैंक आपके कार्यालय के नहीं हैं: ${list.join(', ')}`,
    en: `These blueprints stay behind, since they or their question banks are not your office's: ${list.join(', ')}`,
  };
  return { code: 'tests_left', text };
}
