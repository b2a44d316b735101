import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { ServiceKind } from './schema.ts';

export type ServiceEventRow = {
  serviceEventId: string;
  personId: string;
  kind: ServiceKind;
  startsOn: string;
  endsOn: string | null;
  orderNumber: string | null;
  reason: string | null;
  importId: string | null;
  recordedAt: Date;
  recordedBy: string | null;
  byHi: string | null;
  byEn: string | null;
};

const columns = sql`e.service_event_id as "serviceEventId", e.person_id as "personId", e.kind, e.starts_on as "startsOn",
  e.ends_on as "endsOn", e.order_number as "orderNumber", e.reason, e.import_id as "importId",
  e.recorded_at as "recordedAt", e.recorded_by as "recordedBy", w.name_hi as "byHi", w.name_en as "byEn"`;

export async function eventsOf(db: Reads, personId: string): Promise<ServiceEventRow[]> {
  const found = await sql<ServiceEventRow>`select ${columns} from service_event e
      left join person w on w.person_id = e.recorded_by
    where e.person_id = ${personId} and e.voided_at is null order by e.starts_on desc, e.service_event_id`.execute(
    db,
  );
  return found.rows;
}

export type RemovedEventRow = Pick<
  ServiceEventRow,
  'serviceEventId' | 'personId' | 'kind' | 'startsOn' | 'endsOn'
> & {
  removedAt: Date;
  removedBy: string | null;
  /** Why it was taken back. */
  reason: string | null;
};

/** Entries that were taken back by hand, the last first; what was ended or corrected lives on in another entry. */
export async function removedEventsOf(db: Reads, personId: string): Promise<RemovedEventRow[]> {
  const found =
    await sql<RemovedEventRow>`select e.service_event_id as "serviceEventId", e.person_id as "personId", e.kind,
      e.starts_on as "startsOn", e.ends_on as "endsOn", e.voided_at as "removedAt", e.voided_by as "removedBy",
      e.void_reason as reason
    from service_event e where e.person_id = ${personId} and e.voided_by is not null and e.void_reason <> 'ended'
    order by e.voided_at desc limit 50`.execute(db);
  return found.rows;
}

export async function liveEvent(
  db: Reads | Tx,
  key: { personId: string; serviceEventId: string },
): Promise<ServiceEventRow | undefined> {
  const found = await sql<ServiceEventRow>`select ${columns} from service_event e
      left join person w on w.person_id = e.recorded_by
    where e.person_id = ${key.personId} and e.service_event_id = ${key.serviceEventId} and e.voided_at is null`.execute(
    db,
  );
  return found.rows[0];
}

export type NewEvent = Pick<
  ServiceEventRow,
  'personId' | 'serviceEventId' | 'kind' | 'startsOn' | 'endsOn' | 'orderNumber' | 'reason' | 'recordedBy'
> & { now: Date };

export async function insertEvent(tx: Tx, row: NewEvent): Promise<void> {
  await sql`insert into service_event (person_id, service_event_id, kind, starts_on, ends_on, order_number, reason,
      recorded_at, recorded_by)
    values (${row.personId}, ${row.serviceEventId}, ${row.kind}, ${row.startsOn}, ${row.endsOn}, ${row.orderNumber},
      ${row.reason}, ${row.now}, ${row.recordedBy})`.execute(tx);
}

export type Voiding = { personId: string; id: string; now: Date; by: string | null; reason: string };

export async function voidEvent(tx: Tx, voiding: Voiding): Promise<void> {
  await sql`update service_event set voided_at = ${voiding.now}, voided_by = ${voiding.by}, void_reason = ${voiding.reason}
    where person_id = ${voiding.personId} and service_event_id = ${voiding.id} and voided_at is null`.execute(
    tx,
  );
}

/** Two spells of one kind that share a day; a kind of one day stands once a day. */
export function overlapSql(
  one: { starts: RawBuilder<unknown>; ends: RawBuilder<unknown>; kind: RawBuilder<unknown> },
  other: { starts: RawBuilder<unknown>; ends: RawBuilder<unknown>; kind: RawBuilder<unknown> },
): RawBuilder<boolean> {
  return sql<boolean>`(${one.kind} = ${other.kind}
    and daterange(${one.starts}, ${one.ends}, '[]') && daterange(${other.starts}, ${other.ends}, '[]'))`;
}

export type Spell = {
  personId: string;
  kind: string;
  startsOn: string;
  endsOn: string | null;
  exceptId?: string;
};

export async function overlaps(tx: Tx, spell: Spell): Promise<boolean> {
  const found = await sql<{ any: boolean }>`select exists (select 1 from service_event e
    where e.person_id = ${spell.personId} and e.voided_at is null
      and e.service_event_id is distinct from ${spell.exceptId ?? null}::uuid
      and ${overlapSql(
        { kind: sql`e.kind`, starts: sql`e.starts_on`, ends: sql`e.ends_on` },
        { kind: sql`${spell.kind}`, starts: sql`${spell.startsOn}::date`, ends: sql`${spell.endsOn}::date` },
      )}) as any`.execute(tx);
  return found.rows[0]?.any ?? false;
}
