import { type Day, daysBetween, formatDay } from '../../kernel/dates.ts';
import { type Language, type MessageKey, pick, type Translate } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import type { TagTone, Task } from '../../shell/index.ts';
import type { ConditionStanding, MandateStatus, PersonMandate } from '../standing.ts';
import type { CitingOrder } from '../stores/order-pages.ts';
import { amountText, partsOf } from '../words.ts';

/** What these pages are drawn with: the words and in which language. */
export type Say = { t: Translate; language: Language };

export const statusKeys: Record<MandateStatus, MessageKey> = {
  met: 'orders.statusMet',
  metLate: 'orders.statusMetLate',
  open: 'orders.statusOpen',
  overdue: 'orders.statusOverdue',
  exempt: 'orders.statusExempt',
};

export const statusTones: Record<MandateStatus, TagTone> = {
  met: 'done',
  metLate: 'done',
  open: 'due',
  overdue: 'overdue',
  exempt: 'neutral',
};

export function titleOfOrder(
  order: { titleHi: string | null; titleEn: string | null; number: string },
  language: Language,
): string {
  return pick({ hi: order.titleHi, en: order.titleEn }, language) || order.number;
}

export function officeText(
  office: { nameHi: string | null; nameEn: string | null },
  language: Language,
): string {
  return pick({ hi: office.nameHi, en: office.nameEn }, language);
}

type Dated = { number: string; orderDate: Day; issuer: string; issuerEn: string | null };

/** आदेश 1/2026, 16 जनवरी 2026, मुख्य सचिव */
export function orderLine({ number, orderDate, ...by }: Dated, { t, language }: Say): string {
  const issuer = pick({ hi: by.issuer, en: by.issuerEn }, language);
  return t('orders.orderLine', { number, issuer, day: formatDay(orderDate, language) });
}

/** Whose place an order takes, and from when. */
export function placeText(
  { inForceFrom }: { inForceFrom: Day | null },
  cited: { number: string; orderDate: Day },
  { t, language }: Say,
): string {
  const day = (value: Day) => formatDay(value, language);
  const from = inForceFrom ?? cited.orderDate;
  return t('orders.takesPlaceOf', { number: cited.number, day: day(cited.orderDate), from: day(from) });
}

/** By when, or since when, in one line; the day is that of the question. */
export function whenText(row: PersonMandate, today: Day, say: Say): string {
  const { t, language } = say;
  const day = (value: Day) => formatDay(value, language);
  if (row.status === 'exempt') {
    const [from, until, orderNumber] = [
      row.exemption?.from,
      row.exemption?.until,
      row.exemption?.orderNumber,
    ];
    const number = orderNumber ? t('orders.exemptOrder', { number: orderNumber }) : '';
    if (!from) return t('orders.exemptRetiring');
    const words = until
      ? t('orders.exemptSpan', { from: day(from), until: day(until) })
      : t('orders.exemptFrom', { from: day(from) });
    return `${words}${number}`;
  }
  if (row.reachedOn && (row.status === 'met' || row.status === 'metLate'))
    return t(row.status === 'met' ? 'orders.metOn' : 'orders.metLateOn', { day: day(row.reachedOn) });
  if (!row.dueOn) return t('orders.clockStands');
  return dueText(row.dueOn, today, say);
}

/** By when, without counting days: for what is read on another day than it was written. */
export function byWhenText({ dueOn }: Pick<PersonMandate, 'dueOn'>, { t, language }: Say): string {
  return dueOn ? t('orders.dueBy', { day: formatDay(dueOn, language) }) : t('orders.clockStands');
}

/** 31 मार्च 2026 तक पूरा करें · 12 दिन शेष */
export function dueText(dueOn: Day, today: Day, { t, language }: Say): string {
  const left = daysBetween(today, dueOn);
  if (left < 0) return t('orders.wasDue', { day: formatDay(dueOn, language) });
  const rest = left === 0 ? t('orders.dueToday') : t('orders.daysLeft', { n: formatNumber(left, language) });
  return `${t('orders.dueBy', { day: formatDay(dueOn, language) })} · ${rest}`;
}

/** What a citing order does, in one line. */
export function citingText(one: CitingOrder, { t, language }: Say): string {
  const day = (value: Day | null) => (value ? formatDay(value, language) : '');
  const head = { number: one.number, day: formatDay(one.orderDate, language) };
  if (one.takesBack && !one.until) return t('orders.didTakeBack', { ...head, extension: one.takesBack });
  if (one.takesBack)
    return t('orders.didGiveOtherDay', { ...head, extension: one.takesBack, until: day(one.until) });
  if (one.kind === 'extension') return t('orders.didExtend', { ...head, until: day(one.until) });
  const key = one.kind === 'amendment' ? 'orders.didAmend' : 'orders.didWithdraw';
  return t(key, { ...head, from: day(one.effectiveOn) });
}

/** What an order asks of one, as it hangs together: a group is ticked when it is met. */
export function conditionTasks(row: PersonMandate, say: Say, at = 0): Task[] {
  const isSettled = row.groups[at]?.met === true;
  return partsOf(row, at).map((part) => {
    if ('leaf' in part) return taskOf(part.leaf, say);
    const group = row.groups[part.group];
    const isMet = group?.met === true;
    return {
      text: say.t(group?.match === 'any' ? 'orders.groupAny' : 'orders.groupAll'),
      isDone: isMet,
      ...(isSettled && !isMet ? { spoken: say.t('orders.notNeeded') } : {}),
      parts: conditionTasks(row, say, part.group),
    };
  });
}

function taskOf(one: ConditionStanding, { t, language }: Say): Task {
  const n = amountText([one.done, one.required, one.requiredInFull], language);
  const of = t('orders.doneOf', { done: n(Math.min(one.done, one.required)), required: n(one.required) });
  const isPart = one.requiredInFull !== one.required;
  const part = t('orders.ownPart', { required: n(one.required), full: n(one.requiredInFull) });
  const isNeedless = !one.met && !one.open;
  const detail = isPart ? `${of}. ${part}` : of;
  return {
    text: pick(one.words, language),
    isDone: one.met,
    detail: isNeedless ? `${detail} · ${t('orders.notNeeded')}` : detail,
    ...(isNeedless ? { spoken: t('orders.notNeeded') } : {}),
  };
}

/** The same in lines of text, for calendars and messages. */
export function conditionLines(row: PersonMandate, say: Say): string[] {
  const lines = (tasks: Task[], indent: string): string[] =>
    tasks.flatMap((task) => [
      `${indent}${task.isDone ? '✓' : '–'} ${task.text}`,
      ...lines(task.parts ?? [], `${indent}   `),
    ]);
  const head = row.groups[0]?.match === 'any' && row.conditions.length > 1 ? [say.t('orders.groupAny')] : [];
  return [...head, ...lines(conditionTasks(row, say), '')];
}

/** Why one's own last day is another than the order's; nothing where it is not. */
export function movedText({ dueReasons, dueOn, window }: PersonMandate, say: Say): string | undefined {
  if (dueReasons.length === 0 || !dueOn) return undefined;
  const { t, language } = say;
  const reasons = dueReasons.map((reason) =>
    t(reasonKeys[reason.kind], { n: 'days' in reason ? formatNumber(reason.days, language) : '' }),
  );
  return t('orders.dueMoved', {
    from: formatDay(window.to, language),
    to: formatDay(dueOn, language),
    why: reasons.join(t('orders.joinWhy')),
  });
}

const reasonKeys = {
  extension: 'orders.movedExtension',
  moreTime: 'orders.movedMoreTime',
  leave: 'orders.movedLeave',
  suspension: 'orders.movedSuspension',
  minimum: 'orders.movedMinimum',
} as const;
