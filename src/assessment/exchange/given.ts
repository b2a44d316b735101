import type { BankQuestionInput } from '../../catalogue/index.ts';
import type { Bilingual } from '../../kernel/i18n.ts';

/** A question as read from a file: checked by the same schema as a program's, then kept. */
export type GivenQuestion = BankQuestionInput & { tags: string[]; difficulty: number };
/** What could not be taken, where it stands, and why. */
export type NotTaken = { place: string; title: string; reason: Bilingual };
export type ReadQuestions = { questions: unknown[]; notTaken: NotTaken[] };

/** Points of two decimals, and texts without what only spreads. */
export function tidy(text: string): string {
  return text
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}

/** `difficulty:1` among the tags is no tag. */
export function splitTags(tags: string[]): { tags: string[]; difficulty: number } {
  const named = tags.map((tag) => tag.trim().toLowerCase()).filter(Boolean);
  const level = named.map((tag) => /^difficulty:([123])$/.exec(tag)?.[1]).find(Boolean);
  return {
    tags: named.filter((tag) => !tag.startsWith('difficulty:')),
    difficulty: level ? Number(level) : 2,
  };
}
