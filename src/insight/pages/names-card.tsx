import { type MessageKey, translator } from '../../kernel/i18n.ts';
import { Card } from '../../shell/index.ts';
import type { PersonFilter } from '../list-persons.ts';
import type { PartProps } from './training-page.tsx';
import { figureWords, personsHref } from './words.ts';

/** For those who see figures and no names: one line, since there is nothing to do. */
export function NamesNote({ report, language }: PartProps) {
  if (report.mayListPersons) return null;
  return <p class="soft screen-only">{translator(language)('insight.namesHidden')}</p>;
}

/** The ways from a figure to the people behind it, for those who may see names. */
export function NamesCard({ report, language, asOfParam }: PartProps) {
  const t = translator(language);
  const { summary } = report;
  const say = figureWords(language, t('shell.masked'));
  const notSignedIn = (summary.registered ?? 0) - (summary.signedIn ?? 0);
  const lists: { label: MessageKey; show: PersonFilter; count: number | null }[] = [
    { label: 'insight.namesNone', show: 'none', count: summary.bands.none },
    { label: 'insight.namesBegun', show: 'begun', count: summary.begun },
    { label: 'insight.namesFewer', show: 'fewerThanThree', count: summary.fewerThanThree },
    { label: 'insight.namesNotSignedIn', show: 'notSignedIn', count: notSignedIn },
    { label: 'insight.namesOutside', show: 'notOnRoster', count: summary.notOnRoster },
    { label: 'insight.namesAll', show: 'registered', count: summary.registered },
  ];
  return (
    <Card title={t('insight.namesTitle')} lead={t('insight.namesLead')}>
      <ul>
        {lists.map((list) => (
          <li key={list.show}>
            <a href={personsHref(summary.office.code, { show: list.show, asOf: asOfParam })}>
              {t(list.label)}
            </a>
            : <b>{say.number(list.count)}</b>
          </li>
        ))}
      </ul>
    </Card>
  );
}
