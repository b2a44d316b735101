import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

type Reader = Reads | Tx;

export const batchKinds = ['issue', 'reissue', 'download'] as const;
export type BatchKind = (typeof batchKinds)[number];

/** Whose certificates: of the people posted at or below an office on a day, of one course or of all. */
export type Scope = { kind: BatchKind; officeId: string; courseId: string | null; today: string };
export type Place = { personId: string; id: string };
export type Found = Place & { completionId: string; certificateNo: string | null };

const firstId = '00000000-0000-0000-0000-000000000000';

function people(scope: Scope): RawBuilder<unknown> {
  return sql`(select distinct p.person_id from posting p join office o using (office_id)
    where o.path @> array[${scope.officeId}::uuid] and p.voided_at is null and p.starts_on <= ${scope.today}
      and (p.ends_on is null or p.ends_on >= ${scope.today})) as who`;
}

/** What a batch of this kind is about, as rows of person, id, completion and number. */
function rowsOf(scope: Scope): RawBuilder<unknown> {
  if (scope.kind === 'issue')
    return sql`select co.person_id, co.completion_id as id, co.completion_id, null::text as certificate_no
      from ${people(scope)} join completion co using (person_id)
      where co.source = 'daksh' and co.voided_at is null
        and (${scope.courseId}::uuid is null or co.course_id = ${scope.courseId}::uuid)
        and not exists (select 1 from certificate c where c.person_id = co.person_id
          and c.completion_id = co.completion_id and c.replaced_by_no is null)`;
  const isOutdated = sql`and c.certificate_template_id is distinct from (
      select t.certificate_template_id from completion co
        join office o on o.office_id = coalesce(co.office_id, (select office_id from office where parent_id is null
          order by created_at limit 1))
        join certificate_template t on t.office_id = any(o.path) and t.state = 'in_force'
      where co.person_id = c.person_id and co.completion_id = c.completion_id
      order by array_position(o.path, t.office_id) desc limit 1)
    and exists (select 1 from completion co where co.person_id = c.person_id
      and co.completion_id = c.completion_id and co.voided_at is null)`;
  return sql`select c.person_id, c.certificate_id as id, c.completion_id, c.certificate_no
    from ${people(scope)} join certificate c using (person_id)
    where c.replaced_by_no is null and c.revoked_at is null
      and (${scope.courseId}::uuid is null or c.course_id = ${scope.courseId}::uuid)
      ${scope.kind === 'reissue' ? isOutdated : sql``}`;
}

export async function countOf(db: Reader, scope: Scope): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count from (${rowsOf(scope)}) rows`.execute(
    db,
  );
  return found.rows[0]?.count ?? 0;
}

/** The next ones behind a place, in a fixed order. */
export async function nextOf(
  db: Reader,
  scope: Scope,
  from: { after?: Place; limit: number },
): Promise<Found[]> {
  const found = await sql<Found>`select person_id as "personId", id, completion_id as "completionId",
      certificate_no as "certificateNo" from (${rowsOf(scope)}) rows
    where (person_id, id) > (${from.after?.personId ?? firstId}::uuid, ${from.after?.id ?? firstId}::uuid)
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
  reason: string | null;
  createdAt: Date;
  createdBy: string;
  officeNameHi: string;
  officeNameEn: string | null;
};

const columns = sql`b.certificate_batch_id as "batchId", b.kind, b.office_id as "officeId", b.course_id as "courseId",
  b.state, b.total, b.done, b.left_out as "leftOut", b.after_person_id as "afterPersonId", b.after_id as "afterId",
  b.storage_key as "storageKey", b.bytes, b.reason, b.created_at as "createdAt", b.created_by as "createdBy",
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
  file?: { key: string; bytes: number };
};

export async function endBatch(db: Reader, batchId: string, { state, at, file }: Ending): Promise<void> {
  await sql`update certificate_batch set state = ${state}, finished_at = ${at},
      storage_key = ${file?.key ?? null}, bytes = ${file?.bytes ?? null}
    where certificate_batch_id = ${batchId} and state in ('waiting', 'running')`.execute(db);
}
