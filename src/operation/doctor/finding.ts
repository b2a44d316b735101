import type { Bilingual } from '../../kernel/i18n.ts';

export type Finding = { check: string; isGood: boolean; hi: string; en: string };

/** What was seen; and what to do about it, said where it is wrong. */
export function finding(check: string, isGood: boolean, { seen, todo }: Record<'seen' | 'todo', Bilingual>) {
  const both = (language: 'hi' | 'en') => (isGood ? seen[language] : `${seen[language]} ${todo[language]}`);
  return { check, isGood, hi: both('hi'), en: both('en') } satisfies Finding;
}

/** Never wrong: Daksh works so, and the operator should know. */
export function remark(check: string, { hi, en }: Bilingual): Finding {
  return { check, isGood: true, hi, en };
}

export function days(seconds: number): string {
  return (seconds / 86_400).toFixed(1);
}

export function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
