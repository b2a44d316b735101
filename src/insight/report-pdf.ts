import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDayTime } from '../kernel/dates.ts';
import { type Language, pick, translator } from '../kernel/i18n.ts';
import { projectRoot } from '../kernel/project-root.ts';
import { renderPdf } from '../kernel/typst.ts';
import { monthBefore } from './as-of.ts';
import type { Figures } from './figures.ts';
import { type Metric, metricRules, metrics } from './metrics.ts';
import { asOfText, figureWords, monthName, officeName, trendLead } from './pages/words.ts';
import { prefaceOf } from './report-table.ts';
import { hasFigures, takenOff } from './table-sums.ts';
import { isRanked, type TrainingReport } from './training-report.ts';

/** The dashboard as a report of a few pages: the same numbers, the definitions at the end. */
export function reportPdf(report: TrainingReport, language: Language, madeAt: Date): Promise<Buffer> {
  return renderPdf(template(), dataOf(report, language, madeAt));
}

let templateText: string | undefined;

function template(): string {
  templateText ??= readFileSync(join(projectRoot(), 'src/insight/training-report.typ'), 'utf8');
  return templateText;
}

const defined = [
  'registered',
  'office_itself',
  'counted_again',
  'signed_in',
  'at_least_one',
  'three_or_more',
  'fewer_than_three',
  'in_training',
  'begun',
  'completions',
  'renewals',
  'learning_minutes',
  'reach',
  'per_head',
  'not_on_roster',
];

function dataOf(report: TrainingReport, language: Language, madeAt: Date) {
  const t = translator(language);
  const [title = '', ...lines] = prefaceOf(report, language);
  const path = report.path.slice(0, -1).map((office) => pick(office.name, language));
  return {
    language,
    title,
    path: path.join(' › '),
    lines,
    stats: statsOf(report, language),
    bands: report.view === 'people' && report.summary.bands.none !== null ? bandsOf(report, language) : null,
    table: tableOf(report, language),
    trend: trendOf(report, language),
    definitionsTitle: t('insight.definitionsTitle'),
    definitions: (metrics as readonly Metric[])
      .filter((metric) => defined.includes(metric.id))
      .map((metric) => ({ name: pick(metric.name, language), text: pick(metric.definition, language) })),
    rules: metricRules.map((rule) => pick(rule, language)),
    footer: t('insight.generatedAt', { when: formatDayTime(madeAt, language) }),
  };
}

function statsOf(report: TrainingReport, language: Language) {
  const t = translator(language);
  const { summary } = report;
  const say = figureWords(language, t('shell.masked'));
  const ofTotal = (part: number | null) =>
    t('insight.ofTotal', {
      total: say.number(summary.registered),
      percent: say.share(part, summary.registered),
    });
  const time = {
    label: `${t('insight.learningTime')} (${t('insight.hours')})`,
    value: say.hours(summary.learningMinutes),
    detail: '',
  };
  if (report.view === 'activity') {
    return [
      { label: t('insight.completions'), value: say.number(summary.completions), detail: '' },
      { label: t('insight.renewals'), value: say.number(summary.renewals), detail: '' },
      time,
    ];
  }
  const signedIn = {
    count: say.number(summary.signedIn),
    percent: say.share(summary.signedIn, summary.registered),
  };
  const perHead = {
    value: say.ratio(summary.completions, summary.registered),
    renewals: say.number(summary.renewals),
  };
  const hours = summary.learningMinutes === null ? null : summary.learningMinutes / 60;
  return [
    {
      label: t('insight.registered'),
      value: say.number(summary.registered),
      detail: t('insight.signedInDetail', signedIn),
    },
    {
      label: t('insight.atLeastOne'),
      value: say.number(summary.atLeastOne),
      detail: ofTotal(summary.atLeastOne),
    },
    {
      label: t('insight.ofWhomThree'),
      value: say.number(summary.threeOrMore),
      detail: ofTotal(summary.threeOrMore),
    },
    {
      label: t('insight.completions'),
      value: say.number(summary.completions),
      detail: t('insight.perHeadDetail', perHead),
    },
    { ...time, detail: t('insight.hoursPerHead', { value: say.ratio(hours, summary.registered) }) },
  ];
}

function bandsOf(report: TrainingReport, language: Language) {
  const t = translator(language);
  const { summary } = report;
  const say = figureWords(language, t('shell.masked'));
  const { none, oneOrTwo, threeOrMore } = summary.bands;
  const counted = {
    count: say.number(summary.fewerThanThree),
    none: say.number(none),
    begun: say.number(summary.begun),
  };
  return {
    title: t('insight.bandsTitle'),
    lead: t('insight.bandsLead', { total: say.number(summary.registered) }),
    parts: [
      { label: t('insight.bandNone'), count: none ?? 0, text: say.number(none) },
      { label: t('insight.bandOneTwo'), count: oneOrTwo ?? 0, text: say.number(oneOrTwo) },
      { label: t('insight.bandThree'), count: threeOrMore ?? 0, text: say.number(threeOrMore) },
    ],
    notes: [
      t('insight.fewerThanThree', counted),
      ...(summary.inTraining ? [t('insight.inTrainingNote', { count: say.number(summary.inTraining) })] : []),
      `${t('insight.outsideTitle')}: ${t('insight.outsideText', { count: say.number(summary.notOnRoster), former: say.number(summary.former) })}`,
    ],
  };
}

function tableOf(report: TrainingReport, language: Language) {
  const t = translator(language);
  const say = figureWords(language, t('shell.masked'));
  const isPeople = report.view === 'people';
  const columns = isPeople
    ? [
        t('insight.place'),
        t('insight.office'),
        t('insight.people'),
        t('insight.reach'),
        t('insight.perHead'),
        t('insight.change'),
      ]
    : ['', t('insight.office'), t('insight.completions'), t('insight.renewals'), t('insight.hoursColumn')];
  const rows = report.children.map((child) => {
    const { line } = child;
    const name = officeName(line.office, language);
    if (!isPeople)
      return [
        '',
        name,
        say.number(line.completions),
        say.number(line.renewals),
        say.hours(line.learningMinutes),
      ];
    const reach = child.reachPercent === null ? '–' : say.share(line.atLeastOne, line.registered);
    const place = isRanked(child) && child.place !== null ? String(child.place) : '–';
    return [
      place,
      name,
      say.number(line.registered),
      reach,
      say.ratio(line.completions, line.registered),
      say.change(child.change) ?? '–',
    ];
  });
  const hasSmall = isPeople && report.children.some((child) => !isRanked(child));
  return {
    title: t('insight.childrenTitle'),
    lead: isPeople
      ? t('insight.childrenLeadPeople', { day: asOfText(monthBefore(report.asOf), language) })
      : t('insight.childrenLeadActivity'),
    columns,
    rows,
    sums: sumsRows(report, language),
    note: hasSmall ? t(report.isExact ? 'insight.childrenSmall' : 'insight.childrenUnranked') : '',
  };
}

/** The rows below the table that make it add up; only counts can be added, so the rest stays blank. */
function sumsRows({ sums, summary, view }: TrainingReport, language: Language): string[][] {
  if (!sums) return [];
  const t = translator(language);
  const say = figureWords(language, '');
  const row = (name: string, figures: Figures) =>
    view === 'people'
      ? ['', name, say.number(figures.registered), '', '', '']
      : [
          '',
          name,
          say.number(figures.completions),
          say.number(figures.renewals),
          say.hours(figures.learningMinutes),
        ];
  const itself = t('insight.itself', { office: officeName(summary.office, language) });
  return [
    ...(hasFigures(sums.itself) ? [row(itself, sums.itself)] : []),
    ...(hasFigures(sums.again) ? [row(t('insight.againRow'), takenOff(sums.again))] : []),
  ];
}

function trendOf(report: TrainingReport, language: Language) {
  const t = translator(language);
  const last = report.trend.at(-1);
  if (!last) return null;
  return {
    title: t('insight.trendTitle'),
    lead: trendLead(report, language),
    months: report.trend.map((month) => ({
      label: monthName(month.month, language, 'short'),
      count: month.completions,
      text: figureWords(language, '').number(month.completions),
      isUnfinished: month.isUnfinished,
    })),
  };
}
