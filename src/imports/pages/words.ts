import { formatDay, isDay } from '../../kernel/dates.ts';
import { type Language, type MessageKey, pick, translator } from '../../kernel/i18n.ts';
import {
  columnWord,
  type ImportRow,
  type ImportState,
  type ImportWarning,
  type SampleFact,
} from '../../kernel/imports/index.ts';
import { formatNumber } from '../../kernel/numbers.ts';

export const kindNames: Record<string, MessageKey> = {
  offices: 'imports.kind_offices',
  courses: 'imports.kind_courses',
  roster: 'imports.kind_roster',
  completions: 'imports.kind_completions',
  service: 'imports.kind_service',
  attendance: 'imports.kind_attendance',
  programmes: 'imports.kind_programmes',
};

export const kindHints: Record<string, MessageKey> = {
  offices: 'imports.kindHint_offices',
  courses: 'imports.kindHint_courses',
  roster: 'imports.kindHint_roster',
  completions: 'imports.kindHint_completions',
  service: 'imports.kindHint_service',
  attendance: 'imports.kindHint_attendance',
  programmes: 'imports.kindHint_programmes',
};

export function kindName(kind: string, language: Language): string {
  const key = kindNames[kind];
  return key ? translator(language)(key) : kind;
}

export function importTitle(row: Pick<ImportRow, 'kind' | 'fileName'>, language: Language): string {
  const t = translator(language);
  const file = row.fileName ?? t('imports.noFileName');
  return t('imports.importTitle', { kind: kindName(row.kind, language), file });
}

export const stateWords: Record<ImportState, MessageKey> = {
  receiving: 'imports.state_receiving',
  received: 'imports.state_received',
  checking: 'imports.state_checking',
  checked: 'imports.state_checked',
  committing: 'imports.state_committing',
  committed: 'imports.state_committed',
  undoing: 'imports.state_undoing',
  undone: 'imports.state_undone',
  failed: 'imports.state_failed',
  discarded: 'imports.state_discarded',
};

export const stateTones: Record<ImportState, 'done' | 'due' | 'overdue' | 'draft' | 'progress' | 'neutral'> =
  {
    receiving: 'progress',
    received: 'progress',
    checking: 'progress',
    checked: 'due',
    committing: 'progress',
    committed: 'done',
    undoing: 'progress',
    undone: 'neutral',
    failed: 'overdue',
    discarded: 'neutral',
  };

const dependentWords: Record<string, MessageKey> = {
  signIn: 'imports.dependent_signIn',
  enrolment: 'imports.dependent_enrolment',
  completion: 'imports.dependent_completion',
  role: 'imports.dependent_role',
  token: 'imports.dependent_token',
  match: 'imports.dependent_match',
  posting: 'imports.dependent_posting',
  merge: 'imports.dependent_merge',
  edit: 'imports.dependent_edit',
  import: 'imports.dependent_import',
  office: 'imports.dependent_office',
  course: 'imports.dependent_course',
  request: 'imports.dependent_request',
  case: 'imports.dependent_case',
  rule: 'imports.dependent_rule',
  file: 'imports.dependent_file',
  collection: 'imports.dependent_collection',
  assignment: 'imports.dependent_assignment',
  competency: 'imports.dependent_competency',
  bank: 'imports.dependent_bank',
  campaign: 'imports.dependent_campaign',
  template: 'imports.dependent_template',
  run: 'imports.dependent_run',
  order: 'imports.dependent_order',
  calendar: 'imports.dependent_calendar',
  programme: 'imports.dependent_programme',
  plan: 'imports.dependent_plan',
  session: 'imports.dependent_session',
  statement: 'imports.dependent_statement',
  report: 'imports.dependent_report',
  review: 'imports.dependent_review',
  certificate: 'imports.dependent_certificate',
  claim: 'imports.dependent_claim',
  attendance: 'imports.dependent_attendance',
  service: 'imports.dependent_service',
  exemption: 'imports.dependent_exemption',
  extension: 'imports.dependent_extension',
  objection: 'imports.dependent_objection',
};

export function dependentWord(kind: string): MessageKey {
  return dependentWords[kind] ?? 'imports.dependent_edit';
}

const warningWords: Record<string, MessageKey> = {
  ignored_mobile: 'imports.warning_ignored_mobile',
  ignored_email: 'imports.warning_ignored_email',
  ignored_language: 'imports.warning_ignored_language',
  unknown_area: 'imports.warning_unknown_area',
  unknown_competency: 'imports.warning_unknown_competency',
  rule_missed: 'imports.warning_rule_missed',
};

/** A warning as a sentence; one that has no words is for programs only. */
export function warningText(
  { code, count, sample = [] }: ImportWarning,
  language: Language,
): string | undefined {
  const key = warningWords[code];
  return (
    key && translator(language)(key, { count: formatNumber(count, language), sample: sample.join(', ') })
  );
}

/** The headings that were not understood, as the file writes them. */
export function unknownHeadingsText(
  { result }: Pick<ImportRow, 'result'>,
  language: Language,
): string | null {
  const headings = result?.unknownHeadings ?? [];
  const quoted = headings.map((heading) => (language === 'hi' ? `“${heading}”` : `"${heading}"`));
  return quoted.length > 0 ? quoted.join(', ') : null;
}

const factWords: Record<string, MessageKey> = {
  permanent: 'imports.word_permanent',
  temporary: 'imports.word_temporary',
  contract: 'imports.word_contract',
  outsourced: 'imports.word_outsourced',
  honorary: 'imports.word_honorary',
  elected: 'imports.word_elected',
  trainee: 'imports.word_trainee',
  regular: 'imports.word_regular',
  additional_charge: 'imports.word_additional_charge',
  deputation: 'imports.word_deputation',
  attached: 'imports.word_attached',
  hi: 'imports.word_hi',
  en: 'imports.word_en',
  ur: 'imports.word_ur',
  A: 'imports.word_A',
  B: 'imports.word_B',
  C: 'imports.word_C',
  D: 'imports.word_D',
};

/** A sample's line of facts ("B → A · contract · 2026-07-01") with its known words and days as people read them. */
export function factText(detail: string, language: Language): string {
  const word = (text: string) => valueText(text, language);
  const parts = detail.split(' · ').map((part) =>
    part
      .split(/( → | – )/)
      .map(word)
      .join(''),
  );
  return parts.join(' · ');
}

/** "पदनाम: लिपिक → प्रधान लिपिक"; a day from which something holds has nothing before it. */
export function factLine({ column, from, to }: SampleFact, language: Language): string {
  const label = pick(columnWord(column), language);
  const text = (value: string | null) => (value === null ? '–' : valueText(value, language));
  if (column === 'group') return `${label}: ${groupLetter(from, language)} → ${groupLetter(to, language)}`;
  if (column === 'changed_from') return `${label}: ${text(to)}`;
  return `${label}: ${text(from)} → ${text(to)}`;
}

/** Beside the word "group" its letter alone: "समूह: ग → ख". */
function groupLetter(group: string | null, language: Language): string {
  return group && factWords[group]
    ? translator(language)(`people.group_${group}` as MessageKey)
    : (group ?? '–');
}

function valueText(text: string, language: Language): string {
  const key = factWords[text];
  if (key) return translator(language)(key);
  return isDay(text) ? formatDay(text, language) : text;
}
