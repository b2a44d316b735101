import { fileDays } from '../../kernel/batch-files.ts';
import { formatBytes, formatNumber } from '../../kernel/numbers.ts';
import { officeName } from '../../organisations/index.ts';
import { Button, ButtonRow, Form, JobProgress, Notice, PageHeading, useFrame } from '../../shell/index.ts';
import { isGone as isFileGone } from '../ask-run.ts';
import type { SavedReport } from '../stores/reports.ts';
import type { Run } from '../stores/runs.ts';
import { key } from '../words.ts';
import { BackToReports, dayText } from './list-page.tsx';
import { home } from './query.ts';

/** How far a file is; without script the reader refreshes. */
export function RunPage({
  run,
  report,
  isFollowing,
}: {
  run: Run;
  report: SavedReport | undefined;
  isFollowing: boolean;
}) {
  const { t, language } = useFrame();
  const address = `${home}/files/${run.runId}`;
  const isOpen = run.state === 'waiting' || run.state === 'running';
  const office = officeName({ nameHi: run.officeHi, nameEn: run.officeEn }, language);
  return (
    <>
      <PageHeading
        title={run.name}
        lead={`${office} · ${t('reports.asOf', { day: dayText(run.asOf, language) })}`}
      />
      {isOpen ? (
        <>
          <JobProgress
            title={t('reports.fileRunning')}
            done={run.partsDone}
            total={run.parts ?? 1}
            refreshHref={address}
            followHref={isFollowing ? undefined : `${address}?follow=1`}
            stopHref={isFollowing ? address : undefined}
          >
            {t('reports.rowsSoFar', { rows: formatNumber(run.rows, language) })}
          </JobProgress>
          <Form action={`${address}/stop`}>
            <Button variant="quiet">{t('reports.stop')}</Button>
          </Form>
        </>
      ) : (
        <Ended run={run} address={address} />
      )}
      {report ? (
        <p>
          <a href={`${home}/${report.reportId}`}>{t('reports.ofReport', { name: report.name })}</a>
        </p>
      ) : null}
      <BackToReports />
    </>
  );
}

function Ended({ run, address }: { run: Run; address: string }) {
  const { t, language } = useFrame();
  const isGone = isFileGone(run);
  const isDone = run.state === 'done' && !isGone;
  return (
    <Notice
      tone={isDone ? 'done' : isGone ? 'needs-you' : 'refused'}
      title={isGone ? t('reports.gone') : t(key(`state_${run.state}`))}
    >
      {run.failure ? <p>{t(key(`failure_${run.failure}`))}</p> : null}
      {isDone ? <p>{t('reports.rowsInAll', { rows: formatNumber(run.rows, language) })}</p> : null}
      {run.storageKey ? (
        <>
          <ButtonRow>
            <Button href={`${address}/content`} icon="download" isDownload>
              {t('reports.take', { format: run.format.toUpperCase(), size: formatBytes(run.bytes ?? 0) })}
            </Button>
          </ButtonRow>
          <p>{t('reports.until', { day: dayText(run.fileUntil, language) })}</p>
        </>
      ) : isGone ? (
        <p>{t('reports.goneWhy', { days: fileDays, day: dayText(run.asOf, language) })}</p>
      ) : null}
      {run.state === 'failed' || isGone ? (
        <Form action={`${address}/retry`}>
          <Button>{t(isGone ? 'reports.again' : 'reports.retry')}</Button>
        </Form>
      ) : null}
    </Notice>
  );
}
