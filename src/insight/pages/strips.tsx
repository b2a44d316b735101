import { translator } from '../../kernel/i18n.ts';
import { Stat, StatStrip } from '../../shell/index.ts';
import type { MetricId } from '../metrics.ts';
import type { PartProps } from './training-page.tsx';
import { figureWords, personsHref } from './words.ts';

export function definitionHref(id: MetricId): string {
  return `/office/definitions#${id}`;
}

/** The published report's headline figures, each with what it is of. */
export function PeopleStrip({ report, language, asOfParam }: PartProps) {
  const t = translator(language);
  const { summary } = report;
  const say = figureWords(language, t('insight.maskedValue'));
  const shown = (value: number | null) => value ?? t('insight.maskedValue');
  const ofTotal = (part: number | null) =>
    t('insight.ofTotal', {
      total: say.number(summary.registered),
      percent: say.share(part, summary.registered),
    });
  const names = (show: string) =>
    report.mayListPersons ? personsHref(summary.office.code, { show, asOf: asOfParam }) : undefined;
  return (
    <StatStrip>
      <Stat
        label={t('insight.registered')}
        value={shown(summary.registered)}
        href={names('registered')}
        detail={t('insight.signedInDetail', {
          count: say.number(summary.signedIn),
          percent: say.share(summary.signedIn, summary.registered),
        })}
        definitionHref={definitionHref('registered')}
      />
      <Stat
        label={t('insight.atLeastOne')}
        value={shown(summary.atLeastOne)}
        href={names('atLeastOne')}
        detail={ofTotal(summary.atLeastOne)}
        definitionHref={definitionHref('at_least_one')}
      />
      <Stat
        label={t('insight.ofWhomThree')}
        value={shown(summary.threeOrMore)}
        href={names('threeOrMore')}
        detail={ofTotal(summary.threeOrMore)}
        definitionHref={definitionHref('three_or_more')}
      />
      <Stat
        label={t('insight.completions')}
        value={shown(summary.completions)}
        detail={t('insight.perHeadDetail', {
          value: say.ratio(summary.completions, summary.registered),
          renewals: say.number(summary.renewals),
        })}
        definitionHref={definitionHref('completions')}
      />
      <TimeStat {...{ report, language }} />
    </StatStrip>
  );
}

function TimeStat({ report, language }: PartProps) {
  const t = translator(language);
  const { learningMinutes, registered } = report.summary;
  const say = figureWords(language, t('insight.maskedValue'));
  const hours = learningMinutes === null ? null : learningMinutes / 60;
  return (
    <Stat
      label={t('insight.learningTime')}
      value={say.hours(learningMinutes)}
      unit={t('insight.hours')}
      detail={
        report.view === 'people'
          ? t('insight.hoursPerHead', { value: say.ratio(hours, registered) })
          : t('insight.activityDetail')
      }
      definitionHref={definitionHref('learning_minutes')}
    />
  );
}

/** The activity view has no roster, so no percentages. */
export function ActivityStrip({ report, language }: PartProps) {
  const t = translator(language);
  const { summary } = report;
  return (
    <StatStrip>
      <Stat
        label={t('insight.completions')}
        value={summary.completions ?? t('insight.maskedValue')}
        detail={t('insight.activityDetail')}
        definitionHref={definitionHref('completions')}
      />
      <Stat
        label={t('insight.renewals')}
        value={summary.renewals ?? t('insight.maskedValue')}
        detail={t('insight.renewalsDetail')}
        definitionHref={definitionHref('renewals')}
      />
      <TimeStat {...{ report, language }} />
    </StatStrip>
  );
}
