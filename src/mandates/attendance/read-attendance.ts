import { type ReadEnv, type ReadRow, RowReader, wordList } from '../../kernel/imports/index.ts';

export const attendanceColumns = [
  { name: 'session_code', aliases: ['सत्र कोड', 'Session'], required: true },
  { name: 'programme', aliases: ['कार्यक्रम कोड', 'Programme Code'] },
  { name: 'title', aliases: ['कार्यक्रम का नाम', 'Programme Name'] },
  { name: 'day', aliases: ['दिनांक', 'तिथि', 'Date'] },
  { name: 'minutes', aliases: ['सत्र के मिनट', 'Session minutes'] },
  { name: 'mode', aliases: ['माध्यम'] },
  { name: 'institute_code', aliases: ['संस्थान कोड', 'Institute'] },
  { name: 'employee_code', aliases: ['कर्मचारी कोड', 'कार्मिक कोड', 'eHRMS Id', 'eHRMS Code'], required: true },
  { name: 'issuer', aliases: ['जारीकर्ता', 'कोड जारीकर्ता'] },
  { name: 'minutes_present', aliases: ['उपस्थित मिनट', 'Minutes attended'] },
  { name: 'status', aliases: ['उपस्थिति', 'Attendance'] },
  { name: 'course_code', aliases: ['पाठ्यक्रम कोड', 'कोर्स कोड'] },
] as const;

export const attendanceStaging = {
  session_code: 'text',
  programme: 'text',
  title: 'text',
  day: 'date',
  session_minutes: 'integer',
  mode: 'text',
  institute: 'text',
  code: 'text',
  issuer: 'text',
  minutes: 'integer',
  status: 'text',
  course_code: 'text',
} as const;

const modeWord = wordList({
  classroom: ['कक्षा', 'class', 'offline'],
  online: ['ऑनलाइन', 'आनलाइन'],
  residential: ['आवासीय'],
});
const statusWord = wordList({
  present: ['उपस्थित', 'p', 'yes', 'हाँ', '1'],
  absent: ['अनुपस्थित', 'a', 'no', 'नहीं', '0'],
});

/**
 * One row: a person at a session. What describes the session may stand in one of its rows alone, or in none
 * where the session is known. An empty status is presence, unless no minute was attended.
 */
export function readAttendance(cells: readonly string[], env: ReadEnv): ReadRow {
  const [session = '', programme = '', title = '', on = '', length = '', mode = ''] = cells;
  const [institute = '', code = '', issuer = '', present = '', status = '', course = ''] = cells.slice(6);
  const row = new RowReader(env);
  const sessionCode = row.needed('no_session', session);
  const day = row.day('day', on);
  if (day !== null && day > env.today) row.faults.push('future_date:day');
  const sessionMinutes = row.count('minutes', length);
  if (sessionMinutes !== null && (sessionMinutes === 0 || sessionMinutes > 1440))
    row.faults.push('no_minutes');
  const knownMode = mode === '' ? null : modeWord(mode);
  if (knownMode === undefined) row.faults.push('unknown_mode');
  const employee = row.needed('no_code', code);
  const minutes = row.count('minutes_present', present);
  const known = status === '' ? (minutes === 0 ? 'absent' : 'present') : statusWord(status);
  if (known === undefined) row.faults.push('unknown_status');
  row.refuseLonger(300, {
    session_code: session,
    programme,
    title,
    institute_code: institute,
    employee_code: code,
  });
  return row.row([
    ...[sessionCode, programme || null, title || null, day, sessionMinutes, knownMode ?? null],
    ...[institute || null, employee, issuer.toUpperCase() || 'EHRMS'],
    ...[known === 'absent' ? 0 : minutes, known ?? null, course || null],
  ]);
}
