import { type Bilingual, type MessageKey, type Translate, translator } from '../kernel/i18n.ts';
import { formatNumber } from '../kernel/numbers.ts';
import { tagName } from '../learning/index.ts';
import { type Leaf, type Scope, shareCount } from './rules/rules.ts';

function both(say: (t: Translate, n: (value: number) => string) => string): Bilingual {
  return {
    hi: say(translator('hi'), (value) => formatNumber(value, 'hi')),
    en: say(translator('en'), (value) => formatNumber(value, 'en')),
  };
}

/** What a leaf of a condition asks, in words. */
export function leafWords(leaf: Leaf): Bilingual {
  if (leaf.courses) return coursesWords(leaf.courses);
  if (leaf.share) {
    const { share } = leaf;
    return both((t, n) =>
      t('mandates.askShare', { count: n(shareCount(share)), of: n(new Set(share.of).size) }),
    );
  }
  if (leaf.hours) {
    const { atLeast, tag } = leaf.hours;
    return both((t, n) =>
      t(tag ? 'mandates.askHoursTagged' : 'mandates.askHours', {
        count: n(atLeast),
        tag: tagName(tag ?? '', t),
      }),
    );
  }
  if (leaf.days) {
    const { atLeast, minutesPerDay, attendanceShare } = leaf.days;
    return both((t, n) =>
      t('mandates.askDays', {
        count: n(atLeast),
        hours: n(Math.round(minutesPerDay / 6) / 10),
        percent: n(Math.round(attendanceShare * 100)),
      }),
    );
  }
  return both((t) => t('mandates.askPassed', { code: leaf.passed?.assessment ?? '' }));
}

function coursesWords({ atLeast, tag, of }: { atLeast: number; tag?: string; of?: string[] }): Bilingual {
  return both((t, n) => {
    const values = { count: n(atLeast), tag: tagName(tag ?? '', t), of: n(new Set(of).size) };
    if (of) return t('mandates.askCoursesOf', values);
    return t(tag ? 'mandates.askCoursesTagged' : 'mandates.askCourses', values);
  });
}

export type PostingWords = {
  serviceGroup: string | null;
  engagement: string | null;
  designation: string | null;
};

/** Why an order binds: what its scope names, and what of it the person's posting is. */
export function boundWords(
  scope: Scope,
  posting: PostingWords,
  office: { nameHi: string; nameEn: string | null },
) {
  const words = both((t) =>
    [
      ...(scope.groups && posting.serviceGroup
        ? [t('people.groupOf', { group: t(`people.group_${posting.serviceGroup}` as MessageKey) })]
        : []),
      ...(scope.designations && posting.designation ? [posting.designation] : []),
      ...(scope.engagements && posting.engagement
        ? [t(`people.engagement_${posting.engagement}` as MessageKey)]
        : []),
      ...(scope.serviceYears ? [t('mandates.boundByService')] : []),
    ].join(', '),
  );
  return {
    hi: [office.nameHi, words.hi].filter(Boolean).join('; '),
    en: [office.nameEn ?? office.nameHi, words.en].filter(Boolean).join('; '),
  };
}
