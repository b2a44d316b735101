import { sql } from 'kysely';
import { classDimensions, periodDimensions } from './classes.ts';
import { personColumns } from './columns.ts';
import { counted, minutes } from './measures.ts';
import { membersSql } from './people.ts';
import { placeDimensions } from './places.ts';
import { inRange } from './range.ts';
import type { Dimension, RowsWish, Sql, Subject } from './subject.ts';

const programme: Dimension = {
  id: 'programme',
  name: { hi: 'कार्यक्रम', en: 'Programme' },
  key: sql.ref('r.programme_code'),
  names: sql`select programme_code as id, programme_code as code, (array_agg(title_hi order by day desc, code))[1] as hi,
      (array_agg(title_en order by day desc, code))[1] as en
    from training_session where voided_at is null group by programme_code`,
  hasCode: true,
  said: sql`select programme_code as value, title_hi as hi, title_en as en from training_session where voided_at is null`,
  filter: (codes) => sql`r.programme_code = any(${codes}::text[])`,
};
const institute: Dimension = {
  id: 'institute',
  name: { hi: 'संस्थान', en: 'Institute' },
  key: sql.ref('r.institute_code'),
  none: { hi: 'दर्ज नहीं', en: 'Not entered' },
};
const mode: Dimension = {
  id: 'mode',
  name: { hi: 'माध्यम', en: 'Mode' },
  key: sql.ref('r.mode'),
  words: {
    classroom: { hi: 'कक्षा', en: 'Classroom' },
    online: { hi: 'ऑनलाइन', en: 'Online' },
    residential: { hi: 'आवासीय', en: 'Residential' },
  },
  filter: (values) => sql`r.mode = any(${values}::text[])`,
};
const presence: Dimension = {
  id: 'presence',
  name: { hi: 'उपस्थिति', en: 'Presence' },
  key: sql.ref('r.status'),
  words: { present: { hi: 'उपस्थित', en: 'Present' }, absent: { hi: 'अनुपस्थित', en: 'Absent' } },
  filter: (values) => sql`r.status = any(${values}::text[])`,
};

/** Who was present at which session of a programme, of those on the roster of the day. */
export const attendance: Subject = {
  id: 'attendance',
  name: { hi: 'कक्षा उपस्थिति', en: 'Attendance' },
  lead: {
    hi: 'उस दिन के रोस्टर के कार्मिकों की सत्रवार उपस्थिति, चाहे वे तब कहीं भी पदस्थ रहे हों।',
    en: 'Attendance by session of those on the roster of that day, wherever they were posted then.',
  },
  dimensions: [
    ...placeDimensions,
    ...classDimensions,
    programme,
    institute,
    mode,
    presence,
    ...periodDimensions,
  ],
  columns: [
    ...personColumns.filter(({ id }) => !['joinedOn', 'retiresOn'].includes(id)),
    { id: 'session', name: { hi: 'सत्र', en: 'Session' }, type: 'text', sql: sql`r.session_code` },
    { id: 'heldOn', name: { hi: 'तिथि', en: 'Day' }, type: 'day', sql: sql`r.day` },
    {
      id: 'minutes',
      name: { hi: 'उपस्थिति (मिनट)', en: 'Attended (minutes)' },
      type: 'number',
      sql: sql`r.minutes`,
    },
  ],
  measures: [
    counted('sessions_attended'),
    counted('sessions_missed'),
    minutes('attended_minutes', 'attended_minutes'),
  ],
  sums: {
    sessions_attended: { sql: sql`count(*) filter (where r.status = 'present')` },
    sessions_missed: { sql: sql`count(*) filter (where r.status = 'absent')` },
    attended_minutes: { sql: sql`coalesce(sum(r.minutes) filter (where r.status = 'present'), 0)` },
  },
  isAboutPersons: true,
  hasPeriod: true,
  isSplit: true,
  listKey: 'person_id',
  rows: attendanceRows,
};

function attendanceRows(wish: RowsWish): Sql {
  const { asOf, from, range } = wish;
  return sql`select m.*, a.minutes, a.status, a.attendance_id, t.code as session_code, t.programme_code,
      t.institute_code, t.mode, t.day, t.course_id
    from (${membersSql(wish)}) m join attendance a on a.person_id = m.person_id
      join training_session t on t.session_id = a.session_id
    where a.voided_at is null and t.voided_at is null and t.day <= ${asOf}::date
      ${from ? sql`and t.day >= ${from}::date` : sql``} and ${inRange('a', range)}`;
}
