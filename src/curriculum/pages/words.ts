import { formatDay } from '../../kernel/dates.ts';
import { type Language, pick } from '../../kernel/i18n.ts';
import type { Rule } from '../rules/compliance.ts';
import type { Reason, RuleRow } from '../stores/rules.ts';
import type { ListedSubject } from '../stores/subjects.ts';
import { type Say, tagText } from '../words.ts';

export const home = '/office/curriculum';

export function addressOf(path: string, params: Record<string, string | undefined> = {}): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
  return `${home}${path}${query}`;
}

export const programmeHref = (code: string) => `${home}/programmes/${encodeURIComponent(code)}`;
export const planHref = (officeCode: string, year: string) =>
  `${home}/plans/${encodeURIComponent(officeCode)}/${year}`;

type Office = { officeHi: string; officeEn: string | null };

export function officeOf(row: Office, language: Language): string {
  return pick({ hi: row.officeHi, en: row.officeEn }, language);
}

type Titled = { titleHi: string | null; titleEn: string | null };

export function titleOf(row: Titled, language: Language): string {
  return pick({ hi: row.titleHi, en: row.titleEn }, language);
}

export function subjectName(subject: ListedSubject, { t, language }: Say): string {
  if (subject.kind === 'plan') return t('curriculum.planTitle', { year: subject.code });
  return titleOf(subject, language) || subject.code;
}

export function subjectHref(subject: ListedSubject): string {
  if (subject.kind === 'plan') return planHref(subject.officeCode, subject.code);
  if (subject.kind === 'collection') return `/collections/${encodeURIComponent(subject.code)}`;
  return programmeHref(subject.code);
}

export function ruleText(rule: Rule, { t, language }: Say): string {
  const kinds = rule.kinds.map((kind) => t(`curriculum.kinds_${kind}`)).join(', ');
  const tags = rule.tags.map((tag) => tagText(tag, language)).join(', ');
  const said = [t('curriculum.ruleSentence', { kinds, tags })];
  if (rule.minimumMinutes > 0)
    said.push(t('curriculum.ruleHours', { hours: hoursText(rule.minimumMinutes) }));
  if (rule.staleAfterYears !== null) said.push(t('curriculum.ruleStale', { years: rule.staleAfterYears }));
  return said.join('; ');
}

/** Order, place and days of a rule, in one line. */
export function ruleSource(rule: RuleRow, { t, language }: Say): string {
  const day = (text: string) => formatDay(text, language);
  const days =
    rule.validUntil === null
      ? t('curriculum.ruleFrom', { day: day(rule.validFrom) })
      : t('curriculum.ruleFromTo', { from: day(rule.validFrom), to: day(rule.validUntil) });
  return [
    t('curriculum.ruleOrder', {
      number: rule.orderNumber,
      day: day(rule.orderDate),
      issuer: rule.issuer,
    }),
    t('curriculum.ruleScope', { office: officeOf(rule, language) }),
    days,
    ...(rule.endOrderNumber ? [t('curriculum.ruleEndedBy', { number: rule.endOrderNumber })] : []),
  ].join(' · ');
}

export function reasonText(
  reason: Reason | undefined,
  isRunning: boolean,
  { t, language }: Say,
): string | null {
  if (!reason) return null;
  const giver = giverOf(reason, { t, language });
  const words = { reason: reason.reason, giver, until: formatDay(reason.untilOn, language) };
  return t(isRunning ? 'curriculum.reasonLine' : 'curriculum.reasonOver', words);
}

export function giverOf(reason: Reason, { t, language }: Say): string {
  return pick({ hi: reason.giverHi, en: reason.giverEn }, language) || t('curriculum.systemGiver');
}

/** 90 minutes are 1.5 hours. */
export function hoursText(minutes: number): string {
  return String(Math.round((minutes / 60) * 100) / 100);
}

/** 1 घंटा 30 मिनट; less than an hour in minutes alone. */
export function lengthText(minutes: number, { t }: Say): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const said = [
    ...(hours > 0 ? [t(hours === 1 ? 'curriculum.oneHour' : 'curriculum.hoursN', { n: hours })] : []),
    ...(rest > 0 || hours === 0 ? [t('curriculum.minutesN', { n: rest })] : []),
  ];
  return said.join(' ');
}
