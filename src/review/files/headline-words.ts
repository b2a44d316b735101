import { formatDay } from '../../kernel/dates.ts';
import { changeText, type Say } from '../pages/words.ts';
import { changeOf } from '../sheet/ratios.ts';
import type { BoardLine, Sheet } from '../sheet/shape.ts';

export type HeadlineFigure = { label: string; value: string; detail: string };

/** The figures of the strips as words, for paper and the presentation. */
export function headlineOf(sheet: Sheet, say: Say): HeadlineFigure[] {
  const { t, number } = say;
  const { figures, before } = sheet;
  const { registered } = figures;
  const ofAll = (part: number | null) => ofRegistered(part, sheet, say);
  const shared = (name: 'atLeastOne' | 'aiReach' | 'cyberReach'): HeadlineFigure => {
    const change = changeText(changeOf(figures, before, name), say);
    return {
      label: t(`review.${name}`),
      value: number(figures[name]),
      detail: [ofAll(figures[name]), ...(change ? [change] : [])].join(' · '),
    };
  };
  const hours = figures.learningMinutes === null ? null : figures.learningMinutes / 60;
  return [
    { label: t('review.registered'), value: number(registered), detail: rosterWords(sheet, say) },
    shared('atLeastOne'),
    {
      label: t('review.threeOrMore'),
      value: number(figures.threeOrMore),
      detail: ofAll(figures.threeOrMore),
    },
    {
      label: t('review.completions'),
      value: number(figures.completions),
      detail: completionWords(sheet, say),
    },
    {
      label: `${t('review.learningTime')} (${t('review.hours')})`,
      value: say.hours(figures.learningMinutes),
      detail: hours === null ? '' : t('review.hoursPerHead', { value: say.ratio(hours, registered) }),
    },
    shared('aiReach'),
    shared('cyberReach'),
    ...onboardedFigure(sheet, say),
    { label: t('review.courses'), value: number(sheet.courses.total), detail: languageWords(sheet, say) },
  ];
}

function onboardedFigure({ onboarded, compareOn }: Sheet, { t, number, language }: Say): HeadlineFigure[] {
  if (onboarded === null || compareOn === null) return [];
  const detail = t('review.since', { day: formatDay(compareOn, language) });
  return [{ label: t('review.onboarded'), value: number(onboarded), detail }];
}

/** हिन्दी 12 · English 3; the languages that have most. */
export function languageWords({ courses }: Sheet, say: Say): string {
  return courses.languages
    .slice(0, 3)
    .map(({ language, count }) =>
      say.t('review.coursesIn', { language: languageName(language, say), count: say.number(count) }),
    )
    .join(' · ');
}

export function languageName(code: string, { t }: Say): string {
  return t(`shell.language_${code}` as 'shell.language_hi');
}

/** 3,900 का 70.7%; nothing where either is masked. */
export function ofRegistered(part: number | null, { figures: { registered } }: Sheet, say: Say): string {
  if (part === null || registered === null) return '';
  return say.t('review.ofTotal', { total: say.number(registered), percent: say.share(part, registered) });
}

/** Registered against roster and posts, and those who have signed in. */
export function rosterWords(sheet: Sheet, say: Say): string {
  const { figures, roster } = sheet;
  const { t, number, share } = say;
  if (figures.registered === null) return '';
  return [
    ...(roster === null
      ? []
      : [t('review.ofRoster', { total: number(roster), percent: share(figures.registered, roster) })]),
    ...postsWords(sheet, say),
    t('review.signedIn', { count: number(figures.signedIn) }),
  ].join(' · ');
}

/** Sanctioned posts, with the share that the registered are of them, or how many offices they are recorded for. */
function postsWords(sheet: Sheet, say: Say): string[] {
  const { strength, posts, place, figures } = sheet;
  const { t, number, share } = say;
  if (strength === null) return [];
  const total = number(strength);
  if (posts?.why === 'notRecordedForAll') return [partlyRecorded(sheet, { ...posts, total }, say)];
  if (posts?.share === undefined || posts.share === null) return [t('review.postsAlone', { total })];
  const percent = share(figures.registered, strength);
  // An area has no posts of its own: what is entered of offices above, for all below them, is not in these.
  return [t(place.node === 'area' ? 'review.ofStrengthHere' : 'review.ofStrength', { total, percent })];
}

type Recorded = { recorded: number; of: number; total: string };

function partlyRecorded({ place, sections, board }: Sheet, recorded: Recorded, { t, number }: Say): string {
  const { total } = recorded;
  if (recorded.recorded === 0 || recorded.recorded === recorded.of) return t('review.postsPartly', { total });
  const units = sections.find(({ key }) => key === 'units')?.lines ?? [];
  const departments = new Set(board?.lines.map(({ code }) => code));
  const areDepartments = place.node === 'office' && units.every(({ code }) => departments.has(code));
  const what = place.node === 'area' ? 'Here' : areDepartments ? 'Departments' : 'Below';
  return t(`review.postsOf${what}`, {
    ...{ total, recorded: number(recorded.recorded), of: number(recorded.of) },
  });
}

/** Why the registered are told as no share of the posts, where these are known: for the briefing and for files. */
export function postsReason(sheet: Sheet, say: Say): string[] {
  if (sheet.posts?.why !== 'notRecordedForAll' || sheet.figures.registered === null) return [];
  return postsWords(sheet, say).map((posts) => say.t('review.postsReason', { posts }));
}

/** Registered and posts of a department. */
export function boardPosts({ registered, strength, postsShare }: BoardLine, { t, number }: Say): string {
  const [people, posts] = [number(registered), strength === null ? t('review.noPosts') : number(strength)];
  return strength && registered !== null && postsShare === null
    ? t('review.boardPostsPartly', { people, posts })
    : `${people} / ${posts}`;
}

export function completionWords({ figures, completionsOnDay }: Sheet, { t, number, ratio }: Say): string {
  if (figures.completions === null || figures.registered === null) return '';
  const perHead = t('review.perHead', { value: ratio(figures.completions, figures.registered) });
  return completionsOnDay === null
    ? perHead
    : `${perHead} · ${t('review.onDay', { count: number(completionsOnDay) })}`;
}
