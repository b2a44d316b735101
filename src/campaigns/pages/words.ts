import { withQuery } from '../../insight/index.ts';
import { formatDay } from '../../kernel/dates.ts';
import { type Language, pick, type Translate, translator } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import type { Unranked } from '../league-places.ts';
import type { OwnCampaign } from '../own-campaigns.ts';
import type { CampaignState, SizeClass } from '../state.ts';
import type { Campaign } from '../stores/campaigns.ts';

export type Say = { t: Translate; language: Language };

export function sayIn(language: Language): Say {
  return { t: translator(language), language };
}

export function campaignHref(code: string): string {
  return `/campaigns/${encodeURIComponent(code)}`;
}

/** Its page at one of the offices that it compares. */
export function weekHref({ code, office }: { code: string; office: string }): string {
  return withQuery(campaignHref(code), { office });
}

/** Offices with fewer people than any class has. */
export const unrankedSize = 'few';

type LeagueAddress = {
  code: string;
  office: string;
  size: SizeClass | typeof unrankedSize;
  from?: number;
  rows?: 'all' | undefined;
};

/** All offices of one size; `from`: the first of the page, from 1. */
export function leagueHref({ code, office, size, from = 1, rows }: LeagueAddress): string {
  return withQuery(`${campaignHref(code)}/league`, {
    ...{ office, size, rows },
    from: from > 1 ? String(from) : undefined,
  });
}

export function titleOf(
  { titleHi, titleEn }: Pick<Campaign, 'titleHi' | 'titleEn'>,
  { language }: Pick<Say, 'language'>,
): string {
  return pick({ hi: titleHi, en: titleEn }, language);
}

export function nameOf(
  { nameHi, nameEn }: { nameHi: string; nameEn: string | null },
  { language }: Pick<Say, 'language'>,
): string {
  return pick({ hi: nameHi, en: nameEn }, language);
}

/** 4 घंटे, 1 घंटा 30 मिनट, 45 मिनट */
export function lengthText(minutes: number, { t, language }: Say): string {
  const whole = Math.round(minutes);
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  const parts = [
    hours > 1
      ? t('campaigns.hours', { n: formatNumber(hours, language) })
      : hours === 1
        ? t('campaigns.oneHour')
        : '',
    rest > 0 || hours === 0 ? t('campaigns.minutes', { n: rest }) : '',
  ];
  return parts.filter(Boolean).join(' ');
}

const oneDecimal = new Intl.NumberFormat('en-IN-u-nu-latn', { maximumFractionDigits: 1 });

/** Minutes a head, with a decimal below an hour: offices that follow one another differ by little. */
export function headText(minutes: number, say: Say): string {
  return minutes < 60
    ? say.t('campaigns.minutes', { n: oneDecimal.format(minutes) })
    : lengthText(minutes, say);
}

export function daysText(
  { fromDay, toDay }: Pick<Campaign, 'fromDay' | 'toDay'>,
  { t, language }: Say,
): string {
  const [from, to] = [formatDay(fromDay, language), formatDay(toDay, language)];
  return from === to ? from : t('campaigns.fromTo', { from, to });
}

/** "4 दिन शेष", "आज अंतिम दिन", "3 दिन बाद शुरू" */
export function leftText({ state, daysLeft }: Pick<OwnCampaign, 'state' | 'daysLeft'>, { t }: Say): string {
  if (state === 'announced')
    return daysLeft === 1 ? t('campaigns.beginsTomorrow') : t('campaigns.beginsIn', { n: daysLeft });
  if (state !== 'running') return t(stateKeys[state]);
  return daysLeft === 1 ? t('campaigns.lastDay') : t('campaigns.daysLeft', { n: daysLeft });
}

/** Before a week begins its page has no offices to compare. */
export function seeText(state: CampaignState, { t }: Say): string {
  if (state === 'announced') return t('campaigns.seeWeek');
  return t(state === 'ended' ? 'campaigns.seeResult' : 'campaigns.seeLeague');
}

export const stateKeys = {
  draft: 'campaigns.stateDraft',
  announced: 'campaigns.stateAnnounced',
  running: 'campaigns.stateRunning',
  ended: 'campaigns.stateEnded',
  cancelled: 'campaigns.stateCancelled',
} as const satisfies Record<CampaignState, string>;

export const stateTones = {
  draft: 'draft',
  announced: 'neutral',
  running: 'progress',
  ended: 'done',
  cancelled: 'overdue',
} as const satisfies Record<CampaignState, string>;

export const sizeKeys = {
  small: 'campaigns.sizeSmall',
  medium: 'campaigns.sizeMedium',
  large: 'campaigns.sizeLarge',
  largest: 'campaigns.sizeLargest',
} as const satisfies Record<SizeClass, string>;

export const unrankedKeys = {
  few: 'campaigns.sizeTooSmall',
  hidden: 'campaigns.unrankedHidden',
  alone: 'campaigns.unrankedAlone',
} as const satisfies Record<Unranked, string>;
