import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import { type Db, hot } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';

/** One thing that a person did: a course, an accepted claim, a session, a paper. */
export type DoneItem = {
  kind: 'course' | 'claim' | 'session' | 'paper';
  itemId: string;
  code: string | null;
  titleHi: string | null;
  titleEn: string | null;
  tags: string[];
  day: Day;
  minutes: number;
};

/** What may count for orders, of one person, by day; as recorded by an instant where one is given. */
export function itemsOfPerson(db: Pick<Db, 'read'>, personId: string, until?: Date): Promise<DoneItem[]> {
  return until ? itemsOf(db, [personId], until) : askItems(db, personId);
}

type PersonsItem = DoneItem & { personId: string };

/** The homes of one moment ask together. */
const askItems = gatheringRows(
  (db: Pick<Db, 'read'>, personIds) => itemsOf(db, personIds),
  (row: PersonsItem) => row.personId,
);

async function itemsOf(db: Pick<Db, 'read'>, personIds: string[], until?: Date): Promise<PersonsItem[]> {
  const live = (table: string) =>
    until
      ? sql`${sql.id(table)}.recorded_at <= ${until} and (${sql.id(table)}.voided_at is null or ${sql.id(table)}.voided_at > ${until})`
      : sql`${sql.id(table)}.voided_at is null`;
  const decided = until ? sql`and decided_at <= ${until}` : sql``;
  const submitted = until ? sql`and submitted_at <= ${until}` : sql``;
  const found =
    await sql<PersonsItem>`${hot}select person_id as "personId", 'course' as kind, course_id as "itemId", code, title_hi as "titleHi", title_en as "titleEn", tags, completed_day as day, minutes
      from completion join course using (course_id) where person_id = any(${personIds}::uuid[]) and ${live('completion')}
    union all
    select person_id, 'claim', coalesce(claim.course_id, claim_id), code, course_title, null, coalesce(tags, topics, '{}'), completed_on, minutes
      from claim left join course using (course_id)
      where person_id = any(${personIds}::uuid[]) and claim.state = 'accepted' and ${live('claim')} ${decided}
    union all
    select person_id, 'session', coalesce(training_session.course_id, session_id), course.code,
        training_session.title_hi, training_session.title_en, coalesce(tags, '{}'), day,
        attendance.minutes
      from attendance join training_session using (session_id) left join course on course.course_id = training_session.course_id
      where person_id = any(${personIds}::uuid[]) and status = 'present' and ${live('attendance')}
    union all
    select person_id, 'paper', blueprint_id, blueprint.code, blueprint.title_hi, blueprint.title_en, '{}', (submitted_at at time zone 'Asia/Kolkata')::date, 0
      from paper join blueprint using (blueprint_id) where person_id = any(${personIds}::uuid[]) and is_passed ${submitted}
    order by day, kind`.execute(db.read);
  return found.rows;
}

type OpenCourse = { code: string; titleHi: string | null; titleEn: string | null };
type OpenRule = { tag?: string; of?: string[] };

/** Courses that would still count: published ones with a tag or in a list, at most twenty; for the homes of one moment together. */
export async function coursesToDo(
  db: Pick<Db, 'read'>,
  { tag, of }: OpenRule,
  except: string[],
): Promise<OpenCourse[]> {
  if (!of && !tag) return [];
  const rows = await askOpen(db, JSON.stringify(of ? { of, except } : { tag, except }));
  return rows.map(({ code, titleHi, titleEn }) => ({ code, titleHi, titleEn }));
}

const askOpen = gatheringRows(
  async (db: Pick<Db, 'read'>, names: string[]) => {
    const found = await sql<OpenCourse & { place: number }>`${hot}select place, open.* from (
        select (place - 1)::integer as place, one ->> 'tag' as tag,
          array(select jsonb_array_elements_text(one -> 'of')) as codes,
          array(select jsonb_array_elements_text(one -> 'except')) as done
        from unnest(${names}::jsonb[]) with ordinality as asked (one, place)
      ) asked cross join lateral (
        (select code, title_hi as "titleHi", title_en as "titleEn" from course
          where asked.tag is null and state = 'published' and code = any(codes) and code <> all(done)
          order by code limit 20)
        union all
        (select code, title_hi, title_en from course
          where asked.tag is not null and state = 'published' and tags @> array[asked.tag] and code <> all(done)
          order by code limit 20)
      ) open`.execute(db.read);
    return found.rows.map((row) => ({ ...row, name: names[row.place] ?? '' }));
  },
  (row) => row.name,
);
