import { numberIn } from '../../catalogue/index.ts';
import type { Bilingual } from '../../kernel/i18n.ts';
import { type NotTaken, type ReadQuestions, splitTags, tidy } from './given.ts';

type Block = { line: number; comments: string; text: string };
/** What the lines of a block so far hold of the answers' braces. */
type Braces = { isOpen: boolean; isClosed: boolean };
type Answer = { sign: '=' | '~'; weight: number | null; text: string };

/**
 * Reads Moodle's GIFT: choices, several right by weights, true or false, matching, fill-in, numbers with a
 * tolerance or a range, and essays as short answers. Moodle's `[tag:…]` and `[id:…]` comments are understood.
 * Each question that is not taken is told with its line.
 */
export function readGift(text: string, language: 'hi' | 'en'): ReadQuestions {
  const questions: unknown[] = [];
  const notTaken: NotTaken[] = [];
  for (const block of blocksOf(text)) {
    const { title, rest } = titled(block.text);
    const read = questionIn(rest, language);
    if ('reason' in read)
      notTaken.push({
        place: String(block.line),
        title: title || tidy(rest).slice(0, 60),
        reason: read.reason,
      });
    else questions.push({ ...read.question, ...metaOf(block, title) });
  }
  return { questions, notTaken };
}

/** Questions are parted by blank lines; a comment belongs to the question below it. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: (Block & Braces) | undefined;
  let comments = '';
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  for (const [index, line] of lines.entries()) {
    const isComment = line.trimStart().startsWith('//');
    if (isComment) comments += `${line}\n`;
    // A blank line within the braces is part of the answers, unless the next question's title follows it.
    else if (line.trim() === '' && (!open?.isOpen || open.isClosed || isTitle(lines[index + 1])))
      open = undefined;
    else if (!open && line.trim().startsWith('$CATEGORY:')) comments = '';
    else if (open) {
      open.text += `\n${line}`;
      Object.assign(open, bracesAfter(open, line));
    } else {
      open = {
        line: index + 1,
        comments,
        text: line,
        ...bracesAfter({ isOpen: false, isClosed: false }, line),
      };
      blocks.push(open);
      comments = '';
    }
  }
  return blocks;
}

function isTitle(line: string | undefined): boolean {
  return line?.trimStart().startsWith('::') ?? false;
}

function bracesAfter(before: Braces, line: string): Braces {
  const plain = line.replace(/\\./g, '');
  return { isOpen: before.isOpen || plain.includes('{'), isClosed: before.isClosed || plain.includes('}') };
}

function titled(text: string): { title: string; rest: string } {
  const found = /^\s*::((?:\\.|[^:\\]|:(?!:))*)::/.exec(text);
  if (!found) return { title: '', rest: text };
  return { title: plain(found[1] ?? ''), rest: text.slice(found[0].length) };
}

function metaOf({ comments }: Block, title: string) {
  const tags = [...comments.matchAll(/\[tag:([^\][]+)\]/g)].map((found) => found[1] ?? '');
  const id = /\[id:([^\][]+)\]/.exec(comments)?.[1] ?? title;
  const code = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,63}$/u.test(id) ? { code: id } : {};
  return { ...splitTags(tags), ...code };
}

type Read = { question: Record<string, unknown> } | { reason: Bilingual };

function questionIn(text: string, language: 'hi' | 'en'): Read {
  const found = /^((?:\\.|[^\\{])*)\{((?:\\.|[^\\}])*)\}([\s\S]*)$/.exec(text);
  if (!found) return { reason: noBraces };
  const [, before = '', inside = '', after = ''] = found;
  if (/(?<!\\)\{/.test(after)) return { reason: twoAnswers };
  // A gap in the sentence is shown as one; answers at the end need none.
  const stem = after.trim() ? `${before.trim()} ____ ${after.trim()}` : before;
  const said = withoutFormat(stem);
  const [answers = '', general] = inside.split(/(?<!\\)####/);
  const explanation = general && plain(general) ? { explanation: { [language]: plain(general) } } : {};
  const base = { text: { [language]: plain(said) }, ...explanation };
  if (!plain(said)) return { reason: noText };
  return answered(answers, base, language);
}

function withoutFormat(text: string): string {
  const found = /^\s*\[(html|moodle|plain|markdown)\]/i.exec(text);
  const rest = found ? text.slice(found[0].length) : text;
  return found?.[1]?.toLowerCase() === 'html' ? rest.replace(/<[^<>]*>/g, ' ') : rest;
}

function answered(inside: string, base: Record<string, unknown>, language: 'hi' | 'en'): Read {
  const given = inside.trim();
  if (given === '') return { question: { ...base, ...essay(language) } };
  if (given.startsWith('#')) return numeric(given.slice(1), base);
  const truth = /^(T|TRUE|F|FALSE)(?=\s*(#|$))/i.exec(given);
  if (truth) return { question: { ...base, kind: 'truth', answer: /^T/i.test(truth[1] ?? '') } };
  const answers = answersIn(given);
  if (answers.length === 0) return { reason: noAnswers };
  if (answers.every((one) => one.sign === '=' && /(?<!\\)->/.test(one.text)))
    return matching(answers, base, language);
  if (answers.every((one) => one.sign === '=')) return fill(answers, base);
  return choice(answers, base, language);
}

function answersIn(text: string): Answer[] {
  const found = text.matchAll(/(?<!\\)([=~])(?:%(-?\d+(?:\.\d+)?)%)?((?:\\.|[^\\=~])*)/g);
  return [...found].map(([, sign, weight, rest = '']) => ({
    sign: sign === '=' ? '=' : '~',
    weight: weight === undefined ? null : Number(weight),
    text: (rest.split(/(?<!\\)#/)[0] ?? '').trim(),
  }));
}

function choice(answers: Answer[], base: Record<string, unknown>, language: 'hi' | 'en'): Read {
  const isMultiple = !answers.some((one) => one.sign === '=');
  const options = answers.map((one) => ({
    text: { [language]: plain(withoutFormat(one.text)) },
    correct: one.sign === '=' || (isMultiple && (one.weight ?? 0) > 0),
  }));
  const right = options.filter((one) => one.correct).length;
  if (options.length < 2) return { reason: oneOption };
  if (right === 0) return { reason: noRight };
  if (!isMultiple && right > 1) return { reason: twoRight };
  return { question: { ...base, kind: isMultiple ? 'multiple' : 'single', options } };
}

function matching(answers: Answer[], base: Record<string, unknown>, language: 'hi' | 'en'): Read {
  const rows = answers.map((one) => one.text.split(/(?<!\\)->/).map(plain));
  const pairs = rows
    .filter(([left]) => left)
    .map(([left, right]) => ({ text: { [language]: left }, match: { [language]: right } }));
  const distractors = rows.filter(([left]) => !left).map(([, right]) => ({ text: { [language]: right } }));
  if (pairs.length < 2) return { reason: oneOption };
  return { question: { ...base, kind: 'matching', pairs, distractors } };
}

function fill(answers: Answer[], base: Record<string, unknown>): Read {
  if (answers.some((one) => one.weight !== null && one.weight < 100)) return { reason: partWeights };
  return { question: { ...base, kind: 'fill', accepted: answers.map((one) => plain(one.text)) } };
}

function numeric(text: string, base: Record<string, unknown>): Read {
  const answers = text.includes('=')
    ? answersIn(text).map((one) => one.text)
    : [text.split(/(?<!\\)#/)[0] ?? ''];
  if (answers.length !== 1) return { reason: manyNumbers };
  const given = plain(answers[0] ?? '');
  const range = given.split('..').map(numberIn);
  if (given.includes('..')) {
    const [from, to] = range;
    if (from === undefined || to === undefined) return { reason: noNumber };
    return {
      question: { ...base, kind: 'numeric', answer: (from + to) / 2, tolerance: Math.abs(to - from) / 2 },
    };
  }
  const [answer, tolerance = 0] = given.split(':').map(numberIn);
  if (answer === undefined) return { reason: noNumber };
  return { question: { ...base, kind: 'numeric', answer, tolerance: Math.abs(tolerance) } };
}

function essay(language: 'hi' | 'en') {
  const whole = { hi: 'उत्तर सही और पूरा है', en: 'The answer is right and complete' };
  return { kind: 'short', rubric: [{ text: { [language]: whole[language] }, share: 1 }] };
}

function plain(text: string): string {
  return tidy(text.replace(/\\n/g, '\n').replace(/\\([~=#{}:\\])/g, '$1'));
}

const noBraces = { hi: 'उत्तर के { } कोष्ठक नहीं मिले (विवरण)।', en: 'No answers in { } (a description).' };
const twoAnswers = {
  hi: 'एक प्रश्न में दो रिक्त स्थान नहीं लिए जाते।',
  en: 'Two gaps in one question are not taken.',
};
const noText = { hi: 'प्रश्न का पाठ नहीं है।', en: 'The question has no text.' };
const noAnswers = { hi: 'उत्तर नहीं पढ़े जा सके।', en: 'The answers could not be read.' };
const oneOption = { hi: 'कम से कम दो विकल्प चाहिए।', en: 'At least two options are needed.' };
const noRight = { hi: 'कोई सही विकल्प नहीं है।', en: 'No option is right.' };
const twoRight = {
  hi: 'एक उत्तर वाले प्रश्न में दो सही विकल्प हैं।',
  en: 'Two options of a single choice are right.',
};
const partWeights = {
  hi: 'आंशिक अंक वाले लघु उत्तर नहीं लिए जाते।',
  en: 'Accepted answers with part of the points are not taken.',
};
const manyNumbers = { hi: 'कई संख्यात्मक उत्तर नहीं लिए जाते।', en: 'Several numeric answers are not taken.' };
const noNumber = { hi: 'उत्तर संख्या नहीं है।', en: 'The answer is no number.' };
