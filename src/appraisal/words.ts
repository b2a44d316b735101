import { type Language, pick, translator } from '../kernel/i18n.ts';
import type { StatementItem } from './statements/content.ts';

/** Minutes as people say them. */
export { durationText } from '../kernel/duration.ts';

const groupNames: Record<string, string> = { A: 'क', B: 'ख', C: 'ग', D: 'घ' };

export function groupText(group: string | null, language: Language): string {
  if (!group) return '–';
  return language === 'hi' ? (groupNames[group] ?? group) : group;
}

export function titleText(item: StatementItem, language: Language): string {
  const title = pick(item.title, language) || item.code || '–';
  return item.isRenewal ? `${title} (${translator(language)('appraisal.renewal')})` : title;
}
