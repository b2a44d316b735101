import { filterKeys } from '../../insight/index.ts';
import { formatDay } from '../../kernel/dates.ts';
import type { ExportKind } from '../../kernel/exports.ts';
import type { Language, MessageKey, Translate } from '../../kernel/i18n.ts';
import { findImportKind } from '../../kernel/imports/index.ts';
import type { Called } from '../call-filters.ts';
import { type Definition, definitionSchema } from '../definition.ts';
import type { Taken } from '../read-taken.ts';
import { definitionText, subjectText } from '../words.ts';

type What = Pick<Taken, 'kind' | 'detail'>;
type Words = { t: Translate; language: Language };

/** The report that a file was of; undefined where it was of none. */
export function definitionTaken({ kind, detail }: What): Definition | undefined {
  return kind === 'report' ? definitionSchema.safeParse({ ...detail, office: '-' }).data : undefined;
}

/** In a line: which report; else which order, area or import, what it was narrowed to, and the day or year that it is of. */
export function takenText(what: What, { called, ...words }: Words & { called: Called }): string {
  const definition = definitionTaken(what);
  if (!definition)
    return [...namesOf(what, words), ...filtersOf(what, words), ...daysOf(what, words)].join(' · ');
  const { language } = words;
  return `${subjectText(definition.subject, language)}: ${definitionText(definition, { language, called })}`;
}

function namesOf({ detail }: What, { t, language }: Words): string[] {
  const { titleHi, titleEn, number, areaHi, areaEn, course, import: imported } = detail;
  const inLanguage = (hi: unknown, en: unknown) => (language === 'hi' ? (hi ?? en) : (en ?? hi));
  const isKind = typeof imported === 'string' && findImportKind(imported) !== undefined;
  return [
    ...[inLanguage(titleHi, titleEn) ?? number, inLanguage(areaHi, areaEn), course].filter(isText),
    ...(isKind ? [t(`imports.kind_${imported}` as MessageKey)] : []),
  ];
}

/** By kind: the filter that its page offers, and what its values are called there. */
const filters: Partial<Record<ExportKind, [name: string, keys: Record<string, MessageKey>]>> = {
  persons: ['state', { posted: 'people.statePosted', former: 'people.stateFormer' }],
  office_persons: ['filter', filterKeys],
  training: ['view', { people: 'insight.viewPeople', activity: 'insight.viewActivity' }],
  order_persons: [
    'status',
    {
      met: 'orders.statusMet',
      metLate: 'orders.statusMetLate',
      open: 'orders.statusOpen',
      overdue: 'orders.statusOverdue',
      exempt: 'orders.statusExempt',
    },
  ],
  statements: ['state', { disputed: 'appraisal.which_disputed', corrected: 'appraisal.which_corrected' }],
  promotion: [
    'state',
    {
      met: 'appraisal.promotion_met',
      open: 'appraisal.promotion_open',
      disputed: 'appraisal.promotion_disputed',
      exempt: 'appraisal.promotion_exempt',
    },
  ],
  certificates_left_out: [
    'batch',
    {
      issue: 'credentials.batchIssue',
      reissue: 'credentials.batchReissue',
      download: 'credentials.batchDownload',
    },
  ],
};

function filtersOf({ kind, detail }: What, { t }: Words): string[] {
  const [name = '', keys = {}] = filters[kind] ?? [];
  const key = keys[String(detail[name])];
  const { group, engagement, isSearch } = detail;
  return [
    ...(key ? [t(key)] : []),
    ...(isText(group) ? [`${t('people.groupField')}: ${t(`people.group_${group}` as MessageKey)}`] : []),
    ...(isText(engagement) ? [t(`people.engagement_${engagement}` as MessageKey)] : []),
    ...(isSearch === true ? [t('reports.takenSearch')] : []),
  ];
}

function daysOf({ detail }: What, { t, language }: Words): string[] {
  const { year, asOf, compareOn } = detail;
  return [
    ...[year].filter(isText),
    ...(isText(asOf) ? [t('reports.asOf', { day: formatDay(asOf, language) })] : []),
    ...(isText(compareOn) ? [t('review.comparedWith', { day: formatDay(compareOn, language) })] : []),
  ];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
