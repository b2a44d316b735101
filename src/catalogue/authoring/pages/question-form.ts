import { z } from 'zod';
import { addFieldTexts } from '../../../kernel/field-texts.ts';
import { newId } from '../../../kernel/ids.ts';
import type { LocalText } from '../../local-text.ts';
import { opaqueCode, type Question } from '../../quiz.ts';
import { numberIn } from '../../scoring.ts';
import type { NewQuestion } from '../save-question.ts';
import { revision } from './forms.ts';

addFieldTexts({
  quiz_question_needed: {
    hi: 'प्रश्न लिखें: हिन्दी में, अंग्रेज़ी में या दोनों में।',
    en: 'Write the question: in Hindi, in English or in both.',
  },
  one_right: { hi: 'एक सही विकल्प चुनें।', en: 'Mark the one right option.' },
  some_right: { hi: 'कम से कम एक सही विकल्प चुनें।', en: 'Mark at least one right option.' },
  accepted_needed: { hi: 'कम से कम एक मान्य उत्तर लिखें।', en: 'Write at least one accepted answer.' },
  match_needed: { hi: 'इस पंक्ति का जोड़ लिखें।', en: 'Write the counterpart of this line.' },
  rubric_needed: { hi: 'जाँच का कम से कम एक बिंदु लिखें।', en: 'Write at least one point to look for.' },
  rubric_sum: { hi: 'सभी बिंदुओं का योग 100 % हो।', en: 'The shares of all points must add up to 100 %.' },
  right_is_blank: { hi: 'सही चुना गया विकल्प खाली है।', en: 'The option marked right is blank.' },
});

export const mostOptions = 12;
type Kind = Question['kind'];
type Values = Record<string, unknown>;

/** A question of a draft as the form sends it, with the stamp of the lesson it was drawn from. */
export function questionForm(kind: Kind) {
  return z.record(z.string(), z.unknown()).transform((values, issues) => {
    const question = questionOf(kind, values, (path, message) =>
      issues.addIssue({ code: 'custom', path: [path], message }),
    );
    return issues.issues.length > 0 ? z.NEVER : { revision: revision.parse(values['revision']), question };
  });
}

/** Rows of options by number, blank rows left out; what is wrong is told to `fault`, field by field. */
export function questionOf(
  kind: Kind,
  values: Values,
  fault: (path: string, message: string) => void,
): NewQuestion {
  const text = localText(values, 'text');
  if (!text) fault('textHi', 'quiz_question_needed');
  const points = numberOf(values, 'points') ?? 1;
  if (points <= 0 || points > 100) fault('points', 'number_needed');
  const explanation = localText(values, 'explanation');
  const base = { text: text ?? {}, points, ...(explanation ? { explanation } : {}) };
  return partsOf(kind, values, { base, fault });
}

type Base = { text: LocalText; points: number; explanation?: LocalText };
type Parts = { base: Base; fault(path: string, message: string): void };

function partsOf(kind: Kind, values: Values, parts: Parts): NewQuestion {
  const { base, fault } = parts;
  switch (kind) {
    case 'numeric':
      return numericOf(values, parts);
    case 'truth':
      if (!values['answer']) fault('answer', 'one_right');
      return { ...base, kind, answer: values['answer'] === 'true' };
    case 'fill': {
      const accepted = linesOf(values, 'accepted');
      if (accepted.length === 0) fault('accepted', 'accepted_needed');
      return { ...base, kind, accepted, anyScript: Boolean(values['anyScript']) };
    }
    case 'matching':
      return matchingOf(values, parts);
    case 'short':
      return shortOf(values, parts);
    case 'ordering': {
      const rows = rowsOf(kind, values, fault);
      const items = [...rows].sort((a, b) => a.place - b.place).map(({ code, text }) => ({ code, text }));
      return { ...base, kind, items };
    }
    default:
      return choiceOf(kind, values, parts);
  }
}

function numericOf(values: Values, { base, fault }: Parts): NewQuestion {
  const answer = numberOf(values, 'answer');
  if (answer === undefined) fault('answer', 'number_needed');
  const unit = localText(values, 'unit');
  const tolerance = Math.abs(numberOf(values, 'tolerance') ?? 0);
  return { ...base, kind: 'numeric', answer: answer ?? 0, tolerance, ...(unit ? { unit } : {}) };
}

/** A row whose left side is blank is a counterpart that belongs to none. */
function matchingOf(values: Values, { base, fault }: Parts): NewQuestion {
  const rows = numbers.flatMap((number) => {
    const at = `option-${number}`;
    const text = localText(values, `${at}-`, ['hi', 'en']);
    const match = localText(values, `${at}-match-`, ['hi', 'en']);
    if (!text && !match) return [];
    if (!match) fault(`${at}-match-hi`, 'match_needed');
    const code = wordOf(values, `${at}-match-code`) || matchCode(match ?? {});
    return [{ number, text, match: { code, text: match ?? {} } }];
  });
  const taken = new Set<string>();
  const pairs = rows.flatMap(({ number, text, match }) => {
    const own = wordOf(values, `option-${number}-code`) || freeLetter(taken);
    if (text) taken.add(own);
    return text ? [{ code: own, text, match }] : [];
  });
  if (pairs.length < 2) fault('option-1-hi', 'two_options');
  const matched = new Set(pairs.map((pair) => pair.match.code));
  const distractors = rows.flatMap(({ text, match }) => (text || matched.has(match.code) ? [] : [match]));
  return { ...base, kind: 'matching', pairs, distractors };
}

/** Two pairs with the same counterpart share its code, and a new text gets a new one. */
function matchCode(text: LocalText): string {
  return opaqueCode({ text: { hi: text.hi, en: text.en } });
}

function shortOf(values: Values, { base, fault }: Parts): NewQuestion {
  const rows = filledRows('short', values);
  if (rows.length === 0) fault('option-1-hi', 'rubric_needed');
  const shares = rows.map(({ number }) => (numberOf(values, `option-${number}-share`) ?? 0) / 100);
  const sum = shares.reduce((total, share) => total + share, 0);
  if (rows.length > 0 && Math.abs(sum - 1) > 0.011) fault('option-1-share', 'rubric_sum');
  const rubric = rows.map(({ code, text }, at) => ({ code, text, share: shares[at] ?? 0 }));
  return { ...base, kind: 'short', rubric, maxWords: Math.round(numberOf(values, 'maxWords') ?? 100) };
}

function rowsOf(kind: Kind, values: Values, fault: Parts['fault']) {
  const rows = filledRows(kind, values);
  if (rows.length < 2) fault('option-1-hi', 'two_options');
  return rows;
}

function choiceOf(kind: 'single' | 'multiple', values: Values, { base, fault }: Parts): NewQuestion {
  const rows = rowsOf(kind, values, fault);
  const right = rightNumbers(kind, values);
  const options = rows.map(({ number, code, text }) => ({ code, text, correct: right.includes(number) }));
  const marked = options.filter((option) => option.correct).length;
  if (right.length > marked) fault('right', 'right_is_blank');
  else if (marked === 0) fault('right', kind === 'single' ? 'one_right' : 'some_right');
  return { ...base, kind, options };
}

function rightNumbers(kind: Kind, values: Values): number[] {
  if (kind === 'single') return values['right'] ? [Number(values['right'])] : [];
  return numbers.filter((number) => values[`right-${number}`]);
}

const numbers = Array.from({ length: mostOptions }, (_, index) => index + 1);

/** New options get a letter that no other of the question has; of an ordering, a code that tells no place. */
function filledRows(kind: Kind, values: Values) {
  const filled = numbers.filter((number) => localText(values, `option-${number}-`, ['hi', 'en']));
  const taken = new Set(filled.map((number) => wordOf(values, `option-${number}-code`)));
  return filled.map((number) => {
    const own = wordOf(values, `option-${number}-code`);
    const code = own || (kind === 'ordering' ? newId().slice(-8) : freeLetter(taken));
    taken.add(code);
    const text = localText(values, `option-${number}-`, ['hi', 'en']) ?? {};
    return { number, code, text, place: numberOf(values, `option-${number}-place`) ?? number };
  });
}

function freeLetter(taken: ReadonlySet<string>): string {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index));
  return letters.find((letter) => !taken.has(letter)) ?? `o${taken.size + 1}`;
}

function linesOf(values: Values, name: string): string[] {
  const lines = wordOf(values, name).split(/\r?\n/);
  return lines.map((line) => line.trim()).filter(Boolean);
}

function localText(values: Values, name: string, ends = ['Hi', 'En']): LocalText | undefined {
  const [hi, en] = ends.map((end) => wordOf(values, `${name}${end}`));
  return hi || en ? { ...(hi ? { hi } : {}), ...(en ? { en } : {}) } : undefined;
}

function wordOf(values: Values, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value.trim().slice(0, 2000) : '';
}

function numberOf(values: Values, name: string): number | undefined {
  return numberIn(wordOf(values, name));
}

/** The form's values of a question that is there. */
export function valuesOfQuestion(question: Question): Record<string, string> {
  const values: Record<string, string> = {
    textHi: question.text.hi ?? '',
    textEn: question.text.en ?? '',
    explanationHi: question.explanation?.hi ?? '',
    explanationEn: question.explanation?.en ?? '',
    points: String(question.points),
  };
  switch (question.kind) {
    case 'numeric': {
      const unit = { unitHi: question.unit?.hi ?? '', unitEn: question.unit?.en ?? '' };
      return { ...values, ...unit, answer: String(question.answer), tolerance: String(question.tolerance) };
    }
    case 'truth':
      return { ...values, answer: String(question.answer) };
    case 'fill': {
      const anyScript = question.anyScript ? 'yes' : '';
      return { ...values, accepted: question.accepted.join('\n'), anyScript };
    }
    case 'matching':
      return { ...values, ...valuesOfMatching(question) };
    case 'short': {
      const shares = question.rubric.map(
        (one, at) => [`option-${at + 1}-share`, String(round(one.share * 100))] as const,
      );
      const rows = valuesOfRows(question.rubric);
      return { ...values, ...rows, ...Object.fromEntries(shares), maxWords: String(question.maxWords) };
    }
    case 'ordering':
      return { ...values, ...valuesOfRows(question.items) };
    default:
      return { ...values, ...valuesOfRows(question.options), ...valuesOfRight(question) };
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function valuesOfRows(choices: { code: string; text: LocalText }[]): Record<string, string> {
  const rows = choices.flatMap((choice, index) => {
    const at = `option-${index + 1}`;
    return [
      [`${at}-hi`, choice.text.hi ?? ''],
      [`${at}-en`, choice.text.en ?? ''],
      [`${at}-code`, choice.code],
      [`${at}-place`, String(index + 1)],
    ] as const;
  });
  return Object.fromEntries(rows);
}

function valuesOfRight(question: Extract<Question, { kind: 'single' | 'multiple' }>): Record<string, string> {
  const right = question.options.flatMap((option, index) => (option.correct ? [index + 1] : []));
  if (question.kind === 'single') return { right: String(right[0] ?? '') };
  return Object.fromEntries(right.map((number) => [`right-${number}`, 'yes']));
}

function valuesOfMatching(question: Extract<Question, { kind: 'matching' }>): Record<string, string> {
  const matches = [...question.pairs.map((pair) => pair.match), ...question.distractors];
  const rows = matches.flatMap((match, index) => {
    const at = `option-${index + 1}-match`;
    return [
      [`${at}-hi`, match.text.hi ?? ''],
      [`${at}-en`, match.text.en ?? ''],
    ] as const;
  });
  return { ...valuesOfRows(question.pairs), ...Object.fromEntries(rows) };
}

/** How many rows of options to show: those that are filled and two more, at least four. */
export function rowsToShow(values: Record<string, string>, wanted: number): number {
  const last = Math.max(
    0,
    ...numbers.filter((number) =>
      ['hi', 'en', 'match-hi', 'match-en'].some((end) => values[`option-${number}-${end}`]),
    ),
  );
  return Math.min(mostOptions, Math.max(4, last + 1, wanted));
}
