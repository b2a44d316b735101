import { type Language, type MessageKey, pick, translator } from '../../kernel/i18n.ts';
import { columnWord } from '../../kernel/imports/index.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import type { TrailImport, TrailRecord } from './stores/person-trail.ts';

/** The message that says an audited act (`posting.ended`) in words; every action has one. */
export function actKey(action: string): MessageKey {
  return `acts.${action.replaceAll('.', '_')}` as MessageKey;
}

/** What was done, and for an import with which kind of file. */
export function actWord({ action, import: by }: TrailRecord, language: Language): string {
  const t = translator(language);
  const act = t(actKey(action));
  return by ? t('acts.trail_import', { act, kind: t(`imports.kind_${by.kind}` as MessageKey) }) : act;
}

/** Beside an act: what of the person an import changed, and on which merged record it was done. */
export function actDetail(record: TrailRecord, language: Language): string | null {
  const code = record.mergedCode;
  const parts = [
    record.import &&
      (record.action === 'import.undone' ? record.import.fileName : importDetail(record.import, language)),
    code && translator(language)('acts.trail_of', { code }),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') : null;
}

const columnNames: Record<string, string> = { controlling_officer_code: 'controlling_officer' };

function importDetail(by: TrailImport, language: Language): string {
  const t = translator(language);
  const columns = by.columns.map((column) => pick(columnWord(columnNames[column] ?? column), language));
  if (by.changedPostings > 0) columns.push(t('acts.trail_postings'));
  const parts = [
    by.isNewRecord && t('acts.trail_new_record'),
    columns.length > 0 && t('acts.trail_changed', { columns: columns.join(', ') }),
    by.postings > 0 && t('acts.trail_new_posting'),
    by.endedPostings > 0 && t('acts.trail_ended_posting'),
    by.completions > 0 && t('acts.trail_completions', { count: formatNumber(by.completions, language) }),
    by.fileName,
  ];
  return parts.filter(Boolean).join(' · ');
}
