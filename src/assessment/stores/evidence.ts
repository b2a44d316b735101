import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';

export type PassedPaper = {
  courseCode: string;
  titleHi: string | null;
  titleEn: string | null;
  isRetired: boolean;
  /** India day of the result. */
  day: string;
  competencies: string[];
  score: number | null;
};

/**
 * The best passed paper of each test in a course that bears a competency. Where the enrolment was completed, the
 * completion already shows it with this score.
 */
export async function passedPapers(db: Reads, personId: string): Promise<PassedPaper[]> {
  const found =
    await sql<PassedPaper>`select distinct on (p.course_id, p.blueprint_id) c.code as "courseCode", c.title_hi as "titleHi",
      c.title_en as "titleEn", c.state = 'retired' as "isRetired",
      (p.submitted_at at time zone 'Asia/Kolkata')::date as day, c.competencies,
      (p.score / nullif(p.max_score, 0))::float8 as score
    from paper p join course c using (course_id)
    where p.person_id = ${personId} and p.is_passed and not p.waits_for_marker and cardinality(c.competencies) > 0
      and not exists (select 1 from completion co where co.person_id = p.person_id
        and co.enrolment_id = p.enrolment_id and co.voided_at is null)
    order by p.course_id, p.blueprint_id, p.score desc, p.submitted_at limit 1000`.execute(db);
  return found.rows;
}
