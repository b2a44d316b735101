import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { formatDay, todayInIndia } from '../../kernel/dates.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import { Card, DataTable, PageHeading } from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { type LeagueRow, leagueView } from '../league-view.ts';
import { campaignNotFound, readCampaign } from '../policy.ts';
import { type SizeClass, sizeClasses, stateOf } from '../state.ts';
import { leagueColumns } from './league-card.tsx';
import {
  leagueHref,
  nameOf,
  type Say,
  sayIn,
  sizeKeys,
  titleOf,
  unrankedKeys,
  unrankedSize,
  weekHref,
} from './words.ts';

/** Offices on a page; and where all are asked for on one, to be printed, never more than what a browser bears. */
const pageRows = 100;
const mostRows = 2000;

const sizeNames = [...sizeClasses.map(({ key }) => key), unrankedSize] as const;
export const leagueQuery = z.object({
  office: z.string().max(200).optional(),
  size: z.string().max(20).catch(''),
  from: z.coerce.number().int().min(1).max(1_000_000).catch(1),
  rows: z.literal('all').optional().catch(undefined),
});

type Asked = z.output<typeof leagueQuery> & { code: string };

/** Every office of one class of size, in the order of its places if it has any, by pages; of the smallest their names alone. */
export async function sendLeague(request: FastifyRequest, reply: FastifyReply, asked: Asked) {
  const { ctx } = request;
  const say = sayIn(ctx.language);
  const campaign = await readCampaign(ctx, asked.code);
  const state = stateOf(campaign, todayInIndia(ctx.clock));
  const size = sizeNames.find((name) => name === asked.size);
  if (!size || (state !== 'running' && state !== 'ended')) throw campaignNotFound();
  const league = await leagueView(ctx, campaign, asked.office);
  const rows = league.rows.filter((row) => (row.sizeClass ?? unrankedSize) === size);
  if (rows.length === 0) throw campaignNotFound();
  const title = `${titleOf(campaign, say)}: ${sizeTitle(size, say)}`;
  const asOf = formatDay(league.asOf, say.language);
  const place = { code: campaign.code, office: league.office.code };
  return sendPage(
    request,
    reply,
    {
      ...{ title, area: ctx.actor.kind === 'person' ? 'learner' : 'office', activeLink: 'home', asOf },
      breadcrumbs: [{ label: titleOf(campaign, say), href: weekHref(place) }],
    },
    <>
      <PageHeading
        title={title}
        lead={`${nameOf(league.office, say)} · ${say.t('campaigns.asOf', { day: asOf })}`}
      />
      <List rows={rows} asked={asked} place={{ ...place, size }} say={say} />
    </>,
  );
}

type Place = { code: string; office: string; size: SizeClass | typeof unrankedSize };
type ListProps = { rows: LeagueRow[]; asked: Asked; place: Place; say: Say };

function List({ rows, asked, place, say }: ListProps) {
  const { t, language } = say;
  const step = asked.rows === 'all' ? mostRows : pageRows;
  const first = Math.min(asked.from, rows.length);
  const shown = rows.slice(first - 1, first - 1 + step);
  const to = (from: number) => leagueHref({ ...place, from, rows: asked.rows });
  const isFew = place.size === unrankedSize;
  const isHidden = shown.some((row) => row.unranked === 'hidden');
  return (
    <Card lead={isFew ? t('campaigns.sizeTooSmallText') : isHidden ? t(unrankedKeys.hidden) : undefined}>
      <DataTable
        caption={sizeTitle(place.size, say)}
        isCaptionHidden
        isCompact
        rows={shown}
        total={rows.length}
        firstRow={first}
        rowKey={(row) => row.code}
        columns={leagueColumns({ code: place.code, say }, shown).filter(
          (column) => !isFew || column.isRowHeading,
        )}
        {...(first > 1 ? { previousHref: to(Math.max(1, first - step)) } : {})}
        nextHref={first - 1 + step < rows.length ? to(first + step) : undefined}
      />
      {shown.some((row) => row.masked.length > 0) ? <p class="soft">{t('campaigns.maskedNote')}</p> : null}
      {shown.length < rows.length && asked.rows !== 'all' ? (
        <p class="screen-only">
          <a href={leagueHref({ ...place, from: 1, rows: 'all' })}>
            {t('campaigns.onOnePage', { n: formatNumber(Math.min(rows.length, mostRows), language) })}
          </a>
        </p>
      ) : null}
    </Card>
  );
}

function sizeTitle(size: Place['size'], { t }: Say): string {
  return t(size === unrankedSize ? 'campaigns.sizeTooSmall' : sizeKeys[size]);
}
