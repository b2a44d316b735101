import { formatDayTime } from '../../kernel/dates.ts';
import { pick } from '../../kernel/i18n.ts';
import type { ImportRow, SampleRow } from '../../kernel/imports/index.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  Form,
  JobProgress,
  Notice,
  PageHeading,
  Stat,
  StatStrip,
  useFrame,
} from '../../shell/index.ts';
import { factLine, factText, importTitle, unknownHeadingsText, warningText } from './words.ts';

type ImportProps = { row: ImportRow; isFollowing: boolean };

/** One import in whatever state it is: under way, looked at, committed, taken back, failed. */
export function ImportPage({ row, isFollowing }: ImportProps) {
  const { language } = useFrame();
  if (isUnderWay(row)) return <UnderWay row={row} isFollowing={isFollowing} />;
  return (
    <>
      <PageHeading
        title={importTitle(row, language)}
        lead={<Lead row={row} />}
        actions={<Actions row={row} />}
      />
      {row.problem && <Failure row={row} />}
      {row.result && (
        <>
          <Figures row={row} result={row.result} />
          <Warnings row={row} />
          <Samples row={row} />
        </>
      )}
    </>
  );
}

export function isUnderWay(row: ImportRow): boolean {
  return ['receiving', 'received', 'checking', 'committing', 'undoing'].includes(row.state);
}

function Lead({ row }: { row: ImportRow }) {
  const { t, language } = useFrame();
  const at = (instant: Date) => formatDayTime(instant, language);
  if (row.state === 'undone' && row.undoneAt)
    return <>{t('imports.undoneLead', { when: at(row.undoneAt) })}</>;
  if (row.committedAt) return <>{t('imports.committedLead', { when: at(row.committedAt) })}</>;
  if (row.state !== 'checked') return null;
  return <>{t('imports.checkedLead')}</>;
}

function Actions({ row }: { row: ImportRow }) {
  const { t } = useFrame();
  const base = `/office/imports/${row.importId}`;
  if (row.state === 'committed')
    return (
      <Button variant="secondary" href={`${base}/undo`}>
        {t('imports.undo')}
      </Button>
    );
  if (row.state !== 'checked')
    return (
      <>
        {row.state === 'failed' && row.hasStaging && <TryAgain row={row} />}
        <Button variant="secondary" href="/office/imports/new" icon="upload">
          {t('imports.importAgain')}
        </Button>
      </>
    );
  return (
    <>
      {row.hasStaging && hasEffect(row) && <Button href={`${base}/commitment`}>{t('imports.commit')}</Button>}
      <Form action={`${base}/withdrawal`}>
        <Button variant="quiet">{t('imports.discard')}</Button>
      </Form>
    </>
  );
}

/** The rows are still here: a check is done over at once, a commit is confirmed once more. */
function TryAgain({ row }: { row: ImportRow }) {
  const { t } = useFrame();
  const base = `/office/imports/${row.importId}`;
  if (row.problem?.code === 'file_gone') return null;
  if (row.askedAct === 'commit') return <Button href={`${base}/commitment`}>{t('imports.jobRetry')}</Button>;
  return (
    <Form action={`${base}/checks`}>
      <Button>{t('imports.jobRetry')}</Button>
    </Form>
  );
}

function hasEffect({ result }: ImportRow): boolean {
  const { added = 0, changed = 0, ended = 0, waiting = 0 } = result ?? {};
  return added + changed + ended + waiting > 0;
}

function Failure({ row }: { row: ImportRow }) {
  const { t, language } = useFrame();
  return (
    <Notice tone="refused" title={t('imports.failedTitle')}>
      <p>{row.problem ? pick(row.problem, language) : null}</p>
    </Notice>
  );
}

/** The file's `rejected` holds what waits to be matched, too; a clerk must do only one of the two with a row. */
function Figures({ row, result }: { row: ImportRow; result: NonNullable<ImportRow['result']> }) {
  const { t } = useFrame();
  const waiting = result.waiting ?? 0;
  const keys = ['rows', 'added', 'changed', 'unchanged', 'rejected', 'ended'] as const;
  const shown = keys.filter((key) => key !== 'ended' || result.kind === 'roster');
  return (
    <StatStrip>
      {shown.map((key) => (
        <Stat
          key={key}
          label={t(`imports.${key}`)}
          value={key === 'rejected' ? result.rejected - waiting : result[key]}
          detail={t(`imports.${key}Detail`)}
        />
      ))}
      {waiting > 0 && (
        <Stat
          label={t(row.committedAt ? 'imports.waitingCommitted' : 'imports.waiting')}
          value={waiting}
          detail={t('imports.waitingDetail')}
        />
      )}
    </StatStrip>
  );
}

function Warnings({ row }: { row: ImportRow }) {
  const { t, language } = useFrame();
  const n = (value: number) => formatNumber(value, language);
  const {
    startedOnImportDay = 0,
    changedOnImportDay = 0,
    againOnImportDay = 0,
    warnings = [],
    waiting = 0,
    endedOf,
  } = row.result ?? {};
  const lines = warnings.flatMap((warning) => warningText(warning, language) ?? []);
  if (row.state === 'checked' && !hasEffect(row)) lines.push(t('imports.nothingToCommit'));
  const undated = startedOnImportDay - changedOnImportDay - againOnImportDay;
  if (againOnImportDay > 0) lines.unshift(t('imports.againToday', { count: n(againOnImportDay) }));
  if (changedOnImportDay > 0) lines.unshift(t('imports.changedToday', { count: n(changedOnImportDay) }));
  if (undated > 0) lines.unshift(t('imports.startedToday', { count: n(undated) }));
  const unknown = unknownHeadingsText(row, language);
  return (
    <>
      {row.state === 'checked' && endedOf && endedOf.ended * 10 > endedOf.open && (
        <Notice
          tone="needs-you"
          title={t('imports.manyEnded', { ended: n(endedOf.ended), open: n(endedOf.open) })}
        >
          <p>{t('imports.manyEndedLead')}</p>
        </Notice>
      )}
      {row.state === 'checked' && waiting > 0 && (
        <Notice tone="info">
          <p>{t('imports.waitingNotice', { count: n(waiting) })}</p>
        </Notice>
      )}
      {row.state === 'committed' && waiting > 0 && (
        <Notice
          tone="needs-you"
          title={t('imports.unmatchedCount', { count: n(waiting) })}
          actions={
            <Button variant="secondary" href="/office/imports/unmatched">
              {t('imports.openUnmatched')}
            </Button>
          }
        />
      )}
      {unknown && (
        <Notice tone="needs-you" title={t('imports.unknownHeadings')}>
          <p>{unknown}</p>
          <p>{t('imports.unknownHeadingsLead')}</p>
        </Notice>
      )}
      {lines.length > 0 && (
        <Notice tone="info">
          {lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Notice>
      )}
    </>
  );
}

function Samples({ row }: { row: ImportRow }) {
  const { t } = useFrame();
  const samples = row.samples ?? {};
  return (
    <>
      {(['rejected', 'ended', 'changed', 'added'] as const).map((outcome) => {
        const rows = samples[outcome] ?? [];
        const total = row.result?.[outcome] ?? 0;
        if (rows.length === 0) return null;
        return (
          <Card key={outcome} title={t(`imports.section_${outcome}`)}>
            {outcome === 'rejected' && <RejectedLead row={row} />}
            <p class="soft">
              {t(total > rows.length ? 'imports.sampleMore' : 'imports.sampleAll', { shown: rows.length })}
            </p>
            <SampleTable rows={rows} caption={t(`imports.section_${outcome}`)} />
          </Card>
        );
      })}
      <Remarks row={row} />
    </>
  );
}

/** Rows that are taken, with something that the file did not say or that was left out of it. */
function Remarks({ row }: { row: ImportRow }) {
  const { t } = useFrame();
  return (
    <>
      {(['leftOut', 'datedToday'] as const).map((what) => {
        const rows = row.samples?.[what] ?? [];
        const caption = t(`imports.section_${what}`);
        if (rows.length === 0) return null;
        return (
          <Card key={what} title={caption}>
            {what === 'leftOut' && row.hasStaging && (
              <ButtonRow>
                <Button
                  variant="secondary"
                  icon="download"
                  isDownload
                  href={`/office/imports/${row.importId}/left-out.csv`}
                >
                  {t('imports.downloadLeftOut')}
                </Button>
              </ButtonRow>
            )}
            <SampleTable rows={rows} caption={caption} />
          </Card>
        );
      })}
    </>
  );
}

function RejectedLead({ row }: { row: ImportRow }) {
  const { t, language } = useFrame();
  const waiting = row.result?.waiting ?? 0;
  if (!row.hasStaging) return null;
  return (
    <>
      <p>{t('imports.rejectedLead')}</p>
      {waiting > 0 && <p>{t('imports.rejectedWithWaiting', { count: formatNumber(waiting, language) })}</p>}
      <ButtonRow>
        <Button
          variant="secondary"
          icon="download"
          isDownload
          href={`/office/imports/${row.importId}/errors.csv`}
        >
          {t('imports.downloadErrors')}
        </Button>
      </ButtonRow>
    </>
  );
}

function SampleTable({ rows, caption }: { rows: SampleRow[]; caption: string }) {
  const { t, language } = useFrame();
  const hasReasons = rows.some((row) => row.reason);
  const hasLines = rows.some((row) => row.line !== null);
  return (
    <DataTable
      caption={caption}
      isCaptionHidden
      isCountHidden
      rows={rows}
      rowKey={(row) => `${row.line} ${row.title} ${row.detail}`}
      columns={[
        { key: 'title', label: t('imports.entry'), isRowHeading: true, value: (row) => row.title || '–' },
        { key: 'detail', label: t('imports.detail'), value: (row) => <Detail row={row} /> },
        ...(hasReasons
          ? [
              {
                key: 'reason',
                label: t('imports.reason'),
                value: (row: SampleRow) => (row.reason ? pick(row.reason, language) : ''),
              },
            ]
          : []),
        ...(hasLines
          ? [
              {
                key: 'line',
                label: t('imports.line'),
                kind: 'number' as const,
                value: (row: SampleRow) => row.line,
              },
            ]
          : []),
      ]}
    />
  );
}

/** What changes, one column a line; else what the row is about. */
function Detail({ row }: { row: SampleRow }) {
  const { language } = useFrame();
  if (!row.facts || row.facts.length === 0) return <>{factText(row.detail, language)}</>;
  return (
    <>
      {row.facts.map((fact) => (
        <div key={fact.column}>{factLine(fact, language)}</div>
      ))}
    </>
  );
}

function UnderWay({ row, isFollowing }: ImportProps) {
  const { t, language } = useFrame();
  const base = `/office/imports/${row.importId}`;
  const isCommit = row.state === 'committing';
  return (
    <>
      <PageHeading title={importTitle(row, language)} />
      <JobProgress
        title={t(isCommit ? 'imports.jobCommit' : 'imports.jobCheck')}
        done={row.rowsDone ?? 0}
        total={row.reading?.rows ?? 0}
        refreshHref={isFollowing ? `${base}?follow=1` : base}
        followHref={isFollowing ? undefined : `${base}?follow=1`}
        stopHref={isFollowing ? base : undefined}
      >
        {t(isCommit ? 'imports.jobCommitLead' : 'imports.jobCheckLead')}
        {(row.tries ?? 1) > 1 && <> {t('imports.jobResumed')}</>}
      </JobProgress>
    </>
  );
}
