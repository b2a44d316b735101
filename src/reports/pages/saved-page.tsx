import { officeName } from '../../organisations/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  Checkbox,
  Details,
  ErrorSummary,
  errorFor,
  type FieldError,
  Form,
  Notice,
  PageHeading,
  SelectField,
  SummaryList,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import { longestName, schedules } from '../definition.ts';
import type { Preview } from '../preview-report.ts';
import type { SavedReport } from '../stores/reports.ts';
import type { Run } from '../stores/runs.ts';
import { keptScopeText, key, shapeText, subjectText } from '../words.ts';
import { FormatChoice } from './builder-page.tsx';
import { BackToReports, dayText, RunsCard } from './list-page.tsx';
import { PreviewCard } from './preview-card.tsx';
import { builderHref, home } from './query.ts';

export type SavedProps = {
  report: SavedReport;
  /** None where it may not be read, or cannot be made now: the errors say why. */
  preview: Preview | undefined;
  errors: FieldError[];
  runs: Run[];
  isOwn: boolean;
  hasAddress: boolean;
  /** What was typed for a copy's name, where it could not be kept so. */
  copyName: string | undefined;
};

export function SavedPage(props: SavedProps) {
  const { t, language } = useFrame();
  const { report, preview, errors, isOwn, copyName } = props;
  const office = officeName({ nameHi: report.officeHi, nameEn: report.officeEn }, language);
  const address = `${home}/${report.reportId}`;
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading
        title={report.name}
        lead={`${subjectText(report.definition.subject, language)} · ${office}`}
        actions={
          preview ? (
            <Button href={`${address}/rows.csv`} variant="secondary" icon="download" isDownload>
              {t('reports.takeCsv')}
            </Button>
          ) : null
        }
      />
      {report.pauseReason ? (
        <Notice tone="needs-you" title={t('reports.paused')}>
          <p>{t(report.pauseReason === 'unknown_value' ? 'reports.pausedUnknown' : 'reports.pausedWhy')}</p>
        </Notice>
      ) : null}
      {preview ? (
        <>
          <p>
            <a href="#take">{t('reports.makeFile')}</a> · <a href="#about">{t('reports.aboutTitle')}</a>
          </p>
          <PreviewCard preview={preview} />
        </>
      ) : null}
      {preview ? (
        <Card title={t('reports.makeFile')} lead={t('reports.makeFileLead')} id="take">
          <Form action={`${address}/files`}>
            <FormatChoice value={report.format} error={errorFor(errors, 'format')} />
            <Button variant="secondary">{t('reports.makeFile')}</Button>
          </Form>
        </Card>
      ) : null}
      <RunsCard runs={props.runs} />
      {isOwn ? <ScheduleCard {...props} /> : null}
      <Card title={t('reports.aboutTitle')} id="about">
        <SummaryList
          rows={[
            { label: t('reports.shows'), value: shapeText(report.definition, language) },
            ...(preview
              ? [{ label: t('reports.narrowed'), value: keptScopeText(preview.report, language) }]
              : []),
            { label: t('reports.schedule'), value: scheduleText(report, language, t) },
            {
              label: t('reports.sharing'),
              value: t(report.isShared ? 'reports.isShared' : 'reports.isPrivate'),
            },
          ]}
        />
        {isOwn ? <OwnActs report={report} address={address} /> : null}
        <Details summary={t('reports.copy')} isOpen={copyName !== undefined}>
          <Form action={`${address}/copies`}>
            <TextField
              name="name"
              label={t('reports.name')}
              value={copyName ?? t('reports.copyOf', { name: report.name }).slice(0, longestName)}
              maxLength={longestName}
              error={errorFor(errors, 'name')}
            />
            <Button variant="secondary">{t('reports.copy')}</Button>
          </Form>
        </Details>
      </Card>
      <BackToReports />
    </>
  );
}

type Translate = ReturnType<typeof useFrame>['t'];

function scheduleText({ schedule, nextOn }: SavedReport, language: 'hi' | 'en', t: Translate): string {
  const words = t(key(`schedule_${schedule}`));
  return nextOn ? `${words} · ${t('reports.nextOn', { day: dayText(nextOn, language) })}` : words;
}

function OwnActs({ report, address }: { report: SavedReport; address: string }) {
  const { t } = useFrame();
  return (
    <>
      <ButtonRow>
        <Button href={builderHref(report.definition, { id: report.reportId, show: '1' })} variant="secondary">
          {t('reports.change')}
        </Button>
      </ButtonRow>
      <Form action={report.isShared ? `${address}/sharing/end` : `${address}/sharing`}>
        <Button variant="secondary">{t(report.isShared ? 'reports.unshare' : 'reports.share')}</Button>
      </Form>
      <Details summary={t('reports.remove')}>
        <p>{t('reports.removeWhat')}</p>
        <Form action={`${address}/removal`}>
          <Button variant="danger">{t('reports.remove')}</Button>
        </Form>
      </Details>
    </>
  );
}

function ScheduleCard({ report, errors, hasAddress }: SavedProps) {
  const { t, language } = useFrame();
  return (
    <Card title={t('reports.scheduleTitle')} lead={t('reports.scheduleLead')}>
      <Form action={`${home}/${report.reportId}/schedule`}>
        <SelectField
          name="schedule"
          label={t('reports.schedule')}
          error={errorFor(errors, 'schedule')}
          value={report.schedule}
          options={schedules.map((schedule) => ({ value: schedule, label: t(key(`schedule_${schedule}`)) }))}
        />
        <FormatChoice value={report.format} id="schedule-format" />
        <SelectField
          name="language"
          label={t('reports.language')}
          value={report.schedule === 'none' ? language : report.language}
          options={[
            { value: 'hi', label: 'हिंदी' },
            { value: 'en', label: 'English' },
          ]}
        />
        <Checkbox
          name="isMailed"
          label={t('reports.isMailed')}
          hint={t(hasAddress ? 'reports.isMailedHint' : 'reports.noAddress')}
          isChecked={report.isMailed}
        />
        <Button variant="secondary">{t('reports.setSchedule')}</Button>
      </Form>
    </Card>
  );
}
