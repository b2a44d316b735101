import { Button, ButtonRow, Card, DataTable, Form, HiddenFields, useFrame } from '../../shell/index.ts';
import type { Task } from '../metrics/database-figures.ts';
import { spanText, taskWords } from './words.ts';

type Props = { href: string; queue: Task[] };

export function Queue({ href, queue }: Props) {
  const { t } = useFrame();
  return (
    <Card title={t('operation.queue')} lead={t('operation.queueLead')} id="queue">
      {queue.length === 0 ? <p>{t('operation.noneWaiting')}</p> : <Tasks href={href} queue={queue} />}
    </Card>
  );
}

function Tasks({ href, queue }: Props) {
  const { t } = useFrame();
  return (
    <DataTable<Task>
      caption={t('operation.queue')}
      isCaptionHidden
      isCountHidden
      rows={[...queue].sort((a, b) => b.failed - a.failed || b.waiting - a.waiting)}
      rowKey={(row) => row.task}
      columns={[
        {
          ...{ key: 'task', label: t('operation.task'), isRowHeading: true },
          value: (row) => <TaskName task={row.task} />,
        },
        { key: 'waiting', label: t('operation.waiting'), kind: 'number', value: (row) => row.waiting },
        { key: 'running', label: t('operation.running'), kind: 'number', value: (row) => row.running },
        {
          ...{ key: 'oldest', label: t('operation.oldest') },
          value: (row) => (row.oldest > 0 ? spanText(row.oldest, t) : null),
        },
        { key: 'failed', label: t('operation.failed'), kind: 'number', value: (row) => row.failed },
        {
          ...{ key: 'acts', label: t('operation.acts'), kind: 'actions' },
          value: (row) => (row.failed > 0 ? <Acts href={href} row={row} /> : null),
        },
      ]}
    />
  );
}

/** The name in the log stands under the words: there is said why a job failed. */
function TaskName({ task }: { task: string }) {
  const { t } = useFrame();
  const words = taskWords(task, t);
  return words === task ? (
    <code>{task}</code>
  ) : (
    <>
      {words} <code class="soft">{task}</code>
    </>
  );
}

function Acts({ href, row }: { href: string; row: Task }) {
  const { t } = useFrame();
  const about = <span class="hidden-text">: {taskWords(row.task, t)}</span>;
  return (
    <ButtonRow>
      <Form action={`${href}/retries`}>
        <HiddenFields values={{ task: row.task }} />
        <Button variant="secondary">
          {t('operation.retry')}
          {about}
        </Button>
      </Form>
      <Button variant="quiet" href={`${href}/removal?task=${encodeURIComponent(row.task)}`}>
        {t('operation.drop')}
        {about}
      </Button>
    </ButtonRow>
  );
}
