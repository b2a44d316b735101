import type { FastifyReply, FastifyRequest } from 'fastify';
import { todayInIndia } from '../../kernel/dates.ts';
import { type Language, pick, translator } from '../../kernel/i18n.ts';
import {
  Button,
  Card,
  DateField,
  FilterBar,
  Grid,
  Notice,
  PageHeading,
  Tabs,
  TrendBars,
} from '../../shell/index.ts';
import { sendPage, WaitingNotice, waitingWork } from '../../shell/site/index.ts';
import type { TrainingReport } from '../training-report.ts';
import { BandsCard } from './bands-card.tsx';
import { ChildrenCard } from './children-card.tsx';
import { NamesCard, NamesNote } from './names-card.tsx';
import { ActivityStrip, PeopleStrip } from './strips.tsx';
import { asOfText, dayRemarks, monthPoint, officeName, trainingHref, trendLead, withQuery } from './words.ts';

/** What the page's parts need: the report, the language, and the day where it is not today. */
export type PartProps = {
  report: TrainingReport;
  language: Language;
  asOfParam?: string;
  showsAll?: boolean;
};

export async function sendTrainingPage(
  request: FastifyRequest,
  reply: FastifyReply,
  report: TrainingReport,
  asked: { asOf?: string; rows?: 'all' },
) {
  const { language } = request.ctx;
  const t = translator(language);
  const today = todayInIndia(request.ctx.clock);
  const asOfParam = report.asOf === today ? undefined : report.asOf;
  const title = t('insight.trainingTitle', { office: officeName(report.summary.office, language) });
  const props: PartProps = { report, language, asOfParam, showsAll: asked.rows === 'all' };
  // Work stands on the home page, not on a day that was looked up or a printed sheet.
  const waiting = asked.asOf || asked.rows ? [] : ((await waitingWork(request.ctx)) ?? []);
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'review',
      asOf: asOfText(report.asOf, language),
      breadcrumbs: breadcrumbsOf(props),
    },
    <>
      <WaitingNotice waiting={waiting} language={language} />
      <Heading {...props} />
      {report.isExact ? null : <Notice>{t('insight.maskedNotice')}</Notice>}
      {dayRemarks({ asked: asked.asOf, asOf: report.asOf, isExact: report.isExact, today }, language).map(
        (text) => (
          <Notice key={text}>{text}</Notice>
        ),
      )}
      <ViewTabs {...props} />
      {report.view === 'people' ? <PeopleStrip {...props} /> : <ActivityStrip {...props} />}
      <Tools {...props} today={today} />
      {report.view === 'people' ? <BandsCard {...props} /> : null}
      {report.isExact ? <Beside {...props} /> : null}
      <ChildrenCard {...props} />
    </>,
  );
}

function breadcrumbsOf({ report, language, asOfParam }: PartProps) {
  // The office itself is the heading just below; on a phone its crumb would be a line of its own.
  return report.path.slice(0, -1).map((office) => ({
    label: pick(office.name, language),
    href: office.mayOpen ? trainingHref(office.code, { asOf: asOfParam }) : undefined,
  }));
}

function Heading({ report, language, asOfParam }: PartProps) {
  const t = translator(language);
  const sheet = `/office/review/${encodeURIComponent(report.summary.office.code)}`;
  const meaning = t(report.view === 'people' ? 'insight.viewPeopleLead' : 'insight.viewActivityLead');
  return (
    <PageHeading
      title={officeName(report.summary.office, language)}
      lead={
        <>
          {t('insight.trainingState')} · {t('insight.asOf', { day: asOfText(report.asOf, language) })} ·{' '}
          {meaning} · <a href="/office/definitions">{t('insight.definitions')}</a>
        </>
      }
      actions={
        <Button variant="secondary" href={withQuery(sheet, { asOf: asOfParam })}>
          {t('review.nav')}
        </Button>
      }
    />
  );
}

function ViewTabs({ report, language, asOfParam }: PartProps) {
  const t = translator(language);
  const href = (view?: string) => trainingHref(report.summary.office.code, { asOf: asOfParam, view });
  return (
    <Tabs
      label={t('insight.views')}
      tabs={[
        { label: t('insight.viewPeople'), href: href(), isActive: report.view === 'people' },
        { label: t('insight.viewActivity'), href: href('activity'), isActive: report.view === 'activity' },
      ]}
    />
  );
}

/** Another day, and the files: below the figures, which come first. */
function Tools({ report, language, asOfParam, today }: PartProps & { today: string }) {
  const t = translator(language);
  const { code } = report.summary.office;
  const view = report.view === 'people' ? undefined : report.view;
  const file = (kind: string) => withQuery(`${trainingHref(code)}.${kind}`, { asOf: asOfParam, view });
  return (
    <div class="report-tools">
      <FilterBar
        action={trainingHref(code)}
        submitLabel={t('insight.show')}
        hidden={{ view }}
        resetHref={asOfParam ? trainingHref(code, { view }) : undefined}
      >
        <DateField name="asOf" label={t('insight.asOfLabel')} value={report.asOf} max={today} />
      </FilterBar>
      <div class="actions">
        <Button variant="secondary" icon="download" href={file('csv')}>
          {t('insight.csv')}
        </Button>
        <Button variant="secondary" icon="download" href={file('xlsx')}>
          {t('insight.excel')}
        </Button>
        <Button variant="secondary" icon="pdf" href={file('pdf')}>
          {t('insight.pdf')}
        </Button>
      </div>
    </div>
  );
}

function Beside(props: PartProps) {
  if (props.report.view === 'activity' || !props.report.mayListPersons)
    return (
      <>
        <TrendCard {...props} />
        <NamesNote {...props} />
      </>
    );
  return (
    <Grid columns="main-side">
      <TrendCard {...props} />
      <NamesCard {...props} />
    </Grid>
  );
}

function TrendCard({ report, language }: PartProps) {
  const t = translator(language);
  const last = report.trend.at(-1);
  if (!last) return null;
  const isEmpty = report.trend.every((month) => month.completions === 0);
  return (
    <Card title={t('insight.trendTitle')} lead={trendLead(report, language)}>
      {isEmpty ? (
        <p class="soft">{t('insight.trendNone')}</p>
      ) : (
        <TrendBars
          label={t('insight.completions')}
          isLastUnfinished={last.isUnfinished}
          points={report.trend.map((month) => ({
            ...monthPoint(month.month, language),
            value: month.completions,
          }))}
        />
      )}
    </Card>
  );
}
