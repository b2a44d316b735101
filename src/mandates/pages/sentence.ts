import { type Day, formatDay } from '../../kernel/dates.ts';
import type { MessageKey } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import { tagName } from '../../learning/index.ts';
import { leavesOutAfter, remindedOn, sortedDays } from '../rules/reminder-days.ts';
import { type Condition, isProportional, leavesOf, type Rules, shareCount } from '../rules/rules.ts';
import type { Say } from './words.ts';

/** What codes are called: offices by code, courses and tests by code. A code without a name stands as it is. */
export type Names = { offices: ReadonlyMap<string, string>; courses: ReadonlyMap<string, string> };

/** Says an order back in one sentence: who completes what by when, and to which day that was extended. */
export function orderSentence(
  rules: Rules,
  names: Names,
  { extendedUntil, ...say }: Say & { extendedUntil?: Day | null },
): string {
  const { t } = say;
  const isTestsOnly = leavesOf(rules.condition).every((leaf) => leaf.passed);
  return t(isTestsOnly ? 'orders.sentencePass' : 'orders.sentence', {
    who: whoText(rules, names, say),
    window: windowText(rules, say, extendedUntil),
    condition: conditionText(rules.condition, names, say),
  });
}

/** समाज कल्याण विभाग के समूह क, ख के सभी नियमित कार्मिक */
export function whoText({ scope }: Rules, names: Names, { t, language }: Say): string {
  const offices = scope.offices.map((code) => names.offices.get(code) ?? code);
  const list = (values: string[]) => values.join(', ');
  const groups = scope.groups?.map((group) => t(`people.group_${group}` as MessageKey));
  const engagements = scope.engagements?.map((one) =>
    engagementWord(t(`people.engagement_${one}` as MessageKey), language),
  );
  const years = scope.serviceYears;
  const limits = [
    scope.engagements ? '' : t('orders.whoUsual'),
    scope.designations ? t('orders.whoDesignations', { list: list(scope.designations) }) : '',
    scope.cadres ? t('orders.whoCadres', { list: list(scope.cadres) }) : '',
    years && years.max !== undefined
      ? t('orders.whoService', { min: years.min ?? 0, max: years.max })
      : years?.min
        ? t('orders.whoServiceFrom', { min: years.min })
        : '',
  ].filter(Boolean);
  const kinds = engagements ? `${list(engagements)} ` : '';
  const who = groups
    ? t('orders.whoGroups', { offices: list(offices), groups: list(groups), kinds })
    : t('orders.who', { offices: list(offices), kinds });
  return limits.length > 0 ? `${who} (${limits.join('; ')})` : who;
}

function engagementWord(word: string, language: 'hi' | 'en'): string {
  return language === 'en' ? word.toLowerCase() : word;
}

export function windowText(
  { window }: Pick<Rules, 'window'>,
  { t, language }: Say,
  extendedUntil: Day | null = null,
): string {
  if ('from' in window)
    return t(extendedUntil && extendedUntil > window.to ? 'orders.windowExtended' : 'orders.windowFixed', {
      from: formatDay(window.from, language),
      to: formatDay(window.to, language),
      until: extendedUntil ? formatDay(extendedUntil, language) : '',
    });
  const keys = {
    joining: 'orders.windowJoining',
    posting: 'orders.windowPosting',
    assignment: 'orders.windowAssignment',
  } as const;
  const own = t(keys[window.after], { days: formatNumber(window.days, language) });
  return extendedUntil
    ? `${own}; ${t('orders.notBefore', { day: formatDay(extendedUntil, language) })}`
    : own;
}

/** A condition as a phrase; what is nested stands in brackets. */
export function conditionText(condition: Condition, names: Names, say: Say): string {
  const parts = condition.allOf ?? condition.anyOf;
  if (!parts) return leafText(condition, names, say);
  const ofThem = condition.allOf && ofWhich(condition.allOf, names, say);
  if (ofThem) return ofThem;
  const phrases = parts.map((part) => {
    const text = conditionText(part, names, say);
    return part.allOf || part.anyOf ? `(${text})` : text;
  });
  return phrases.join(condition.allOf ? say.t('orders.joinAll') : say.t('orders.joinAny'));
}

/** "Three courses, of them one on AI": the tagged ones may be among the three. */
function ofWhich(parts: Condition[], names: Names, say: Say): string | undefined {
  const [first, ...rest] = parts;
  const all = first?.courses;
  if (!all || all.tag || all.of || rest.length === 0) return undefined;
  const tagged = rest.map((part) => part.courses);
  if (!tagged.every((one) => one?.tag && !one.of && one.atLeast <= all.atLeast)) return undefined;
  const phrases = tagged.map((one) =>
    say.t('orders.ofThem', { n: one?.atLeast ?? 0, tag: tagWord(one?.tag ?? '', say) }),
  );
  return `${leafText({ courses: all }, names, say)}${say.t('orders.ofWhich')} ${phrases.join(say.t('orders.joinOf'))}`;
}

function leafText(leaf: Condition, names: Names, say: Say): string {
  const { t, language } = say;
  const n = (value: number) => formatNumber(value, language);
  const titles = (codes: string[]) =>
    [...new Set(codes)].map((code) => `“${names.courses.get(code) ?? code}”`).join(', ');
  if (leaf.courses) {
    const { atLeast, tag, of } = leaf.courses;
    const values = { n: n(atLeast), tag: tag ? tagWord(tag, say) : '', list: titles(of ?? []) };
    if (of) return t(of.length === atLeast ? 'orders.leafThese' : 'orders.leafOf', values);
    return t(tag ? 'orders.leafTagged' : 'orders.leafCourses', values);
  }
  if (leaf.share) {
    const { share } = leaf;
    const values = {
      percent: n(Math.round(share.atLeast * 100)),
      n: n(shareCount(share)),
      list: titles(share.of),
    };
    return t('orders.leafShare', { ...values, of: n(new Set(share.of).size) });
  }
  if (leaf.hours) {
    const { atLeast, tag } = leaf.hours;
    return t(tag ? 'orders.leafHoursTagged' : 'orders.leafHours', {
      n: n(atLeast),
      tag: tag ? tagWord(tag, say) : '',
    });
  }
  if (leaf.days) {
    const { atLeast, minutesPerDay, attendanceShare } = leaf.days;
    const hours = n(Math.round(minutesPerDay / 6) / 10);
    return t('orders.leafDays', { n: n(atLeast), hours, percent: n(Math.round(attendanceShare * 100)) });
  }
  return t('orders.leafPassed', { list: titles([leaf.passed?.assessment ?? '']) });
}

export function tagWord(tag: string, { t }: Say): string {
  return tagName(tag, t);
}

/** What else the order rules, defaults included: one line each. */
export function orderNotes(rules: Rules, say: Say): string[] {
  const { t, language } = say;
  const { clocks } = rules;
  const n = (value: number) => formatNumber(value, language);
  const leaves = leavesOf(rules.condition);
  const hasDays = leaves.some((leaf) => leaf.days);
  const hasCourses = leaves.some((leaf) => !leaf.days);
  return [
    ...(hasCourses ? [t(rules.countRenewals ? 'orders.noteRenewals' : 'orders.noteOnce')] : []),
    ...(hasCourses ? [t(rules.claims ? 'orders.noteClaims' : 'orders.noteNoClaims')] : []),
    ...(isProportional(rules) ? [t('orders.noteProportional')] : []),
    ...(rules.graceDays > 0 ? [t('orders.noteGrace', { n: n(rules.graceDays) })] : []),
    ...(rules.joinersMinimumDays > 0 ? [t('orders.noteJoiners', { n: n(rules.joinersMinimumDays) })] : []),
    ...(clocks.stop.includes('long_leave') ? [t('orders.noteLeave', { n: n(clocks.leaveDays) })] : []),
    ...(clocks.stop.includes('suspension') ? [t('orders.noteSuspension')] : []),
    t(clocks.deputation === 'notBound' ? 'orders.noteDeputation' : 'orders.noteDeputationBound'),
    ...(clocks.retirementMonths === undefined
      ? []
      : [t('orders.noteRetirement', { n: n(clocks.retirementMonths) })]),
    ...(hasDays ? [t('orders.noteDays')] : []),
    ...reminderNotes(rules, say),
  ];
}

/** On which days people are told now, where these were changed after the order. */
export function remindedNow(days: readonly number[], say: Say): string {
  return say.t('orders.remindedNow', { note: daysNote(days, say) });
}

/** What a file leaves unsaid is told apart from what it says. */
function reminderNotes(rules: Rules, say: Say): string[] {
  if (!leavesOutAfter(rules)) return [daysNote(remindedOn(rules), say)];
  const usual = remindedOn(rules).filter((days) => days <= 0);
  const said = rules.reminderDays.length > 0 ? [daysNote(sortedDays(rules.reminderDays), say)] : [];
  return [...said, say.t('orders.remindUsual', { when: whenText(usual, say) })];
}

function daysNote(days: readonly number[], say: Say): string {
  const { t } = say;
  return days.length === 0 ? t('orders.remindNone') : t('orders.remind', { when: whenText(days, say) });
}

function whenText(days: readonly number[], { t }: Say): string {
  const before = days.filter((day) => day > 0);
  const after = days.filter((day) => day < 0).map((day) => -day);
  return [
    before.length > 0 ? t('orders.remindBefore', { days: before.join(', ') }) : '',
    days.includes(0) ? t('orders.remindOn') : '',
    after.length > 0 ? t('orders.remindAfter', { days: after.join(', ') }) : '',
  ]
    .filter(Boolean)
    .join(', ');
}
