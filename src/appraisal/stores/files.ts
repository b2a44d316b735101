import { sql } from 'kysely';
import type { Failure, Forgotten } from '../../kernel/batch-files.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { Language } from '../../kernel/i18n.ts';

type Reader = Reads | Tx;

/** The PDFs of an office's statements of a year, asked for by one person, as a ZIP. */
export type StatementFile = {
  batchId: string;
  year: string;
  officeId: string;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  language: Language;
  state: 'waiting' | 'running' | 'done' | 'stopped' | 'failed';
  total: number;
  done: number;
  storageKey: string | null;
  bytes: number | null;
  fileUntil: string | null;
  failure: Failure | null;
  createdAt: Date;
};

const selected = sql`select b.statement_batch_id as "batchId", b.year, b.office_id as "officeId", o.code as "officeCode",
    o.name_hi as "officeHi", o.name_en as "officeEn", b.language, b.state, b.total, b.done, b.storage_key as "storageKey",
    b.bytes, b.file_until as "fileUntil", b.failure, b.created_at as "createdAt"
  from statement_batch b join office o using (office_id)`;

type NewFile = Pick<StatementFile, 'batchId' | 'year' | 'officeId' | 'language' | 'total' | 'createdAt'> & {
  createdBy: string;
};

export async function insertFile(tx: Tx, file: NewFile): Promise<void> {
  await sql`insert into statement_batch (statement_batch_id, year, office_id, language, total, created_at, created_by)
    values (${file.batchId}, ${file.year}, ${file.officeId}, ${file.language}, ${file.total}, ${file.createdAt},
      ${file.createdBy})`.execute(tx);
}

/** The last ones of a person, or one of them. */
export async function ownFiles(db: Reader, personId: string, batchId?: string): Promise<StatementFile[]> {
  const found = await sql<StatementFile>`${selected} where b.created_by = ${personId}
      and (${batchId ?? null}::uuid is null or b.statement_batch_id = ${batchId ?? null})
    order by b.created_at desc limit 10`.execute(db);
  return found.rows;
}

export async function fileById(db: Reader, batchId: string): Promise<StatementFile | undefined> {
  const found = await sql<StatementFile>`${selected} where b.statement_batch_id = ${batchId}`.execute(db);
  return found.rows[0];
}

/** Of how many of its statements the state is no more what it was when it was asked for. */
export async function countOutdated(db: Reader, batchId: string): Promise<number> {
  const found = await sql<{ count: number }>`select count(distinct e.person_id) as count
    from statement_batch b
      join office o on o.path && array[b.office_id]
      join statement s on s.office_id = o.office_id and s.year = b.year
      join statement_event e on e.person_id = s.person_id and e.statement_id = s.statement_id
    where b.statement_batch_id = ${batchId} and e.happened_at > b.begun_at and e.kind not in ('frozen', 'served')`.execute(
    db,
  );
  return found.rows[0]?.count ?? 0;
}

/** How far it is; false where it was stopped in the meantime. */
export async function noteFile(db: Reader, batchId: string, done: number): Promise<boolean> {
  const noted = await sql`update statement_batch set state = 'running', done = ${done}
    where statement_batch_id = ${batchId} and state in ('waiting', 'running')`.execute(db);
  return Number(noted.numAffectedRows ?? 0) === 1;
}

type Ending = {
  state: 'done' | 'stopped' | 'failed';
  at: Date;
  file?: { key: string; bytes: number; until: string };
  failure?: Failure;
};

/** False where it had ended before. */
export async function endFile(db: Reader, batchId: string, ending: Ending): Promise<boolean> {
  const { state, at, file, failure } = ending;
  const ended = await sql`update statement_batch set state = ${state}, finished_at = ${at},
      failure = ${failure ?? null}, storage_key = ${file?.key ?? null}, bytes = ${file?.bytes ?? null},
      file_until = ${file?.until ?? null}
    where statement_batch_id = ${batchId} and state in ('waiting', 'running')`.execute(db);
  return Number(ended.numAffectedRows ?? 0) === 1;
}

export async function openFiles(db: Reader): Promise<string[]> {
  const found = await sql<{ id: string }>`select statement_batch_id as id from statement_batch
    where state in ('waiting', 'running')`.execute(db);
  return found.rows.map((row) => row.id);
}

/** Lets go of one file whose days are over, and returns its key. */
export async function forgetOld(tx: Tx, today: string): Promise<Forgotten | undefined> {
  const gone = await sql<Forgotten>`
    with old as (select statement_batch_id as id, storage_key as key from statement_batch
      where storage_key is not null and file_until < ${today}::date order by file_until limit 1 for update skip locked),
    gone as (update statement_batch b set storage_key = null from old where b.statement_batch_id = old.id)
    select id as "batchId", key from old`.execute(tx);
  return gone.rows[0];
}
