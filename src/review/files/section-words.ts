import { officeSumsText } from '../../insight/index.ts';
import { formatDayTime } from '../../kernel/dates.ts';
import { nameOf, type Say } from '../pages/words.ts';
import { isHidden } from '../sheet/rank.ts';
import type { Curriculum, Section, SectionKey, Sheet } from '../sheet/shape.ts';
import { differenceOf, type PeopleSums, postsOf } from '../sheet/sums.ts';

/** What a table of parts is called; offices that stand in an area are nobody's below. */
export function sectionTitle(key: SectionKey, { place }: Pick<Sheet, 'place'>, { t }: Say): string {
  return t(key === 'units' && place.node === 'area' ? 'review.officesHere' : `review.section_${key}`);
}

/** What a table of parts is; why it has no places, where figures of some are hidden. */
export function leadOf({ key, lines }: Section, { rankedBy }: Sheet, { t }: Say): string {
  const hasHidden = key === 'units' && lines.some((line) => isHidden(line, rankedBy));
  return hasHidden ? t('review.unitsLeadMasked') : t(`review.lead_${key}`);
}

/** What page and files say below a table of parts: when it was counted, and where it does not add up to the whole. */
export function sectionNotes(section: Section, sheet: Sheet, say: Say): string[] {
  const { t, number, language } = say;
  const people = differenceOf(section, sheet);
  const posts = postsOf(section, sheet);
  return [
    ...(section.countedAt
      ? [t('review.countedAt', { when: formatDayTime(new Date(section.countedAt), language) })]
      : []),
    ...(people ? [peopleText(people, section.key, say)] : []),
    ...(posts
      ? [
          t(posts.difference > 0 ? 'review.postsMore' : 'review.postsLess', {
            ...{ sum: number(posts.sum), whole: number(posts.whole) },
            difference: number(Math.abs(posts.difference)),
          }),
        ]
      : []),
  ];
}

/** With both reasons and both numbers, where they are known. */
function peopleText({ sum, whole, difference, split }: PeopleSums, key: SectionKey, say: Say): string {
  const { t, number, language } = say;
  const words = { sum: number(sum), whole: number(whole) };
  if (!split) {
    const text = difference > 0 ? 'review.sumMore' : 'review.sumLess';
    return t(text, { ...words, difference: number(Math.abs(difference)) });
  }
  const { outside, again } = split;
  if (key === 'units') return officeSumsText({ below: sum, itself: outside, again, total: whole }, language);
  return t('review.sumParts', { ...words, outside: number(outside), again: number(again) });
}

/** What an area's figures leave out, and what its posts are: a government's sheet beside it says other things. */
export function placeNotes({ place, path, strength, leftOut }: Sheet, say: Say): string[] {
  const { t, language } = say;
  if (place.node !== 'area') return [];
  const government = path.find(({ node }) => node === 'office');
  const name = government ? nameOf(government, language) : '';
  return [
    [t('review.areaPeople', { government: name }), ...leftOutText(leftOut, name, say)].join(' '),
    ...(strength === null ? [] : [t('review.areaPosts', { government: name })]),
  ];
}

/** How many they are; whoever is told of fewer than five is not told of how many. */
function leftOutText(leftOut: Sheet['leftOut'], government: string, { t, number }: Say): string[] {
  if (!leftOut) return [];
  const { why, people, whole } = leftOut;
  if (people === 0) return [t('review.leftOutNobody')];
  if (people === null) return [t('review.leftOutFew')];
  return [t(`review.leftOut_${why}`, { government, people: number(people), whole: number(whole) })];
}

export function curriculumText({ underRule, complying }: Curriculum, { t, number, share }: Say): string {
  return t('review.curriculumText', {
    ...{ underRule: number(underRule), complying: number(complying) },
    percent: share(complying, underRule),
  });
}

export function failingText(
  { failing, reasoned, departmentsFailing }: Curriculum,
  { t, number }: Say,
): string {
  return t('review.curriculumFailing', {
    ...{ failing: number(failing), reasoned: number(reasoned) },
    departments: number(departmentsFailing),
  });
}
