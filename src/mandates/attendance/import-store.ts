import { type RawBuilder, sql } from 'kysely';
import { personIdOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import {
  type Dependent,
  type ImportRun,
  isRefused,
  journal,
  refuseRows,
  rowsOf,
  type SampleRow,
  sampleSize,
} from '../../kernel/imports/index.ts';
import { isOfDesk } from '../stores/desk.ts';

// at_row: the readable rows with whom they mean. at_session: each code once, known or new.
// at_new: what says something new, with its outcome.

/** By employee code, among those whose desk today is the importer's, as by hand: whoever else has the code is not told of. */
export async function identify(tx: Tx, run: ImportRun): Promise<void> {
  const desk = { scopes: run.scopes, today: todayInIndia(run.ctx.clock) };
  const isSeen = isOfDesk(sql`pc.person_id`, desk);
  await sql`create temp table at_row on commit drop as
    select s.*, pc.person_id from ${rowsOf(run)} s
      left join person_code pc on pc.code = s.code and pc.issuer = s.issuer and ${isSeen}
    where s.fault is null`.execute(tx);
  await sql`create index on at_row (session_code)`.execute(tx);
  await sql`analyze at_row`.execute(tx);
}

/**
 * Of a session that is known, what is recorded; of a new one, the first that its rows say of each. `is_open`: those
 * who bring it may add people to it.
 */
export async function gatherSessions(tx: Tx, run: ImportRun): Promise<void> {
  const first = (column: string) =>
    sql`(array_agg(${sql.ref(`r.${column}`)} order by r.line) filter (where ${sql.ref(`r.${column}`)} is not null))[1]`;
  await sql`create temp table at_session on commit drop as
    select g.session_code, t.session_id as known_id,
      coalesce(t.session_id, ${run.id('session', 'row_number() over (order by g.session_code)')}) as session_id,
      coalesce(t.programme_code, g.programme, g.session_code) as programme,
      coalesce(t.title_hi, t.title_en, g.title) as title, coalesce(t.day, g.day) as day,
      coalesce(t.minutes, g.session_minutes) as session_minutes, coalesce(t.mode, g.mode, 'classroom') as mode,
      coalesce(t.institute_code, g.institute) as institute,
      case when t.session_id is null then c.course_id else t.course_id end as course_id,
      case when t.session_id is null then g.course_code else k.code end as course_code,
      ${isOpen(run)} as is_open
    from (select r.session_code, ${first('programme')} as programme, ${first('title')} as title, ${first('day')} as day,
        ${first('session_minutes')} as session_minutes, ${first('mode')} as mode, ${first('institute')} as institute,
        ${first('course_code')} as course_code
      from at_row r group by r.session_code) g
      left join training_session t on t.code = g.session_code and t.voided_at is null
      left join course c on c.code = g.course_code and c.state <> 'draft'
      left join course k on k.course_id = t.course_id
      left join import i on i.import_id = t.import_id
      cross join lateral (select case when t.office_id is null then i.scope_office_ids else array[t.office_id] end as makers) m`.execute(
    tx,
  );
  await sql`create unique index on at_session (session_code)`.execute(tx);
  await sql`analyze at_session`.execute(tx);
}

/**
 * A session belongs to the offices of who made it: offices above and below them record people at it too, another
 * department not, whose rows would bar its undo. One made for the whole installation is open to all.
 */
function isOpen(run: ImportRun): RawBuilder<boolean> {
  if (run.scopes.includes('*')) return sql<boolean>`true`;
  return sql<boolean>`(m.makers is null or exists (
    select from office mine where mine.office_id = any (${run.scopes}::uuid[]) and mine.path && m.makers) or exists (
    select from office maker where maker.office_id = any (m.makers) and maker.path && ${run.scopes}::uuid[]))`;
}

const described = ['programme', 'title', 'day', 'session_minutes', 'mode', 'institute', 'course_code'];

export async function refuse(tx: Tx, run: ImportRun): Promise<void> {
  const joined = sql`at_row r join at_session g using (session_code)`;
  await refuseRows(tx, run, sql`select r.line, 'session_elsewhere' from ${joined} where not g.is_open`);
  const differs = described.map((name) => {
    const [row, known] = [sql.ref(`r.${name}`), sql.ref(`g.${name}`)];
    return sql`(${row} is not null and ${row} is distinct from ${known})`;
  });
  await refuseRows(tx, run, sql`select line, 'unknown_person' from at_row where person_id is null`);
  const self = personIdOf(run.ctx.actor) ?? null;
  await refuseRows(tx, run, sql`select line, 'own_record' from at_row where person_id = ${self}::uuid`);
  await refuseRows(
    tx,
    run,
    sql`select r.line, 'unknown_course' from ${joined} where g.known_id is null
      and r.course_code is not null and not exists (select 1 from course c where c.code = r.course_code and c.state <> 'draft')`,
  );
  await refuseRows(
    tx,
    run,
    sql`select r.line, 'session_unknown' from ${joined}
      where g.title is null or g.day is null or g.session_minutes is null`,
  );
  await refuseRows(
    tx,
    run,
    sql`select r.line, case when g.known_id is null then 'contradicts' else 'session_differs' end from ${joined}
      where g.is_open and (${sql.join(differs, sql` or `)})`,
  );
  await refuseRows(
    tx,
    run,
    sql`select r.line, 'more_than_session' from ${joined} where g.is_open and r.minutes > g.session_minutes`,
  );
}

/** One row for each person and session; a second one that says otherwise is refused. */
export async function gatherRows(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table at_said on commit drop as
    select r.line, r.person_id, g.session_id, r.status,
      case when r.status = 'present' then coalesce(r.minutes, g.session_minutes) else 0 end as minutes,
      first_value(r.line) over (partition by r.person_id, g.session_id order by r.line) as first_line
    from at_row r join at_session g using (session_code) where not ${isRefused(run, 'r.line')}`.execute(tx);
  await refuseRows(
    tx,
    run,
    sql`select s.line, 'contradicts' from at_said s join at_said f on f.line = s.first_line
      where f.line <> s.line and (f.status, f.minutes) is distinct from (s.status, s.minutes)`,
  );
  await sql`create temp table at_new on commit drop as
    select s.line, s.person_id, s.session_id, s.status, s.minutes, a.attendance_id as old_id,
      case when a.attendance_id is null then 'added' else 'changed' end as outcome
    from at_said s left join attendance a on a.person_id = s.person_id and a.session_id = s.session_id
      and a.voided_at is null
    where s.line = s.first_line and (a.status, a.minutes) is distinct from (s.status, s.minutes)`.execute(tx);
  await sql`create temp table at_touched on commit drop as select distinct person_id from at_new`.execute(tx);
  await sql`alter table at_touched add primary key (person_id)`.execute(tx);
  await sql`analyze at_touched`.execute(tx);
}

/** Those of them somebody was recorded at: a session of refused rows alone is not made. */
const newSessions = sql`at_session g where g.known_id is null and g.session_id in (select session_id from at_new)`;

export async function countNewSessions(tx: Tx): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count from ${newSessions}`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

export async function sampleOf(tx: Tx, outcome: 'added' | 'changed'): Promise<SampleRow[]> {
  const found =
    await sql<SampleRow>`select n.line, concat_ws(' · ', p.employee_code, coalesce(p.name_hi, p.name_en)) as title,
      concat_ws(' · ', g.session_code, g.day, old.minutes || ' → ' || n.minutes,
        case when old.minutes is null then n.minutes::text end) as detail
    from (select * from at_new where outcome = ${outcome} order by line limit ${sampleSize}) n
      join at_session g using (session_id) join person p using (person_id)
      left join attendance old on old.person_id = n.person_id and old.attendance_id = n.old_id
    order by n.line`.execute(tx);
  return found.rows;
}

export async function writeSessions(tx: Tx, run: ImportRun): Promise<void> {
  await sql`insert into training_session (session_id, code, programme_code, title_hi, title_en, day, minutes, mode,
      institute_code, office_id, course_id, import_id, recorded_at)
    select g.session_id, g.session_code, g.programme, case when g.title ~ '[ऀ-ॿ]' then g.title end,
      case when g.title !~ '[ऀ-ॿ]' then g.title end, g.day, g.session_minutes, g.mode, g.institute,
      ${run.options.officeId ?? null}::uuid, g.course_id, ${run.importId}::uuid, ${run.ctx.clock.now()}
    from ${newSessions}`.execute(tx);
}

export async function voidChanged(tx: Tx, run: ImportRun): Promise<void> {
  await journal(tx, run, {
    thing: 'attendance',
    found: sql`select a.attendance_id, a.person_id, 'corrected', jsonb_build_object('minutes', a.minutes, 'status', a.status),
        jsonb_build_object('minutes', n.minutes, 'status', n.status)
      from at_new n join attendance a on a.person_id = n.person_id and a.attendance_id = n.old_id`,
  });
  await sql`update attendance a set voided_at = ${run.ctx.clock.now()}, void_reason = 'corrected by import'
    from at_new n where a.person_id = n.person_id and a.attendance_id = n.old_id`.execute(tx);
}

export async function writeAttendance(tx: Tx, run: ImportRun): Promise<void> {
  await sql`insert into attendance (person_id, attendance_id, session_id, minutes, status, import_id, recorded_at)
    select person_id, ${run.id('attendance', 'line')}, session_id, minutes, status, ${run.importId}::uuid,
      ${run.ctx.clock.now()} from at_new`.execute(tx);
}

export function ownAttendance(run: ImportRun): RawBuilder<unknown> {
  return sql`select attendance_id from attendance where import_id = ${run.importId}`;
}

/** Sessions that this import made and at which a later one recorded more people. */
export async function sessionsInUse(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  const found = await sql<Dependent>`select 'import' as kind, a.import_id::text as name, count(*) as count
    from training_session t join attendance a using (session_id)
    where t.import_id = ${run.importId} and a.voided_at is null and a.import_id is distinct from ${run.importId}::uuid
    group by a.import_id`.execute(tx);
  return found.rows;
}

export async function gatherReturning(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table at_returning on commit drop as
    select person_id from attendance where import_id = ${run.importId} and voided_at is null
    union select person_id from import_change where import_id = ${run.importId} and thing = 'attendance'`.execute(
    tx,
  );
  await sql`alter table at_returning add primary key (person_id)`.execute(tx);
  await sql`analyze at_returning`.execute(tx);
}

/** What a correction had voided comes back as a row of its own, so that what was known between is kept. */
export async function restoreAttendance(tx: Tx, run: ImportRun): Promise<void> {
  const now = run.ctx.clock.now();
  await sql`update attendance set voided_at = ${now}, void_reason = 'import undone'
    where import_id = ${run.importId} and voided_at is null`.execute(tx);
  await sql`insert into attendance (person_id, attendance_id, session_id, minutes, status, import_id, recorded_at)
    select a.person_id, new_id(), a.session_id, a.minutes, a.status, a.import_id, ${now}
    from import_change j join attendance a on a.person_id = j.person_id and a.attendance_id = j.thing_id
    where j.import_id = ${run.importId} and j.thing = 'attendance'
    on conflict (person_id, session_id) where voided_at is null do nothing`.execute(tx);
}

export async function voidSessions(tx: Tx, run: ImportRun): Promise<void> {
  await sql`update training_session set voided_at = ${run.ctx.clock.now()}
    where import_id = ${run.importId} and voided_at is null`.execute(tx);
}
