import type { ComponentChildren } from 'preact';
import type { Ctx } from '../kernel/context.ts';
import type { Reads, Tx } from '../kernel/db.ts';
import { type FieldError, invalid } from '../kernel/errors.ts';

/** What the catalogue asks of the dictionary of competencies, which stands above it. */
export type CompetencyDictionary = {
  /** Each word as it is kept on a course, `key` or `key:level`; a word that means no competency is absent. */
  resolve(db: Reads | Tx, words: readonly string[]): Promise<Map<string, string>>;
  /** The names, in both languages, that a course is found by. */
  names(kept: readonly string[]): string[];
  /** Choices of competency and level for a form; `chosenCompetencies` reads its fields back. */
  picker(ctx: Ctx, drawn: DrawnPicker): Promise<ComponentChildren>;
};

/** What is chosen, what stands in the field for names (`competencies`), and what is wrong with it. */
export type DrawnPicker = { chosen: readonly string[]; typed: string; error?: string };

let dictionary: CompetencyDictionary = {
  resolve: async (_db, words) => new Map(words.map((word) => [word, word])),
  names: (kept) => [...kept],
  picker: async () => null,
};

/** Set by the feature that keeps the dictionary. */
export function setCompetencyDictionary(given: CompetencyDictionary): void {
  dictionary = given;
}

export function competencyDictionary(): CompetencyDictionary {
  return dictionary;
}

const choice = /^competency\./;

/** The words that a form with the picker brings: its choices (`competency.<key>`), and names typed beside. */
export function chosenCompetencies(body: Record<string, unknown>): string[] {
  const choices = Object.entries(body).filter(([name, value]) => choice.test(name) && value !== '');
  return choices.flatMap(([, value]) => (typeof value === 'string' ? [value] : []));
}

/** The words as kept, each once; refuses what the dictionary does not know, all of it at once. */
export async function knownCompetencies(ctx: Pick<Ctx, 'db'>, words: readonly string[]): Promise<string[]> {
  if (words.length === 0) return [];
  const resolved = await dictionary.resolve(ctx.db.read, words);
  const unknown = words.filter((word) => !resolved.has(word));
  if (unknown.length > 0) throw invalid([unknownField(unknown)]);
  return [...new Set(resolved.values())];
}

function unknownField(unknown: string[]): FieldError {
  const list = unknown.join('; ');
  const text = {
    hi: `दक्षता-कोश में यह दक्षता या स्तर (1 से 5) नहीं: ${list}`,
    en: `Not in the dictionary of competencies, or no level from 1 to 5: ${list}`,
  };
  return { path: 'competencies', code: 'unknown_competency', text };
}
