import { integerCell, type ReadEnv, type ReadRow, RowReader, wordList } from '../../kernel/imports/index.ts';

export const programmesColumns = [
  { name: 'programme_code', aliases: ['कार्यक्रम कोड', 'Programme Code'], required: true },
  { name: 'office_code', aliases: ['संस्थान कोड', 'कार्यालय कोड', 'Institute'], required: true },
  { name: 'title_hi', aliases: ['कार्यक्रम का नाम', 'शीर्षक (हिन्दी)'] },
  { name: 'title_en', aliases: ['Programme Name', 'शीर्षक (अंग्रेज़ी)'] },
  { name: 'revised_on', aliases: ['पुनरीक्षण तिथि', 'Revised'], required: true },
  { name: 'in_force_from', aliases: ['लागू तिथि', 'In force from'] },
  { name: 'induction', aliases: ['प्रवेश प्रशिक्षण'] },
  { name: 'course_code', aliases: ['पाठ्यक्रम कोड', 'कोर्स कोड'] },
  { name: 'part', aliases: ['भाग', 'Part'] },
  { name: 'tags', aliases: ['टैग'] },
  { name: 'minutes', aliases: ['मिनट'] },
] as const;

export const programmesStaging = {
  code: 'text',
  office: 'text',
  title_hi: 'text',
  title_en: 'text',
  revised_on: 'date',
  from_day: 'date',
  induction: 'text',
  course_code: 'text',
  part: 'text',
  tags: 'text',
  minutes: 'integer',
} as const;

const inductionWord = wordList({ yes: ['हाँ', 'true', '1', 'y'], no: ['नहीं', 'false', '0', 'n'] });

/** One row: a part of a programme's syllabus. What is said of the programme stands alike in all its rows. */
export function readProgrammes(cells: readonly string[], env: ReadEnv): ReadRow {
  const [code = '', office = '', titleHi = '', titleEn = '', revised = '', from = ''] = cells;
  const [induction = '', course = '', part = '', tags = '', minutes = ''] = cells.slice(6);
  const row = new RowReader(env);
  const programme = row.needed('no_code', code);
  const institute = row.needed('unknown_office', office);
  const revisedOn = row.day('revised_on', revised);
  if (revised === '') row.faults.push('no_revision');
  const fromDay = row.day('in_force_from', from) ?? revisedOn;
  for (const [column, day] of [
    ['revised_on', revisedOn],
    ['in_force_from', fromDay],
  ])
    if (day && day > env.today) row.faults.push(`future_date:${column}`);
  const word = induction === '' ? 'no' : inductionWord(induction);
  if (word === undefined) row.faults.push('unknown_induction');
  if ((course === '') === (part === '')) row.faults.push('part_or_course');
  if (integerCell(minutes) === undefined) row.faults.push('not_a_number:minutes');
  row.refuseLonger(64, { programme_code: code });
  row.refuseLonger(200, { title_hi: titleHi, title_en: titleEn, part, tags });
  return row.row([
    ...[programme, institute, titleHi || null, titleEn || null, revisedOn, fromDay, word ?? null],
    ...[course || null, part || null, tags.toLowerCase() || null, integerCell(minutes) ?? null],
  ]);
}
