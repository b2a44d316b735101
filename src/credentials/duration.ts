import { type Language, translator } from '../kernel/i18n.ts';

/** Minutes as people say them: 45 मिनट, 1 घंटा 35 मिनट, 6 घंटे. */
export function durationText(total: number, language: Language): string {
  const t = translator(language);
  const hours = Math.floor(total / 60);
  const minutes = total % 60;
  if (hours === 0) return t('credentials.printMinutesValue', { minutes });
  if (hours === 1)
    return minutes === 0
      ? t('credentials.printOneHourValue')
      : t('credentials.printOneHourMinutesValue', { minutes });
  return minutes === 0
    ? t('credentials.printWholeHoursValue', { hours })
    : t('credentials.printHoursValue', { hours, minutes });
}
