import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Db, Reads } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';
import { toldAfterDays } from '../state.ts';

export type OwnRow = {
  campaignId: string;
  minutes: number;
  courses: number;
  metOn: Day | null;
  /** Of the posting, the primary one first, by which one belongs to it; null for who has moved away. */
  path: string[] | null;
  /** What the person has completed already, ever. */
  doneCourses: string[];
};

const ownOnes = `select w.person_id || ' ' || w.today as name, c.campaign_id as "campaignId",
    coalesce(progress.minutes, 0) as minutes, coalesce(progress.courses, 0) as courses, progress.met_on as "metOn",
    place.path, array(select distinct course_id::text from completion done
      where done.person_id = w.person_id and done.voided_at is null) as "doneCourses"
  from unnest($1::uuid[], $2::date[]) w (person_id, today)
    cross join lateral (select campaign_id, office_id from campaign
      where announced_at is not null and cancelled_at is null and to_day >= w.today - ${toldAfterDays}) c
    left join lateral (select office.path from posting join office using (office_id)
      where posting.person_id = w.person_id and posting.voided_at is null and posting.starts_on <= w.today
        and (posting.ends_on is null or posting.ends_on >= w.today) and c.office_id = any(office.path)
      order by posting.is_primary desc, posting.posting_id limit 1) place on true
    left join lateral (select minutes, courses, met_on from campaign_progress progress
      where progress.person_id = w.person_id and progress.campaign_id = c.campaign_id limit 1) progress on true
  where place.path is not null or progress.courses > 0`;

const gathered = gatheringRows(
  (db: Pick<Db, 'hot'>, names) =>
    db.hot<OwnRow & { name: string }>('own-campaigns', ownOnes, [
      names.map((name) => name.slice(0, 36)),
      names.map((name) => name.slice(37)),
    ]),
  (row) => row.name,
);

/** Where a person stands in the campaigns that concern him now; the homes of one moment ask together. */
export function ownRows(db: Pick<Db, 'hot'>, personId: string, today: Day): Promise<OwnRow[]> {
  return gathered(db, `${personId} ${today}`);
}

export type BadgeRow = {
  code: string;
  titleHi: string;
  titleEn: string | null;
  targetMinutes: number;
  minutes: number;
  metOn: Day;
};

/** The campaigns whose target the person has met, the newest first. */
export async function badgesOf(db: Reads, personId: string): Promise<BadgeRow[]> {
  const found = await sql<BadgeRow>`select c.code, c.title_hi as "titleHi", c.title_en as "titleEn",
      c.target_minutes as "targetMinutes", p.minutes, p.met_on as "metOn"
    from campaign_progress p join campaign c using (campaign_id)
    where p.person_id = ${personId} and p.met_on is not null and c.cancelled_at is null
    order by c.from_day desc limit 50`.execute(db);
  return found.rows;
}

export type TaggedCourse = {
  courseId: string;
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  languages: string[];
  minutes: number;
};

/** The newest courses that can be taken here and carry one of the tags. */
export async function coursesTagged(db: Reads, tags: readonly string[]): Promise<TaggedCourse[]> {
  const found = await sql<TaggedCourse>`select c.course_id as "courseId", c.code, c.title_hi as "titleHi",
      c.title_en as "titleEn", c.languages, v.duration_minutes as minutes
    from course c join course_version v on v.course_version_id = c.current_version_id
    where c.state = 'published' and c.is_playable and c.tags && ${[...tags]}::text[]
    order by c.published_at desc, c.code limit 40`.execute(db);
  return found.rows;
}
