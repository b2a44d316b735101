import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Db } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';

/** A course that a nodal officer asks of this person, with who asks and why it is his. */
export type AskedCourse = {
  assignmentId: string;
  courseId: string;
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  tags: string[];
  languages: string[];
  durationMinutes: number;
  target: 'posts' | 'persons';
  designation: string | null;
  designationEn: string | null;
  cadre: string | null;
  cadreEn: string | null;
  serviceGroup: string | null;
  wishDay: string | null;
  reason: string | null;
  officeHi: string;
  officeEn: string | null;
  byHi: string | null;
  byEn: string | null;
};

export type ShelvedCourse = {
  courseId: string;
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  languages: string[];
  durationMinutes: number;
};

// One statement for all that follows from who the person is today: what the post is called, what is asked of
// whoever holds it, and what the person put aside. All the homes of one moment share it.
const posts = `select w.person_id || ' ' || w.day as name, d.name as designation, d.name_en as "designationEn",
    k.name as cadre, needs.list as needs, asked.list as asked, shelf.list as shelf
  from unnest($1::uuid[], $2::date[]) w (person_id, day)
  left join lateral (select office_id, designation_id, cadre_id from posting p where p.person_id = w.person_id
      and p.voided_at is null and p.starts_on <= w.day and (p.ends_on is null or p.ends_on >= w.day)
    order by p.is_primary desc, p.starts_on desc limit 1) p on true
  left join designation d using (designation_id) left join cadre k using (cadre_id)
  left join office po on po.office_id = p.office_id
  left join lateral (select json_agg(json_build_object('key', cp.key, 'nameHi', cp.name_hi, 'nameEn', cp.name_en)) as list
    from designation_competency n join competency cp on cp.competency_id = n.competency_id and cp.retired_at is null
    where n.designation_id = p.designation_id and n.office_id = (select m.office_id from designation_competency m
      where m.designation_id = p.designation_id and m.office_id = any(po.path)
      order by array_position(po.path, m.office_id) desc limit 1)) needs on true
  left join lateral (select json_agg(json_build_object('assignmentId', a.course_assignment_id, 'courseId', c.course_id,
      'code', c.code, 'titleHi', c.title_hi, 'titleEn', c.title_en, 'tags', c.tags, 'languages', c.languages,
      'durationMinutes', coalesce(v.duration_minutes, 0), 'target', a.target, 'designation', ad.name,
      'designationEn', ad.name_en, 'cadre', ak.name, 'cadreEn', ak.name_en, 'serviceGroup', a.service_group, 'wishDay', a.wish_day,
      'reason', a.reason, 'officeHi', o.name_hi, 'officeEn', o.name_en, 'byHi', b.name_hi, 'byEn', b.name_en)
      order by a.wish_day, a.made_at desc) as list
    from (select distinct on (t.course_id) t.* from (
        select a.* from posting q join office qo on qo.office_id = q.office_id
          join course_assignment a on a.office_id = any(qo.path) and a.withdrawn_at is null and a.target = 'posts'
            and (a.designation_id is null or a.designation_id = q.designation_id)
            and (a.cadre_id is null or a.cadre_id = q.cadre_id)
            and (a.service_group is null or a.service_group = q.service_group)
        where q.person_id = w.person_id and q.voided_at is null and q.starts_on <= w.day
          and (q.ends_on is null or q.ends_on >= w.day)
        union all
        select a.* from course_assignment_person n join course_assignment a using (course_assignment_id)
        where n.person_id = w.person_id and a.withdrawn_at is null and exists (
          select 1 from posting q join office qo on qo.office_id = q.office_id where q.person_id = w.person_id
            and a.office_id = any(qo.path) and q.voided_at is null and q.starts_on <= w.day
            and (q.ends_on is null or q.ends_on >= w.day))) t
      where not exists (select 1 from completion co where co.person_id = w.person_id and co.course_id = t.course_id
        and co.voided_at is null)
      order by t.course_id, t.wish_day, t.made_at desc limit 50) a
    join course c on c.course_id = a.course_id and c.state = 'published' join office o on o.office_id = a.office_id
    left join course_version v on v.course_version_id = c.current_version_id
    left join designation ad on ad.designation_id = a.designation_id left join cadre ak on ak.cadre_id = a.cadre_id
    left join person b on b.person_id = a.made_by) asked on true
  left join lateral (select json_agg(json_build_object('courseId', c.course_id, 'code', c.code, 'titleHi', c.title_hi,
      'titleEn', c.title_en, 'languages', c.languages, 'durationMinutes', coalesce(v.duration_minutes, 0))
      order by s.kept_at desc) as list
    from (select course_id, kept_at from shelf_item s where s.person_id = w.person_id
      order by kept_at desc limit 100) s
    join course c on c.course_id = s.course_id and c.state = 'published'
    left join course_version v on v.course_version_id = c.current_version_id) shelf on true`;

/** A competency that the nearest office with a list asks of the post. */
export type NeededCompetency = { key: string; nameHi: string; nameEn: string };

/** Which of the needs a course's tags (`key` or `key:level`) bring. */
export function neededOf(
  competencies: readonly string[],
  needs: readonly NeededCompetency[],
): NeededCompetency | undefined {
  const keys = new Set(competencies.map((tag) => tag.split(':')[0]));
  return needs.find((need) => keys.has(need.key));
}

type Row = {
  name: string;
  designation: string | null;
  designationEn: string | null;
  cadre: string | null;
  needs: NeededCompetency[] | null;
  asked: AskedCourse[] | null;
  shelf: ShelvedCourse[] | null;
};

const askPosts = gatheringRows(
  (db: Db, names) => {
    const parts = names.map((name) => name.split(' '));
    return db.hot<Row>('my-post', posts, [parts.map((one) => one[0]), parts.map((one) => one[1])]);
  },
  (row) => row.name,
);

export type Post = {
  words: (string | null)[];
  needs: NeededCompetency[];
  asked: AskedCourse[];
  shelf: ShelvedCourse[];
};

/** What the person's post of today is called, what is asked of it, and what the person put aside. */
export async function postOf(ctx: Pick<Ctx, 'db' | 'clock'>, personId: string): Promise<Post> {
  const [row] = await askPosts(ctx.db, `${personId} ${todayInIndia(ctx.clock)}`);
  return {
    words: row ? [row.designation, row.designationEn, row.cadre] : [],
    needs: row?.needs ?? [],
    asked: row?.asked ?? [],
    shelf: row?.shelf ?? [],
  };
}
