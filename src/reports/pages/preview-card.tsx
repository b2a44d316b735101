import { isDay } from '../../kernel/dates.ts';
import { pick } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import type { Cell } from '../../kernel/tabular/index.ts';
import { officeName } from '../../organisations/index.ts';
import { Card, type Column, DataTable, EmptyState, Notice, useFrame } from '../../shell/index.ts';
import type { TableColumn } from '../make-table.ts';
import type { Preview } from '../preview-report.ts';
import { cellText } from '../report-pdf.ts';
import { monthText, scopeText } from '../words.ts';

/** The first rows of a report, with what they are and how many there are. */
export function PreviewCard({ preview }: { preview: Preview }) {
  const { t, language } = useFrame();
  const { report, columns, rows } = preview;
  const office = officeName(report.office, language);
  const lead = scopeText(report, language);
  return (
    <Card title={`${pick(report.subject.name, language)}: ${office}`} lead={lead} id="preview">
      {report.definition.asOf && report.definition.asOf > report.asOf ? (
        <Notice tone="info">
          <p>{t('insight.asOfClipped')}</p>
        </Notice>
      ) : null}
      {preview.isSearched ? null : (
        <Notice tone="info">
          <p>{t('reports.notSearched')}</p>
        </Notice>
      )}
      <DataTable
        caption={t('reports.previewTitle')}
        isCaptionHidden
        isCompact={!report.isList}
        isCountHidden
        rows={rows.map((cells, at) => ({ cells, at }))}
        rowKey={(row) => String(row.at)}
        columns={columns.map((column, at) => ({
          ...tableColumn(column, at, language),
          isRowHeading: at === headingAt(columns),
        }))}
        {...(preview.total ? { footer: footerOf(preview, language) } : {})}
        empty={
          <EmptyState title={t('reports.noRowsTitle')} icon="search">
            {t('reports.noRows')}
          </EmptyState>
        }
      />
      <p class="soft">
        {countText(preview, t, language)} {pick(report.subject.lead, language)}{' '}
        <a href="/office/definitions">{t('reports.definitions')}</a>
      </p>
      {report.subject.isOfActivity ? <p class="soft">{t('reports.otherView')}</p> : null}
      {report.sight ? <p class="soft">{t('reports.sight')}</p> : null}
      {preview.isAdding ? null : <p class="soft">{t('reports.notAdding')}</p>}
    </Card>
  );
}

type Row = { cells: Cell[]; at: number };

/** The first column, or the name where that is its code. */
function headingAt(columns: readonly TableColumn[]): number {
  return columns[0]?.id.endsWith('Code') && columns[1]?.type === 'text' ? 1 : 0;
}

function tableColumn(column: TableColumn, at: number, language: 'hi' | 'en'): Column<Row> {
  const kinds = { text: 'text', number: 'number', percent: 'percent', day: 'text' } as const;
  return {
    key: column.id,
    label: column.heading,
    kind: kinds[column.type],
    value: ({ cells }) => shown(cells[at], column, language),
  };
}

function shown(cell: Cell, column: TableColumn, language: 'hi' | 'en') {
  if (typeof cell === 'number') return cell;
  if (cell === null || cell === undefined || cell === '') return null;
  const text = String(cell);
  if (column.period === 'month' && isDay(`${text}-01`)) return monthText(text, language);
  return cellText({ language }, text, column);
}

function footerOf({ columns, total }: Preview, language: 'hi' | 'en') {
  const values = Object.fromEntries(
    columns.flatMap((column, at) => {
      const cell = total?.[at];
      if (typeof cell !== 'number') return [];
      return [[column.id, column.type === 'percent' ? `${cell.toFixed(1)}%` : formatNumber(cell, language)]];
    }),
  );
  return { label: language === 'hi' ? 'कुल' : 'Total', values };
}

type Translate = ReturnType<typeof useFrame>['t'];

function countText({ report, rows, count, isWhole }: Preview, t: Translate, language: 'hi' | 'en'): string {
  const shownRows = formatNumber(rows.length, language);
  if (isWhole) return t('reports.countWhole', { shown: shownRows });
  if (count !== null) return t('reports.countOf', { shown: shownRows, count: formatNumber(count, language) });
  return report.isList ? t('reports.countFirst', { shown: shownRows }) : '';
}
