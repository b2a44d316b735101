import { formatDay } from '../../kernel/dates.ts';
import { type Language, pick, translator } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import type { OrderFact, PromotionRow, YearFact } from '../stores/promotion.ts';
import { durationText, groupText } from '../words.ts';
import { type PromotionRule, type PromotionRules, yearlyNeed } from './rule.ts';

export function ruleTitle({ titleHi, titleEn }: PromotionRule, language: Language): string {
  return pick({ hi: titleHi, en: titleEn }, language);
}

/** What a rule asks and of whom, in words. */
export function ruleSentences({ rules }: PromotionRule, language: Language): string[] {
  const t = translator(language);
  const { groups, cadres, designations, orders } = rules;
  const whom = [
    ...(groups
      ? [t('appraisal.ruleGroups', { list: groups.map((one) => groupText(one, language)).join(', ') })]
      : []),
    ...(cadres ? [t('appraisal.ruleCadres', { list: cadres.join(', ') })] : []),
    ...(designations ? [t('appraisal.ruleDesignations', { list: designations.join(', ') })] : []),
  ];
  return [
    whom.length > 0 ? whom.join('; ') : t('appraisal.ruleEverybody'),
    ...(orders.length > 0
      ? [
          t(rules.isLateAccepted ? 'appraisal.ruleOrders' : 'appraisal.ruleOrdersInTime', {
            list: orders.join(', '),
          }),
        ]
      : []),
    ...(rules.statements ? [yearsSentence(rules.statements, language)] : []),
  ];
}

function yearsSentence(
  { lastYears, inYears, measure, atLeast }: NonNullable<PromotionRules['statements']>,
  language: Language,
): string {
  const span = lastYears === 1 ? 'LastYear' : '';
  const key =
    measure === 'hours' ? (`appraisal.ruleHours${span}` as const) : (`appraisal.ruleDays${span}` as const);
  return translator(language)(key, { lastYears, inYears, atLeast: formatNumber(atLeast, language) });
}

/** Why somebody stands where he stands: one sentence for each order and for the years. */
export function reasonsOf(row: PromotionRow, rules: PromotionRules, language: Language): string[] {
  const orders = row.orders.map((fact) => orderReason(fact, rules, language));
  return rules.statements ? [...orders, yearsReason(row, rules.statements, language)] : orders;
}

function orderReason(fact: OrderFact, { isLateAccepted }: PromotionRules, language: Language): string {
  const t = translator(language);
  const { number, titleHi, titleEn, status, reachedOn, dueOn } = fact;
  const day = (of: string | null) => (of ? formatDay(of, language) : '–');
  const isTooLate = status === 'metLate' && !isLateAccepted;
  const state = isTooLate
    ? t('appraisal.reason_metTooLate', { day: day(reachedOn) })
    : t(`appraisal.reason_${status}`, {
        day: day(status === 'met' || status === 'metLate' ? reachedOn : dueOn),
      });
  const verdict = isTooLate ? 'open' : verdicts[status];
  return marked(
    verdict,
    t('appraisal.reasonOrder', { number, state, title: pick({ hi: titleHi, en: titleEn }, language) }),
    language,
  );
}

function yearsReason(
  { years }: PromotionRow,
  asked: NonNullable<PromotionRules['statements']>,
  language: Language,
): string {
  const t = translator(language);
  const need = yearlyNeed(asked);
  const amount = (year: YearFact) => (asked.measure === 'hours' ? year.minutes : year.days) ?? -1;
  const reached = years.filter((year) => year.number && !year.isDisputed && amount(year) >= need).length;
  const lines = years.map((year) => yearText(year, asked, language));
  const words = { asked: asked.inYears, reached, years: lines.join('; ') };
  const possible = years.filter((year) => year.number && amount(year) >= need).length;
  const verdict = reached >= asked.inYears ? 'met' : possible >= asked.inYears ? 'disputed' : 'open';
  return marked(verdict, t('appraisal.reasonYears', words), language);
}

type Verdict = 'met' | 'open' | 'disputed' | undefined;

const verdicts: Record<OrderFact['status'], Verdict> = {
  met: 'met',
  metLate: 'met',
  open: 'open',
  overdue: 'open',
  exempt: undefined,
  notBound: undefined,
};

/** Whether it is there or missing stands before each: the reasons of who lacks one are not all missing. */
function marked(verdict: Verdict, reason: string, language: Language): string {
  return verdict ? translator(language)(`appraisal.reasonIs_${verdict}`, { reason }) : reason;
}

function yearText(
  { year, number, minutes, days, isDisputed }: YearFact,
  { measure }: NonNullable<PromotionRules['statements']>,
  language: Language,
): string {
  const t = translator(language);
  if (!number) return t('appraisal.reasonNoStatement', { year });
  const amount =
    measure === 'hours' ? durationText(minutes ?? 0, language) : t('appraisal.daysText', { days: days ?? 0 });
  const key = isDisputed ? 'appraisal.reasonDisputed' : 'appraisal.reasonYear';
  return t(key, { year, amount, number });
}
