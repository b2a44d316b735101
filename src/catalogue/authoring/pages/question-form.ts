import { z } from 'zod';
import { addFieldTexts } from '../../../kernel/field-texts.ts';
import { newId } from '../../../kernel/ids.ts';
import type { LocalText } from '../../local-text.ts';
import { numberIn, type Question } from '../../quiz.ts';
import type { NewQuestion } from '../save-question.ts';
import { revision } from './forms.ts';

addFieldTexts({
  quiz_question_needed: {
    hi: 'प्रश्न लिखें: हिन्दी में, अंग्रेज़ी में या दोनों में।',
    en: 'Write the question: in Hindi, in English or in both.',
  },
  one_right: { hi: 'एक सही विकल्प चुनें।', en: 'Mark the one right option.' },
  some_right: { hi: 'कम से कम एक सही विकल्प चुनें।', en: 'Mark at least one right option.' },
  right_is_blank: { hi: 'सही चुना गया विकल्प खाली है।', en: 'The option marked right is blank.' },
});

export const mostOptions = 12;
type Kind = Question['kind'];
type Values = Record<string, unknown>;

/** A question as the form sends it: rows of options by number, blank rows left out. */
export function questionForm(kind: Kind) {
  return z.record(z.string(), z.unknown()).transform((values, issues) => {
    const fault = (path: string, message: string) =>
      issues.addIssue({ code: 'custom', path: [path], message });
    const text = localText(values, 'text');
    if (!text) fault('textHi', 'quiz_question_needed');
    const points = numberOf(values, 'points') ?? 1;
    if (points <= 0 || points > 100) fault('points', 'number_needed');
    const explanation = localText(values, 'explanation');
    const base = { text: text ?? {}, points, ...(explanation ? { explanation } : {}) };
    const question = partsOf(kind, values, { base, fault });
    return issues.issues.length > 0 ? z.NEVER : { revision: revision.parse(values['revision']), question };
  });
}

type Base = { text: LocalText; points: number; explanation?: LocalText };
type Parts = { base: Base; fault(path: string, message: string): void };

function partsOf(kind: Kind, values: Values, { base, fault }: Parts): NewQuestion {
  if (kind === 'numeric') {
    const answer = numberOf(values, 'answer');
    if (answer === undefined) fault('answer', 'number_needed');
    return { ...base, kind, answer: answer ?? 0, tolerance: Math.abs(numberOf(values, 'tolerance') ?? 0) };
  }
  const rows = optionRows(kind, values);
  if (rows.length < 2) fault('option-1-hi', 'two_options');
  if (kind === 'ordering') {
    const items = [...rows].sort((a, b) => a.place - b.place).map(({ code, text }) => ({ code, text }));
    return { ...base, kind, items };
  }
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
function optionRows(kind: Kind, values: Values) {
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
  if (question.kind === 'numeric')
    return { ...values, answer: String(question.answer), tolerance: String(question.tolerance) };
  const choices = question.kind === 'ordering' ? question.items : question.options;
  for (const [index, choice] of choices.entries()) {
    const at = `option-${index + 1}`;
    values[`${at}-hi`] = choice.text.hi ?? '';
    values[`${at}-en`] = choice.text.en ?? '';
    values[`${at}-code`] = choice.code;
    values[`${at}-place`] = String(index + 1);
    if (!('correct' in choice) || !choice.correct) continue;
    if (question.kind === 'single') values['right'] = String(index + 1);
    else values[`right-${index + 1}`] = 'yes';
  }
  return values;
}

/** How many rows of options to show: those that are filled and two more, at least four. */
export function rowsToShow(values: Record<string, string>, wanted: number): number {
  const last = Math.max(
    0,
    ...numbers.filter((number) => values[`option-${number}-hi`] || values[`option-${number}-en`]),
  );
  return Math.min(mostOptions, Math.max(4, last + 1, wanted));
}
