import { definitionHref } from '../../insight/index.ts';
import { formatDay } from '../../kernel/dates.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import { Card, type Column, DataTable, Details, EmptyState, Stat, StatStrip } from '../../shell/index.ts';
import { perHead } from '../league-places.ts';
import type { LeagueRow, LeagueView } from '../league-view.ts';
import { type SizeClass, sizeClasses } from '../state.ts';
import { LeaguePlot } from './league-plot.tsx';
import {
  headText,
  leagueHref,
  nameOf,
  type Say,
  sizeKeys,
  unrankedKeys,
  unrankedSize,
  weekHref,
} from './words.ts';

type Props = { code: string; league: LeagueView; say: Say };

/** Offices of a class that the week's page shows, and names of those too small for one; all have a page. */
const firstRows = 10;
const firstNames = 100;

/** The office's own figures, then the offices below it by classes of size. */
export function LeagueCards(props: Props) {
  const { league, say } = props;
  const { t } = say;
  const bySize = Map.groupBy(league.rows, (row) => row.sizeClass);
  const ranked = sizeClasses.toReversed().filter(({ key }) => bySize.has(key));
  const small = bySize.get(null) ?? [];
  return (
    <>
      <OwnFigures {...props} />
      {league.rows.length === 0 ? (
        <EmptyState title={t('campaigns.noneBelow')}>{t('campaigns.noneBelowText')}</EmptyState>
      ) : null}
      {isMixed(league.rows) ? <p class="soft">{t('campaigns.linkNote')}</p> : null}
      {ranked.map(({ key }) => (
        <SizeCard key={key} {...props} size={key} rows={bySize.get(key) ?? []} />
      ))}
      {small.length > 0 ? <SmallOffices {...props} rows={small} /> : null}
      {[league.office, ...league.rows].some((row) => row.masked.length > 0) ? (
        <p class="soft">{t('campaigns.maskedNote')}</p>
      ) : null}
    </>
  );
}

/** Whether some names lead to the offices below, and others have none to lead to. */
function isMixed(rows: readonly LeagueRow[]): boolean {
  const ranked = rows.filter((row) => row.sizeClass !== null);
  return ranked.some((row) => row.hasBelow) && ranked.some((row) => !row.hasBelow);
}

function OwnFigures({ league: { office, asOf }, say }: Props) {
  const { t, language } = say;
  const hidden = t('shell.masked');
  const head = office.minutes === null ? null : perHead(office);
  return (
    <Card title={nameOf(office, say)} lead={t('campaigns.asOf', { day: formatDay(asOf, language) })}>
      <StatStrip>
        <Stat
          label={t('campaigns.perHead')}
          value={head === null ? hidden : headText(head, say)}
          definitionHref={definitionHref('campaign_per_head')}
        />
        <Stat
          label={t('campaigns.metShare')}
          value={office.met === null || office.people === null ? hidden : shareText(office)}
          detail={
            office.met === null || office.people === null
              ? undefined
              : t('campaigns.metOf', {
                  met: formatNumber(office.met, language),
                  people: formatNumber(office.people, language),
                })
          }
          definitionHref={definitionHref('campaign_met')}
        />
        <Stat
          label={t('campaigns.people')}
          value={office.people ?? hidden}
          definitionHref={definitionHref('registered')}
        />
        <Stat label={t('campaigns.completions')} value={office.completions ?? hidden} />
      </StatStrip>
      <Later office={office} say={say} />
    </Card>
  );
}

function Later({ office: { later }, say: { t, language } }: { office: LeagueRow; say: Say }) {
  if (!later) return null;
  const number = (value: number) => formatNumber(value, language);
  return (
    <p class="soft">
      {t('campaigns.later', {
        completions: number(later.completions),
        met: number(later.met),
      })}
    </p>
  );
}

function SizeCard(props: Props & { size: SizeClass; rows: LeagueRow[] }) {
  const { size, rows, say } = props;
  const { t } = say;
  const shown = rows.slice(0, firstRows);
  const title = t(sizeKeys[size]);
  const count = t('campaigns.offices', { n: rows.length });
  const isHidden = rows.some((row) => row.unranked === 'hidden');
  return (
    <Card title={title} lead={isHidden ? `${count}. ${t(unrankedKeys.hidden)}` : count}>
      <LeaguePlot label={`${title}: ${t('campaigns.perHead')}`} rows={shown} say={say} />
      <DataTable
        caption={title}
        isCaptionHidden
        isCountHidden
        isCompact
        rows={shown}
        rowKey={(row) => row.code}
        columns={leagueColumns(props, shown)}
      />
      {rows.length > shown.length ? <All {...props} size={size} rows={rows} /> : null}
    </Card>
  );
}

type AllProps = Props & { size: SizeClass | typeof unrankedSize; rows: LeagueRow[] };

function All({ code, league, size, rows, say: { t, language } }: AllProps) {
  const n = formatNumber(rows.length, language);
  return (
    <p class="screen-only">
      <a href={leagueHref({ code, office: league.office.code, size })}>
        {hasPlaces(rows) ? t('campaigns.all', { n }) : t('campaigns.allUnranked', { n })}
      </a>
    </p>
  );
}

function hasPlaces(rows: readonly LeagueRow[]): boolean {
  return rows.some((row) => row.rank !== null);
}

/** Of these rows; places where there are any. */
export function leagueColumns(
  { code, say }: Pick<Props, 'code' | 'say'>,
  rows: readonly LeagueRow[],
): Column<LeagueRow>[] {
  const { t } = say;
  const rank = { key: 'rank', label: t('campaigns.rank'), kind: 'rank' } as const;
  return [
    ...(hasPlaces(rows) ? [{ ...rank, value: (row: LeagueRow) => row.rank }] : []),
    {
      key: 'name',
      label: t('campaigns.office'),
      kind: 'link',
      isRowHeading: true,
      value: (row) => nameOf(row, say),
      href: (row) => (row.hasBelow ? weekHref({ code, office: row.code }) : undefined),
    },
    {
      key: 'people',
      label: t('campaigns.people'),
      kind: 'number',
      value: (row) => row.people ?? t('shell.masked'),
    },
    {
      key: 'head',
      label: t('campaigns.perHead'),
      kind: 'number',
      value: (row) => (row.minutes === null ? t('shell.masked') : headText(perHead(row), say)),
    },
    {
      key: 'met',
      label: t('campaigns.metShare'),
      kind: 'number',
      value: (row) => (row.met === null || row.people === null ? t('shell.masked') : shareText(row)),
    },
  ];
}

/** Named, so that nobody looks for his office in vain; without figures and rank. */
function SmallOffices(props: Props & { rows: LeagueRow[] }) {
  const { rows, say } = props;
  const { t } = say;
  return (
    <Card title={t('campaigns.sizeTooSmall')} lead={t('campaigns.sizeTooSmallText')}>
      <Details summary={t('campaigns.offices', { n: rows.length })}>
        <ul>
          {rows.slice(0, firstNames).map((row) => (
            <li key={row.code}>{nameOf(row, say)}</li>
          ))}
        </ul>
        {rows.length > firstNames ? <All {...props} size={unrankedSize} rows={rows} /> : null}
      </Details>
    </Card>
  );
}

function shareText({ met, people }: LeagueRow): string {
  return people ? `${((100 * (met ?? 0)) / people).toFixed(1)}%` : '–';
}
