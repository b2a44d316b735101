import { fileDays } from '../../../kernel/batch-files.ts';
import { formatDay, formatDayTime } from '../../../kernel/dates.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import { formatNumber } from '../../../kernel/numbers.ts';
import type { OfficeRow } from '../../../organisations/index.ts';
import { OfficePicker, officeName } from '../../../organisations/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  ErrorSummary,
  errorFor,
  Form,
  HiddenFields,
  JobProgress,
  Notice,
  PageHeading,
  RadioGroup,
  SummaryList,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import type { BatchInput, Preview } from '../ask-batch.ts';
import { type Batch, type BatchKind, batchKinds } from '../store.ts';

export const batchesAddress = '/office/certificate-batches';

const kindWords = {
  issue: 'credentials.batchIssue',
  reissue: 'credentials.batchReissue',
  download: 'credentials.batchDownload',
} as const satisfies Record<BatchKind, string>;

type ShownPreview = BatchInput & Pick<Preview, 'count' | 'leftOut'>;

type ListProps = {
  state: FormState;
  suggestions: OfficeRow[];
  matches: OfficeRow[];
  preview?: ShownPreview;
  batches: Batch[];
};

/** Says what would be done, in numbers, before it is asked for; and what was asked for before. */
export function BatchesPage({ state, suggestions, matches, preview, batches }: ListProps) {
  const { t, language } = useFrame();
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={t('credentials.batchesTitle')} lead={t('credentials.batchesLead')} />
      {preview ? <PreviewCard preview={preview} /> : null}
      <Card>
        <Form action={batchesAddress} method="get">
          <RadioGroup
            name="kind"
            label={t('credentials.batchKind')}
            value={state.values['kind'] ?? 'issue'}
            options={batchKinds.map((kind) => ({ value: kind, label: t(kindWords[kind]) }))}
          />
          <OfficePicker
            label={t('credentials.templatesOffice')}
            values={state.values}
            suggestions={suggestions}
            matches={matches}
            error={errorFor(state.errors, 'officeCode')}
          />
          <TextField
            name="courseCode"
            label={t('credentials.batchCourse')}
            value={state.values['courseCode']}
            error={errorFor(state.errors, 'courseCode')}
            autocomplete="off"
            maxLength={100}
            isOptional
          />
          <Button variant="secondary">{t('credentials.batchCount')}</Button>
        </Form>
      </Card>
      {batches.length > 0 ? (
        <Card title={t('credentials.batchesOwn')}>
          <SummaryList
            rows={batches.map((batch) => ({
              label: formatDayTime(batch.createdAt, language),
              value: (
                <a href={`${batchesAddress}/${batch.batchId}`}>
                  {t(kindWords[batch.kind])}, {officeName(officeOf(batch), language)}
                </a>
              ),
            }))}
          />
        </Card>
      ) : null}
    </>
  );
}

function officeOf(batch: Batch) {
  return { nameHi: batch.officeNameHi, nameEn: batch.officeNameEn };
}

function PreviewCard({ preview }: { preview: ShownPreview }) {
  const { t } = useFrame();
  const { kind, officeCode, courseCode, count, leftOut } = preview;
  const words = {
    issue: 'credentials.batchIssueCount',
    reissue: 'credentials.batchReissueCount',
    download: 'credentials.batchDownloadCount',
  } as const;
  return (
    <>
      {count === 0 ? (
        <Notice title={t('credentials.batchNone')}>
          {leftOut.length > 0 ? <p>{t('credentials.batchNoneText')}</p> : null}
        </Notice>
      ) : (
        <Card title={t(words[kind], { count })} tone="needs-you">
          <p>{t('credentials.batchWorks')}</p>
          {kind === 'issue' ? <p>{t('credentials.batchIssueReach')}</p> : null}
          <Form action={batchesAddress}>
            <HiddenFields values={{ kind, officeCode, courseCode }} />
            <Button>{t(kindWords[kind])}</Button>
          </Form>
        </Card>
      )}
      <LeftOutCard title={t('credentials.batchLeftOutTitle')} input={preview} leftOut={leftOut} />
    </>
  );
}

type LeftOutProps = { title: string; input: BatchInput; leftOut: Preview['leftOut'] };

/** By the reason, and one by one as a file; who has one already is no news and stands in no list. */
function LeftOutCard({ title, input, leftOut }: LeftOutProps) {
  const { t, language } = useFrame();
  if (leftOut.length === 0) return null;
  const query = new URLSearchParams({ kind: input.kind, officeCode: input.officeCode });
  if (input.courseCode) query.set('courseCode', input.courseCode);
  const isListed = leftOut.some(({ reason }) => reason !== 'has_one' && reason !== 'up_to_date');
  return (
    <Card title={title}>
      <SummaryList
        rows={leftOut.map(({ reason, count }) => ({
          label: t(`credentials.leftOut_${reason}`),
          value: formatNumber(count, language),
        }))}
      />
      {isListed ? (
        <p>
          <a href={`${batchesAddress}/left-out.csv?${query}`}>{t('credentials.batchLeftOutList')}</a>
        </p>
      ) : null}
    </Card>
  );
}

type BatchProps = { batch: Batch; isFollowing: boolean; leftOut: Preview['leftOut'] };

/** How far a batch is; without script the reader refreshes. */
export function BatchPage({ batch, isFollowing, leftOut }: BatchProps) {
  const { t, language } = useFrame();
  const address = `${batchesAddress}/${batch.batchId}`;
  const isOpen = batch.state === 'waiting' || batch.state === 'running';
  const { kind, officeCode, courseCode } = batch;
  const input = { kind, officeCode, courseCode: courseCode ?? undefined };
  const where = [officeName(officeOf(batch), language), courseCode].filter(Boolean).join(' · ');
  return (
    <>
      <PageHeading title={t(kindWords[kind])} lead={where} />
      {isOpen ? (
        <>
          <JobProgress
            title={t('credentials.batchRunning')}
            done={batch.done}
            total={batch.total}
            rejected={batch.leftOut}
            refreshHref={address}
            followHref={isFollowing ? undefined : `${address}?follow=1`}
            stopHref={isFollowing ? address : undefined}
          />
          <Form action={`${address}/stop`}>
            <Button variant="quiet">{t('credentials.batchStop')}</Button>
          </Form>
        </>
      ) : (
        <Ended batch={batch} address={address} />
      )}
      {batch.storageKey ? <FileCard batch={batch} address={address} /> : null}
      <LeftOutCard title={t('credentials.batchLeftOutDone')} input={input} leftOut={leftOut} />
      <ButtonRow>
        <Button href={batchesAddress} variant="secondary">
          {t('credentials.batchesTitle')}
        </Button>
      </ButtonRow>
    </>
  );
}

type EndedProps = { batch: Batch; address: string };

function Ended({ batch, address }: EndedProps) {
  const { t } = useFrame();
  const { state, done, leftOut } = batch;
  const titles = {
    done: 'credentials.batchDone',
    stopped: 'credentials.batchStopped',
    failed: 'credentials.batchFailed',
  } as const;
  const ended = state === 'done' || state === 'failed' ? state : 'stopped';
  const isFileGone = ended === 'done' && batch.kind === 'download' && !batch.storageKey;
  return (
    <>
      <Notice
        tone={ended === 'done' ? 'done' : ended === 'failed' ? 'refused' : 'needs-you'}
        title={t(titles[ended])}
      >
        {batch.failure ? (
          <p>{t(`credentials.batchFailed_${batch.failure}`, { batchId: batch.batchId })}</p>
        ) : null}
        <p>{t('credentials.batchResult', { done })}</p>
        {leftOut > 0 ? <p>{t('credentials.batchResultLeft', { leftOut })}</p> : null}
        {isFileGone ? <p>{t('credentials.batchFileGone', { days: fileDays })}</p> : null}
        {ended === 'done' ? null : <p>{t('credentials.batchKept')}</p>}
      </Notice>
      {ended === 'done' ? null : (
        <Form action={`${address}/restart`}>
          <Button>{t(ended === 'failed' ? 'credentials.batchRestart' : 'credentials.batchGoOn')}</Button>
        </Form>
      )}
    </>
  );
}

function FileCard({ batch, address }: EndedProps) {
  const { t, language } = useFrame();
  const size = Math.max(1, Math.round((batch.bytes ?? 0) / 1_000_000));
  return (
    <Card>
      <ButtonRow>
        <Button href={`${address}/file`} icon="download" isDownload>
          {t('credentials.batchFile', { size })}
        </Button>
      </ButtonRow>
      {batch.fileUntil ? (
        <p>{t('credentials.batchFileUntil', { day: formatDay(batch.fileUntil, language) })}</p>
      ) : null}
    </Card>
  );
}
