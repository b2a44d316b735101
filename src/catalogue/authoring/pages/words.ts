import type { FastifyRequest } from 'fastify';
import { type Language, type Translate, translator } from '../../../kernel/i18n.ts';
import { languageName } from '../../../kernel/languages.ts';
import type { TagTone } from '../../../shell/index.ts';
import type { CourseRow, LessonRow } from '../../course-store.ts';
import type { LessonKind } from '../../schema.ts';

/** What a page speaks with. */
export type Say = { t: Translate; language: Language };

export function sayOf(request: FastifyRequest): Say {
  return { t: translator(request.ctx.language), language: request.ctx.language };
}

export const listHref = '/office/courses';
export const packagesHref = '/office/course-packages';

export function courseHref(code: string, more = ''): string {
  return `${listHref}/${encodeURIComponent(code)}${more}`;
}

export function lessonHref(code: string, lesson: string, more = ''): string {
  return courseHref(code, `/lessons/${encodeURIComponent(lesson)}${more}`);
}

export function titleOf(
  thing: { titleHi: string | null; titleEn: string | null },
  language: Language,
): string {
  return (language === 'hi' ? thing.titleHi : thing.titleEn) || thing.titleHi || thing.titleEn || '';
}

const kindKeys = {
  text: 'catalogue.authorKindText',
  video: 'catalogue.authorKindVideo',
  audio: 'catalogue.authorKindAudio',
  pdf: 'catalogue.authorKindPdf',
  quiz: 'catalogue.authorKindQuiz',
} as const;

export function kindLabel(kind: LessonKind, { t }: Say): string {
  return t(kindKeys[kind]);
}

export function languageLabel(language: string, { t }: Say): string {
  return languageName(language, t);
}

const stateLooks = {
  draft: { tone: 'draft', key: 'catalogue.authorStateDraft' },
  published: { tone: 'done', key: 'catalogue.authorStatePublished' },
  retired: { tone: 'neutral', key: 'catalogue.authorStateRetired' },
} as const;

export function stateLook(state: CourseRow['state'], { t }: Say): { tone: TagTone; label: string } {
  const look = stateLooks[state];
  return { tone: look.tone, label: t(look.key) };
}

export function megabytesText(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  return `${megabytes < 0.1 ? megabytes.toFixed(2) : megabytes.toFixed(1)} MB`;
}

/** 4 मिनट 12 सेकंड */
export function lengthText(seconds: number, { t }: Say): string {
  const whole = Math.round(seconds);
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
  if (minutes === 0) return t('catalogue.authorLengthSeconds', { seconds: rest });
  return rest === 0
    ? t('catalogue.authorMinutesOf', { n: minutes })
    : t('catalogue.authorLength', { minutes, seconds: rest });
}

/** A field course's lesson should not weigh more: many phones, little data. */
export const lightBytes = 1_000_000;

export function lessonBytes(lesson: LessonRow): number {
  return Math.max(0, ...lesson.contents.map((content) => content.fileBytes ?? 0));
}
