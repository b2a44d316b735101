import type { SlowStatement } from '../../kernel/metrics/slow-statements.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import { Card, DataTable, useFrame } from '../../shell/index.ts';
import type { Standing } from './standing.ts';

export function SlowStatements({ slow }: { slow: Standing['slow'] }) {
  const { t } = useFrame();
  const isByPostgres = slow.measuredBy === 'postgres';
  return (
    <Card
      title={t('operation.slow')}
      lead={t(isByPostgres ? 'operation.slowByPostgres' : 'operation.slowByDaksh')}
    >
      {slow.statements.length === 0 ? (
        <p>{t('operation.slowNone')}</p>
      ) : (
        <Statements statements={slow.statements} />
      )}
      {isByPostgres ? null : <p class="soft">{t('operation.slowAdvice')}</p>}
    </Card>
  );
}

function Statements({ statements }: { statements: SlowStatement[] }) {
  const { t, language } = useFrame();
  return (
    <DataTable<SlowStatement>
      caption={t('operation.slow')}
      isCaptionHidden
      isCountHidden
      rows={statements}
      rowKey={(row) => row.text}
      columns={[
        {
          ...{ key: 'text', label: t('operation.statement'), isRowHeading: true },
          value: (row) => <code lang="en">{beginningOf(row.text)}</code>,
        },
        { key: 'calls', label: t('operation.calls'), kind: 'number', value: (row) => row.calls },
        {
          ...{ key: 'mean', label: t('operation.meanMs'), kind: 'number' },
          value: (row) => formatNumber(Math.round((1000 * row.seconds) / row.calls), language),
        },
        {
          ...{ key: 'total', label: t('operation.totalSeconds'), kind: 'number' },
          value: (row) => formatNumber(Math.round(row.seconds), language),
        },
      ]}
    />
  );
}

/** Enough to find it in the stores; the rest is for a screen of its own. */
function beginningOf(text: string): string {
  return text.length > 140 ? `${text.slice(0, 140)}…` : text;
}
