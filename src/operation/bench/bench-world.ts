import { cpus } from 'node:os';
import { sql } from 'kysely';
import { courseInput, createCourse, publishCourse } from '../../catalogue/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Db } from '../../kernel/db.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { digestOf, newId } from '../../kernel/ids.ts';
import { privacyNoticeVersion } from '../../people/index.ts';

/** Somebody who asks: a session's cookie and a token of the same person. */
export type Caller = { personId: string; cookie: string; bearer: string };
export type CourseOfBench = { code: string; courseId: string; versionId: string; lessonId: string };
export type Enrolled = { caller: Caller; enrolmentId: string; course: CourseOfBench };

export type BenchWorld = {
  ctx: Ctx;
  port: number;
  databaseUrl: string;
  folder: string;
  /** In the names of what a run makes: on a database that is measured more than once they would be there already. */
  run: string;
  /** Web processes of the server, one a core. */
  processes: number;
  seconds: number;
  callers: Caller[];
  leader: string;
  /** Sees names. */
  nodal: string;
  textCourse: CourseOfBench;
  quizCourses: CourseOfBench[];
  /** Further such courses, one for each benchmark that takes one away. */
  spareQuizCourses: CourseOfBench[];
  /** Who is enrolled in the text course and has its lesson open, once somebody has needed them. */
  reporters?: Enrolled[];
  /** Courses in which nobody is enrolled. */
  freshCourses: CourseOfBench[];
};

export const cores = cpus().length;
const quizCourseCount = 6;
const freshCourseCount = 10;

/** As many as the smallest size has: more would measure the load generator. */
const mostCallers = 3900;

/** A session and a token for some of the people, spread over all, straight into the tables: signing in is not measured. */
export async function openCallers(db: Db, run: string): Promise<Caller[]> {
  const found = await sql<{
    id: string;
  }>`update person set notice_accepted_at = now(), notice_version = ${privacyNoticeVersion}
    where person_id in (select person_id from person where employee_code like 'GEN%' and account_day is not null
        and exists (select from posting where posting.person_id = person.person_id and ends_on is null)
      order by md5(employee_code) limit ${mostCallers}) returning person_id as id`.execute(db.read);
  const callers = found.rows.map(({ id }, n) => ({
    personId: id,
    cookie: `session=bench-session${run}-${n}`,
    bearer: `Bearer bench-token${run}-${n}`,
  }));
  const people = callers.map((caller) => caller.personId);
  const sessions = callers.map((_, n) => digestOf(`bench-session${run}-${n}`));
  await sql`insert into session (session_digest, session_id, person_id, method, device, idle_minutes, created_at,
      last_seen_at, expires_at)
    select digest, gen_random_uuid(), person_id, 'password', 'bench', 600, now(), now(), now() + interval '1 day'
    from unnest(${sessions}::bytea[], ${people}::uuid[]) as s (digest, person_id)`.execute(db.read);
  const tokens = callers.map((_, n) => digestOf(`bench-token${run}-${n}`));
  await sql`insert into api_token (token_digest, api_token_id, person_id)
    select digest, gen_random_uuid(), person_id
    from unnest(${tokens}::bytea[], ${people}::uuid[]) as t (digest, person_id)`.execute(db.read);
  return callers;
}

/** A token of a role over the whole tree. */
export async function openRole(db: Db, role: 'leader' | 'nodal', run: string): Promise<string> {
  const token = `bench-${role}${run}`;
  await sql`insert into api_token (token_digest, api_token_id, role, office_id)
    select ${digestOf(token)}, ${newId()}::uuid, ${role}, office_id from office where code = 'GEN'`.execute(
    db.read,
  );
  return `Bearer ${token}`;
}

/** A course of one long text, which no report of a benchmark completes. */
export function makeTextCourse(ctx: Ctx, run: string): Promise<CourseOfBench> {
  return makeCourse(ctx, `BENCH-TEXT${run}`, {
    code: 'text',
    kind: 'text',
    title: { hi: 'लंबा पाठ', en: 'A long lesson' },
    body: { hi: `# पाठ\n\n${'एक अनुच्छेद। '.repeat(200)}`, en: `# A lesson\n\n${'A paragraph. '.repeat(200)}` },
    durationMinutes: 60,
    minimumSeconds: 86_400,
  });
}

/** Courses that one right answer completes. */
export async function makeQuizCourses(ctx: Ctx, name: string): Promise<CourseOfBench[]> {
  const made: CourseOfBench[] = [];
  for (let n = 1; n <= quizCourseCount; n += 1) {
    const lesson = {
      code: 'quiz',
      kind: 'quiz',
      title: { hi: 'प्रश्न', en: 'A question' },
      durationMinutes: 5,
      quiz: { questions: [{ code: 'q1', kind: 'numeric', text: { hi: '1 + 1', en: '1 + 1' }, answer: 2 }] },
    };
    made.push(await makeCourse(ctx, `${name}-${n}`, lesson));
  }
  return made;
}

/** Courses for whoever enrols; two of them are kept for lists. */
export async function makeFreshCourses(ctx: Ctx, run: string): Promise<CourseOfBench[]> {
  const made: CourseOfBench[] = [];
  const lesson = {
    code: 'text',
    kind: 'text',
    title: { hi: 'पाठ', en: 'A lesson' },
    body: { hi: 'पाठ', en: 'Text' },
  };
  for (let n = 1; n <= freshCourseCount; n += 1)
    made.push(await makeCourse(ctx, `BENCH-NEW${run}-${n}`, lesson));
  return made;
}

async function makeCourse(ctx: Ctx, code: string, lesson: object): Promise<CourseOfBench> {
  const title = { hi: `मापन पाठ्यक्रम ${code}`, en: `Bench course ${code}` };
  await createCourse(ctx, courseInput.parse({ code, title, tags: ['ai'], lessons: [lesson] }));
  await publishCourse(ctx, code);
  const found = await sql<CourseOfBench>`select c.code, c.course_id as "courseId",
      c.current_version_id as "versionId", l.lesson_id as "lessonId"
    from course c join lesson l on l.course_version_id = c.current_version_id where c.code = ${code}`.execute(
    ctx.db.read,
  );
  const made = found.rows[0];
  if (!made) throw new Error(`the course ${code} was not published`);
  return made;
}

/** Enrols everybody in a course at once, counted as any change of facts. */
export async function enrolAll(ctx: Ctx, callers: Caller[], course: CourseOfBench): Promise<Enrolled[]> {
  const enrolled = callers.map((caller) => ({ caller, enrolmentId: newId(), course }));
  await ctx.db.transaction(async (tx) => {
    await sql`create temporary table bench_person on commit drop as
      select * from unnest(${callers.map((one) => one.personId)}::uuid[], ${enrolled.map((one) => one.enrolmentId)}::uuid[])
        as b (person_id, enrolment_id)`.execute(tx);
    await changeFacts(tx, { table: 'bench_person' }, async () => {
      const { courseId, versionId } = course;
      await sql`insert into enrolment (person_id, enrolment_id, course_id, course_version_id, enrolled_at, enrolled_day,
          last_active_at, lessons_total)
        select person_id, enrolment_id, ${courseId}::uuid, ${versionId}::uuid, now(), ${todayInIndia(ctx.clock)}::date, now(), 1
        from bench_person`.execute(tx);
      await sql`insert into learner_clock (person_id, last_report_at) select person_id, now() from bench_person
        on conflict do nothing`.execute(tx);
    });
  });
  return enrolled;
}
