import { formatDayTime } from '../../kernel/dates.ts';
import type { Language } from '../../kernel/i18n.ts';
import { officeName } from '../../organisations/index.ts';
import {
  Card,
  DataTable,
  DateField,
  EmptyState,
  type FieldError,
  FilterBar,
  PageHeading,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import type { Called } from '../call-filters.ts';
import type { Taken, TakenAsked } from '../read-taken.ts';
import { BackToReports } from './list-page.tsx';
import { home } from './query.ts';
import { takenText } from './taken-words.ts';

type TakenProps = {
  asked: Omit<TakenAsked, 'limit' | 'after'>;
  items: Taken[];
  called: Called;
  next: string | null;
  today: string;
  /** Of fields that were not understood; then nothing was looked for. */
  errors: FieldError[];
};

/** Every file of people or figures that left, whoever took it. */
export function TakenPage({ asked, items, called, next, today, errors }: TakenProps) {
  const { t } = useFrame();
  const { office, from, until, by } = asked;
  const given = Object.entries({ office, from, until, by }).filter(
    (one): one is [string, string] => !!one[1],
  );
  const nextHref = next ? `${home}/taken?${new URLSearchParams([...given, ['after', next]])}` : undefined;
  const errorOf = (field: string) => errors.find((one) => one.field === field)?.text;
  return (
    <>
      <PageHeading title={t('reports.takenTitle')} lead={t('reports.takenLead')} />
      <Card>
        <FilterBar
          action={`${home}/taken`}
          submitLabel={t('reports.takenShow')}
          {...(given.length > 0 ? { resetHref: `${home}/taken` } : {})}
        >
          <TextField
            name="office"
            label={t('reports.takenOffice')}
            value={office}
            error={errorOf('office')}
          />
          <TextField name="by" label={t('reports.takenByCode')} value={by} width="short" />
          <DateField
            name="from"
            label={t('reports.takenFrom')}
            value={from}
            max={today}
            error={errorOf('from')}
          />
          <DateField
            name="until"
            label={t('reports.takenUntil')}
            value={until}
            max={today}
            error={errorOf('until')}
          />
        </FilterBar>
        {errors.length > 0 ? null : (
          <TakenTable {...{ items, called, nextHref, isNarrowed: given.length > 0 }} />
        )}
      </Card>
      <BackToReports />
    </>
  );
}

type TableProps = { items: Taken[]; called: Called; nextHref: string | undefined; isNarrowed: boolean };

function TakenTable({ items, called, nextHref, isNarrowed }: TableProps) {
  const { t, language } = useFrame();
  return (
    <DataTable
      caption={t('reports.takenTitle')}
      isCaptionHidden
      isCountHidden
      rows={items}
      rowKey={(row) => row.id}
      nextHref={nextHref}
      empty={
        <EmptyState title={t(isNarrowed ? 'reports.takenNone' : 'reports.takenNoneYet')} icon="file">
          {t(isNarrowed ? 'reports.takenNoneAdvice' : 'reports.takenNoneYetAdvice')}
        </EmptyState>
      }
      columns={[
        {
          key: 'at',
          label: t('reports.takenAt'),
          isRowHeading: true,
          value: (row) => formatDayTime(row.at, language),
        },
        {
          key: 'by',
          label: t('reports.takenBy'),
          value: (row) => [row.byName, row.byCode].filter(Boolean).join(' · ') || '–',
        },
        {
          key: 'office',
          label: t('reports.office'),
          value: (row) => officeOf(row, language),
        },
        {
          key: 'what',
          label: t('reports.takenWhat'),
          value: (row) => <What row={row} called={called} />,
        },
        {
          key: 'holds',
          label: t('reports.takenHolds'),
          value: ({ isOfPeople }) => t(isOfPeople ? 'reports.takenPeople' : 'reports.takenFigures'),
        },
        { key: 'rows', label: t('reports.takenRows'), kind: 'number', value: ({ rows }) => rows },
      ]}
    />
  );
}

function What({ row, called }: { row: Taken; called: Called }) {
  const { kind, state, format } = row;
  const { t, language } = useFrame();
  const told = takenText(row, { t, language, called });
  return (
    <>
      {t(`reports.file_${kind}`)}
      {format ? ` (${format.toUpperCase()})` : ''}
      {state === 'taken' ? null : <p>{t(`reports.taken_${state}`)}</p>}
      {told ? <p class="soft">{told}</p> : null}
    </>
  );
}

function officeOf({ officeCode, officeHi, officeEn }: Taken, language: Language): string {
  if (!officeCode) return '–';
  return `${officeName({ nameHi: officeHi ?? officeCode, nameEn: officeEn }, language)} · ${officeCode}`;
}
