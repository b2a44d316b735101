import {
  Card,
  DataTable,
  EmptyState,
  FilterBar,
  PageHeading,
  PersonLine,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import type { OfficeTree } from '../desk/office-view.ts';
import type { OfficeRow } from '../scope.ts';
import { officeName } from './office-picker.tsx';
import { OfficeTable } from './office-tree.tsx';
import { kindWord } from './words.ts';

type Props = { title: string; text?: string; tree: OfficeTree; found?: OfficeRow[] };

/** The tops of one's offices, or what a search found. */
export function OfficesPage({ title, text, tree, found }: Props) {
  const { t } = useFrame();
  return (
    <>
      <PageHeading title={title} lead={t('organisations.officesLead')} />
      <FilterBar
        action="/office/offices"
        submitLabel={t('common.search')}
        resetHref={text ? '/office/offices' : undefined}
      >
        <TextField name="q" type="search" label={t('organisations.searchOffices')} value={text} />
      </FilterBar>
      <Card>
        {found ? (
          <Found rows={found} />
        ) : (
          <OfficeTable caption={title} rows={tree.rows} counts={tree.counts} />
        )}
      </Card>
    </>
  );
}

function Found({ rows }: { rows: OfficeRow[] }) {
  const { t, language } = useFrame();
  return (
    <DataTable<OfficeRow>
      caption={t('organisations.found')}
      rows={rows}
      rowKey={(row) => row.officeId}
      empty={
        <EmptyState icon="building" title={t('organisations.noneFound')}>
          {t('organisations.noneFoundText')}
        </EmptyState>
      }
      columns={[
        {
          key: 'name',
          label: t('organisations.office'),
          isRowHeading: true,
          value: (row) => (
            <PersonLine
              name={officeName(row, language)}
              code={row.code}
              href={`/office/offices/${encodeURIComponent(row.code)}`}
            />
          ),
        },
        { key: 'kind', label: t('organisations.kind'), value: (row) => kindWord(t, row.kind) },
        { key: 'area', label: t('organisations.areaCode'), value: (row) => row.areaCode },
      ]}
    />
  );
}
