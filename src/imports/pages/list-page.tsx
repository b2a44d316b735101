import { formatDayTime } from '../../kernel/dates.ts';
import type { ImportRow } from '../../kernel/imports/index.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import {
  Button,
  Card,
  DataTable,
  EmptyState,
  Notice,
  PageHeading,
  Tag,
  useFrame,
} from '../../shell/index.ts';
import { importTitle, stateTones, stateWords } from './words.ts';

type ListProps = { items: ImportRow[]; next: string | null; waiting: number };

export function ListPage({ items, next, waiting }: ListProps) {
  const { t, language } = useFrame();
  const newImport = (
    <Button href="/office/imports/new" icon="upload">
      {t('imports.newImport')}
    </Button>
  );
  return (
    <>
      <PageHeading title={t('imports.imports')} lead={t('imports.importsLead')} actions={newImport} />
      {waiting > 0 && (
        <Notice
          tone="needs-you"
          title={t('imports.unmatchedCount', { count: formatNumber(waiting, language) })}
          actions={
            <Button variant="secondary" href="/office/imports/unmatched">
              {t('imports.openUnmatched')}
            </Button>
          }
        />
      )}
      <Card>
        <ImportsTable items={items} next={next} />
      </Card>
    </>
  );
}

function ImportsTable({ items, next }: Pick<ListProps, 'items' | 'next'>) {
  const { t, language } = useFrame();
  return (
    <DataTable
      caption={t('imports.listCaption')}
      isCaptionHidden
      isCountHidden
      rows={items}
      rowKey={(row) => row.importId}
      nextHref={next ? `/office/imports?after=${next}` : undefined}
      empty={
        <EmptyState title={t('imports.listEmpty')} icon="upload">
          {t('imports.listEmptyLead')}
        </EmptyState>
      }
      columns={[
        {
          key: 'what',
          label: t('imports.what'),
          kind: 'link',
          isRowHeading: true,
          value: (row) => importTitle(row, language),
          href: (row) => `/office/imports/${row.importId}`,
        },
        {
          key: 'when',
          label: t('imports.when'),
          value: (row) => formatDayTime(row.committedAt ?? row.createdAt, language),
        },
        {
          key: 'state',
          label: t('imports.state'),
          value: (row) => <Tag tone={stateTones[row.state]}>{t(stateWords[row.state])}</Tag>,
        },
        ...(['rows', 'added', 'changed', 'ended', 'rejected'] as const).map((key) => ({
          key,
          label: t(`imports.${key}`),
          kind: 'number' as const,
          value: (row: ImportRow) => row.result?.[key] ?? null,
        })),
      ]}
    />
  );
}
