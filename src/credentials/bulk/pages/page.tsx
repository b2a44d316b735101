import { formatDayTime } from '../../../kernel/dates.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import type { OfficeRow } from '../../../organisations/index.ts';
import { OfficePicker, officeName } from '../../../organisations/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  ErrorSummary,
  errorFor,
  FilterBar,
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
import type { BatchInput } from '../ask-batch.ts';
import { type Batch, type BatchKind, batchKinds } from '../store.ts';

export const batchesAddress = '/office/certificate-batches';

const kindWords = {
  issue: 'credentials.batchIssue',
  reissue: 'credentials.batchReissue',
  download: 'credentials.batchDownload',
} as const satisfies Record<BatchKind, string>;

type ListProps = {
  state: FormState;
  suggestions: OfficeRow[];
  matches: OfficeRow[];
  preview?: BatchInput & { count: number };
  batches: Batch[];
};

/** Says what would be done, in numbers, before it is asked for; and what was asked for before. */
export function BatchesPage({ state, suggestions, matches, preview, batches }: ListProps) {
  const { t, language } = useFrame();
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={t('credentials.batchesTitle')} lead={t('credentials.batchesLead')} />
      {preview ? <Preview preview={preview} /> : null}
      <FilterBar action={batchesAddress} submitLabel={t('credentials.batchCount')}>
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
      </FilterBar>
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

function Preview({ preview }: { preview: BatchInput & { count: number } }) {
  const { t } = useFrame();
  const { kind, officeCode, courseCode, count } = preview;
  const words = {
    issue: 'credentials.batchIssueCount',
    reissue: 'credentials.batchReissueCount',
    download: 'credentials.batchDownloadCount',
  } as const;
  if (count === 0) return <Notice title={t('credentials.batchNone')} />;
  return (
    <Card title={t(words[kind], { count })} tone="needs-you">
      <p>{t('credentials.batchWorks')}</p>
      <Form action={batchesAddress}>
        <HiddenFields values={{ kind, officeCode, courseCode }} />
        <Button>{t(kindWords[kind])}</Button>
      </Form>
    </Card>
  );
}

/** How far a batch is; without script the reader refreshes. */
export function BatchPage({ batch, isFollowing }: { batch: Batch; isFollowing: boolean }) {
  const { t, language } = useFrame();
  const address = `${batchesAddress}/${batch.batchId}`;
  const isOpen = batch.state === 'waiting' || batch.state === 'running';
  return (
    <>
      <PageHeading title={t(kindWords[batch.kind])} lead={officeName(officeOf(batch), language)} />
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
        <Notice
          tone={batch.state === 'done' ? 'done' : 'needs-you'}
          title={t(batch.state === 'done' ? 'credentials.batchDone' : 'credentials.batchStopped')}
        >
          <p>{t('credentials.batchResult', { done: batch.done, leftOut: batch.leftOut })}</p>
        </Notice>
      )}
      <ButtonRow>
        {batch.storageKey ? (
          <Button href={`${address}/file`} icon="download" isDownload>
            {t('credentials.batchFile', { size: Math.max(1, Math.round((batch.bytes ?? 0) / 1_000_000)) })}
          </Button>
        ) : null}
        <Button href={batchesAddress} variant="secondary">
          {t('credentials.batchesTitle')}
        </Button>
      </ButtonRow>
    </>
  );
}
