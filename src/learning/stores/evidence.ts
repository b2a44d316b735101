import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';

export type CourseEvidence = {
  completionId: string;
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  isRetired: boolean;
  day: string;
  source: string;
  foreignCertificateNo: string | null;
  /** What the course bears now, and what the version that was completed bore. */
  competencies: string[];
  /** The best passed attempt of this enrolment, 0 to 1. */
  score: number | null;
};

/** Completions of courses that bear a competency, the newest first. */
export async function courseEvidence(db: Reads, personId: string): Promise<CourseEvidence[]> {
  const found =
    await sql<CourseEvidence>`select co.completion_id as "completionId", c.code, c.title_hi as "titleHi",
      c.title_en as "titleEn", c.state = 'retired' as "isRetired", co.completed_day as day, co.source,
      co.foreign_certificate_no as "foreignCertificateNo", c.competencies || bore.tags as competencies, passed.score
    from completion co join course c using (course_id)
      left join course_version v on v.course_version_id = co.course_version_id
      cross join lateral (select array(select jsonb_array_elements_text(
        case when jsonb_typeof(v.details -> 'competencies') = 'array' then v.details -> 'competencies' else '[]' end)) as tags) bore
      left join lateral (select max(q.score / nullif(q.max_score, 0))::float as score from quiz_attempt q
        where q.person_id = co.person_id and q.enrolment_id = co.enrolment_id and q.is_passed) passed on true
    where co.person_id = ${personId} and co.voided_at is null and cardinality(c.competencies || bore.tags) > 0
    order by co.completed_day desc limit 1000`.execute(db);
  return found.rows;
}
