import { formatDay } from '../../kernel/dates.ts';
import type { Language } from '../../kernel/i18n.ts';
import { postsReason } from '../files/headline-words.ts';
import { sectionTitle } from '../files/section-words.ts';
import { bareFactText, factText } from '../pages/notable-card.tsx';
import { nameOf, orderTitle, placeName, type Say, sayIn } from '../pages/words.ts';
import { endsShown } from '../sheet/notable.ts';
import { changeOf } from '../sheet/ratios.ts';
import type { Ends, FactMetric, Notable, Ranking, Sheet } from '../sheet/shape.ts';

export type Paragraph = { heading: string; sentences: string[] };

/** The sheet told in sentences: nothing in them that is not on the sheet, and no adjective. */
export function sentencesOf(sheet: Sheet, language: Language): Paragraph[] {
  const say = sayIn(language);
  const paragraphs = [
    { heading: say.t('review.briefWho'), sentences: whoSentences(sheet, say) },
    { heading: say.t('review.briefLearning'), sentences: learningSentences(sheet, say) },
    { heading: say.t('review.briefTopics'), sentences: topicSentences(sheet, say) },
    { heading: say.t('review.orders'), sentences: orderSentences(sheet, say) },
    ...endsShown(sheet).map((ends) => ({
      heading: sectionTitle(ends.key, sheet, say),
      sentences: endSentences(ends, sheet.rankedBy, say),
    })),
    { heading: say.t('review.board'), sentences: boardSentences(sheet, say) },
  ];
  return paragraphs.filter(({ sentences }) => sentences.length > 0);
}

function whoSentences(sheet: Sheet, say: Say): string[] {
  const { place, asOf, figures, roster, onboarded, compareOn } = sheet;
  const { t, number, share, language } = say;
  const { registered, signedIn } = figures;
  if (registered === null) return [t('review.maskedNotice')];
  return [
    t('review.briefRegistered', {
      ...{ office: placeName(place, say), day: formatDay(asOf, language), registered: number(registered) },
      ...{ signedIn: number(signedIn), percent: share(signedIn, registered) },
    }),
    ...(roster !== null && roster !== registered
      ? [t('review.briefRoster', { roster: number(roster), percent: share(registered, roster) })]
      : []),
    ...strengthSentence(sheet, say),
    ...(onboarded === null || compareOn === null
      ? []
      : [t('review.briefOnboarded', { day: formatDay(compareOn, language), count: number(onboarded) })]),
  ];
}

function strengthSentence(sheet: Sheet, say: Say): string[] {
  const { strength, posts, place, figures } = sheet;
  const { t, number, share } = say;
  if (strength === null) return [];
  if (posts?.why === 'notRecordedForAll') return postsReason(sheet, say);
  if (posts?.share === undefined || posts.share === null)
    return [t('review.briefPosts', { strength: number(strength) })];
  // As in the headline: an area has no posts of its own.
  return [
    t(place.node === 'area' ? 'review.briefStrengthHere' : 'review.briefStrength', {
      ...{ strength: number(strength), percent: share(figures.registered, strength) },
    }),
  ];
}

function learningSentences({ figures, before, compareOn, completionsOnDay }: Sheet, say: Say): string[] {
  const { t, number, share, ratio, hours, language } = say;
  const { registered, atLeastOne, threeOrMore, bands, completions, learningMinutes, begun } = figures;
  if (atLeastOne === null) return [];
  const change = changeOf(figures, before);
  return [
    t('review.briefReach', {
      ...{
        atLeastOne: number(atLeastOne),
        percent: share(atLeastOne, registered),
        threeOrMore: number(threeOrMore),
      },
      ...{ none: number(bands.none), begun: number(begun) },
    }),
    ...(change === null || compareOn === null
      ? []
      : [
          t(change < 0 ? 'review.briefFell' : change > 0 ? 'review.briefRose' : 'review.briefSame', {
            ...{ day: formatDay(compareOn, language), points: say.ratio(Math.abs(change), 1) },
          }),
        ]),
    t('review.briefCompletions', {
      ...{
        completions: number(completions),
        perHead: ratio(completions, registered),
        hours: hours(learningMinutes),
      },
    }),
    ...(completionsOnDay ? [t('review.briefOnDay', { count: number(completionsOnDay) })] : []),
  ];
}

function topicSentences({ figures, courses, curriculum }: Sheet, say: Say): string[] {
  const { t, number, share } = say;
  const { registered, aiReach, cyberReach } = figures;
  const hindi = courses.languages.find((one) => one.language === 'hi')?.count ?? 0;
  return [
    ...(aiReach === null
      ? []
      : [
          t('review.briefTopicsReach', {
            ...{ ai: number(aiReach), aiPercent: share(aiReach, registered) },
            ...{ cyber: number(cyberReach), cyberPercent: share(cyberReach, registered) },
          }),
        ]),
    t('review.briefCourses', { total: number(courses.total), hindi: number(hindi) }),
    ...(curriculum
      ? [
          t('review.briefCurriculum', {
            ...{ underRule: number(curriculum.underRule), failing: number(curriculum.failing) },
            departments: number(curriculum.departmentsFailing),
          }),
        ]
      : []),
  ];
}

function orderSentences({ orders }: Sheet, say: Say): string[] {
  const { t, number, share, language } = say;
  return orders.flatMap((order) => {
    const { bound, met, metLate, exempt, overdue, dueOn } = order;
    if (bound === null || met === null || metLate === null) return [];
    const obliged = bound - (exempt ?? 0);
    return [
      t('review.briefOrder', {
        title: orderTitle(order, language),
        ...{ obliged: number(obliged), met: number(met + metLate), percent: share(met + metLate, obliged) },
        due: dueOn ? t('review.dueOn', { day: formatDay(dueOn, language) }) : t('review.dueOwn'),
      }),
      ...(overdue ? [t('review.briefOverdue', { count: number(overdue) })] : []),
    ];
  });
}

/** Each with every fact that the sheet gives for it; the figure of the whole is said once of each measure. */
function endSentences({ best, worst }: Ends, rankedBy: Ranking, say: Say): string[] {
  const { t } = say;
  const known = new Set<FactMetric>();
  const told = (list: Notable[]) =>
    list
      .map((one) => {
        const facts = one.facts.map((fact) => {
          const text = known.has(fact.metric) ? bareFactText(fact, say) : factText(fact, say);
          known.add(fact.metric);
          return text;
        });
        return [nameOf(one, say.language), ...(facts.length > 0 ? [facts.join(', ')] : [])].join(' – ');
      })
      .join('; ');
  const measure = t(`review.by_${rankedBy}`);
  return [
    ...(best.length > 0 ? [t('review.briefBest', { measure, units: told(best) })] : []),
    ...(worst.length > 0 ? [t('review.briefWorst', { measure, units: told(worst) })] : []),
  ];
}

function boardSentences({ board }: Sheet, { t, number }: Say): string[] {
  if (!board) return [];
  const { joined, withNodal, listed } = board;
  const key = listed > 0 ? 'review.briefBoard' : 'review.boardLeadTree';
  return [t(key, { listed: number(listed), joined: number(joined), withNodal: number(withNodal) })];
}
