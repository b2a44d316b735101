import { type Language, translator } from '../../kernel/i18n.ts';
import { toCsvLine } from '../../kernel/tabular/index.ts';
import type { LeftOut } from './store.ts';

/** Who was left out and why, for a spreadsheet; codes of columns as in every file of ours, reasons in words. */
export function leftOutCsv(rows: LeftOut[], language: Language): string {
  const t = translator(language);
  const head = [
    'reason',
    'certificate_no',
    'course_code',
    'completed_on',
    'employee_code',
    'name_hi',
    'name_en',
  ];
  const lines = rows.map((row) => [
    t(`credentials.leftOut_${row.reason}`),
    row.certificateNo ?? '',
    row.courseCode,
    row.completedDay,
    row.personCode ?? '',
    row.nameHi ?? '',
    row.nameEn ?? '',
  ]);
  return `\uFEFF${[head, ...lines].map(toCsvLine).join('')}`;
}
