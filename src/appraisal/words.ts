import { type Language, pick, translator } from '../kernel/i18n.ts';
import { progressLines as linesOfOrder } from '../mandates/index.ts';
import type { StatementItem } from './statements/content.ts';
import type { Progress } from './statements/preview.ts';

/** Minutes as people say them. */
export { durationText } from '../kernel/duration.ts';

const groupNames: Record<string, string> = { A: 'क', B: 'ख', C: 'ग', D: 'घ' };

/** What an order asks and how much of it is there, a line for each condition or group: "7 दिन …: 7 में से 3". */
export function progressLines(progress: Progress | undefined, number: string, language: Language): string[] {
  const told = progress?.get(number);
  return told ? linesOfOrder(told, language) : [];
}

export function groupText(group: string | null, language: Language): string {
  if (!group) return '–';
  return language === 'hi' ? (groupNames[group] ?? group) : group;
}

export function titleText(item: StatementItem, language: Language): string {
  const title = pick(item.title, language) || item.code || '–';
  return item.isRenewal ? `${title} (${translator(language)('appraisal.renewal')})` : title;
}
