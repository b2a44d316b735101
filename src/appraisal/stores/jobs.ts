import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import { inScope } from '../../organisations/index.ts';

type Reader = Reads | Tx;

export type StatementJob = {
  jobId: string;
  kind: 'freeze' | 'correct';
  year: string;
  officeId: string;
  officeCode: string;
  state: 'waiting' | 'running' | 'done' | 'stopped' | 'failed';
  total: number;
  done: number;
  made: number;
  leftOut: number;
  afterPersonId: string | null;
  orderNumber: string | null;
  reason: string | null;
  /** The technical kind of the last fault: of the last attempt, where the work has failed. */
  failure: string | null;
  createdAt: Date;
  finishedAt: Date | null;
};

const columns = sql`statement_job_id as "jobId", kind, year, office_id as "officeId",
  (select o.code from office o where o.office_id = statement_job.office_id) as "officeCode", state, total, done, made,
  left_out as "leftOut", after_person_id as "afterPersonId", order_number as "orderNumber", reason, failure,
  created_at as "createdAt", finished_at as "finishedAt"`;

export type Posted = { officeId: string; from: string; cutOff: string };

/** Everybody with a posting in the subtree on one of the days of the year. */
export async function countPosted(db: Reader, { officeId, from, cutOff }: Posted): Promise<number> {
  const found = await sql<{ count: number }>`select count(distinct t.person_id) as count
    from posting t join office o using (office_id)
    where o.path && array[${officeId}::uuid] and t.voided_at is null and t.starts_on <= ${cutOff}::date
      and (t.ends_on is null or t.ends_on >= ${from}::date)`.execute(db);
  return found.rows[0]?.count ?? 0;
}

export async function postedAfter(
  tx: Tx,
  { officeId, from, cutOff, after, limit }: Posted & { after: string | null; limit: number },
): Promise<string[]> {
  const found = await sql<{ personId: string }>`select distinct t.person_id as "personId"
    from posting t join office o using (office_id)
    where o.path && array[${officeId}::uuid] and t.voided_at is null and t.starts_on <= ${cutOff}::date
      and (t.ends_on is null or t.ends_on >= ${from}::date)
      and t.person_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
    order by t.person_id limit ${limit}`.execute(tx);
  return found.rows.map((row) => row.personId);
}

/** Of these persons, those whose statement of the year stands, with its number. */
export async function frozenAmong(
  db: Reader,
  personIds: readonly string[],
  year: string,
): Promise<Map<string, string>> {
  const found = await sql<{ personId: string; no: string }>`select person_id as "personId", statement_no as no
    from statement where person_id = any(${personIds}::uuid[]) and year = ${year} and replaced_by_no is null`.execute(
    db,
  );
  return new Map(found.rows.map((row) => [row.personId, row.no]));
}

type Live = { officeId: string; year: string };

export async function countLive(db: Reader, { officeId, year }: Live): Promise<number> {
  const found = await sql<{
    count: number;
  }>`select count(*) as count from statement s join office o using (office_id)
    where s.year = ${year} and s.replaced_by_no is null and o.path && array[${officeId}::uuid]`.execute(db);
  return found.rows[0]?.count ?? 0;
}

/** The statements that stand of offices of a subtree, whoever is posted there by now, by the key of their person. */
export async function liveAfter(
  tx: Tx,
  { officeId, year, after, limit }: Live & { after: string | null; limit: number },
): Promise<{ personId: string; statementNo: string }[]> {
  const found = await sql<{ personId: string; statementNo: string }>`select s.person_id as "personId",
      s.statement_no as "statementNo"
    from statement s join office o using (office_id)
    where s.year = ${year} and s.replaced_by_no is null and o.path && array[${officeId}::uuid]
      and s.person_id > coalesce(${after}::uuid, '00000000-0000-0000-0000-000000000000')
    order by s.person_id limit ${limit}`.execute(tx);
  return found.rows;
}

type NewJob = Pick<
  StatementJob,
  'jobId' | 'kind' | 'year' | 'officeId' | 'total' | 'orderNumber' | 'reason'
> & {
  createdAt: Date;
  createdBy: string | undefined;
};

/** The job of this kind, year and office that is open, made where there is none. */
export async function openJob(tx: Tx, job: NewJob): Promise<StatementJob> {
  await sql`insert into statement_job (statement_job_id, kind, year, office_id, total, order_number, reason,
      created_at, created_by)
    values (${job.jobId}, ${job.kind}, ${job.year}, ${job.officeId}, ${job.total}, ${job.orderNumber}, ${job.reason},
      ${job.createdAt}, ${job.createdBy ?? null})
    on conflict (kind, year, office_id) where state in ('waiting', 'running') do nothing`.execute(tx);
  const found = await sql<StatementJob>`select ${columns} from statement_job where kind = ${job.kind}
    and year = ${job.year} and office_id = ${job.officeId} and state in ('waiting', 'running')`.execute(tx);
  const [open] = found.rows;
  if (!open) throw new Error('the job of statements could not be opened');
  return open;
}

export async function jobById(db: Reader, jobId: string): Promise<StatementJob | undefined> {
  const found = await sql<StatementJob>`select ${columns} from statement_job
    where statement_job_id = ${jobId}`.execute(db);
  return found.rows[0];
}

export async function lockedJob(tx: Tx, jobId: string): Promise<StatementJob | undefined> {
  const found = await sql<StatementJob>`select ${columns} from statement_job
    where statement_job_id = ${jobId} for update`.execute(tx);
  return found.rows[0];
}

type Step = { jobId: string; done: number; made: number; leftOut: number; after: string };

export async function noteStep(tx: Tx, { jobId, done, made, leftOut, after }: Step): Promise<void> {
  await sql`update statement_job set state = 'running', done = done + ${done}, made = made + ${made},
      left_out = left_out + ${leftOut}, after_person_id = ${after}, failure = null
    where statement_job_id = ${jobId}`.execute(tx);
}

/** Stands beside the work until its next step. */
export async function noteFault(
  tx: Tx,
  { jobId, failure }: { jobId: string; failure: string },
): Promise<void> {
  await sql`update statement_job set failure = ${failure} where statement_job_id = ${jobId}`.execute(tx);
}

export async function endJob(
  tx: Tx,
  { jobId, state, at }: { jobId: string; state: 'done' | 'stopped' | 'failed'; at: Date },
): Promise<void> {
  await sql`update statement_job set state = ${state}, finished_at = ${at}
    where statement_job_id = ${jobId} and state in ('waiting', 'running')`.execute(tx);
}

/**
 * The work of these offices and of those below them, of a year where one is given: what is under way, and of the rest
 * the newest few.
 */
export async function jobsOf(
  db: Reader,
  { officeIds, jobId, year }: { officeIds: string[]; jobId?: string; year?: string },
): Promise<StatementJob[]> {
  const isOpen = sql`state in ('waiting', 'running')`;
  const found = await sql<StatementJob>`select * from (select ${columns}, ${isOpen} as "isOpen",
      row_number() over (partition by ${isOpen} order by created_at desc, statement_job_id desc) as place
    from statement_job where (${jobId ?? null}::uuid is null or statement_job_id = ${jobId ?? null})
      and (${year ?? null}::text is null or year = ${year ?? null}) and exists (select 1 from office o
      where o.office_id = statement_job.office_id and ${inScope(sql`o.path`, officeIds)})
    ) job where place <= case when "isOpen" then 20 else 3 end order by "isOpen" desc, place`.execute(db);
  return found.rows;
}
