import { Card, DataTable, Details, useFrame } from '../../shell/index.ts';
import type { Finding } from '../doctor/finding.ts';
import { checkWords } from './words.ts';

/** What is wrong stands open, what is well can be opened. */
export function Checks({ findings }: { findings: Finding[] }) {
  const { t } = useFrame();
  const wrong = findings.filter((one) => !one.isGood);
  const good = findings.filter((one) => one.isGood);
  const title =
    wrong.length === 0 ? t('operation.allGood') : t('operation.wrongCount', { count: wrong.length });
  return (
    <Card title={title} tone={wrong.length === 0 ? 'done' : 'needs-you'}>
      {wrong.length === 0 ? null : <Findings findings={wrong} />}
      <Details summary={t('operation.goodChecks', { count: good.length })}>
        <Findings findings={good} />
      </Details>
    </Card>
  );
}

function Findings({ findings }: { findings: Finding[] }) {
  const { t, language } = useFrame();
  return (
    <DataTable<Finding>
      caption={t('operation.checks')}
      isCaptionHidden
      isCountHidden
      rows={findings}
      rowKey={(row) => row.check}
      columns={[
        {
          ...{ key: 'check', label: t('operation.check'), isRowHeading: true },
          value: (row) => checkWords(row.check, t),
        },
        { key: 'said', label: t('operation.seenAndTodo'), value: (row) => asSentence(row[language]) },
      ]}
    />
  );
}

/** The command line prints it behind a colon; addresses stay as they are. */
function asSentence(text: string): string {
  return text.replace(/^[a-z]+ /, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}
