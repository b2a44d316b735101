import type { Competency, Descriptor } from '../stores/dictionary.ts';
import { readTags } from './tags.ts';

const names = new Map<string, string[]>();

/**
 * The names by key, as last read: what courses are found by in either language. Every save of a course reads the
 * dictionary just before, so a name changed by another process is not missed.
 */
export function rememberNames(dictionary: readonly Competency[]): void {
  for (const { key, nameHi, nameEn } of dictionary) names.set(key, [nameHi, nameEn]);
}

export function namesOfTags(kept: readonly string[]): string[] {
  return readTags(kept).flatMap(({ key }) => names.get(key) ?? [key]);
}

export function noDescriptors(): Descriptor[] {
  return Array.from({ length: 5 }, () => ({ hi: null, en: null }));
}
