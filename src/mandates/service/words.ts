import { formatDay } from '../../kernel/dates.ts';
import { type Language, type MessageKey, type Translate, translator } from '../../kernel/i18n.ts';

export type Say = { t: Translate; language: Language };

export function sayIn(language: Language): Say {
  return { t: translator(language), language };
}

/** "1 जून 2026 – 30 जून 2026", "1 जून 2026 से" */
export function spellText(
  { startsOn, endsOn }: { startsOn: string; endsOn: string | null },
  say: Say,
): string {
  const from = formatDay(startsOn, say.language);
  if (endsOn === null) return say.t('service.since', { day: from });
  return endsOn === startsOn ? from : `${from} – ${formatDay(endsOn, say.language)}`;
}

export function kindWord(kind: string, { t }: Pick<Say, 't'>): string {
  return t(`service.kind_${kind}` as MessageKey);
}

export function classWord(reasonClass: string, { t }: Pick<Say, 't'>): string {
  return t(`service.class_${reasonClass}` as MessageKey);
}
