import { fileDays } from '../../kernel/batch-files.ts';
import { formatDay, formatDayTime } from '../../kernel/dates.ts';
import { formatBytes, formatNumber } from '../../kernel/numbers.ts';
import { officeName } from '../../organisations/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  Form,
  HiddenFields,
  JobProgress,
  Notice,
  PageHeading,
  SelectField,
  SummaryList,
  useFrame,
} from '../../shell/index.ts';
import type { StatementFile } from '../stores/files.ts';

export const filesAddress = '/office/appraisal/files';

type CardProps = { year: string; officeCode: string; total: number; files: StatementFile[] };

/** On the desk: all PDFs of the office in one file, and those that were asked for before. */
export function FilesCard({ year, officeCode, total, files }: CardProps) {
  const { t, language } = useFrame();
  if (total === 0 && files.length === 0) return null;
  return (
    <Card title={t('appraisal.filesTitle', { year })} lead={t('appraisal.filesLead', { days: fileDays })}>
      {total > 0 ? (
        <Form action={filesAddress}>
          <HiddenFields values={{ year, officeCode }} />
          <SelectField
            name="language"
            label={t('appraisal.filesLanguage')}
            value={language}
            options={[
              { value: 'hi', label: t('appraisal.inHindi') },
              { value: 'en', label: t('appraisal.inEnglish') },
            ]}
          />
          <Button variant="secondary">
            {t('appraisal.filesButton', { total: formatNumber(total, language) })}
          </Button>
        </Form>
      ) : null}
      {files.length > 0 ? (
        <SummaryList
          rows={files.map((file) => ({
            label: formatDayTime(file.createdAt, language),
            value: (
              <a href={`${filesAddress}/${file.batchId}`}>
                {file.year} · {officeOf(file, language)} · {t(`appraisal.fileState_${file.state}`)}
              </a>
            ),
          }))}
        />
      ) : null}
    </Card>
  );
}

function officeOf({ officeHi, officeEn }: StatementFile, language: 'hi' | 'en'): string {
  return officeName({ nameHi: officeHi, nameEn: officeEn }, language);
}

type FileProps = {
  file: StatementFile;
  isFollowing: boolean;
  /** Statements whose state has changed since. */
  outdated: number;
};

/** How far a file is; without script the reader refreshes. */
export function FilePage({ file, isFollowing, outdated }: FileProps) {
  const { t, language } = useFrame();
  const address = `${filesAddress}/${file.batchId}`;
  const isOpen = file.state === 'waiting' || file.state === 'running';
  return (
    <>
      <PageHeading
        title={t('appraisal.filesTitle', { year: file.year })}
        lead={`${officeOf(file, language)} (${file.officeCode})`}
      />
      {isOpen ? (
        <>
          <JobProgress
            title={t('appraisal.filesRunning')}
            done={file.done}
            total={file.total}
            refreshHref={address}
            followHref={isFollowing ? undefined : `${address}?follow=1`}
            stopHref={isFollowing ? address : undefined}
          />
          <Form action={`${address}/stop`}>
            <Button variant="quiet">{t('appraisal.filesStop')}</Button>
          </Form>
        </>
      ) : (
        <Ended file={file} address={address} outdated={outdated} />
      )}
      <ButtonRow>
        <Button href={`/office/appraisal?year=${file.year}&office=${file.officeCode}`} variant="secondary">
          {t('appraisal.deskTitle')}
        </Button>
      </ButtonRow>
    </>
  );
}

type EndedProps = { file: StatementFile; address: string; outdated: number };

function Ended({ file, address, outdated }: EndedProps) {
  const { t, language } = useFrame();
  if (outdated > 0) return <Outdated file={file} count={outdated} />;
  const isDone = file.state === 'done';
  if (isDone && !file.storageKey)
    return (
      <Notice tone="needs-you" title={t('appraisal.filesGone', { days: fileDays })}>
        <MakeAgain file={file} />
      </Notice>
    );
  return (
    <Notice tone={isDone ? 'done' : 'refused'} title={t(`appraisal.fileState_${file.state}`)}>
      {file.failure ? <p>{t(`appraisal.fileFailed_${file.failure}`)}</p> : null}
      {isDone ? <p>{t('appraisal.filesDone', { done: formatNumber(file.done, language) })}</p> : null}
      {file.storageKey && file.fileUntil ? (
        <>
          <ButtonRow>
            <Button href={`${address}/file`} icon="download" isDownload>
              {t('appraisal.filesTake', { size: formatBytes(file.bytes ?? 0) })}
            </Button>
          </ButtonRow>
          <p>{t('appraisal.filesUntil', { day: formatDay(file.fileUntil, language) })}</p>
        </>
      ) : null}
    </Notice>
  );
}

/** Made before somebody objected: it is not handed out, and made again by one press. */
function Outdated({ file, count }: { file: StatementFile; count: number }) {
  const { t, language } = useFrame();
  return (
    <Notice tone="needs-you" title={t('appraisal.filesOutdated', { count: formatNumber(count, language) })}>
      <MakeAgain file={file} />
    </Notice>
  );
}

function MakeAgain({ file: { year, officeCode, language } }: { file: StatementFile }) {
  const { t } = useFrame();
  return (
    <Form action={filesAddress}>
      <HiddenFields values={{ year, officeCode, language }} />
      <Button>{t('appraisal.filesAgain')}</Button>
    </Form>
  );
}
