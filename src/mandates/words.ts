import { durationText } from '../kernel/duration.ts';
import {
  type Bilingual,
  type Language,
  type MessageKey,
  pick,
  type Translate,
  translator,
} from '../kernel/i18n.ts';
import { formatNumber } from '../kernel/numbers.ts';
import { tagName } from '../learning/index.ts';
import type { ConditionGroup } from './condition-progress.ts';
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

/** A leaf as told: what it asks, how much is there, whether it is still asked and to which group it belongs. */
export type ToldLeaf = { words: Bilingual; done: number; required: number; group: number };
export type ToldConditions<L extends ToldLeaf = ToldLeaf> = {
  conditions: readonly L[];
  groups: readonly ConditionGroup[];
};

export type ToldPart<L extends ToldLeaf> = { leaf: L } | { group: number };

/** The leaves and groups right within a group, in the order of the file. */
export function partsOf<L extends ToldLeaf>(told: ToldConditions<L>, at = 0): ToldPart<L>[] {
  const parts: ToldPart<L>[] = [];
  const seen = new Set<number>();
  for (const leaf of told.conditions) {
    const below = childOf(told.groups, leaf.group, at);
    if (below === undefined || seen.has(below)) continue;
    if (below === at) parts.push({ leaf });
    else parts.push({ group: below });
    if (below !== at) seen.add(below);
  }
  return parts;
}

/** The group right within `above` by which one comes down to a group; `above` itself where that is the one. */
function childOf(groups: readonly ConditionGroup[], group: number, above: number): number | undefined {
  let at = group;
  if (at === above) return above;
  for (;;) {
    const parent = groups[at]?.parent;
    if (parent === undefined || parent === null) return undefined;
    if (parent === above) return at;
    at = parent;
  }
}

/** How far one is, a line for each condition or group that is asked: "4 कोर्स: 4 में से 2", "… या …". */
export function progressLines(told: ToldConditions, language: Language, at = 0): string[] {
  const t = translator(language);
  const line = (part: ToldPart<ToldLeaf>): string => {
    if ('leaf' in part) return leafLine(part.leaf, t, language);
    const inner = partsOf(told, part.group).map((one) => ('leaf' in one ? line(one) : `(${line(one)})`));
    return inner.join(t(told.groups[part.group]?.match === 'any' ? 'mandates.or' : 'mandates.and'));
  };
  if (at === 0 && told.groups[0]?.match === 'any') return [line({ group: 0 })];
  return partsOf(told, at).map(line);
}

function leafLine({ words, done, required }: ToldLeaf, t: Translate, language: Language): string {
  const n = amountText([done, required], language);
  const values = { what: pick(words, language), done: n(Math.min(done, required)), required: n(required) };
  return t('mandates.progress', values);
}

/** How amounts that stand together are said: hours that are no whole ones in minutes, from two hours on with hours. */
export function amountText(together: readonly number[], language: Language): (amount: number) => string {
  if (together.every(Number.isInteger)) return (amount) => formatNumber(amount, language);
  const t = translator(language);
  if (Math.max(...together) < 2) return (amount) => t('common.minutes', { minutes: Math.round(amount * 60) });
  return (amount) => durationText(Math.round(amount * 60), language);
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
