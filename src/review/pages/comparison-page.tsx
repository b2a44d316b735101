import type { FastifyReply, FastifyRequest } from 'fastify';
import { withQuery } from '../../insight/index.ts';
import { Button, Card, type Column, DataTable, PageHeading } from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { sectionTitle } from '../files/section-words.ts';
import {
  bandKeys,
  type Compared,
  type ComparedBand,
  type ComparedUnit,
  type Comparison,
  compareSheets,
} from '../snapshots/compare.ts';
import type { Snapshot } from '../snapshots/read-snapshots.ts';
import { dayAndOccasion, type Heads, headsOf } from './comparison-words.ts';
import { keptOf, sheetCrumb } from './snapshot-pages.tsx';
import { firstShown } from './units-card.tsx';
import {
  changeText,
  comparisonPath,
  nameOf,
  placeName,
  publishedHref,
  type Say,
  sayIn,
  snapshotsHref,
} from './words.ts';

/** Two published sheets of one place beside each other. */
export function sendComparison(
  request: FastifyRequest,
  reply: FastifyReply,
  { first, second, showsAll }: { first: Snapshot; second: Snapshot; showsAll: boolean },
) {
  const say = sayIn(request.ctx.language);
  const { t } = say;
  const pair = { first: first.id, second: second.id };
  const allHref = showsAll ? undefined : withQuery(comparisonPath, { ...pair, rows: 'all' });
  const file = (format: string) => withQuery(`${comparisonPath}.${format}`, pair);
  const title = t('review.comparisonOf', { office: placeName(second.sheet.place, say) });
  const place = keptOf(second);
  const crumbs = [sheetCrumb(place, say), { label: t('review.snapshots'), href: snapshotsHref(place) }];
  return sendPage(
    request,
    reply,
    { title, area: 'office', activeLink: 'reviewSheet', breadcrumbs: crumbs },
    <>
      <PageHeading
        title={title}
        lead={
          <>
            <a href={publishedHref(first)}>{dayAndOccasion(first, say)}</a> –{' '}
            <a href={publishedHref(second)}>{dayAndOccasion(second, say)}</a>
          </>
        }
        actions={
          <>
            <Button variant="secondary" href={file('xlsx')}>
              {t('review.excel')}
            </Button>
            <Button variant="quiet" href={file('csv')}>
              {t('review.csv')}
            </Button>
          </>
        }
      />
      <Cards
        compared={compareSheets(first.sheet, second.sheet)}
        second={second}
        heads={headsOf([first, second], say)}
        allHref={allHref}
        say={say}
      />
    </>,
  );
}

type CardsProps = {
  compared: Comparison;
  second: Snapshot;
  heads: Heads;
  /** Of all rows of every table; absent where they are shown. */
  allHref: string | undefined;
  say: Say;
};

function Cards({ compared, second, heads, allHref, say }: CardsProps) {
  const { t } = say;
  const { figures, bands, orders, sections } = compared;
  const whole = { allHref, t };
  return (
    <>
      <Table
        {...whole}
        id="whole"
        title={t('review.theWhole')}
        lead={t('review.comparedRounded')}
        rows={figures}
        columns={figureColumns(heads, say)}
      />
      <Table
        {...whole}
        id="bands"
        title={t('review.bands')}
        lead={t('review.bandsCompared')}
        rows={bands}
        columns={bandColumns(heads, say)}
      />
      <Table
        {...whole}
        id="orders"
        title={t('review.comparedOrders')}
        lead={t('review.ordersLead')}
        rows={orders}
        columns={unitColumns(heads, say)}
      />
      {sections.map(({ key, lines }) => (
        <Table
          {...whole}
          key={key}
          id={key}
          title={sectionTitle(key, second.sheet, say)}
          lead={t('review.reachColumn')}
          rows={lines}
          columns={unitColumns(heads, say)}
        />
      ))}
    </>
  );
}

/** Fewer rows are seen at a glance. */
const leastCounted = 10;

type TableProps<Row> = Pick<CardsProps, 'allHref'> & {
  id: string;
  title: string;
  lead?: string;
  rows: Row[];
  columns: Column<Row>[];
  t: Say['t'];
};

function Table<Row extends { code: string }>(props: TableProps<Row>) {
  const { id, title, lead, rows, columns, allHref, t } = props;
  if (rows.length === 0) return null;
  const shown = allHref ? rows.slice(0, firstShown) : rows;
  return (
    <Card title={title} lead={lead} id={id}>
      <DataTable
        caption={title}
        isCaptionHidden
        isCountHidden={rows.length < leastCounted}
        isCompact
        rows={shown}
        total={rows.length}
        rowKey={(row) => row.code}
        columns={columns}
      />
      {shown.length < rows.length ? (
        <p class="screen-only">
          <a href={`${allHref}#${id}`}>{t('review.showAll', { total: rows.length })}</a>
        </p>
      ) : null}
    </Card>
  );
}

function figureColumns([first, second]: Heads, say: Say): Column<Compared>[] {
  const { t } = say;
  const shown = (row: Compared, value: number | null) => {
    if (value === null) return null;
    if (row.isShare) return `${value.toFixed(1)}%`;
    return row.code === 'perHead' ? value.toFixed(1) : say.number(value);
  };
  const difference = ({ code, isShare, change }: Compared) => {
    if (change === null) return null;
    if (isShare) return changeText(change, say);
    if (code === 'perHead') return say.change(change);
    const text = say.number(Math.abs(change));
    return change === 0 ? text : `${change > 0 ? '+' : '−'}${text}`;
  };
  return [
    {
      key: 'metric',
      label: t('review.figure'),
      isRowHeading: true,
      value: (row) => t(`review.compared_${row.code}`),
    },
    { key: 'first', label: first, kind: 'number', value: (row) => shown(row, row.first) },
    { key: 'second', label: second, kind: 'number', value: (row) => shown(row, row.second) },
    { key: 'change', label: t('review.difference'), kind: 'number', value: difference },
  ];
}

function bandColumns([first, second]: Heads, say: Say): Column<ComparedBand>[] {
  const { t, number } = say;
  const shown = ({ count, share }: ComparedBand['first']) =>
    share === null ? number(count) : `${number(count)} (${share.toFixed(1)}%)`;
  return [
    {
      key: 'band',
      label: t('review.figure'),
      isRowHeading: true,
      value: (row) => t(`review.${bandKeys[row.code]}`),
    },
    { key: 'first', label: first, kind: 'number', value: (row) => shown(row.first) },
    { key: 'second', label: second, kind: 'number', value: (row) => shown(row.second) },
    {
      key: 'change',
      label: t('review.changeColumn'),
      kind: 'number',
      value: (row) => say.change(row.change),
    },
  ];
}

function unitColumns([first, second]: Heads, say: Say): Column<ComparedUnit>[] {
  const { t, language } = say;
  const percent = (value: number | null) => (value === null ? null : `${value.toFixed(1)}%`);
  return [
    { key: 'name', label: t('review.unit'), isRowHeading: true, value: (row) => nameOf(row, language) },
    { key: 'people', label: t('review.people'), kind: 'number', value: (row) => row.people },
    { key: 'first', label: first, kind: 'number', value: (row) => percent(row.first) },
    { key: 'second', label: second, kind: 'number', value: (row) => percent(row.second) },
    {
      key: 'change',
      label: t('review.changeColumn'),
      kind: 'number',
      value: (row) => say.change(row.change),
    },
  ];
}
