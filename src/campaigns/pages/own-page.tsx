import { formatDay } from '../../kernel/dates.ts';
import { Card, EmptyState, PageHeading, SummaryList, Tag } from '../../shell/index.ts';
import type { OwnCampaign } from '../own-campaigns.ts';
import type { BadgeRow } from '../stores/own.ts';
import { OwnStanding } from './own-standing.tsx';
import {
  campaignHref,
  daysText,
  leftText,
  lengthText,
  type Say,
  seeText,
  stateTones,
  titleOf,
} from './words.ts';

type Props = { own: readonly OwnCampaign[]; badges: readonly BadgeRow[]; say: Say };

export function OwnCampaignsPage({ own, badges, say }: Props) {
  const { t } = say;
  return (
    <>
      <PageHeading title={t('campaigns.ownTitle')} lead={t('campaigns.ownLead')} />
      {own.length === 0 ? (
        <EmptyState title={t('campaigns.none')}>{t('campaigns.noneText')}</EmptyState>
      ) : null}
      {own.map((one) => (
        <Card
          key={one.campaign.code}
          title={titleOf(one.campaign, say)}
          lead={daysText(one.campaign, say)}
          aside={<Tag tone={stateTones[one.state]}>{leftText(one, say)}</Tag>}
        >
          <OwnStanding own={one} say={say} />
          <p>
            <a href={campaignHref(one.campaign.code)}>{seeText(one.state, say)}</a>
          </p>
        </Card>
      ))}
      <BadgesCard badges={badges} say={say} />
    </>
  );
}

/** The learning weeks whose target one has met; nothing where there is none. */
export function BadgesCard({ badges, say }: { badges: readonly BadgeRow[]; say: Say }) {
  const { t, language } = say;
  if (badges.length === 0) return null;
  return (
    <Card title={t('campaigns.badges')} tone="done">
      <SummaryList
        rows={badges.map((badge) => ({
          label: titleOf(badge, say),
          changeHref: campaignHref(badge.code),
          changeLabel: t('campaigns.seeResult'),
          value: t('campaigns.badgeLine', {
            day: formatDay(badge.metOn, language),
            done: lengthText(badge.minutes, say),
            target: lengthText(badge.targetMinutes, say),
          }),
        }))}
      />
    </Card>
  );
}
