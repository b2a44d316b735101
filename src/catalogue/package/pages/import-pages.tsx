import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDay, formatDayTime } from '../../../kernel/dates.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import { pick } from '../../../kernel/i18n.ts';
import { formatNumber } from '../../../kernel/numbers.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  ErrorSummary,
  errorFor,
  FileField,
  Form,
  Notice,
  PageHeading,
  RadioGroup,
  SummaryList,
  TextField,
} from '../../../shell/index.ts';
import { sendPage } from '../../../shell/site/index.ts';
import {
  courseHref,
  kindLabel,
  languageLabel,
  listHref,
  megabytesText,
  packagesHref,
  type Say,
  sayOf,
} from '../../authoring/pages/words.ts';
import { type PackageLesson, pathsOf } from '../document.ts';
import type { PackageReport } from '../look-at-package.ts';
import { largestPackage } from '../staged-file.ts';
import type { PackageRow } from '../store.ts';

export function sendBring(
  request: FastifyRequest,
  reply: FastifyReply,
  { errors }: { errors: FormState['errors'] },
) {
  const { t } = sayOf(request);
  return sendPage(
    request,
    reply,
    { ...frameOf(sayOf(request)), title: t('workflow.packageNewTitle'), hasErrors: errors.length > 0 },
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('workflow.packageNewTitle')} lead={t('workflow.packageNewLead')} />
      <Form action={packagesHref} hasFiles>
        <Card>
          <FileField
            name="file"
            label={t('workflow.packageFile')}
            accept=".zip"
            maximumMegabytes={largestPackage / 1_000_000}
            error={errorFor(errors, 'file')}
          />
        </Card>
        <ButtonRow>
          <Button icon="upload">{t('workflow.packageLook')}</Button>
          <Button variant="secondary" href={listHref}>
            {t('common.cancel')}
          </Button>
        </ButtonRow>
      </Form>
    </>,
  );
}

type Look = { row: PackageRow; report: PackageReport; state: FormState };

/** What a package holds and what it would become, before anything is changed. */
export function sendReport(request: FastifyRequest, reply: FastifyReply, { row, report, state }: Look) {
  const say = sayOf(request);
  const { t, language } = say;
  const title = pick(report.document.course.title, language);
  return sendPage(
    request,
    reply,
    { ...frameOf(say), title, hasErrors: state.errors.length > 0 },
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} lead={t('workflow.packageReportLead')} />
      <ClashNotice report={report} say={say} />
      {report.notes.length > 0 ? (
        <Notice tone="needs-you" title={t('workflow.packageNotes')}>
          <ul>
            {report.notes.map((note) => (
              <li key={note.code}>{pick(note.text, language)}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <MakeForm row={row} report={report} state={state} say={say} />
      <Contents report={report} say={say} />
      <Lessons report={report} say={say} />
    </>,
  );
}

function frameOf({ t }: Say) {
  return {
    area: 'office' as const,
    activeLink: 'courses',
    width: 'reading' as const,
    breadcrumbs: [
      { label: t('catalogue.authorCourses'), href: listHref },
      { label: t('workflow.packageNewTitle') },
    ],
  };
}

function ClashNotice({ report, say: { t, language } }: { report: PackageReport; say: Say }) {
  const { clash, document } = report;
  if (!clash) return null;
  if (clash.kind === 'same_package')
    return (
      <Notice
        title={t('workflow.packageSame')}
        actions={
          <Button variant="secondary" href={courseHref(clash.code, '/edit')}>
            {t('workflow.packageOpenCourse')}
          </Button>
        }
      >
        <p>
          {t('workflow.packageSameText', {
            day: formatDayTime(clash.takenAt, language),
            code: clash.code,
            version: clash.version,
          })}
        </p>
      </Notice>
    );
  return (
    <Notice tone="needs-you" title={t('workflow.packageTaken', { code: document.course.code })}>
      <p>
        {t(
          clash.mayAddVersion
            ? 'workflow.packageTakenOwn'
            : clash.hasDraft
              ? 'workflow.packageTakenDraft'
              : 'workflow.packageTakenOther',
        )}
      </p>
    </Notice>
  );
}

function MakeForm({ row, report, state, say: { t } }: Look & { say: Say }) {
  const { clash, document, freeCode } = report;
  const mayAddVersion = clash?.kind === 'code_taken' && clash.mayAddVersion;
  const own = document.course.code;
  const href = `${packagesHref}/${row.packageId}`;
  return (
    <>
      <Form action={`${href}/draft`}>
        <Card>
          {mayAddVersion ? (
            <RadioGroup
              name="as"
              label={t('workflow.packageAs')}
              value={state.values['as'] ?? 'version'}
              options={[
                { value: 'version', label: t('workflow.packageAsVersion', { code: own }) },
                { value: 'course', label: t('workflow.packageAsCourse') },
              ]}
            />
          ) : null}
          <TextField
            name="code"
            label={t('workflow.packageCode')}
            hint={mayAddVersion ? t('workflow.packageCodeHint') : undefined}
            value={state.values['code'] ?? freeCode}
            maxLength={64}
            width="medium"
            error={errorFor(state.errors, 'code')}
            isRequired
          />
          <p class="soft">{t('workflow.packageMakeHint')}</p>
          <ButtonRow>
            <Button>{t('workflow.packageMake')}</Button>
          </ButtonRow>
        </Card>
      </Form>
      <Form action={`${href}/removal`}>
        <Button variant="quiet">{t('workflow.packageThrow')}</Button>
      </Form>
    </>
  );
}

function languagesOf(codes: string[], say: Say): string {
  return codes.map((one) => (one === 'hi' || one === 'en' ? languageLabel(one, say) : one)).join(', ');
}

function Contents({ report, say }: { report: PackageReport; say: Say }) {
  const { t, language } = say;
  const { counts, document } = report;
  const { course, origin, assets } = document;
  const n = (value: number) => formatNumber(value, language);
  const licences = [...new Set(assets.flatMap((asset) => asset.licence ?? []))];
  const audience = course.audience && pick(course.audience, language);
  const from = {
    from: origin.exportedFrom,
    version: origin.version,
    day: formatDay(origin.exportedAt.slice(0, 10), language),
  };
  return (
    <Card title={t('workflow.packageContents')}>
      <SummaryList
        rows={[
          { label: t('workflow.packageCode'), value: course.code },
          { label: t('workflow.packageFrom'), value: t('workflow.packageFromOf', from) },
          { label: t('workflow.packageLanguages'), value: languagesOf(course.languages, say) },
          ...(audience ? [{ label: t('catalogue.authorAudience'), value: audience }] : []),
          ...(course.provider ? [{ label: t('catalogue.authorProvider'), value: course.provider }] : []),
          { label: t('catalogue.authorTags'), value: course.tags.join(', ') || t('common.none') },
          { label: t('workflow.packageModules'), value: n(counts.modules) },
          { label: t('workflow.packageLessons'), value: n(counts.lessons) },
          { label: t('workflow.packageQuestions'), value: n(counts.questions) },
          {
            label: t('workflow.packageFiles'),
            value: t('workflow.packageFilesOf', {
              n: n(counts.assets),
              size: megabytesText(counts.assetBytes),
            }),
          },
          ...(licences.length > 0
            ? [{ label: t('workflow.packageLicences'), value: licences.join('; ') }]
            : []),
        ]}
      />
    </Card>
  );
}

type Line = PackageLesson & { module: string; bytes: number };

function Lessons({ report, say }: { report: PackageReport; say: Say }) {
  const { t, language } = say;
  const { modules, assets } = report.document;
  const bytes = new Map(assets.map((asset) => [asset.path, asset.bytes]));
  const weigh = (lesson: PackageLesson) => {
    const paths = new Set(Object.values(lesson.contents).flatMap(pathsOf));
    return [...paths].reduce((sum, path) => sum + (bytes.get(path) ?? 0), 0);
  };
  const lines = modules.flatMap((module) =>
    module.lessons.map((lesson): Line => {
      const heading = module.title ? pick(module.title, language) : '';
      return { ...lesson, module: heading, bytes: weigh(lesson) };
    }),
  );
  return (
    <DataTable<Line>
      caption={t('workflow.packageLessons')}
      rows={lines}
      rowKey={(line) => line.code}
      columns={[
        {
          key: 'title',
          label: t('catalogue.authorTitle'),
          isRowHeading: true,
          value: (line) => pick(line.title, language),
        },
        ...(report.counts.modules > 0
          ? [
              {
                key: 'module',
                label: t('workflow.packageModules'),
                value: (line: Line) => line.module || '–',
              },
            ]
          : []),
        { key: 'kind', label: t('catalogue.authorKind'), value: (line) => kindLabel(line.kind, say) },
        {
          key: 'questions',
          label: t('workflow.packageQuestions'),
          kind: 'number',
          value: (line) => line.quiz?.questions.length ?? 0,
        },
        {
          key: 'size',
          label: t('workflow.packageFiles'),
          value: (line) => (line.bytes > 0 ? megabytesText(line.bytes) : '–'),
        },
      ]}
    />
  );
}
