import { translator } from '../../kernel/i18n.ts';
import { BandsBar, Card } from '../../shell/index.ts';
import { definitionHref } from './strips.tsx';
import type { PartProps } from './training-page.tsx';
import { figureWords, personsHref } from './words.ts';

/** The disjoint bands that add up to the registered, and the published report's wording beneath. */
export function BandsCard(props: PartProps) {
  const { report, language } = props;
  const t = translator(language);
  const { summary } = report;
  const say = figureWords(language, t('shell.masked'));
  const total = say.number(summary.registered);
  if (summary.bands.none === null)
    return (
      <Card title={t('insight.bandsTitle')}>
        <p>{t('insight.maskedBands')}</p>
      </Card>
    );
  return (
    <Card
      title={t('insight.bandsTitle')}
      lead={t('insight.bandsLead', { total })}
      aside={<a href={definitionHref('band_none')}>{t('insight.definitions')}</a>}
    >
      <Bands {...props} />
      {summary.inTraining ? (
        <p class="soft">
          {t('insight.inTrainingNote', { count: say.number(summary.inTraining) })}{' '}
          <a href={definitionHref('in_training')}>{t('shell.definition')}</a>
        </p>
      ) : null}
      <p class="soft">
        <b>{t('insight.outsideTitle')}:</b>{' '}
        {t('insight.outsideText', {
          count: say.number(summary.notOnRoster),
          former: say.number(summary.former),
        })}
      </p>
    </Card>
  );
}

function Bands({ report, language, asOfParam }: PartProps) {
  const t = translator(language);
  const { summary } = report;
  const say = figureWords(language, t('shell.masked'));
  const { none, oneOrTwo, threeOrMore } = summary.bands;
  const names = (show: string) =>
    report.mayListPersons ? personsHref(summary.office.code, { show, asOf: asOfParam }) : undefined;
  return (
    <BandsBar
      label={t('insight.bandsTitle')}
      totalLabel={t('insight.registeredSum')}
      bands={[
        {
          label: t('insight.bandNone'),
          value: none ?? 0,
          note: t('insight.bandNoneNote', { count: say.number(summary.begun) }),
          href: names('none'),
        },
        { label: t('insight.bandOneTwo'), value: oneOrTwo ?? 0, href: names('oneOrTwo') },
        { label: t('insight.bandThree'), value: threeOrMore ?? 0, href: names('threeOrMore') },
      ]}
    >
      {t('insight.fewerThanThree', {
        count: say.number(summary.fewerThanThree),
        none: say.number(none),
        begun: say.number(summary.begun),
      })}
    </BandsBar>
  );
}
