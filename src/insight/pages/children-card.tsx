import type { ComponentChildren } from 'preact';
import { type Language, translator } from '../../kernel/i18n.ts';
import { Card, type Column, DataTable } from '../../shell/index.ts';
import { monthBefore } from '../as-of.ts';
import { type ChildSort, isRanked, type RankedChild } from '../training-report.ts';
import type { PartProps } from './training-page.tsx';
import { asOfText, figureWords, officeName, trainingHref } from './words.ts';

const mostShown = 300;

/** The offices below, by reach; the small ones apart, without a place. */
export function ChildrenCard(props: PartProps) {
  const { report, language } = props;
  const t = translator(language);
  const ranked = report.children.filter(isRanked);
  const small = report.children.filter((child) => !isRanked(child));
  const lead =
    report.view === 'people'
      ? t('insight.childrenLeadPeople', { day: asOfText(monthBefore(report.asOf), language) })
      : t('insight.childrenLeadActivity');
  if (report.children.length === 0)
    return (
      <Card title={t('insight.childrenTitle')}>
        <p class="soft">{t('insight.childrenNone')}</p>
      </Card>
    );
  return (
    <Card title={t('insight.childrenTitle')} lead={lead} id="children">
      {ranked.length > 0 ? (
        <ChildTable {...props} rows={ranked} caption={t('insight.childrenTitle')} />
      ) : null}
      {small.length > 0 ? (
        <ChildTable {...props} rows={small} caption={t('insight.childrenSmall')} isSmall />
      ) : null}
    </Card>
  );
}

type TableProps = PartProps & { rows: RankedChild[]; caption: string; isSmall?: true };

function ChildTable(props: TableProps) {
  const { language, rows, caption } = props;
  const t = translator(language);
  const shown = rows.slice(0, mostShown);
  return (
    <>
      <DataTable
        caption={caption}
        isCaptionHidden={!props.isSmall}
        rows={shown}
        total={rows.length}
        rowKey={(row) => row.line.office.code}
        columns={props.report.view === 'people' ? peopleColumns(props) : activityColumns(props)}
      />
      {rows.length > shown.length ? (
        <p class="soft">{t('insight.childrenMore', { shown: shown.length, total: rows.length })}</p>
      ) : null}
    </>
  );
}

function nameColumn({ report, language, asOfParam }: PartProps): Column<RankedChild> {
  const view = report.view === 'people' ? undefined : report.view;
  return {
    key: 'office',
    label: translator(language)('insight.office'),
    kind: 'link',
    isRowHeading: true,
    value: (row) => officeName(row.line.office, language),
    href: (row) => trainingHref(row.line.office.code, { asOf: asOfParam, view }),
    ...sortable(props(report, asOfParam), 'name'),
  };
}

function peopleColumns(part: TableProps): Column<RankedChild>[] {
  const { report, language, asOfParam, isSmall } = part;
  const t = translator(language);
  const say = figureWords(language, t('insight.maskedValue'));
  const sort = (key: ChildSort) => (isSmall ? {} : sortable(props(report, asOfParam), key));
  const columns: Column<RankedChild>[] = [
    { key: 'place', label: t('insight.place'), kind: 'number', value: (row) => row.place },
    nameColumn(part),
    {
      key: 'people',
      label: t('insight.people'),
      kind: 'number',
      value: (row) => shown(row.line.registered, language),
      ...sort('registered'),
    },
    {
      key: 'reach',
      label: t('insight.reach'),
      kind: 'percent',
      value: (row) => row.reachPercent,
      ...sort('reach'),
    },
    { key: 'bar', label: t('insight.reachBar'), kind: 'meter', value: (row) => row.reachPercent },
    {
      key: 'perHead',
      label: t('insight.perHead'),
      kind: 'number',
      value: (row) => say.ratio(row.line.completions, row.line.registered),
      ...sort('perHead'),
    },
    { key: 'change', label: t('insight.change'), kind: 'number', value: (row) => say.change(row.change) },
  ];
  return isSmall ? columns.filter((column) => column.key !== 'place') : columns;
}

function activityColumns(part: TableProps): Column<RankedChild>[] {
  const { report, language, asOfParam } = part;
  const t = translator(language);
  const say = figureWords(language, t('insight.maskedValue'));
  return [
    nameColumn(part),
    {
      key: 'completions',
      label: t('insight.completions'),
      kind: 'number',
      value: (row) => shown(row.line.completions, language),
      ...sortable(props(report, asOfParam), 'completions'),
    },
    {
      key: 'renewals',
      label: t('insight.renewals'),
      kind: 'number',
      value: (row) => shown(row.line.renewals, language),
    },
    {
      key: 'hours',
      label: t('insight.hoursColumn'),
      kind: 'number',
      value: (row) => say.hours(row.line.learningMinutes),
    },
  ];
}

type Sorting = { code: string; view: string; sort: ChildSort; asOfParam?: string };

function props(report: PartProps['report'], asOfParam?: string): Sorting {
  return { code: report.summary.office.code, view: report.view, sort: report.sort, asOfParam };
}

function sortable({ code, view, sort, asOfParam }: Sorting, key: ChildSort): Partial<Column<RankedChild>> {
  const href = trainingHref(code, { asOf: asOfParam, view: view === 'people' ? undefined : view, sort: key });
  const direction = key === 'name' ? 'ascending' : 'descending';
  return { sortHref: `${href}#children`, sorted: sort === key ? direction : undefined };
}

function shown(value: number | null, language: Language): ComponentChildren {
  return value ?? translator(language)('insight.maskedValue');
}
