import type { FileRow } from '../../demo/department.ts';
import { toCsvLine } from '../../src/kernel/tabular/index.ts';

const hindiHeadings: Record<string, string> = {
  employee_code: 'कर्मचारी कोड',
  name_hi: 'नाम',
  name_en: 'नाम (अंग्रेज़ी)',
  mobile: 'मोबाइल',
  email: 'ईमेल',
  office_code: 'कार्यालय कोड',
  designation: 'पदनाम',
  group: 'समूह',
  cadre: 'संवर्ग',
  posted_on: 'पदस्थापन तिथि',
  course_code: 'पाठ्यक्रम कोड',
  completed_on: 'पूर्ण तिथि',
};

/** A file as offices send them: Hindi headings where they have one, a BOM, spaces and blank lines in between. */
export function csvOf(rows: FileRow[], language: 'hi' | 'en' = 'en'): string {
  const columns = Object.keys(rows[0] ?? {});
  const head = columns.map((name) =>
    language === 'hi' ? (hindiHeadings[name] ?? name) : ` ${name.toUpperCase()} `,
  );
  const lines = rows.map((row, index) => {
    const line = toCsvLine(
      columns.map((name) => (index % 97 === 5 ? ` ${row[name] ?? ''} ` : (row[name] ?? ''))),
    );
    return index % 250 === 100 ? `\r\n${line}` : line;
  });
  return `\ufeff${toCsvLine(head)}${lines.join('')}\r\n`;
}
