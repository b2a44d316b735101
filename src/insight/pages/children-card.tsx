import type { ComponentChildren } from 'preact';
import { type Language, translator } from '../../kernel/i18n.ts';
import { Card, type Column, DataTable } from '../../shell/index.ts';
import { monthBefore } from '../as-of.ts';
import { type ChildSort, isRanked, type RankedChild } from '../training-report.ts';
import { definitionHref } from './strips.tsx';
import type { PartProps } from './training-page.tsx';
import { asOfText, figureWords, officeName, sumsWords, trainingHref } from './words.ts';

/** Shown at first, and at most on one page; the files hold all. */
const firstShown = 25;
const mostShown = 500;

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
        <ChildTable
          {...props}
          rows={small}
          caption={t(report.isExact ? 'insight.childrenSmall' : 'insight.childrenUnranked')}
          isSmall
        />
      ) : null}
      {sumsWords(report, language).map((words) => (
        <p key={words} class="soft">
          {words} <a href={definitionHref('counted_again')}>{t('shell.definition')}</a>
        </p>
      ))}
    </Card>
  );
}

type TableProps = PartProps & { rows: RankedChild[]; caption: string; isSmall?: true };

function ChildTable(part: TableProps) {
  const { rows, caption, report } = part;
  const shown = rows.slice(0, part.showsAll ? mostShown : firstShown);
  return (
    <>
      <DataTable
        caption={caption}
        isCaptionHidden={!part.isSmall}
        isCompact
        rows={shown}
        total={rows.length}
        rowKey={(row) => row.line.office.code}
        columns={report.view === 'people' ? peopleColumns(part) : activityColumns(part)}
      />
      {rows.length > shown.length ? <MoreRows {...part} shown={shown.length} /> : null}
    </>
  );
}

function MoreRows({ report, rows, language, asOfParam, shown }: TableProps & { shown: number }) {
  const t = translator(language);
  if (shown === mostShown)
    return <p class="soft">{t('insight.childrenMore', { shown, total: rows.length })}</p>;
  const view = report.view === 'people' ? undefined : report.view;
  const href = trainingHref(report.summary.office.code, {
    asOf: asOfParam,
    view,
    sort: report.sort,
    rows: 'all',
  });
  return (
    <>
      <p class="screen-only">
        <a href={`${href}#children`}>{t('insight.childrenAll', { total: rows.length })}</a>
      </p>
      <p class="print-only">{t('insight.childrenPrinted', { shown, total: rows.length })}</p>
    </>
  );
}

function nameColumn({ report, language, asOfParam, isSmall }: TableProps): Column<RankedChild> {
  const view = report.view === 'people' ? undefined : report.view;
  return {
    key: 'office',
    label: translator(language)('insight.office'),
    kind: 'link',
    isRowHeading: true,
    value: (row) => officeName(row.line.office, language),
    href: (row) => trainingHref(row.line.office.code, { asOf: asOfParam, view }),
    ...(isSmall ? {} : sortable(props(report, asOfParam), 'name')),
  };
}

function peopleColumns(part: TableProps): Column<RankedChild>[] {
  const { report, language, asOfParam, isSmall } = part;
  const t = translator(language);
  const say = figureWords(language, t('shell.masked'));
  const sort = (key: ChildSort) => (isSmall ? {} : sortable(props(report, asOfParam), key));
  const columns: Column<RankedChild>[] = [
    { key: 'place', label: t('insight.place'), kind: 'rank', value: (row) => row.place },
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
      kind: 'meter',
      value: (row) => row.reachPercent,
      ...sort('reach'),
    },
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
  const say = figureWords(language, t('shell.masked'));
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
  return value ?? translator(language)('shell.masked');
}
