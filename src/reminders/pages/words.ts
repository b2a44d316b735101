import { formatDay } from '../../kernel/dates.ts';
import { type Language, type MessageKey, pick, type Translate } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import type { TagTone } from '../../shell/index.ts';
import type { SendingState } from '../stores/sendings.ts';

export type Say = { t: Translate; language: Language };

export function remindersHref(mandateId: string, more = ''): string {
  return `/office/orders/${mandateId}/reminders${more}`;
}

/** 7 दिन पहले, अंतिम तिथि को, 7 दिन बाद */
export function stepText(daysBefore: number, { t, language }: Say): string {
  if (daysBefore === 0) return t('reminders.stepOn');
  if (Math.abs(daysBefore) === 1)
    return t(daysBefore > 0 ? 'reminders.stepDayBefore' : 'reminders.stepDayAfter');
  const n = formatNumber(Math.abs(daysBefore), language);
  return t(daysBefore > 0 ? 'reminders.stepBefore' : 'reminders.stepAfter', { n });
}

export function nameIn(one: { nameHi: string | null; nameEn: string | null }, language: Language): string {
  return pick({ hi: one.nameHi, en: one.nameEn }, language);
}

type Days = { mainDay: string; lastDay: string; people: number; mainPeople: number };

/** The day of nearly all; how many have one of their own. */
export function daysText({ mainDay, lastDay, people, mainPeople }: Days, { t, language }: Say): string {
  const day = formatDay(mainDay, language);
  if (people === mainPeople) return day;
  const n = formatNumber(people - mainPeople, language);
  const main = formatNumber(mainPeople, language);
  return t('reminders.othersOwnDay', { main, day, n, last: formatDay(lastDay, language) });
}

export const stateTones: Record<SendingState, TagTone> = {
  waiting: 'progress',
  sending: 'progress',
  sent: 'done',
  shared: 'done',
  failed: 'overdue',
  bounced: 'overdue',
  unknown: 'due',
  lapsed: 'neutral',
};

export function stateText(state: SendingState, reason: string | null, { t }: Say): string {
  const key: MessageKey = reason === 'delivered' ? 'reminders.reason_delivered' : `reminders.state_${state}`;
  const why = reason && reason !== 'delivered' ? reasonKeys[reason] : undefined;
  return why ? `${t(key)}: ${t(why)}` : t(key);
}

const reasonKeys: Record<string, MessageKey> = {
  interrupted: 'reminders.reason_interrupted',
  no_answer: 'reminders.reason_no_answer',
  not_reached: 'reminders.reason_not_reached',
  refused: 'reminders.reason_refused',
  no_longer_due: 'reminders.reason_no_longer_due',
  switched_off: 'reminders.reason_switched_off',
  channel_off: 'reminders.reason_channel_off',
  day_over: 'reminders.reason_day_over',
  reported_failed: 'reminders.reason_reported_failed',
};
