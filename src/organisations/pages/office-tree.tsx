import { pick } from '../../kernel/i18n.ts';
import { type Column, DataTable, EmptyState, PersonLine, Tag, useFrame } from '../../shell/index.ts';
import type { Headcounts } from '../hooks.ts';
import type { TreeRow } from '../stores/desk.ts';
import { officeName } from './office-picker.tsx';
import { kindWord } from './words.ts';

type Props = { caption: string; rows: TreeRow[]; counts: Headcounts };

/** Offices of one level with their figures; each leads to its own page. */
export function OfficeTable({ caption, rows, counts }: Props) {
  const { t, language } = useFrame();
  const isCounted = counts.size > 0;
  return (
    <DataTable<TreeRow>
      caption={caption}
      isCaptionHidden
      rows={rows}
      rowKey={(row) => row.officeId}
      empty={
        <EmptyState icon="building" headingLevel={3} title={t('organisations.noChildren')}>
          {t('organisations.noChildrenText')}
        </EmptyState>
      }
      columns={[
        {
          key: 'name',
          label: t('organisations.office'),
          isRowHeading: true,
          value: (row) => (
            <>
              <PersonLine
                name={officeName(row, language)}
                code={row.code}
                href={`/office/offices/${encodeURIComponent(row.code)}`}
              />
              {row.validUntil ? <Tag>{t('organisations.closed')}</Tag> : null}
            </>
          ),
        },
        { key: 'kind', label: t('organisations.kind'), value: (row) => kindWord(t, row.kind) },
        {
          key: 'area',
          label: t('organisations.area'),
          value: (row) => pick({ hi: row.areaHi, en: row.areaEn }, language) || row.areaCode,
        },
        { key: 'strength', label: t('organisations.strength'), kind: 'number', value: (row) => row.strength },
        ...(isCounted ? [people(t('organisations.people'), counts)] : []),
        { key: 'children', label: t('organisations.below'), kind: 'number', value: (row) => row.childCount },
      ]}
    />
  );
}

function people(label: string, counts: Headcounts): Column<TreeRow> {
  return {
    key: 'people',
    label,
    kind: 'number',
    value: (row) => {
      const count = counts.get(row.officeId);
      return count === null ? 'masked' : (count ?? 0);
    },
  };
}
