import { type Language, pick, translator } from '../kernel/i18n.ts';
import type { StatementItem } from './statements/content.ts';

export function durationText(minutes: number, language: Language): string {
  const t = translator(language);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return t('appraisal.minutesText', { minutes: rest });
  return rest === 0
    ? t('appraisal.hoursText', { hours })
    : t('appraisal.hoursMinutesText', { hours, minutes: rest });
}

const groupNames: Record<string, string> = { A: 'क', B: 'ख', C: 'ग', D: 'घ' };

export function groupText(group: string | null, language: Language): string {
  if (!group) return '–';
  return language === 'hi' ? (groupNames[group] ?? group) : group;
}

export function titleText(item: StatementItem, language: Language): string {
  const title = pick(item.title, language) || item.code || '–';
  return item.isRenewal ? `${title} (${translator(language)('appraisal.renewal')})` : title;
}
