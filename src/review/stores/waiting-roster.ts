import { sql } from 'kysely';
import { countsSql } from '../../insight/index.ts';
import type { Db, Reads, Tx } from '../../kernel/db.ts';
import type { FactsObserver } from '../../kernel/facts.ts';

type Reader = Pick<Db, 'read'>;
type Wanted = { nodeId: string; day: string };
/** `snapshot`: what was visible when it was counted, as PostgreSQL writes it. */
type Counted = { count: number; snapshot: string; at: number };

/** Rows of `roster_change` are kept for longer than a count is. */
const usableMs = 3_600_000;
const kept = new WeakMap<Reader, Map<string, Counted>>();

/**
 * People who are posted on a day at an office or below, or in an area, and have no account yet. Counting lakhs of them
 * takes seconds, so a count is taken again as long as nothing has been committed since that could change it.
 */
export async function rosterWithoutAccount(db: Reader, wanted: Wanted): Promise<number> {
  const own = kept.get(db) ?? new Map<string, Counted>();
  kept.set(db, own);
  const key = `${wanted.nodeId} ${wanted.day}`;
  const known = own.get(key);
  if (known && performance.now() - known.at < usableMs && (await isUnchanged(db.read, known.snapshot)))
    return known.count;
  const at = performance.now();
  const counted = { ...(await count(db.read, wanted)), at };
  for (const [old, { at: since }] of own) if (at - since >= usableMs) own.delete(old);
  own.set(key, counted);
  return counted.count;
}

/** Whether all that could change the count and is visible now was visible then. */
async function isUnchanged(reads: Reads, snapshot: string): Promise<boolean> {
  const found = await sql<{ changed: boolean }>`select exists (select from roster_change
    where written_by >= pg_snapshot_xmin(${snapshot}::pg_snapshot)
      and not pg_visible_in_snapshot(written_by, ${snapshot}::pg_snapshot)) as changed`.execute(reads);
  return found.rows[0]?.changed === false;
}

async function count(reads: Reads, { nodeId, day }: Wanted): Promise<Omit<Counted, 'at'>> {
  const found = await sql<
    Omit<Counted, 'at'>
  >`select count(*) as count, pg_current_snapshot()::text as snapshot from person
    where account_day is null and merged_into is null and voided_at is null and exists (
      select from posting join office using (office_id)
      where posting.person_id = person.person_id and ${countsSql('posting', day)}
        and office.nodes @> array[${nodeId}::uuid])`.execute(reads);
  const [row] = found.rows;
  if (!row) throw new Error('a count has one row');
  return row;
}

/** Written with every change of postings or accounts. */
export async function noteRosterChange(tx: Tx): Promise<void> {
  await sql`insert into roster_change default values on conflict do nothing`.execute(tx);
}

/** What alone was learnt, or read, changes nobody's place. */
const elsewhere: ReadonlySet<string> = new Set(['completed', 'enrolled', 'signed-in', 'paper']);

export const noteRosterChanges: FactsObserver = {
  async before() {
    return undefined;
  },
  async after(tx, scope) {
    if ('hint' in scope && scope.hint && elsewhere.has(scope.hint.kind)) return;
    await noteRosterChange(tx);
  },
};

/** Of the time before the longest use of a count nothing has to be known. */
export async function forgetRosterChanges(db: Reader): Promise<void> {
  await sql`delete from roster_change where written_at < now() - interval '1 day'`.execute(db.read);
}
