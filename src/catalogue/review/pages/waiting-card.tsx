import { formatDayTime } from '../../../kernel/dates.ts';
import { Card, Tag } from '../../../shell/index.ts';
import { courseHref, type Say, titleOf } from '../../authoring/pages/words.ts';
import type { WaitingRow } from '../store.ts';

/** What waits for the officer who looks: to review, to publish, to mend. */
export function WaitingCard({ waiting, say }: { waiting: WaitingRow[]; say: Say }) {
  const { t } = say;
  if (waiting.length === 0) return null;
  return (
    <Card title={t('workflow.waiting')} tone="needs-you" id="waiting">
      <ul>
        {waiting.map((row) => (
          <li key={`${row.code}:${row.kind}`}>
            <a href={courseHref(row.code, row.kind === 'publish' ? '/publication' : '/review')}>
              {titleOf(row, say.language)}
            </a>{' '}
            <Tag tone={row.kind === 'mend' || row.kind === 'answer' ? 'due' : 'progress'}>
              {t(`workflow.waiting_${row.kind}`)}
            </Tag>{' '}
            {t('workflow.waitingLine', {
              version: row.version,
              day: formatDayTime(row.since, say.language),
              n: row.openThreads,
            })}
          </li>
        ))}
      </ul>
    </Card>
  );
}
