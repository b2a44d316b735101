import { formatDay, isDay } from '../../kernel/dates.ts';
import { type Language, type MessageKey, translator } from '../../kernel/i18n.ts';

const stepWords: Record<string, MessageKey> = {
  form_distributed: 'appraisal.step_form',
  form: 'appraisal.step_form',
  hierarchy_and_form: 'appraisal.step_hierarchy',
  workflow_generated: 'appraisal.step_workflow',
  self_appraisal: 'appraisal.step_self',
  reporting: 'appraisal.step_reporting',
  reviewing: 'appraisal.step_reviewing',
  accepting: 'appraisal.step_accepting',
  disclosure: 'appraisal.step_disclosure',
  disclosure_no_accepting: 'appraisal.step_disclosureNoAccepting',
  disclosure_with_accepting: 'appraisal.step_disclosureWithAccepting',
  representation: 'appraisal.step_representation',
  representation_forwarded_no_accepting: 'appraisal.step_forwardedNoAccepting',
  representation_forwarded_with_accepting: 'appraisal.step_forwardedWithAccepting',
  representation_disposed: 'appraisal.step_disposed',
  decision_communicated: 'appraisal.step_communicated',
  communicated: 'appraisal.step_communicated',
  end: 'appraisal.step_end',
};

/** A step of the appraisal in words; one that no known calendar has stands as it is written. */
export function stepName(step: string, language: Language): string {
  const key = stepWords[step];
  return key ? translator(language)(key) : step;
}

/** A calendar that is publicly known has a name; one of an office's own is what it was called. */
export function calendarName(code: string, language: Language): string {
  const key = calendarWords[code];
  return key ? translator(language)(key) : code;
}

const calendarWords: Record<string, MessageKey> = {
  central_apar: 'appraisal.calendar_central_apar',
  up_acr_2024_25: 'appraisal.calendar_up_acr_2024_25',
  up_acr_2022_23: 'appraisal.calendar_up_acr_2022_23',
  hp_apar_2023_24: 'appraisal.calendar_hp_apar_2023_24',
  railways_2024_25_extended: 'appraisal.calendar_railways_2024_25_extended',
};

// A sentence of the reference, which is in English alone.
const ruleOfRailways = 'rule: 30 days or 2025-12-15, the later';

/** A note such as "auto_forward: 05-16" in words; what is none of these stands as it is. */
export function noteText(note: string, language: Language): string {
  const t = translator(language);
  return note
    .replace(ruleOfRailways, 'railways')
    .split(', ')
    .map((part) => {
      const [name = '', value = ''] = part.split(': ');
      const day = monthDay(value, language);
      if (name === 'auto_forward')
        return value === 'true' ? t('appraisal.stepAutoForwardOn') : t('appraisal.stepAutoForward', { day });
      if (name === 'auto_close') return t('appraisal.stepAutoClose', { day });
      if (name === 'days_from_disclosure') return t('appraisal.stepDaysFrom', { days: value });
      if (name === 'days_from_receipt') return t('appraisal.stepDaysFromReceipt', { days: value });
      if (part === 'railways') return t('appraisal.stepRailways');
      if (name.startsWith('extended'))
        return t('appraisal.stepExtendedIn', { day, year: name.replace('extended_', '') });
      return monthDay(part, language);
    })
    .join(', ');
}

const sourceWords: [string, MessageKey][] = [
  ['DoPT OM F.No.21011/10/2025 PP(A-II), 9 Apr 2025 (from reporting year 2024-25)', 'appraisal.sourceOm2025'],
  [
    'rows after reviewing are from the earlier OM 21011/01/2005-Estt.(A)(Pt.II), 23 Jul 2009',
    'appraisal.sourceOm2009',
  ],
  ['the 2025 values of these rows were not visible', 'appraisal.sourceNotSeen'],
  ['GO of 17 Jan 2025, Karmik Anubhag-5, as reported', 'appraisal.sourceGo2025'],
  ['extension:', 'appraisal.sourceExtension'],
];

/** Where a known calendar comes from: what its source says in words, and the address as it is. */
export function sourceText(source: string, language: Language): string {
  const t = translator(language);
  const inWords = (text: string, [english, key]: [string, MessageKey]) =>
    text.replace(english, english.endsWith(':') ? `${t(key)}:` : t(key));
  return sourceWords.reduce(inWords, source);
}

/** "05-16" as a day of any year: 16 May. */
function monthDay(text: string, language: Language): string {
  const [day, next] = text.split(' (next year)');
  if (day && next === '')
    return translator(language)('appraisal.stepNextYear', { day: monthDay(day, language) });
  if (isDay(text)) return formatDay(text, language);
  return isDay(`2024-${text}`) ? formatDay(`2024-${text}`, language).replace(/ 2024$/, '') : text;
}
