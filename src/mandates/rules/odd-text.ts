import { hasOddSigns } from '../../kernel/text/index.ts';

/** What stands where in a value that was read from outside. */
export type OddPlace = { path: string; code: 'odd_signs' | 'nested_too_deep' };

const deepest = 24;

/**
 * The first place where a value nests deeper than any order does, or where a text has signs that are not writing.
 * Walked without recursion: what comes from outside may nest a million deep.
 */
export function oddPlace(given: unknown): OddPlace | undefined {
  const waiting: { value: unknown; path: string[] }[] = [{ value: given, path: [] }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, path } = next;
    if (path.length > deepest) return { path: path.slice(0, 4).join('.'), code: 'nested_too_deep' };
    if (typeof value === 'string' && isOdd(value, path)) return { path: path.join('.'), code: 'odd_signs' };
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value).toReversed())
      waiting.push({ value: inner, path: [...path, key] });
  }
  return undefined;
}

/** An order's number is read, copied and printed; its doubts may be written in lines. */
function isOdd(text: string, [first]: string[]): boolean {
  return hasOddSigns(first === 'doubts' ? text.replaceAll(/[\n\t]/g, ' ') : text);
}
