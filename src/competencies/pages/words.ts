import type { FastifyRequest } from 'fastify';
import { type Bilingual, type Language, pick, type Translate, translator } from '../../kernel/i18n.ts';
import type { Level } from '../dictionary/tags.ts';
import type { Strength } from '../passbook/evidence.ts';
import type { Competency, CompetencyKind } from '../stores/dictionary.ts';

/** `levels`: what the five levels are called. */
export type Say = { t: Translate; language: Language; levels: Bilingual[] };

export const dictionaryHref = '/competencies';
export const deskHref = '/office/competencies';
export const passbookHref = '/passbook';

export function sayOf(request: FastifyRequest, levels: Bilingual[]): Say {
  const { language } = request.ctx;
  return { t: translator(language), language, levels };
}

export function nameOf(one: Pick<Competency, 'nameHi' | 'nameEn'>, language: Language): string {
  return pick({ hi: one.nameHi, en: one.nameEn }, language);
}

export function kindName(kind: CompetencyKind, { t }: Pick<Say, 't'>): string {
  return t(`competencies.kind_${kind}`);
}

/** "स्तर 3 · प्रवीण", or that no level is named. */
export function levelText(level: Level | null, { t, language, levels }: Say): string {
  if (level === null) return t('competencies.levelNone');
  const name = pick(levels[level - 1] ?? {}, language);
  return t('competencies.levelNamed', { level, name });
}

export function strengthName(strength: Strength, { t }: Pick<Say, 't'>): string {
  return t(`competencies.strength_${strength}`);
}

export const strengthTone = { assessed: 'done', completed: 'progress', declared: 'neutral' } as const;
