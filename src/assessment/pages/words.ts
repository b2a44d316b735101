import type { FastifyRequest } from 'fastify';
import { type Language, pick, type Translate, translator } from '../../kernel/i18n.ts';
import { formatMarks, formatNumber } from '../../kernel/numbers.ts';

export type Say = { t: Translate; language: Language };

export function sayOf(request: FastifyRequest): Say {
  return { t: translator(request.ctx.language), language: request.ctx.language };
}

export function nameOf(row: { titleHi: string | null; titleEn: string | null }, language: Language): string {
  return pick({ hi: row.titleHi, en: row.titleEn }, language);
}

/** 7, 7.5, 0.33: points as people write them. */
export function pointsText(points: number | null, { language }: Pick<Say, 'language'>): string {
  return points === null ? '–' : formatNumber(Math.round(points * 100) / 100, language);
}

export function percentOf(score: number | null, of: number | null): number {
  return !of || score === null ? 0 : Math.max(0, Math.floor((100 * score) / of + 1e-9));
}

export function marksText(score: number | null, of: number | null): string {
  return formatMarks(score ?? 0, of ?? 0);
}

export const banksHref = '/office/banks';
export function bankHref(code: string, more = ''): string {
  return `${banksHref}/${encodeURIComponent(code)}${more}`;
}
export function questionHref(bank: string, question: string, more = ''): string {
  return bankHref(bank, `/questions/${encodeURIComponent(question)}${more}`);
}
export const blueprintsHref = '/office/blueprints';
export function blueprintHref(code: string, more = ''): string {
  return `${blueprintsHref}/${encodeURIComponent(code)}${more}`;
}
export type LessonPlace = { course: string; lesson: string };
/** A lesson in its course's editor. */
export function lessonHref({ course, lesson }: LessonPlace): string {
  return `/office/courses/${encodeURIComponent(course)}/lessons/${encodeURIComponent(lesson)}`;
}
export function paperHref(paperId: string, more = ''): string {
  return `/papers/${paperId}${more}`;
}

const difficulties = { 1: 'assessment.easy', 2: 'assessment.medium', 3: 'assessment.hard' } as const;

export function difficultyLabel(difficulty: number, { t }: Say): string {
  return t(difficulties[difficulty as 1 | 2 | 3] ?? 'assessment.medium');
}
