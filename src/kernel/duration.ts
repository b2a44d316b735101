import { type Language, translator } from './i18n.ts';

/** Minutes as people say them, nothing rounded: 45 मिनट, 1 घंटा 35 मिनट, 6 घंटे. */
export function durationText(total: number, language: Language): string {
  const t = translator(language);
  const hours = Math.floor(total / 60);
  const minutes = total % 60;
  const parts = [
    hours === 1 ? t('common.oneHour') : hours > 0 ? t('common.hours', { hours }) : '',
    minutes > 0 || hours === 0 ? t('common.minutes', { minutes }) : '',
  ];
  return parts.filter(Boolean).join(' ');
}
