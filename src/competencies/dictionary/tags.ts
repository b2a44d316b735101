import { foldText, latinDigits } from '../../kernel/text/index.ts';

export const levels = [1, 2, 3, 4, 5] as const;
export type Level = (typeof levels)[number];

/** What a course bears: a competency, and the level it brings a learner to where its author named one. */
export type CompetencyTag = { key: string; level: Level | null };

export function isLevel(value: unknown): value is Level {
  return levels.some((level) => level === value);
}

/** As kept on a course: `key`, or `key:level`. */
export function tagText({ key, level }: CompetencyTag): string {
  return level === null ? key : `${key}:${level}`;
}

/** The tag that a kept or typed word means: what stands before the last colon, and a level behind it. */
export function splitTag(word: string): { name: string; level: Level | null } | undefined {
  const plain = latinDigits(word.normalize('NFC')).trim();
  const found = /^(.+?)\s*[:：]\s*(?:l|level|स्तर)?\s*(\d+)$/iu.exec(plain);
  if (!found) return { name: plain, level: null };
  const level = Number(found[2]);
  return isLevel(level) ? { name: found[1] ?? '', level } : undefined;
}

/** The tags kept on a course, the highest level of each competency; free words of older courses too. */
export function readTags(kept: readonly string[]): CompetencyTag[] {
  const best = new Map<string, CompetencyTag>();
  for (const word of kept) {
    const tag = splitTag(word);
    if (!tag) continue;
    const known = best.get(tag.name);
    if (!known || (tag.level ?? 0) > (known.level ?? 0))
      best.set(tag.name, { key: tag.name, level: tag.level });
  }
  return [...best.values()];
}

type Named = { key: string; nameHi: string; nameEn: string };

/**
 * What each word means, as kept: a key or a name in either language, in any spelling, with a level behind a colon
 * or without. A word that means none is absent.
 */
export function resolveWords(dictionary: readonly Named[], words: readonly string[]): Map<string, string> {
  const byName = new Map<string, string>();
  for (const { key, nameHi, nameEn } of dictionary)
    for (const name of [nameHi, nameEn, key]) byName.set(foldText(name), key);
  const resolved = new Map<string, string>();
  for (const word of words) {
    const tag = splitTag(word);
    const key = tag && byName.get(foldText(tag.name));
    if (key) resolved.set(word, tagText({ key, level: tag.level }));
  }
  return resolved;
}
