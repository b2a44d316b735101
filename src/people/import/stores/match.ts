import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';
import { type ImportRun, refuseRows } from '../../../kernel/imports/index.ts';

// rr_change: what accepted rows change of postings that are there. rr_new: postings that begin.
// rr_end: postings that end because the file does not list them.

const resumableDays = 90;

/**
 * A row matches the open posting of its person at its office; else, where the row itself is of the past, the
 * ended one that it overlaps; else the one that ended within 90 days, which then resumes.
 */
export async function matchPostings(tx: Tx, run: ImportRun): Promise<void> {
  const today = sql`${run.today}::date`;
  const isOpen = sql`(p.ends_on is null or p.ends_on >= ${today})`;
  const isOver = sql`(r.posted_until is not null or r.end_reason is not null)`;
  const meansOpen = sql`${isOpen} and (r.posted_until is null or r.posted_until >= p.starts_on)`;
  const meansEnded = sql`not ${isOpen} and ${isOver} and (r.posted_until is null
    or (p.starts_on <= r.posted_until and p.ends_on >= coalesce(r.posted_on, p.starts_on)))`;
  const resumes = sql`not ${isOpen} and not ${isOver} and p.ends_on >= ${today} - ${resumableDays}::int
    and coalesce(r.posted_on <= p.ends_on, true)
    and not exists (select 1 from posting q where q.person_id = p.person_id and q.voided_at is null
      and q.starts_on > p.ends_on)`;
  await sql`create temp table rr_match on commit drop as
    select distinct on (r.line) r.line, p.person_id, p.posting_id,
      case when ${isOpen} then 'open' when ${isOver} then 'ended' else 'resumed' end as how
    from rr_row r join posting p on p.person_id = r.person_id and p.office_id = r.office_id and p.voided_at is null
    where (${meansOpen}) or (${meansEnded}) or (${resumes})
    order by r.line, ${isOpen} desc, p.kind = coalesce(r.posting_kind, p.kind) desc, p.starts_on desc, p.posting_id`.execute(
    tx,
  );
  await sql`analyze rr_match`.execute(tx);
}

/** What the matched rows say otherwise. `cut` is the day from which a changed posting is a new one. */
export async function gatherChanges(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table rr_change on commit drop as
    with compared as (${comparedRows(run)}),
    dated as (select *, case when differs and how <> 'ended' then nullif(least(
        case when posted_on > starts_on then posted_on when starts_on < ${run.today}::date then ${run.today}::date end,
        new_end + 1), new_end + 1) end as cut from compared)
    select line, how, person_id, posting_id, starts_on, ends_on, new_end, new_reason, cut,
      case when moves_start and cut is null then contiguous_id end as before_id,
      case when moves_start and cut is null then posted_on else starts_on end as new_start
    from dated
    where differs or fills or moves_start or new_end is distinct from ends_on or new_reason is distinct from end_reason`.execute(
    tx,
  );
}

/**
 * Matched rows beside their postings. A posted_on that lies in an earlier posting at the same office (before
 * a promotion, say) still means that one's day and moves nothing.
 */
function comparedRows(run: ImportRun): RawBuilder<unknown> {
  const today = sql`${run.today}::date`;
  return sql`select r.line, m.how, p.person_id, p.posting_id, p.starts_on, p.ends_on, p.end_reason,
      r.posted_on, case when before.ends_on = p.starts_on - 1 then before.posting_id end as contiguous_id,
      coalesce(r.designation_key <> d.name_key, false) or coalesce(r.service_group <> p.service_group, false)
        or coalesce(r.engagement <> p.engagement, false) or coalesce(r.posting_kind <> p.kind, false) as differs,
      (r.designation_key is not null and p.designation_id is null)
        or (r.service_group is not null and p.service_group is null)
        or (r.engagement is not null and p.engagement is null)
        or (r.cadre_key is not null and r.cadre_key is distinct from c.name_key) as fills,
      coalesce(r.posted_on <> p.starts_on and (before.posting_id is null or r.posted_on >
        case when before.ends_on = p.starts_on - 1 then before.starts_on else before.ends_on end), false) as moves_start,
      case when r.posted_until is not null then r.posted_until
        when r.end_reason is not null and m.how = 'open' then greatest(p.starts_on, ${today} - 1)
        when m.how = 'resumed' then null else p.ends_on end as new_end,
      case when m.how = 'resumed' then null else coalesce(r.end_reason, p.end_reason) end as new_reason
    from rr_match m join rr_row r using (line)
      join posting p on p.person_id = m.person_id and p.posting_id = m.posting_id
      left join designation d on d.designation_id = p.designation_id left join cadre c on c.cadre_id = p.cadre_id
      left join lateral (select q.posting_id, q.starts_on, q.ends_on from posting q where q.person_id = p.person_id
        and q.office_id = p.office_id and q.voided_at is null and q.ends_on < p.starts_on
        order by q.ends_on desc limit 1) before on r.posted_on <> p.starts_on`;
}

/**
 * Postings that begin: rows without a match. They start on posted_on, else on joined_on unless the person
 * had a posting since, else on the import's day.
 */
export async function gatherNew(tx: Tx, run: ImportRun): Promise<void> {
  const today = sql`${run.today}::date`;
  await sql`create temp table rr_new on commit drop as
    select n.line, n.code, n.issuer, n.person_id, n.office_id, n.kind, n.starts_on, n.took_import_day,
      coalesce(n.posted_until, case when n.end_reason is not null then greatest(n.starts_on, ${today} - 1) end) as ends_on,
      n.end_reason
    from (
      select r.line, r.code, r.issuer, r.person_id, r.office_id, coalesce(r.posting_kind, 'regular') as kind,
        r.posted_until, r.end_reason,
        case when ${listedAgain()} then ${today} else coalesce(r.posted_on, ${joiningDay()}, ${today}) end as starts_on,
        ${listedAgain()} or (r.posted_on is null and ${joiningDay()} is null) as took_import_day
      from rr_row r left join rr_match m using (line) where m.line is null) n`.execute(tx);
  await sql`analyze rr_new`.execute(tx);
}

/** Long after an ended posting at the same office that covers the day given: it does not begin a second time. */
function listedAgain(): RawBuilder<boolean> {
  return sql<boolean>`(r.person_id is not null and r.posted_until is null and exists (select 1 from posting q
    where q.person_id = r.person_id and q.office_id = r.office_id and q.voided_at is null
      and q.ends_on >= r.posted_on))`;
}

function joiningDay(): RawBuilder<unknown> {
  return sql`(case when r.person_id is null or not exists (select 1 from posting q where q.person_id = r.person_id
    and q.voided_at is null and q.starts_on >= r.joined_on) then r.joined_on end)`;
}

export async function refuseImpossibleEnds(tx: Tx, run: ImportRun): Promise<void> {
  await refuseRows(
    tx,
    run,
    sql`select line, 'until_before_start' from rr_new where ends_on < starts_on
      union all select line, 'until_before_start' from rr_change where new_end < coalesce(cut, new_start)`,
  );
  for (const table of ['rr_row', 'rr_match', 'rr_change', 'rr_new']) {
    await sql`delete from ${sql.raw(table)} where line in (select line from ${sql.raw(run.faultTable)})`.execute(
      tx,
    );
  }
}

/**
 * An office newly listed for a person ends the open postings of his that are not listed, the day before. A
 * further charge, a deputation or an attachment is held beside what there is and ends nothing.
 */
export async function gatherTransfers(tx: Tx, run: ImportRun): Promise<void> {
  const today = sql`${run.today}::date`;
  const isWithin = run.scopes.includes('*')
    ? sql`true`
    : sql`exists (select 1 from office o where o.office_id = p.office_id and o.path && ${run.scopes}::uuid[])`;
  await sql`create temp table rr_end on commit drop as
    with mover as (
      select person_id, min(starts_on) as starts_on from rr_new
      where person_id is not null and kind = 'regular' and (ends_on is null or ends_on >= ${today})
      group by person_id)
    select p.person_id, p.posting_id, 'transferred' as why,
      case when mover.starts_on > p.starts_on then least(mover.starts_on - 1, p.ends_on)
        when p.starts_on < ${today} then ${today} - 1 end as ends_on
    from mover join posting p on p.person_id = mover.person_id and p.voided_at is null
      and (p.ends_on is null or p.ends_on >= ${today})
    where ${isUnlisted()} and ${isWithin}`.execute(tx);
}

/** Neither listed in an accepted row nor belonging to somebody whose row was rejected. */
function isUnlisted(): RawBuilder<boolean> {
  return sql<boolean>`not exists (select 1 from rr_row r where r.person_id = p.person_id and r.office_id = p.office_id)
    and not exists (select 1 from rr_protected x where x.person_id = p.person_id)`;
}

/** The whole roster of a subtree: open postings there that are not listed end the day before the import. */
export async function gatherUnlisted(
  tx: Tx,
  run: ImportRun,
  officeId: string,
): Promise<{ ended: number; open: number }> {
  const today = sql`${run.today}::date`;
  const inSubtree = sql`from posting p join office o using (office_id)
    where o.path @> array[${officeId}::uuid] and p.voided_at is null
      and p.starts_on <= ${today} and (p.ends_on is null or p.ends_on >= ${today})`;
  const added = await sql`insert into rr_end (person_id, posting_id, why, ends_on)
    select p.person_id, p.posting_id, 'unlisted', case when p.starts_on < ${today} then ${today} - 1 end
    ${inSubtree} and ${isUnlisted()}
      and not exists (select 1 from rr_end e where e.person_id = p.person_id and e.posting_id = p.posting_id)`.execute(
    tx,
  );
  const open = await sql<{ count: number }>`select count(*) as count ${inSubtree}`.execute(tx);
  return { ended: Number(added.numAffectedRows ?? 0), open: open.rows[0]?.count ?? 0 };
}
