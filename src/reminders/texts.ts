import type { Config } from '../kernel/config.ts';
import { formatDay } from '../kernel/dates.ts';
import { type Language, pick, translator } from '../kernel/i18n.ts';
import { formatNumber } from '../kernel/numbers.ts';
import type { DigestLine } from './stores/digests.ts';

export type Named = { nameHi: string | null; nameEn: string | null; language: string };

/** The language that a person reads; Hindi where none of ours was chosen. */
export function languageOf({ language }: Pick<Named, 'language'>): Language {
  return language === 'en' ? 'en' : 'hi';
}

export function titleOf(
  line: Pick<DigestLine, 'titleHi' | 'titleEn' | 'number'>,
  language: Language,
): string {
  return pick({ hi: line.titleHi, en: line.titleEn }, language) || line.number;
}

type Mail = { to: Named; lines: DigestLine[]; digestId: string; config: Pick<Config, 'baseUrl'> };

/** Subject and text of a digest; days are named, never counted, so that a late mail is still true. */
export function mailText({ to, lines, digestId, config }: Mail): { subject: string; text: string } {
  const language = languageOf(to);
  const t = translator(language);
  const own = lines.filter((line) => line.audience === 'person');
  const team = lines.filter((line) => line.audience === 'officer');
  const n = (value: number) => formatNumber(value, language);
  const parts = [t('reminders.mailHello', { name: nameIn(to, language) }), ''];
  if (own.length > 0) {
    parts.push(t('reminders.mailOwn'));
    for (const line of own)
      parts.push(
        t('reminders.mailLine', { title: titleOf(line, language), day: formatDay(line.dueOn, language) }),
      );
    parts.push('', t('reminders.mailHow'), `${config.baseUrl}/orders`, '');
  }
  if (team.length > 0) {
    parts.push(t('reminders.mailTeam'));
    for (const line of team)
      parts.push(t('reminders.mailTeamLine', { title: titleOf(line, language), n: n(line.people) }));
    parts.push('', t('reminders.mailTeamHow'), `${config.baseUrl}/reminders/${digestId}`, '');
  }
  parts.push(t('reminders.mailFoot'));
  const subject = own.length > 0 ? t('reminders.mailSubject') : t('reminders.mailSubjectTeam');
  return { subject, text: parts.join('\n') };
}

type Sms = {
  to: Named[];
  orders: string[];
  dueOn: string;
  language: Language;
  config: Pick<Config, 'baseUrl'>;
};
// A value of a DLT template has thirty characters at most.
const mostCharacters = 30;

/** The words of the DLT template, filled in: who shares the number is named together. */
export function smsText({ to, orders, dueOn, language, config }: Sms): string {
  const names = to.map((one) => nameIn(one, language));
  const [title = '', ...more] = [...new Set(orders)];
  const others = more.length > 0 ? ` +${formatNumber(more.length, language)}` : '';
  return translator(language)('reminders.sms', {
    names: shortened(names.join(', '), mostCharacters),
    order: `${shortened(title, mostCharacters - others.length)}${others}`,
    day: formatDay(dueOn, language),
    url: config.baseUrl,
  });
}

const signs = new Intl.Segmenter('hi');

/** Between two signs as people see them, so that no vowel sign is torn off. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = [...signs.segment(text)].findLast(({ index }) => index < most)?.index;
  return `${text.slice(0, end).trimEnd()}…`;
}

function nameIn(one: Named, language: Language): string {
  return pick({ hi: one.nameHi, en: one.nameEn }, language);
}
