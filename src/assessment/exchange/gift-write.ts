import type { Question } from '../../catalogue/index.ts';
import { pick } from '../../kernel/i18n.ts';
import type { LocalText } from '../local-text.ts';
import type { NotTaken } from './given.ts';

export type Written = { code: string; tags: string[]; difficulty: number; content: Question };

/** Questions as GIFT in one language (the other where that is missing), and those that GIFT has no form for. */
export function writeGift(
  questions: Written[],
  language: 'hi' | 'en',
): { text: string; notTaken: NotTaken[] } {
  const notTaken: NotTaken[] = [];
  const blocks = questions.flatMap((one) => {
    const answers = answersOf(one.content, language);
    if (answers !== undefined) return [blockOf(one, answers, language)];
    notTaken.push({ place: one.code, title: pick(one.content.text, language), reason: noForm });
    return [];
  });
  return { text: `${blocks.join('\n\n')}\n`, notTaken };
}

export function hasGiftForm({ kind }: Question): boolean {
  return kind !== 'ordering';
}

const noForm = { hi: 'GIFT में क्रम वाले प्रश्न नहीं होते।', en: 'GIFT has no ordering questions.' };

function blockOf(
  { code, tags, difficulty, content }: Written,
  answers: string,
  language: 'hi' | 'en',
): string {
  const marks = [`[id:${code}]`, ...tags.map((tag) => `[tag:${tag}]`), `[tag:difficulty:${difficulty}]`];
  const explanation = content.explanation ? `\n####${escaped(pick(content.explanation, language))}` : '';
  return `// ${marks.join(' ')}\n::${escaped(code)}::${escaped(pick(content.text, language))} {${answers}${explanation}\n}`;
}

/** Undefined where GIFT has no such question. */
function answersOf(question: Question, language: 'hi' | 'en'): string | undefined {
  const say = (text: LocalText) => escaped(pick(text, language));
  switch (question.kind) {
    case 'ordering':
      return undefined;
    case 'truth':
      return question.answer ? 'TRUE' : 'FALSE';
    case 'numeric':
      return `#${question.answer}${question.tolerance > 0 ? `:${question.tolerance}` : ''}`;
    case 'fill':
      return question.accepted.map((one) => `\n=${escaped(one)}`).join('');
    case 'short':
      return '';
    case 'matching': {
      const pairs = question.pairs.map((pair) => `\n=${say(pair.text)} -> ${say(pair.match.text)}`);
      return [...pairs, ...question.distractors.map((one) => `\n= -> ${say(one.text)}`)].join('');
    }
    case 'single':
      return question.options.map((one) => `\n${one.correct ? '=' : '~'}${say(one.text)}`).join('');
    default: {
      const right = question.options.filter((one) => one.correct).length;
      const weight = (correct: boolean) =>
        correct ? `%${Math.round(10_000_000 / right) / 100_000}%` : '%-100%';
      return question.options.map((one) => `\n~${weight(one.correct)}${say(one.text)}`).join('');
    }
  }
}

function escaped(text: string): string {
  return text.replace(/[~=#{}:\\]/g, '\\$&').replace(/\s*\n\s*/g, '\\n');
}
