import { formatDay, indiaDay } from '../../kernel/dates.ts';
import { Breadcrumbs, Button, Card, KeyValue, Notice, PageHeading, Tag } from '../../shell/index.ts';
import { perHead } from '../league-places.ts';
import type { LeagueView } from '../league-view.ts';
import type { OwnCampaign } from '../own-campaigns.ts';
import type { CampaignState } from '../state.ts';
import type { Campaign } from '../stores/campaigns.ts';
import type { TaggedCourse } from '../stores/own.ts';
import { OwnStanding, SuggestedCourses } from './own-standing.tsx';
import { SharedLeague } from './shared-league.tsx';
import {
  campaignHref,
  daysText,
  headText,
  leftText,
  lengthText,
  nameOf,
  type Say,
  sizeKeys,
  stateKeys,
  stateTones,
  titleOf,
  weekHref,
} from './words.ts';

type Props = {
  campaign: Campaign;
  state: CampaignState;
  mine: OwnCampaign | undefined;
  league: LeagueView | undefined;
  courses: readonly TaggedCourse[];
  mayManage: boolean;
  /** The league is shown alike to all who look; drawn once. */
  isShared: boolean;
  say: Say;
};

const coursesShown = 6;

/** One's own standing first, then what to learn, then the league. */
export function CampaignPage(props: Props) {
  const { campaign, state, mine, league, courses, mayManage, isShared, say } = props;
  const { t } = say;
  return (
    <>
      <PageHeading
        title={titleOf(campaign, say)}
        lead={daysText(campaign, say)}
        actions={
          mayManage ? (
            <Button href={`/office${campaignHref(campaign.code)}`} variant="secondary">
              {t('campaigns.manage')}
            </Button>
          ) : null
        }
      />
      {state === 'cancelled' ? <Cancelled campaign={campaign} say={say} /> : null}
      <About campaign={campaign} state={state} say={say} />
      {mine && state !== 'cancelled' ? (
        <Card
          title={t('campaigns.own')}
          tone={mine.metOn ? 'done' : 'plain'}
          aside={<Tag tone={stateTones[state]}>{leftText(mine, say)}</Tag>}
        >
          <OwnStanding own={mine} say={say} />
        </Card>
      ) : null}
      {campaign.tags.length > 0 && (state === 'announced' || state === 'running') ? (
        <Card title={t('campaigns.courses')} lead={t('campaigns.coursesLead')}>
          <SuggestedCourses
            courses={(mine?.suggested ?? courses).slice(0, coursesShown)}
            tags={campaign.tags}
            say={say}
          />
        </Card>
      ) : null}
      {league ? <League {...{ campaign, league, mine, isShared, say }} /> : null}
    </>
  );
}

function About({ campaign, state, say }: Pick<Props, 'campaign' | 'state' | 'say'>) {
  const { t } = say;
  const office = nameOf({ nameHi: campaign.officeHi, nameEn: campaign.officeEn }, say);
  const items = [
    { label: t('campaigns.state'), value: t(stateKeys[state]) },
    { label: t('campaigns.office'), value: office },
    { label: t('campaigns.target'), value: lengthText(campaign.targetMinutes, say) },
    ...(campaign.orderNumber ? [{ label: t('campaigns.orderNumber'), value: campaign.orderNumber }] : []),
  ];
  return <KeyValue items={items} />;
}

function Cancelled({ campaign, say: { t, language } }: Pick<Props, 'campaign' | 'say'>) {
  const day = campaign.cancelledAt ? formatDay(indiaDay(campaign.cancelledAt), language) : '';
  return (
    <Notice tone="refused" title={t('campaigns.cancelledOn', { day })}>
      {campaign.cancelReason}
    </Notice>
  );
}

type LeagueProps = Pick<Props, 'campaign' | 'mine' | 'isShared' | 'say'> & { league: LeagueView };

function League({ campaign, league, mine, isShared, say }: LeagueProps) {
  const { t } = say;
  const href = campaignHref(campaign.code);
  const crumbs = league.way.map((office, at) => ({
    label: nameOf(office, say),
    href: at < league.way.length - 1 ? weekHref({ code: campaign.code, office: office.code }) : undefined,
  }));
  return (
    <>
      <h2 id="league">{t(campaign.keptAt ? 'campaigns.result' : 'campaigns.league')}</h2>
      <p class="soft">{t(campaign.keptAt ? 'campaigns.resultLead' : 'campaigns.leagueLead')}</p>
      <OwnOffice {...{ league, mine, say }} />
      {crumbs.length > 1 ? <Breadcrumbs items={crumbs} /> : null}
      <p>
        <a href={`${href}/league.csv?office=${encodeURIComponent(league.office.code)}`}>
          {t('campaigns.csv')}
        </a>
      </p>
      <SharedLeague code={campaign.code} league={league} isShared={isShared} say={say} />
    </>
  );
}

/** Where the reader's own branch stands among those on the page. */
function OwnOffice({ league, mine, say }: Pick<LeagueProps, 'league' | 'mine' | 'say'>) {
  const { t } = say;
  const own = league.rows.find((row) => mine?.path?.includes(row.officeId));
  if (!own) return null;
  const office = nameOf(own, say);
  if (own.minutes === null || own.sizeClass === null)
    return <p>{t('campaigns.yoursUnranked', { office })}</p>;
  const told = { office, size: t(sizeKeys[own.sizeClass]), time: headText(perHead(own), say) };
  return (
    <p>
      <b>
        {own.rank === null
          ? t(own.unranked === 'alone' ? 'campaigns.yoursAlone' : 'campaigns.yoursUnplaced', told)
          : t('campaigns.yours', { ...told, rank: own.rank })}
      </b>
    </p>
  );
}
