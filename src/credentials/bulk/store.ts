import { type RawBuilder, sql } from 'kysely';
import type { Failure, Forgotten } from '../../kernel/batch-files.ts';
import type { Reads, Tx } from '../../kernel/db.ts';

type Reader = Reads | Tx;

export const batchKinds = ['issue', 'reissue', 'download'] as const;
export type BatchKind = (typeof batchKinds)[number];

/**
 * What a batch is about, of one course or of all. Issuing: completions of those who are in the office (or in none
 * any more, and were last here), and what was completed here by those who have gone elsewhere since. The other
 * kinds: certificates of those who are or were last here, since elsewhere another office answers for them.
 */
export type Scope = { kind: BatchKind; officeId: string; courseId: string | null; today: string };
export type Place = { personId: string; id: string };
export type Found = Place & { completionId: string; certificateNo: string | null };

/** Why something within reach of a batch is left alone. */
export const leftOutReasons = [
  'has_one',
  'up_to_date',
  'revoked',
  'moved',
  'imported',
  'taken_back',
] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

const firstId = '00000000-0000-0000-0000-000000000000';

/** As `personIsInScope` sees one person. */
function people(scope: Scope): RawBuilder<unknown> {
  const isToday = (p: string) =>
    sql`${sql.ref(p)}.starts_on <= ${scope.today} and (${sql.ref(p)}.ends_on is null or ${sql.ref(p)}.ends_on >= ${scope.today})`;
  return sql`select p.person_id from posting p join office o using (office_id)
    where o.path @> array[${scope.officeId}::uuid] and p.voided_at is null
      and ((${isToday('p')}) or (
        not exists (select 1 from posting q where q.person_id = p.person_id and q.voided_at is null and ${isToday('q')})
        and p.posting_id = (select l.posting_id from posting l where l.person_id = p.person_id and l.voided_at is null
          order by l.ends_on desc nulls first limit 1)))`;
}

/** Person, id, completion and number of all within reach; the reason is null where something is to be done. */
function reachOf(scope: Scope): RawBuilder<unknown> {
  const offices = sql`select office_id from office where path @> array[${scope.officeId}::uuid]`;
  const isReached = sql`(co.person_id in (${people(scope)}) or co.office_id in (${offices}))
    and (${scope.courseId}::uuid is null or co.course_id = ${scope.courseId}::uuid)`;
  if (scope.kind === 'issue')
    return sql`select co.person_id, co.completion_id as id, co.completion_id, c.certificate_no,
        case when co.voided_at is not null then 'taken_back' when co.source <> 'daksh' then 'imported'
          when c.revoked_at is not null then 'revoked' when c.certificate_no is not null then 'has_one' end as reason
      from completion co left join certificate c on c.person_id = co.person_id
        and c.completion_id = co.completion_id and c.replaced_by_no is null
      where ${isReached}`;
  return sql`select c.person_id, c.certificate_id as id, c.completion_id, c.certificate_no,
      case when c.revoked_at is not null then 'revoked' when not c.person_id in (${people(scope)}) then 'moved'
        ${scope.kind === 'reissue' ? outdated : sql``} end as reason
    from certificate c join completion co on co.person_id = c.person_id and co.completion_id = c.completion_id
    where c.replaced_by_no is null and ${isReached}`;
}

const outdated = sql`when co.voided_at is not null then 'taken_back'
  when c.certificate_template_id is not distinct from (
    select t.certificate_template_id
    from office o join certificate_template t on t.office_id = any(o.path) and t.state = 'in_force'
    where o.office_id = coalesce(co.office_id, (select office_id from office where parent_id is null
      order by created_at limit 1))
    order by array_position(o.path, t.office_id) desc limit 1) then 'up_to_date'`;

/** How many there are by the reason for leaving them alone; null: how many there is something to do with. */
export async function countsOf(db: Reader, scope: Scope): Promise<Map<LeftOutReason | null, number>> {
  const found = await sql<{ reason: LeftOutReason | null; count: number }>`
    select reason, count(*) as count from (${reachOf(scope)}) rows group by reason`.execute(db);
  return new Map(found.rows.map((row) => [row.reason, row.count]));
}

export type LeftOut = {
  reason: LeftOutReason;
  certificateNo: string | null;
  courseCode: string;
  completedDay: string;
  /** Null of those for whom another office answers now. */
  personCode: string | null;
  nameHi: string | null;
  nameEn: string | null;
};

/** Who is left out, one by one. Whoever simply has a valid one already is no news. */
export async function leftOutOf(db: Reader, scope: Scope, limit: number): Promise<LeftOut[]> {
  const found = await sql<LeftOut>`select rows.reason, rows.certificate_no as "certificateNo",
      course.code as "courseCode", co.completed_day as "completedDay",
      case when reason <> 'moved' and here then (select code from person_code k where k.person_id = p.person_id
        order by code limit 1) end as "personCode",
      case when reason <> 'moved' and here then p.name_hi end as "nameHi",
      case when reason <> 'moved' and here then p.name_en end as "nameEn"
    from (select *, person_id in (${people(scope)}) as here from (${reachOf(scope)}) reached) rows
    join completion co on co.person_id = rows.person_id and co.completion_id = rows.completion_id
    join course on course.course_id = co.course_id join person p on p.person_id = rows.person_id
    where reason is not null and reason not in ('has_one', 'up_to_date')
    order by reason, rows.person_id, rows.id limit ${limit}`.execute(db);
  return found.rows;
}

/** The next ones behind a place, in a fixed order. */
export async function nextOf(
  db: Reader,
  scope: Scope,
  from: { after?: Place; limit: number },
): Promise<Found[]> {
  const found = await sql<Found>`select person_id as "personId", id, completion_id as "completionId",
      certificate_no as "certificateNo" from (${reachOf(scope)}) rows
    where reason is null
      and (person_id, id) > (${from.after?.personId ?? firstId}::uuid, ${from.after?.id ?? firstId}::uuid)
    order by person_id, id limit ${from.limit}`.execute(db);
  return found.rows;
}

export async function courseIdByCode(db: Reader, code: string): Promise<string | undefined> {
  const found = await sql<{ id: string }>`select course_id as id from course where code = ${code}`.execute(
    db,
  );
  return found.rows[0]?.id;
}

export type Batch = {
  batchId: string;
  kind: BatchKind;
  officeId: string;
  courseId: string | null;
  state: 'waiting' | 'running' | 'done' | 'stopped' | 'failed';
  total: number;
  done: number;
  leftOut: number;
  afterPersonId: string | null;
  afterId: string | null;
  storageKey: string | null;
  bytes: number | null;
  /** The last day on which the file is there. */
  fileUntil: string | null;
  failure: Failure | null;
  reason: string | null;
  createdAt: Date;
  createdBy: string;
  courseCode: string | null;
  officeCode: string;
  officeNameHi: string;
  officeNameEn: string | null;
};

const columns = sql`b.certificate_batch_id as "batchId", b.kind, b.office_id as "officeId", b.course_id as "courseId",
  b.state, b.total, b.done, b.left_out as "leftOut", b.after_person_id as "afterPersonId", b.after_id as "afterId",
  b.storage_key as "storageKey", b.bytes, b.reason, b.created_at as "createdAt", b.created_by as "createdBy",
  b.file_until as "fileUntil", b.failure, o.code as "officeCode",
  (select code from course where course_id = b.course_id) as "courseCode",
  o.name_hi as "officeNameHi", o.name_en as "officeNameEn"`;

export type NewBatch = Pick<
  Batch,
  'batchId' | 'kind' | 'officeId' | 'courseId' | 'total' | 'reason' | 'createdAt' | 'createdBy'
>;

export async function insertBatch(tx: Tx, batch: NewBatch): Promise<void> {
  await sql`insert into certificate_batch (certificate_batch_id, kind, office_id, course_id, total, reason, created_at, created_by)
    values (${batch.batchId}, ${batch.kind}, ${batch.officeId}, ${batch.courseId}, ${batch.total}, ${batch.reason},
      ${batch.createdAt}, ${batch.createdBy})`.execute(tx);
}

export async function ownBatch(db: Reader, personId: string, batchId: string): Promise<Batch | undefined> {
  const found = await sql<Batch>`select ${columns} from certificate_batch b join office o using (office_id)
    where b.certificate_batch_id = ${batchId} and b.created_by = ${personId}`.execute(db);
  return found.rows[0];
}

export async function ownBatches(db: Reader, personId: string): Promise<Batch[]> {
  const found = await sql<Batch>`select ${columns} from certificate_batch b join office o using (office_id)
    where b.created_by = ${personId} order by b.certificate_batch_id desc limit 20`.execute(db);
  return found.rows;
}

/** Locked, so that a stop and a step of the work do not cross. */
export async function lockedBatch(tx: Tx, batchId: string): Promise<Batch | undefined> {
  const found = await sql<Batch>`select ${columns} from certificate_batch b join office o using (office_id)
    where b.certificate_batch_id = ${batchId} for update of b`.execute(tx);
  return found.rows[0];
}

export type Step = { done: number; leftOut: number; after: Place | null };

export async function noteStep(db: Reader, batchId: string, step: Step): Promise<void> {
  await sql`update certificate_batch set state = 'running', done = ${step.done}, left_out = ${step.leftOut},
      after_person_id = ${step.after?.personId ?? null}, after_id = ${step.after?.id ?? null}
    where certificate_batch_id = ${batchId} and state in ('waiting', 'running')`.execute(db);
}

export type Ending = {
  state: 'done' | 'stopped' | 'failed';
  at: Date;
  file?: { key: string; bytes: number; until: string };
  failure?: Failure;
};

/** False where it had ended before. */
export async function endBatch(db: Reader, batchId: string, ending: Ending): Promise<boolean> {
  const { state, at, file, failure } = ending;
  const ended = await sql`update certificate_batch set state = ${state}, finished_at = ${at},
      failure = ${failure ?? null}, storage_key = ${file?.key ?? null}, bytes = ${file?.bytes ?? null},
      file_until = ${file?.until ?? null}
    where certificate_batch_id = ${batchId} and state in ('waiting', 'running') returning 1`.execute(db);
  return ended.rows.length > 0;
}

/** Back to waiting; what it had done is not found again. False where it had not given up or been stopped. */
export async function reopenBatch(tx: Tx, batchId: string, total: number): Promise<boolean> {
  const opened = await sql`update certificate_batch set state = 'waiting', finished_at = null, failure = null,
      total = ${total}, left_out = 0, after_person_id = null, after_id = null
    where certificate_batch_id = ${batchId} and state in ('failed', 'stopped') returning 1`.execute(tx);
  return opened.rows.length > 0;
}

export async function openBatches(db: Reader): Promise<string[]> {
  const found = await sql<{ id: string }>`select certificate_batch_id as id from certificate_batch
    where state in ('waiting', 'running')`.execute(db);
  return found.rows.map((row) => row.id);
}

/** Lets go of one file whose days are over, and returns its key. */
export async function forgetFile(tx: Tx, today: string): Promise<Forgotten | undefined> {
  const gone = await sql<Forgotten>`
    with old as (select certificate_batch_id as id, storage_key as key from certificate_batch
      where storage_key is not null and file_until < ${today} order by file_until limit 1 for update skip locked),
    gone as (update certificate_batch b set storage_key = null from old where b.certificate_batch_id = old.id)
    select id as "batchId", key from old`.execute(tx);
  return gone.rows[0];
}
