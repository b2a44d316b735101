import { bytesOf, type CourseRating, type LessonRow, megabytes, takenIn } from '../../catalogue/index.ts';
import { type Language, pick, type Translate } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import type { IconName } from '../../shell/index.ts';
import type { Condition } from '../rules.ts';

/** What the pages of a learner are drawn with: the words and in which language. */
export type Say = { t: Translate; language: Language };

export function titleOf(
  row: { titleHi: string | null; titleEn: string | null },
  language: Language,
): { title: string; titleLanguage: Language | undefined } {
  const title = pick({ hi: row.titleHi, en: row.titleEn }, language);
  const isOwn = Boolean(language === 'hi' ? row.titleHi : row.titleEn);
  const other = language === 'hi' ? 'en' : 'hi';
  return { title, titleLanguage: isOwn ? undefined : other };
}

/** 45 सेकंड; 2 मिनट; 2 मिनट 24 सेकंड */
export function duration(seconds: number, { t, language }: Say): string {
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds % 60);
  const parts = [
    minutes > 0 ? t('learning.minutes', { n: formatNumber(minutes, language) }) : '',
    rest > 0 || minutes === 0 ? t('learning.seconds', { n: rest }) : '',
  ];
  return parts.filter(Boolean).join(' ');
}

/** 11 घंटे 6 मिनट: for what is long, or for a short time as `duration` says it. */
export function longDuration(seconds: number, say: Say): string {
  const hours = Math.floor(seconds / 3600);
  if (hours === 0) return duration(seconds, say);
  const hoursText = say.t('learning.hours', { n: formatNumber(hours, say.language) });
  const minutes = Math.floor((seconds % 3600) / 60);
  return minutes === 0 ? hoursText : `${hoursText} ${duration(minutes * 60, say)}`;
}

export function minutesText(minutes: number, { t, language }: Say): string {
  return t('learning.minutes', { n: formatNumber(Math.max(1, Math.ceil(minutes)), language) });
}

export function weightText(bytes: number, { t, language }: Say): string {
  return t('shell.megabytes', { size: formatNumber(megabytes(bytes), language) });
}

/** A condition as a sentence that says what is asked, and how far it is. */
export function conditionText(kind: LessonRow['kind'], condition: Condition, say: Say) {
  const { t } = say;
  if (condition.kind === 'opened') return { text: t('learning.askOpen'), detail: undefined };
  if (condition.kind === 'quiz') {
    const text = t('learning.askQuiz', { percent: condition.required });
    return { text, detail: condition.met ? undefined : t('learning.gotQuiz', { percent: condition.done }) };
  }
  const asks = { video: 'learning.askWatch', audio: 'learning.askListen' } as const;
  const ask = kind === 'video' || kind === 'audio' ? asks[kind] : 'learning.askRead';
  const { recordingSeconds, required, pages } = condition;
  if (pages)
    return {
      text: t('media.askPages', {
        ...{ required: pages.required, count: pages.count },
        time: duration(Math.max(1, Math.round(required / Math.max(1, pages.required))), say),
      }),
      detail: condition.met ? undefined : t('media.gotPages', { done: pages.done }),
    };
  // The seconds are whole, the share is a round one.
  const percent = recordingSeconds && Math.round((20 * required) / recordingSeconds) * 5;
  const share = kind === 'video' ? 'learning.askWatchShare' : 'learning.askListenShare';
  return {
    text: percent
      ? t(share, { percent, time: duration(required, say) })
      : t(ask, { time: duration(required, say) }),
    detail: condition.met ? undefined : t('learning.gotTime', { time: duration(condition.done, say) }),
  };
}

export function kindName(kind: LessonRow['kind'], t: Translate): string {
  const keys = {
    text: 'learning.kindText',
    video: 'learning.kindVideo',
    audio: 'learning.kindAudio',
    pdf: 'learning.kindPdf',
    quiz: 'learning.kindQuiz',
  } as const;
  return t(keys[kind]);
}

export function kindIcon(kind: LessonRow['kind']): IconName {
  return kind;
}

export { tagName } from '../../catalogue/index.ts';
export { languageName } from '../../kernel/languages.ts';

/** 5 में से 4.3 (12 मूल्यांकन); nothing below the number that an average needs. */
export function ratingText(rating: CourseRating | null, { t, language }: Say): string {
  if (!rating) return '';
  return t('learning.ratingOf', {
    average: rating.average.toFixed(1),
    count: formatNumber(rating.count, language),
  });
}

export function courseHref(code: string): string {
  return `/courses/${encodeURIComponent(code)}`;
}

export function lessonHref(courseCode: string, lessonCode: string): string {
  return `${courseHref(courseCode)}/lessons/${encodeURIComponent(lessonCode)}`;
}

const titles = /^(डॉ|डा|श्री|श्रीमती|सुश्री|कु|प्रो|मो|dr|shri|smt|sri|mr|mrs|ms|km|kum|prof|md|mohd)\.?$/i;

/** The name by which one is greeted: the first, with a title before it where there is one (डॉ. अनिता). */
export function calledName(name: string): string {
  const words = name.trim().split(/\s+/);
  const isTitled = titles.test(words[0] ?? '') || (words[0] ?? '').replace('.', '').length <= 1;
  return words.slice(0, isTitled ? 2 : 1).join(' ');
}

/** ऑडियो · 4 मिनट 12 सेकंड · 0.5 MB; a recording to the second, in the language in which it is taken. */
export function lessonFacts(lesson: LessonRow, language: string, say: Say): string {
  return [
    kindName(lesson.kind, say.t),
    lengthOf(takenIn(lesson, language), say),
    lesson.kind === 'quiz' ? '' : weightText(bytesOf(lesson, language), say),
  ]
    .filter(Boolean)
    .join(' · ');
}

function lengthOf(lesson: LessonRow, say: Say): string {
  const isRecording = lesson.kind === 'audio' || lesson.kind === 'video';
  if (isRecording && lesson.durationMinutes > 0)
    return duration(Math.round(lesson.durationMinutes * 60), say);
  return minutesText(lesson.durationMinutes, say);
}
