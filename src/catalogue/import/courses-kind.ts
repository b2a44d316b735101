import {
  type ImportKind,
  type ReadEnv,
  type ReadRow,
  RowReader,
  wordList,
} from '../../kernel/imports/index.ts';
import { withinOffices } from '../../organisations/index.ts';
import { applyCourses } from './apply-courses.ts';
import { compareCourses } from './compare-courses.ts';
import { courseFaults } from './faults.ts';
import { courseDependents, takeBackCourses } from './undo-courses.ts';

// An imported course is published at once, and its minutes count: an author alone may not.
const roles: readonly string[] = ['publisher', 'operator'];

/** Courses as INTERFACES lists them: published, counted, and played only where they have lessons here. */
export const coursesKind: ImportKind = {
  name: 'courses',
  columns: [
    { name: 'course_code', aliases: ['पाठ्यक्रम कोड', 'कोर्स कोड', 'Course ID', 'Content ID'], required: true },
    { name: 'title_hi', aliases: ['शीर्षक', 'पाठ्यक्रम का नाम', 'Title (Hindi)'], required: true },
    { name: 'title_en', aliases: ['शीर्षक (अंग्रेज़ी)', 'Course Name', 'Title', 'Title (English)'] },
    {
      name: 'duration_minutes',
      aliases: ['अवधि (मिनट)', 'Duration (minutes)', 'Duration in minutes'],
      required: true,
    },
    { name: 'language', aliases: ['भाषा', 'languages'] },
    { name: 'tags', aliases: ['टैग', 'Keywords'] },
    { name: 'competencies', aliases: ['दक्षताएँ', 'competency'] },
    { name: 'provider', aliases: ['प्रदाता', 'Provider Name', 'Content Provider'] },
  ],
  staging: {
    code: 'text',
    title_hi: 'text',
    title_en: 'text',
    minutes: 'integer',
    languages: 'text[]',
    tags: 'text[]',
    competencies: 'text[]',
    provider: 'text',
  },
  faults: courseFaults,
  read: readCourse,
  ...withinOffices(roles),
  compare: compareCourses,
  apply: applyCourses,
  dependents: courseDependents,
  takeBack: takeBackCourses,
};

const languageWord = wordList({
  hi: ['hindi', 'हिन्दी', 'हिंदी'],
  en: ['english', 'अंग्रेज़ी', 'अंग्रेजी', 'इंग्लिश'],
  ur: ['urdu', 'उर्दू'],
  bn: ['bengali', 'बांग्ला'],
  mr: ['marathi', 'मराठी'],
  gu: ['gujarati', 'गुजराती'],
  pa: ['punjabi', 'पंजाबी'],
  ta: ['tamil', 'तमिल'],
  te: ['telugu', 'तेलुगु'],
  kn: ['kannada', 'कन्नड़'],
  ml: ['malayalam', 'मलयालम'],
  or: ['odia', 'ओड़िया'],
  as: ['assamese', 'असमिया'],
});

function readCourse(cells: readonly string[], env: ReadEnv): ReadRow {
  const [
    code = '',
    titleHi = '',
    titleEn = '',
    duration = '',
    language = '',
    tags = '',
    skills = '',
    provider = '',
  ] = cells;
  const row = new RowReader(env);
  const values = [row.needed('no_code', code), row.needed('no_name', titleHi)];
  // An empty cell is no number here either: a course has a duration.
  const minutes = row.count('duration_minutes', duration || '?');
  if (minutes === 0) row.faults.push('no_duration');
  row.refuseLonger(1000, { course_code: code, title_hi: titleHi, title_en: titleEn, provider });
  return row.row([
    ...values,
    titleEn || null,
    minutes,
    arrayText(list(language).map((word) => languageWord(word) ?? word.toLowerCase())),
    arrayText(list(tags).map((tag) => tag.toLowerCase())),
    arrayText(list(skills)),
    provider || null,
  ]);
}

function list(cell: string): string[] {
  const parts = cell.split(/[;|,]/).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}

/** PostgreSQL's text form of an array; an empty cell leaves what is known. */
function arrayText(parts: string[]): string | null {
  if (parts.length === 0) return null;
  return `{${parts.map((part) => `"${part.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
