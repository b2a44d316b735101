import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';

export type AttendedSession = {
  attendanceId: string;
  code: string;
  programme: string;
  titleHi: string | null;
  titleEn: string | null;
  day: string;
  mode: 'classroom' | 'online' | 'residential';
  institute: string | null;
  minutes: number;
  sessionMinutes: number;
  status: 'present' | 'absent';
};

/** A person's sessions, the newest first. */
export async function attendanceOf(db: Reads, personId: string): Promise<AttendedSession[]> {
  const found =
    await sql<AttendedSession>`select a.attendance_id as "attendanceId", t.code, t.programme_code as programme,
      t.title_hi as "titleHi", t.title_en as "titleEn", t.day, t.mode, t.institute_code as institute, a.minutes,
      t.minutes as "sessionMinutes", a.status
    from attendance a join training_session t using (session_id)
    where a.person_id = ${personId} and a.voided_at is null order by t.day desc, t.code`.execute(db);
  return found.rows;
}
