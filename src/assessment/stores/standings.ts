import type { Db } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';

export type StandingRow = {
  personId: string;
  courseId: string;
  courseCode: string;
  lessonCode: string;
  titleHi: string | null;
  titleEn: string | null;
  paperId: string;
  submittedAt: Date | null;
  dueAt: Date | null;
  isWaiting: boolean;
  /** Papers that count, and how many may be begun; null: as many as wanted. */
  made: number;
  attempts: number | null;
  /** By the rules under which the newest paper was taken. */
  coolingMinutes: number;
};

// The newest paper of each test in courses that go on. Most people have none; all the homes of a moment ask together.
const query = `select w.person_id as "personId", p.course_id as "courseId", c.code as "courseCode", l.code as "lessonCode", l.title_hi as "titleHi", l.title_en as "titleEn",
    p.paper_id as "paperId", p.submitted_at as "submittedAt", p.due_at as "dueAt", p.waits_for_marker as "isWaiting",
    p.made, (now_in_force.rules ->> 'attempts')::int + (select count(*)::int from extra_attempt x
      where x.person_id = w.person_id and x.enrolment_id = p.enrolment_id and x.lesson_code = l.code) as attempts,
    coalesce((taken_by.rules ->> 'coolingMinutes')::int, 0) as "coolingMinutes"
  from unnest($1::uuid[]) w (person_id)
  cross join lateral (select distinct on (q.course_id, q.blueprint_id) q.*,
      count(*) over (partition by q.course_id, q.blueprint_id)::int as made,
      bool_or(q.is_passed) over (partition by q.course_id, q.blueprint_id) as is_any_passed
    from paper q join enrolment e on e.person_id = q.person_id and e.enrolment_id = q.enrolment_id
      and e.completed_at is null and e.withdrawn_at is null and e.superseded_at is null
    where q.person_id = w.person_id order by q.course_id, q.blueprint_id, q.number desc) p
  join course c on c.course_id = p.course_id
  join lesson l on l.lesson_id = p.lesson_id
  join blueprint b on b.blueprint_id = p.blueprint_id
  join blueprint_version now_in_force on now_in_force.blueprint_id = b.blueprint_id and now_in_force.revision = b.revision
  join blueprint_version taken_by on taken_by.blueprint_id = p.blueprint_id and taken_by.revision = p.blueprint_revision
  where p.is_any_passed is not true`;

const ask = gatheringRows(
  (db: Db, personIds) => db.hot<StandingRow>('test-standings', query, [personIds]),
  (row) => row.personId,
);

/** The tests that a person began in courses that go on, and has not passed. */
export function standingsOf(db: Db, personId: string): Promise<StandingRow[]> {
  return ask(db, personId);
}
