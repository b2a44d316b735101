import { type RawBuilder, sql } from 'kysely';
import type { Reads } from '../../../kernel/db.ts';

/** What an import did to one person, from its journal and from the rows that carry its id. */
export type TrailImport = {
  kind: string;
  fileName: string | null;
  isNewRecord: boolean;
  /** Columns of the person that it changed. */
  columns: string[];
  postings: number;
  changedPostings: number;
  endedPostings: number;
  completions: number;
};

export type TrailRecord = {
  key: string;
  happenedAt: Date;
  action: string;
  actorKind: string;
  actorHi: string | null;
  actorEn: string | null;
  /** The code of the record that it was done to, where that record was merged into this one since. */
  mergedCode: string | null;
  import: TrailImport | null;
};

export type OwnLooks = { count: number; lastAt: Date | null };

type Asked = { personId: string; viewerId: string | null };

/** This person's record and those merged into it: what was done to them is part of the history. */
function records(personId: string): RawBuilder<unknown> {
  return sql`records as materialized (select r.person_id, r.import_id, r.employee_code from person r
    where r.person_id = ${personId} or r.merged_into = ${personId})`;
}

function isOwnLook(viewerId: string | null): RawBuilder<boolean> {
  return sql<boolean>`(a.action = 'person.viewed' and a.actor_person_id is not distinct from ${viewerId}::uuid)`;
}

const actorNames = sql`p.name_hi as "actorHi", p.name_en as "actorEn"`;

/** The latest of what was done to or with this person's record, the viewer's own looks left out. */
export async function auditTrailOf(
  db: Reads,
  { personId, viewerId, limit }: Asked & { limit: number },
): Promise<TrailRecord[]> {
  const found = await sql<TrailRecord>`with ${records(personId)}
    select a.audit_event_id::text as key, a.happened_at as "happenedAt", a.action, a.actor_kind as "actorKind",
      ${actorNames}, case when r.person_id <> ${personId} then r.employee_code end as "mergedCode", null as import
    from records r join audit_event a on a.person_id = r.person_id
      left join person p on p.person_id = a.actor_person_id
    where not ${isOwnLook(viewerId)} and (a.action <> 'person.merged' or a.person_id = ${personId})
    order by a.happened_at desc, a.audit_event_id desc limit ${limit}`.execute(db);
  return found.rows;
}

/** How often the viewer has looked, and when last: one line, so that it does not hide what others did. */
export async function ownLooksOf(db: Reads, { personId, viewerId }: Asked): Promise<OwnLooks> {
  const found = await sql<OwnLooks>`select count(*)::int as count, max(a.happened_at) as "lastAt"
    from audit_event a where a.person_id = ${personId} and ${isOwnLook(viewerId)}`.execute(db);
  return found.rows[0] ?? { count: 0, lastAt: null };
}

/**
 * Imports that touched this person. An import has one audit row for all its people, so that each person's
 * part is read from the journal and from what carries the import's id; its undo is a line of its own.
 */
export async function importTrailOf(
  db: Reads,
  { personId, limit }: Pick<Asked, 'personId'> & { limit: number },
): Promise<TrailRecord[]> {
  const found = await sql<TrailRecord>`with ${records(personId)}, ${parts}, ${summed}
    select i.import_id || act.action as key, act.at as "happenedAt", act.action, act.kind as "actorKind",
      ${actorNames}, case when s.person_id <> ${personId} then s.employee_code end as "mergedCode",
      jsonb_build_object('kind', i.kind, 'fileName', i.file_name, 'isNewRecord', s.is_new, 'columns', s.columns,
        'postings', s.postings, 'changedPostings', s.changed_postings, 'endedPostings', s.ended_postings,
        'completions', s.completions) as import
    from summed s join import i using (import_id) cross join lateral (values
        ('import.committed', i.committed_at, i.committed_by), ('import.undone', i.undone_at, i.undone_by))
        named (action, at, by)
      cross join lateral (select named.*, case when named.by is null then 'system' else 'person' end as kind) act
      left join person p on p.person_id = act.by
    where act.at is not null order by act.at desc, key desc limit ${limit}`.execute(db);
  return found.rows;
}

/** `(person, import, thing, what changed)`: a column's name where a person's own column changed. */
const parts = sql`parts as (
  select r.person_id, r.import_id, 'record' as thing, null as what from records r where r.import_id is not null
  union all select t.person_id, t.import_id, 'posting', null from posting t join records using (person_id)
    where t.import_id is not null
  union all select c.person_id, c.import_id, 'completion', null from completion c join records using (person_id)
    where c.import_id is not null
  union all select t.person_id, j.import_id, case when j.after ->> 'ends_on' is distinct from j.before ->> 'ends_on'
      or j.after ->> 'voided_at' is distinct from j.before ->> 'voided_at' then 'ended' else 'changed' end, null
    from posting t join records using (person_id) join import_change j on j.thing_id = t.posting_id
  union all select r.person_id, j.import_id, 'column', k.key from records r
    join import_change j on j.thing_id = r.person_id and j.thing = 'person'
    cross join lateral jsonb_each_text(j.after) k
    where k.value is distinct from j.before ->> k.key
      and k.key not in ('changed_at', 'account_day', 'account_source'))`;

const summed = sql`summed as (
  select parts.person_id, parts.import_id, max(r.employee_code) as employee_code, bool_or(thing = 'record') as is_new,
    coalesce(jsonb_agg(distinct what) filter (where what is not null), '[]') as columns,
    count(*) filter (where thing = 'posting')::int as postings,
    count(*) filter (where thing = 'changed')::int as changed_postings,
    count(*) filter (where thing = 'ended')::int as ended_postings,
    count(*) filter (where thing = 'completion')::int as completions
  from parts join records r using (person_id) group by parts.person_id, parts.import_id)`;
