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
  const say = figureWords(language, t('shell.masked'));
  const told = (value: number | null, detail: string) => (value === null ? t('shell.masked') : detail);
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
        value={summary.registered}
        href={names('registered')}
        detail={told(
          summary.registered,
          t('insight.signedInDetail', {
            count: say.number(summary.signedIn),
            percent: say.share(summary.signedIn, summary.registered),
          }),
        )}
        definitionHref={definitionHref('registered')}
      />
      <Stat
        label={t('insight.atLeastOne')}
        value={summary.atLeastOne}
        href={names('atLeastOne')}
        detail={told(summary.atLeastOne, ofTotal(summary.atLeastOne))}
        definitionHref={definitionHref('at_least_one')}
      />
      <Stat
        label={t('insight.ofWhomThree')}
        value={summary.threeOrMore}
        href={names('threeOrMore')}
        detail={told(summary.threeOrMore, ofTotal(summary.threeOrMore))}
        definitionHref={definitionHref('three_or_more')}
      />
      <Stat
        label={t('insight.completions')}
        value={summary.completions}
        detail={told(
          summary.completions,
          t('insight.perHeadDetail', {
            value: say.ratio(summary.completions, summary.registered),
            renewals: say.number(summary.renewals),
          }),
        )}
        definitionHref={definitionHref('completions')}
      />
      <TimeStat {...{ report, language }} />
    </StatStrip>
  );
}

function TimeStat({ report, language }: PartProps) {
  const t = translator(language);
  const { learningMinutes, registered } = report.summary;
  const say = figureWords(language, t('shell.masked'));
  const hours = learningMinutes === null ? null : learningMinutes / 60;
  const detail =
    report.view === 'people'
      ? t('insight.hoursPerHead', { value: say.ratio(hours, registered) })
      : t('insight.activityDetail');
  return (
    <Stat
      label={t('insight.learningTime')}
      value={learningMinutes === null ? null : say.hours(learningMinutes)}
      unit={learningMinutes === null ? undefined : t('insight.hours')}
      detail={learningMinutes === null ? t('shell.masked') : detail}
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
        value={summary.completions}
        detail={t(summary.completions === null ? 'shell.masked' : 'insight.activityDetail')}
        definitionHref={definitionHref('completions')}
      />
      <Stat
        label={t('insight.renewals')}
        value={summary.renewals}
        detail={t(summary.renewals === null ? 'shell.masked' : 'insight.renewalsDetail')}
        definitionHref={definitionHref('renewals')}
      />
      <TimeStat {...{ report, language }} />
    </StatStrip>
  );
}
