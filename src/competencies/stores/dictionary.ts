import { sql } from 'kysely';
import { hot, type Reads, type Tx } from '../../kernel/db.ts';
import type { Bilingual } from '../../kernel/i18n.ts';

export const kinds = ['behavioural_core', 'behavioural_leadership', 'functional'] as const;
export type CompetencyKind = (typeof kinds)[number];

/** What a level means, as far as somebody has written it. */
export type Descriptor = { hi: string | null; en: string | null };

export type Competency = {
  competencyId: string;
  key: string;
  framework: string;
  kind: CompetencyKind;
  nameHi: string;
  nameEn: string;
  subThemes: Bilingual[];
  /** Five, of level 1 first. */
  descriptors: Descriptor[];
  ordinal: number;
  revision: number;
  retiredAt: Date | null;
};

export type Framework = {
  framework: string;
  nameHi: string;
  nameEn: string;
  noteHi: string | null;
  noteEn: string | null;
  levelNames: Bilingual[];
};

const columns = sql`competency_id as "competencyId", key, framework, kind, name_hi as "nameHi", name_en as "nameEn",
  sub_themes as "subThemes", descriptors, ordinal, revision, retired_at as "retiredAt"`;

/** The whole dictionary in its order, retired ones too: some dozens of rows. */
export async function allCompetencies(db: Reads | Tx): Promise<Competency[]> {
  const found = await sql<Competency>`${hot}select ${columns} from competency
    order by array_position(${kinds as unknown as string[]}::text[], kind), ordinal, key`.execute(db);
  return found.rows;
}

export async function lockedCompetency(tx: Tx, key: string): Promise<Competency | undefined> {
  const found =
    await sql<Competency>`select ${columns} from competency where key = ${key} for update`.execute(tx);
  return found.rows[0];
}

export async function allFrameworks(db: Reads | Tx): Promise<Framework[]> {
  const found =
    await sql<Framework>`${hot}select framework, name_hi as "nameHi", name_en as "nameEn", note_hi as "noteHi",
    note_en as "noteEn", level_names as "levelNames" from competency_framework order by framework`.execute(
      db,
    );
  return found.rows;
}

/** Adds a framework that is not there; what was edited stays. */
export async function addFramework(tx: Tx, framework: Framework): Promise<void> {
  await sql`insert into competency_framework (framework, name_hi, name_en, note_hi, note_en, level_names)
    values (${framework.framework}, ${framework.nameHi}, ${framework.nameEn}, ${framework.noteHi}, ${framework.noteEn},
      ${JSON.stringify(framework.levelNames)}::jsonb) on conflict do nothing`.execute(tx);
}

/** Two editors' changes go one after the other. */
export async function lockFramework(tx: Tx, framework: string): Promise<void> {
  await sql`select 1 from competency_framework where framework = ${framework} for update`.execute(tx);
}

export async function updateFramework(tx: Tx, framework: Framework): Promise<void> {
  await sql`update competency_framework set note_hi = ${framework.noteHi}, note_en = ${framework.noteEn},
      level_names = ${JSON.stringify(framework.levelNames)}::jsonb
    where framework = ${framework.framework}`.execute(tx);
}

export type Stamp = { now: Date; by: string | null };

/** Whether it was added; false where the key is taken. */
export async function insertCompetency(tx: Tx, competency: Competency, stamp: Stamp): Promise<boolean> {
  const { competencyId, key, framework, kind, nameHi, nameEn, ordinal } = competency;
  const done =
    await sql`insert into competency (competency_id, key, framework, kind, name_hi, name_en, sub_themes,
      descriptors, ordinal, changed_at, changed_by)
    values (${competencyId}, ${key}, ${framework}, ${kind}, ${nameHi}, ${nameEn},
      ${JSON.stringify(competency.subThemes)}::jsonb, ${JSON.stringify(competency.descriptors)}::jsonb, ${ordinal},
      ${stamp.now}, ${stamp.by}) on conflict do nothing`.execute(tx);
  return Number(done.numAffectedRows ?? 0) > 0;
}

export async function updateCompetency(tx: Tx, competency: Competency, stamp: Stamp): Promise<void> {
  await sql`update competency set kind = ${competency.kind}, name_hi = ${competency.nameHi}, name_en = ${competency.nameEn},
      sub_themes = ${JSON.stringify(competency.subThemes)}::jsonb,
      descriptors = ${JSON.stringify(competency.descriptors)}::jsonb, ordinal = ${competency.ordinal},
      retired_at = ${competency.retiredAt}, revision = revision + 1, changed_at = ${stamp.now}, changed_by = ${stamp.by}
    where competency_id = ${competency.competencyId}`.execute(tx);
}

export type Change = {
  happenedAt: Date;
  action: string;
  nameHi: string | null;
  nameEn: string | null;
  detail: { changed?: string[]; before?: Record<string, unknown>; after?: Record<string, unknown> };
};

/** Who changed this entry, the latest first. */
export async function changesOf(db: Reads, key: string): Promise<Change[]> {
  const found = await sql<Change>`select e.happened_at as "happenedAt", e.action, p.name_hi as "nameHi",
      p.name_en as "nameEn", e.detail
    from audit_event e left join person p on p.person_id = e.actor_person_id
    where e.subject_kind = 'competency' and e.subject_id = ${key} order by e.happened_at desc limit 50`.execute(
    db,
  );
  return found.rows;
}

export type TaggedCourse = {
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  competencies: string[];
  durationMinutes: number | null;
};

/** Published courses that bear one of these tags, `key` and `key:level` as kept. */
export async function coursesTagged(db: Reads, tags: string[], limit: number): Promise<TaggedCourse[]> {
  const found =
    await sql<TaggedCourse>`select c.code, c.title_hi as "titleHi", c.title_en as "titleEn", c.competencies,
      v.duration_minutes as "durationMinutes"
    from course c left join course_version v on v.course_version_id = c.current_version_id
    where c.state = 'published' and c.competencies && ${tags}::text[]
    order by c.is_playable desc, coalesce(c.title_hi, c.title_en), c.code limit ${limit}`.execute(db);
  return found.rows;
}

/** How many published courses bear each of the dictionary's entries, by key. */
export async function countCourses(db: Reads): Promise<{ key: string; courses: number }[]> {
  const found = await sql<{ key: string; courses: number }>`select split_part(tag, ':', 1) as key,
      count(distinct c.course_id) as courses
    from course c cross join unnest(c.competencies) tag where c.state = 'published' group by 1`.execute(db);
  return found.rows;
}
