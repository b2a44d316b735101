import { Button, type Column, Form } from '../../shell/index.ts';
import type { Say } from '../words.ts';

/** The last column of a draft's table: takes a row away. None where nothing may be removed. */
export function removalColumn<Row extends { ordinal: number }>(
  removeFrom: string | undefined,
  nameOf: (row: Row) => string,
  { t }: Say,
): Column<Row>[] {
  if (!removeFrom) return [];
  return [
    {
      key: 'remove',
      label: t('curriculum.remove'),
      kind: 'actions',
      value: (row) => (
        <Form
          action={`${removeFrom}/${row.ordinal}/removal`}
          label={t('curriculum.removeOf', { name: nameOf(row) })}
        >
          <Button variant="quiet">{t('curriculum.remove')}</Button>
        </Form>
      ),
    },
  ];
}
