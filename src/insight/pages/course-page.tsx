import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Bilingual, pick, translator } from '../../kernel/i18n.ts';
import { Card, DataTable, Notice, PageHeading, Stat, StatStrip, TrendBars } from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import type { CourseFigures } from '../course-figures.ts';
import { type MetricId, metricOf } from '../metrics.ts';
import { definitionHref } from './strips.tsx';
import { asOfText, figureWords, monthPoint, officeName, withQuery } from './words.ts';

/** What a course has come to: where its learners stand, by month, and at the reader's own offices. */
export function sendCoursePage(request: FastifyRequest, reply: FastifyReply, figures: CourseFigures) {
  const { language } = request.ctx;
  const t = translator(language);
  const { course } = figures;
  const title = pick({ hi: course.titleHi, en: course.titleEn } as Bilingual, language) || course.code;
  const day = asOfText(figures.asOf, language);
  return sendPage(
    request,
    reply,
    {
      title: t('insight.courseFigures'),
      area: 'office',
      activeLink: 'courses',
      asOf: day,
      breadcrumbs: [
        { label: t('insight.courseItsPage'), href: `/courses/${encodeURIComponent(course.code)}` },
      ],
    },
    <>
      <PageHeading
        title={title}
        lead={
          <>
            {t('insight.courseFigures')} · {t('insight.asOf', { day })} ·{' '}
            <a href="/office/definitions">{t('insight.definitions')}</a>
          </>
        }
      />
      {figures.masked ? <Notice>{t('insight.courseMasked')}</Notice> : null}
      <Strip {...{ figures, language }} />
      <Months {...{ figures, language }} />
      <Below {...{ figures, language }} />
    </>,
  );
}

type PartProps = { figures: CourseFigures; language: 'hi' | 'en' };

function Strip({ figures, language }: PartProps) {
  const t = translator(language);
  const say = figureWords(language, t('shell.masked'));
  const stat = (id: MetricId, value: number | null, detail?: string) => (
    <Stat
      key={id}
      label={pick(metricOf(id).name, language)}
      value={value ?? t('shell.masked')}
      detail={detail}
      definitionHref={definitionHref(id)}
    />
  );
  const { enrolled, renewals, learningMinutes } = figures;
  const share = (part: number | null) =>
    enrolled ? t('insight.ofTotal', { total: say.number(enrolled), percent: say.share(part, enrolled) }) : '';
  return (
    <StatStrip>
      {stat('enrolled', enrolled)}
      {stat('not_started', figures.notStarted, share(figures.notStarted))}
      {stat('in_progress', figures.inProgress, share(figures.inProgress))}
      {stat(
        'completed',
        figures.completed,
        [
          share(figures.completed),
          renewals ? t('insight.courseRenewals', { count: say.number(renewals) }) : '',
        ]
          .filter(Boolean)
          .join(' · '),
      )}
      <Stat
        label={pick(metricOf('learning_minutes').name, language)}
        value={say.hours(learningMinutes)}
        unit={learningMinutes === null ? undefined : t('insight.hours')}
        definitionHref={definitionHref('learning_minutes')}
      />
    </StatStrip>
  );
}

function Months({ figures: { months, asOf }, language }: PartProps) {
  const t = translator(language);
  const last = months.at(-1);
  if (!last) return null;
  const isEmpty = months.every((month) => month.completions === 0);
  const unfinished = last.isUnfinished
    ? `; ${t('insight.trendUnfinished', { day: asOfText(asOf, language) })}`
    : '';
  return (
    <Card title={t('insight.courseByMonth')} lead={`${t('insight.courseByMonthLead')}${unfinished}`}>
      {isEmpty ? (
        <p class="soft">{t('insight.courseNone')}</p>
      ) : (
        <TrendBars
          label={pick(metricOf('completed').name, language)}
          isLastUnfinished={last.isUnfinished}
          points={months.map((month) => ({
            ...monthPoint(month.period, language),
            value: month.completions,
          }))}
        />
      )}
    </Card>
  );
}

const firstShown = 30;

function Below({ figures: { office, below, course }, language }: PartProps) {
  const t = translator(language);
  if (!office) return null;
  const name = officeName(office, language);
  const report = withQuery('/office/reports/new', {
    ...{ subject: 'completions', office: office.code, shape: 'figures', g1: 'below', g2: 'month' },
    ...{ m: 'completions', f_course: course.code, show: '1' },
  });
  return (
    <Card title={t('insight.courseBelow', { office: name })} lead={t('insight.courseBelowLead')}>
      {below.length === 0 ? (
        <p class="soft">{t('insight.courseNoneHere')}</p>
      ) : (
        <DataTable
          caption={t('insight.courseBelow', { office: name })}
          isCaptionHidden
          isCompact
          rows={below.slice(0, firstShown)}
          total={below.length}
          rowKey={(row) => row.code}
          columns={[
            {
              key: 'office',
              label: t('insight.office'),
              isRowHeading: true,
              value: (row) =>
                row.code === office.code ? t('insight.courseItself') : officeName(row, language),
            },
            {
              key: 'completions',
              label: pick(metricOf('completed').name, language),
              kind: 'number',
              value: (row) => row.completions,
            },
          ]}
        />
      )}
      <p>
        <a href={report}>{t('insight.courseReport')}</a>
      </p>
    </Card>
  );
}
