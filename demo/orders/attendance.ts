import type { FileRow, GoldenDepartment } from '../department.ts';

type Session = {
  code: string;
  daysAgo: number;
  minutes: number;
  mode: 'residential' | 'classroom' | 'online';
};

/** Seven days in three forms: five residential, one in two parts in a classroom, one in two parts online. */
const sessions: Session[] = [
  ...[45, 44, 43, 42, 41].map((daysAgo, at) => ({
    ...{ code: `R${at + 1}`, daysAgo, minutes: 360 },
    mode: 'residential' as const,
  })),
  { code: 'C1', daysAgo: 30, minutes: 180, mode: 'classroom' },
  { code: 'C2', daysAgo: 30, minutes: 180, mode: 'classroom' },
  { code: 'O1', daysAgo: 16, minutes: 180, mode: 'online' },
  { code: 'O2', daysAgo: 16, minutes: 180, mode: 'online' },
];

/**
 * Who was at the sessions of the seven days, as the institute reports it: the staff of Barabanki and Jhansi, some of
 * whom have all seven days and some none. SW1001 has three and a half, of which the half does not count.
 */
export function attendanceRows({ made }: GoldenDepartment, dayAgo: (days: number) => string): FileRow[] {
  const trainees = made.people.filter(
    ({ isMember, postings, code }) =>
      isMember && code !== 'SW1003' && ['SW-BBK', 'SW-JHS'].includes(postings.at(-1)?.office ?? ''),
  );
  return sessions.flatMap((session, place) =>
    trainees.flatMap(({ code }, at) => {
      const minutes = code === 'SW1001' ? ownMinutes(session) : attended(session, { at, place });
      return minutes === undefined ? [] : [rowOf(session, { code, minutes, day: dayAgo(session.daysAgo) })];
    }),
  );
}

function ownMinutes({ code }: Session): number | undefined {
  return { R1: 360, R2: 360, R3: 200, R4: 0, C1: 180, C2: 150 }[code];
}

/** Every fourth has been everywhere, every third at no session, the others here and there. */
function attended({ minutes }: Session, { at, place }: { at: number; place: number }): number | undefined {
  if (at % 4 === 0) return minutes;
  if (at % 3 === 0) return undefined;
  return (at + place) % 5 === 0 ? 0 : minutes - ((at * place) % 4) * 15;
}

type Attended = { code: string; minutes: number; day: string };

function rowOf({ code: session, minutes: length, mode }: Session, { code, minutes, day }: Attended): FileRow {
  return {
    session_code: `SW-7D-${session}`,
    programme: 'SW-7D',
    title: 'सात दिवसीय क्षमता-निर्माण कार्यक्रम',
    institute_code: 'नमूना-संस्थान',
    ...{ day, minutes: String(length), mode, employee_code: code, minutes_present: String(minutes) },
    status: minutes > 0 ? 'present' : 'absent',
  };
}
