import { createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import { sql } from 'kysely';
import type { Db, Tx } from './db.ts';

/** A row of audit_event as its digest sees it: every column but the bookkeeping of sealing. */
type EventRow = {
  audit_event_id: string;
  happened_at: Date;
  recorded_at: Date;
  actor_kind: string;
  actor_person_id: string | null;
  actor_name: string | null;
  action: string;
  subject_kind: string;
  subject_id: string;
  person_id: string | null;
  office_id: string | null;
  ip: string | null;
  request_id: string;
  detail: unknown;
};
type SealedRow = EventRow & { seal_number: number; salt: Buffer | null; digest: Buffer; link: Buffer };

const eventColumns = sql`e.audit_event_id, e.happened_at, e.recorded_at, e.actor_kind, e.actor_person_id, e.actor_name, e.action,
  e.subject_kind, e.subject_id, e.person_id, e.office_id, host(e.ip) as ip, e.request_id, e.detail`;

const batchSize = 2000;
const sealLock = 8_102_027;
const beginning = Buffer.alloc(32);

/**
 * Seals audit rows into the hash chain, in batches: only rows whose transactions are older than every one
 * that still runs, so no writer ever waits and no row can slip in before. Returns how many were sealed.
 */
export async function sealAudit(db: Db): Promise<number> {
  let sealed = 0;
  for (;;) {
    const count = await db.transaction(sealBatch);
    sealed += count;
    if (count < batchSize) return sealed;
  }
}

async function sealBatch(tx: Tx): Promise<number> {
  await sql`select pg_advisory_xact_lock(${sealLock})`.execute(tx);
  const last = await lastSeal(tx);
  const rows = await unsealed(tx, last.writtenBy);
  if (rows.length === 0) return 0;
  let link = last.link;
  const seals = rows.map((row, index) => {
    const salt = randomBytes(16);
    const digest = digestOfEvent(row, salt);
    link = linkAfter(link, digest);
    return { number: last.number + index + 1, id: row.audit_event_id, salt, digest, link };
  });
  await sql`insert into audit_seal (seal_number, audit_event_id, salt, digest, link)
    select * from unnest(${seals.map((seal) => seal.number)}::bigint[], ${seals.map((seal) => seal.id)}::uuid[],
      ${seals.map((seal) => seal.salt)}::bytea[], ${seals.map((seal) => seal.digest)}::bytea[], ${seals.map((seal) => seal.link)}::bytea[])`.execute(
    tx,
  );
  return rows.length;
}

async function lastSeal(tx: Tx): Promise<{ number: number; link: Buffer; writtenBy: string }> {
  const found = await sql<{ number: number; link: Buffer; writtenBy: string }>`
    select s.seal_number as number, s.link, coalesce(e.written_by::text, '0') as "writtenBy"
    from audit_seal s left join audit_event e using (audit_event_id) order by s.seal_number desc limit 1`.execute(
    tx,
  );
  return found.rows[0] ?? { number: 0, link: beginning, writtenBy: '0' };
}

async function unsealed(tx: Tx, since: string): Promise<EventRow[]> {
  const found = await sql<EventRow>`select ${eventColumns} from audit_event e
    where e.written_by >= ${since}::xid8 and e.written_by < pg_snapshot_xmin(pg_current_snapshot())
      and not exists (select from audit_seal s where s.audit_event_id = e.audit_event_id)
    order by e.written_by, e.audit_event_id limit ${batchSize}`.execute(tx);
  return found.rows;
}

function digestOfEvent(row: EventRow, salt: Buffer): Buffer {
  const { happened_at, recorded_at, ...rest } = row;
  const plain = { ...rest, happened_at: happened_at.toISOString(), recorded_at: recorded_at.toISOString() };
  return createHash('sha256')
    .update(salt)
    .update(canonicalize(plain) ?? '')
    .digest();
}

function linkAfter(link: Buffer, digest: Buffer): Buffer {
  return createHash('sha256').update(link).update(digest).digest();
}

export type ChainFault = { sealNumber: number; fault: 'link' | 'digest' | 'missing' | 'gap' };

/**
 * Walks the whole chain. A sealed event whose row is gone without its salt being removed is `missing`; a
 * lawfully erased one keeps digest and link, has no salt, and is counted as erased.
 */
export async function verifyAudit(
  db: Db,
): Promise<{ sealed: number; erased: number; unsealed: number; faults: ChainFault[] }> {
  const faults: ChainFault[] = [];
  let link: Buffer = beginning;
  let sealed = 0;
  let erased = 0;
  for (;;) {
    const rows = await sealedAfter(db, sealed === 0 ? 0 : sealed);
    for (const row of rows) {
      sealed += 1;
      if (row.seal_number !== sealed) faults.push({ sealNumber: sealed, fault: 'gap' });
      link = linkAfter(link, row.digest);
      if (!link.equals(row.link)) faults.push({ sealNumber: row.seal_number, fault: 'link' });
      const fault = row.salt ? eventFault(row, row.salt) : undefined;
      if (!row.salt) erased += 1;
      if (fault) faults.push({ sealNumber: row.seal_number, fault });
      link = row.link;
      sealed = row.seal_number;
    }
    if (rows.length < batchSize) break;
  }
  return { sealed, erased, unsealed: await countUnsealed(db), faults };
}

function eventFault(row: SealedRow, salt: Buffer): ChainFault['fault'] | undefined {
  if (row.happened_at === null) return 'missing';
  const { seal_number: _number, salt: _salt, digest, link: _link, ...event } = row;
  return digestOfEvent(event, salt).equals(digest) ? undefined : 'digest';
}

async function sealedAfter(db: Db, after: number): Promise<SealedRow[]> {
  const found = await sql<SealedRow>`select s.seal_number, s.salt, s.digest, s.link, ${eventColumns}
    from audit_seal s left join audit_event e using (audit_event_id)
    where s.seal_number > ${after} order by s.seal_number limit ${batchSize}`.execute(db.read);
  return found.rows;
}

async function countUnsealed(db: Db): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from audit_event e
    where not exists (select from audit_seal s where s.audit_event_id = e.audit_event_id)`.execute(db.read);
  return found.rows[0]?.n ?? 0;
}
