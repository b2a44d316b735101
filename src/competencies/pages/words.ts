import type { FastifyRequest } from 'fastify';
import { formatDay, indiaDay } from '../../kernel/dates.ts';
import { type Bilingual, type Language, pick, type Translate, translator } from '../../kernel/i18n.ts';
import { formatMarks } from '../../kernel/numbers.ts';
import type { Level } from '../dictionary/tags.ts';
import type { Declaration, Strength } from '../passbook/evidence.ts';
import type { EvidenceLine } from '../passbook/rules.ts';
import type { Competency, CompetencyKind } from '../stores/dictionary.ts';

/** `levels`: what the five levels are called. */
export type Say = { t: Translate; language: Language; levels: Bilingual[] };

export const dictionaryHref = '/competencies';
export const deskHref = '/office/competencies';
export const needsHref = '/office/needs';
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

export function courseTitle({ course }: EvidenceLine, { language }: Pick<Say, 'language'>): string {
  return pick({ hi: course.titleHi, en: course.titleEn }, language);
}

/** What stands below a course in the passbook: day, level, how it was shown. */
export function lineFacts(line: EvidenceLine, say: Say): string[] {
  const { t, language } = say;
  const how =
    line.score === null
      ? strengthName('completed', say)
      : t('competencies.passedWith', { percent: formatMarks(line.score, 1) });
  return [
    formatDay(line.day, language),
    levelText(line.level, say),
    how,
    line.source === 'daksh' ? '' : t('competencies.importedFrom', { source: line.source }),
    line.course.isRetired ? t('competencies.courseRetired') : '',
  ].filter(Boolean);
}

export function declarationFacts({ declaredAt, level }: Declaration, say: Say): string[] {
  const day = formatDay(indiaDay(declaredAt), say.language);
  return [day, levelText(level, say), strengthName('declared', say)];
}

const rules = [1, 2, 3, 4, 5, 6] as const;

export function ruleTexts({ t }: Pick<Say, 't'>): string[] {
  return rules.map((number) => t(`competencies.rule${number}`));
}
