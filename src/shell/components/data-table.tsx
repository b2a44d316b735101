import type { ComponentChildren } from 'preact';
import { dayFigure, figure, percentColumnFigure } from '../figures.ts';
import { useFrame } from '../frame.ts';
import { Icon } from './icon.tsx';
import { Pagination } from './navigation.tsx';
import { MeterBar } from './progress.tsx';
import { Masked, NotAvailable } from './stat.tsx';

export type ColumnKind = 'text' | 'rank' | 'number' | 'percent' | 'meter' | 'date' | 'link' | 'actions';

export type Column<Row> = {
  key: string;
  label: string;
  /** Numbers, per cents (0 to 100) and dates (Date or YYYY-MM-DD) are formatted here; the rest stands as it is. */
  kind?: ColumnKind;
  /** null is "not available"; 'masked' in a number column is not told. */
  value: (row: Row) => ComponentChildren | Date;
  /** Makes the value a link. */
  href?: (row: Row) => string | undefined;
  /** Heads the row, and the card at 360 px. Give it to exactly one column. */
  isRowHeading?: boolean;
  /** Where a click on the heading leads; the caller turns the order round. */
  sortHref?: string;
  sorted?: 'ascending' | 'descending';
};

export type DataTableProps<Row> = {
  caption: string;
  isCaptionHidden?: boolean;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** The whole number, where the rows are one page of it. */
  total?: number;
  /** Which of the whole number the first row is, counted from 1, where the caller knows it. */
  firstRow?: number;
  isCountHidden?: boolean;
  /** In little room the values of a row stand side by side under their labels, for long lists of figures. */
  isCompact?: boolean;
  /** EmptyState, or the usual sentence. */
  empty?: ComponentChildren;
  previousHref?: string;
  /** Given where rows come by pages, also on the last one. */
  nextHref?: string | undefined;
  /** What the page's address calls the key that the list goes on from, where it is not `after`. */
  pageKey?: string;
  /** A last row of sums, computed by the caller from the node itself, never from the rows; of many rows the first too. */
  footer?: { label: string; values: Record<string, number | string> };
};

/** Of more rows the total is looked for at the top. */
const mostBeforeTotal = 20;

// Safari drops a table's semantics when its rows become blocks (the cards of a phone), so the roles
// are said. Spread, since the linter rightly calls them redundant everywhere else.
const roles = {
  table: { role: 'table' },
  group: { role: 'rowgroup' },
  row: { role: 'row' },
  columnHeading: { role: 'columnheader' },
  rowHeading: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const;

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { t } = useFrame();
  if (props.rows.length === 0)
    return (
      <>
        {props.empty ?? <p class="soft">{t('shell.noRows')}</p>}
        {'nextHref' in props ? <Pagination nextHref={undefined} pageKey={props.pageKey} /> : null}
      </>
    );
  return (
    <div class={props.isCompact ? 'data-table is-compact' : 'data-table'}>
      <div {...scroller(props)}>
        <table {...roles.table}>
          <caption class={props.isCaptionHidden ? 'hidden-text' : undefined}>{props.caption}</caption>
          <thead {...roles.group}>
            <tr {...roles.row}>
              {props.columns.map((column) => (
                <HeadCell key={column.key} column={column} />
              ))}
            </tr>
          </thead>
          {props.footer && props.rows.length > mostBeforeTotal ? (
            <tbody class="total-first" {...roles.group}>
              <TotalRow {...props} />
            </tbody>
          ) : null}
          <tbody {...roles.group}>
            {props.rows.map((row) => (
              <tr key={props.rowKey(row)} {...roles.row}>
                {props.columns.map((column) => (
                  <BodyCell key={column.key} column={column} row={row} />
                ))}
              </tr>
            ))}
          </tbody>
          {props.footer ? (
            <tfoot {...roles.group}>
              <TotalRow {...props} />
            </tfoot>
          ) : null}
        </table>
      </div>
      <div class="table-foot">
        {props.isCountHidden ? null : (
          <RowCount shown={props.rows.length} total={props.total} first={props.firstRow} />
        )}
        {'nextHref' in props ? (
          <Pagination previousHref={props.previousHref} nextHref={props.nextHref} pageKey={props.pageKey} />
        ) : null}
      </div>
    </div>
  );
}

/** Many columns may need to be moved sideways, by keyboard too; such a table gives up its sticky head there. */
function scroller<Row>({ columns, caption }: DataTableProps<Row>) {
  const count = columns.length;
  if (count < 6) return { class: 'table-scroll' };
  const className = `table-scroll has-many${count > 8 ? ' is-wide' : ''}`;
  return { class: className, role: 'region', 'aria-label': caption, tabIndex: 0 } as const;
}

function HeadCell<Row>({ column }: { column: Column<Row> }) {
  return (
    <th scope="col" class={cellClass(column)} aria-sort={column.sorted} {...roles.columnHeading}>
      {column.sortHref ? (
        <a href={column.sortHref} class={column.sorted}>
          {column.label}
          {column.sorted ? null : <Icon name="sort" size={16} />}
        </a>
      ) : (
        column.label
      )}
    </th>
  );
}

function BodyCell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const href = column.href?.(row);
  const shown = <CellValue kind={column.kind} value={column.value(row)} />;
  const inside = href ? <a href={href}>{shown}</a> : shown;
  if (column.isRowHeading) {
    return (
      <th scope="row" class={cellClass(column)} {...roles.rowHeading}>
        {inside}
      </th>
    );
  }
  return (
    <td class={cellClass(column)} data-label={column.label} {...roles.cell}>
      <div>{inside}</div>
    </td>
  );
}

function CellValue({ kind, value }: { kind?: ColumnKind; value: ComponentChildren | Date }) {
  const { language } = useFrame();
  if (value === null || value === undefined || value === '') {
    return kind === 'meter' ? <MeterBar percent={null} /> : <NotAvailable />;
  }
  if (value instanceof Date) return <>{dayFigure(value, language)}</>;
  if (kind === 'date' && typeof value === 'string') return <>{dayFigure(value, language)}</>;
  if (kind === 'number' && value === 'masked') return <Masked />;
  if (typeof value === 'number' && kind === 'percent') return <>{percentColumnFigure(value)}</>;
  if (typeof value === 'number' && kind === 'meter') return <MeterBar percent={value} />;
  if (typeof value === 'number') return <>{figure(value, language)}</>;
  return <>{value}</>;
}

function TotalRow<Row>({ columns, footer }: DataTableProps<Row>) {
  const { language } = useFrame();
  if (!footer) return null;
  return (
    <tr {...roles.row}>
      {columns.map((column) => {
        if (column.isRowHeading) {
          return (
            <th key={column.key} scope="row" class={cellClass(column)} {...roles.rowHeading}>
              {footer.label}
            </th>
          );
        }
        const value = footer.values[column.key] ?? '';
        return (
          <td key={column.key} class={cellClass(column)} data-label={column.label} {...roles.cell}>
            {typeof value === 'number' ? figure(value, language) : value}
          </td>
        );
      })}
    </tr>
  );
}

type CountProps = { shown: number; total?: number; first?: number };

function RowCount(props: CountProps) {
  return <p class="soft">{countText(props, useFrame())}</p>;
}

function countText(
  { shown, total, first }: CountProps,
  { t, language }: ReturnType<typeof useFrame>,
): string {
  const number = (value: number) => figure(value, language);
  if (total === undefined || total === shown)
    return t(shown === 1 ? 'shell.rowCountOne' : 'shell.rowCount', { count: number(shown) });
  if (first === undefined && shown === 1) return t('shell.rowsShownOne', { total: number(total) });
  if (first === undefined) return t('shell.rowsShown', { shown: number(shown), total: number(total) });
  const last = first + shown - 1;
  if (last <= first) return t('shell.rowsRangeOne', { first: number(first), total: number(total) });
  return t('shell.rowsRange', { first: number(first), last: number(last), total: number(total) });
}

const cellClasses: Partial<Record<ColumnKind, string>> = {
  number: 'number',
  rank: 'number rank',
  percent: 'number',
  meter: 'meter-cell',
  date: 'date',
  actions: 'actions-cell',
};

function cellClass<Row>(column: Column<Row>): string | undefined {
  return column.kind ? cellClasses[column.kind] : undefined;
}
