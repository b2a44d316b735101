import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { plainNumber } from '../../kernel/text/index.ts';
import type { Rules } from '../rules/rules.ts';
import { cadresNamed, designationsNamed } from './named-sql.ts';

export type OrderKind = 'order' | 'extension' | 'amendment' | 'withdrawal';
export type OrderState = 'draft' | 'published' | 'withdrawn';

/** An order with rules, and what later orders made of it. */
export type OrderRow = {
  mandateId: string;
  number: string;
  kind: OrderKind;
  orderDate: Day;
  issuer: string;
  issuerEn: string | null;
  titleHi: string | null;
  titleEn: string | null;
  officeId: string;
  rules: Rules;
  digest: string;
  state: OrderState;
  cites: string | null;
  /** The number of the extension of that order which it takes back or gives another day. */
  takesBack: string | null;
  /** Of an extension: a later order took it back, or gave another day in its place. */
  isTakenBack: boolean;
  /** Its own key and those of the orders whose place it took: what was granted under them holds on. */
  lineage: string[];
  /** The designations and cadres that it named when it was put in force, whatever they are called since. */
  designationIds: string[] | null;
  cadreIds: string[] | null;
  scanFileId: string | null;
  publishedAt: Date | null;
  countedAt: Date | null;
  /** Where standings and figures are kept: empty while it binds nobody. */
  sheetId: string;
  /** The work that puts this draft in force. */
  buildId: string | null;
  /** The day of one that extends. */
  until: Day | null;
  /** From which day one that amends or withdraws takes effect. */
  effectiveOn: Day | null;
  /** The latest day of the extensions that cite it, and of those of the order whose place it took and whose day it kept. */
  extendedUntil: Day | null;
  /** Of these, the one of the order whose place it took. */
  extensionHeld: Day | null;
  /** An amendment takes the place of what it cites from this day on. */
  inForceFrom: Day | null;
  /** The last day before another order took its place. */
  inForceUntil: Day | null;
  /** What ended it: another order in its place, or its withdrawal. */
  endedBy: 'amendment' | 'withdrawal' | null;
};

const columns = sql`m.mandate_id as "mandateId", m.number, m.kind, m.order_date as "orderDate", m.issuer, m.issuer_en as "issuerEn",
  m.title_hi as "titleHi", m.title_en as "titleEn", m.office_id as "officeId", m.rules, m.rules_digest as digest, m.state,
  array_prepend(m.mandate_id, m.lineage) as lineage,
  (select number from mandate cited where cited.mandate_id = m.amends_mandate_id) as cites,
  (select number from mandate taken where taken.mandate_id = m.takes_back_id) as "takesBack",
  exists (select from mandate back where back.takes_back_id = m.mandate_id and back.state = 'published') as "isTakenBack",
  m.designation_ids as "designationIds", m.cadre_ids as "cadreIds", m.scan_file_id as "scanFileId", m.published_at as "publishedAt", m.counted_at as "countedAt",
  m.sheet_id as "sheetId", m.build_id as "buildId",
  case when m.kind = 'amendment' then m.effective_on end as "inForceFrom", m.effective_on as "effectiveOn",
  m.extension_held as "extensionHeld",
  (m.rules->>'until')::date as until`;

/** Which later orders are looked at: those in force. */
type Known = {
  /** Those that were known at an instant, and some beside. */
  until?: Date | undefined;
  named?: readonly string[];
  /** A draft as if it were in force. */
  draftId?: string;
  /** Those of a day or before. */
  issuedBy?: Day;
};

/**
 * An extension that a later one takes back counts no more. Where that is one of an order whose place was taken, those
 * others hold on that were kept with it and that nobody has taken back.
 */
function later({ until, named = [], draftId, issuedBy }: Known = {}): RawBuilder<unknown> {
  const isInForce = (one: string) => {
    const row = sql.ref(one);
    const isKnown = until
      ? sql`and (${row}.known_at <= ${until} or ${row}.mandate_id = any(${named}::uuid[]))`
      : sql``;
    const isIssued = issuedBy ? sql`and ${row}.order_date <= ${issuedBy}` : sql``;
    return sql`(${row}.state = 'published' ${draftId ? sql`or ${row}.mandate_id = ${draftId}` : sql``}) ${isKnown} ${isIssued}`;
  };
  const isTakenBack = (extension: string) =>
    sql`exists (select from mandate back where back.takes_back_id = ${sql.ref(`${extension}.mandate_id`)} and ${isInForce('back')})`;
  const isHeldNoMore = sql`exists (select from mandate one join mandate taken on taken.mandate_id = one.takes_back_id
    where one.amends_mandate_id = m.mandate_id and taken.amends_mandate_id <> m.mandate_id and ${isInForce('one')})`;
  // Those of an order whose last day was another were not kept.
  const stillHeld = sql`(select max((one.rules->>'until')::date) from mandate before
    join mandate one on one.amends_mandate_id = before.mandate_id and one.kind = 'extension'
    where before.mandate_id = any(m.lineage) and (before.rules->'window') - 'from' = (m.rules->'window') - 'from'
      and ${isInForce('one')} and not ${isTakenBack('one')})`;
  return sql`left join lateral (
    select greatest(case when m.extension_held is null then null
          when ${isHeldNoMore} then ${stillHeld} else m.extension_held end,
        max((rules->>'until')::date) filter (where kind = 'extension' and not ${isTakenBack('cited')})) as "extendedUntil",
      min(effective_on) filter (where kind in ('amendment', 'withdrawal')) - 1 as "inForceUntil",
      (array_agg(kind order by effective_on) filter (where kind in ('amendment', 'withdrawal')))[1] as "endedBy"
    from (select one.* from mandate one where one.amends_mandate_id = m.mandate_id and ${isInForce('one')}) cited) later on true`;
}

/** One order by its number, of any kind and state: as it is written, or as numbers are kept. */
export async function orderByNumber(db: Reads | Tx, number: string): Promise<OrderRow | undefined> {
  const found = await sql<OrderRow>`select ${columns}, later.* from mandate m ${later()}
    where m.number in (${number}, ${plainNumber(number)}) order by m.number = ${number} desc limit 1`.execute(
    db,
  );
  return found.rows[0];
}

export async function orderById(db: Reads | Tx, mandateId: string): Promise<OrderRow | undefined> {
  const found = await sql<OrderRow>`select ${columns}, later.* from mandate m ${later()}
    where m.mandate_id = ${mandateId}`.execute(db);
  return found.rows[0];
}

/** An order as it will be once a draft is in force that may extend, amend or withdraw it. */
export async function orderAsIfInForce(
  tx: Tx,
  asked: { mandateId: string; draftId: string | null },
): Promise<OrderRow | undefined> {
  const found = await sql<OrderRow>`select ${columns}, later.*
    from mandate m ${later(asked.draftId ? { draftId: asked.draftId } : {})} where m.mandate_id = ${asked.mandateId}`.execute(
    tx,
  );
  return found.rows[0];
}

/** The last day that extensions issued by a day had given an order by then. */
export async function extendedBy(db: Reads, mandateId: string, issuedBy: Day): Promise<Day | null> {
  const found = await sql<{ extendedUntil: Day | null }>`select later."extendedUntil"
    from mandate m ${later({ issuedBy })} where m.mandate_id = ${mandateId}`.execute(db);
  return found.rows[0]?.extendedUntil ?? null;
}

/** Published orders that bind people; as it was known at an instant, where one is given, with some named beside. */
export async function bindingOrders(
  db: Reads | Tx,
  until?: Date,
  named: readonly string[] = [],
): Promise<OrderRow[]> {
  const isKnown = until ? sql`and (m.known_at <= ${until} or m.mandate_id = any(${named}::uuid[]))` : sql``;
  const found = await sql<OrderRow>`select ${columns}, later.* from mandate m ${later({ until, named })}
    where m.state = 'published' and m.kind in ('order', 'amendment') ${isKnown}
    order by m.order_date, m.number`.execute(db);
  return found.rows;
}

/** Of these numbers, the orders that extend, amend or withdraw another, with all that they build on. */
export async function citingAmong(db: Reads | Tx, numbers: readonly string[]): Promise<string[]> {
  const found = await sql<{ mandateId: string }>`with recursive named as (
      select mandate_id, amends_mandate_id from mandate
      where number = any(${[...numbers, ...numbers.map(plainNumber)]}::text[]) and state = 'published'
        and amends_mandate_id is not null
      union select m.mandate_id, m.amends_mandate_id
      from named join mandate m on m.mandate_id = named.amends_mandate_id where m.state = 'published')
    select mandate_id as "mandateId" from named`.execute(db);
  return found.rows.map((row) => row.mandateId);
}

export type OrderPage = { after?: string; limit: number; state?: OrderState };

/** All orders, the newest first. */
export async function listOrders(db: Reads, page: OrderPage): Promise<OrderRow[]> {
  const after = page.after
    ? sql`and (m.order_date, m.mandate_id) < (select order_date, mandate_id from mandate where mandate_id = ${page.after})`
    : sql``;
  const state = page.state ? sql`and m.state = ${page.state}` : sql``;
  const found = await sql<OrderRow>`select ${columns}, later.* from mandate m ${later()}
    where true ${after} ${state} order by m.order_date desc, m.mandate_id desc limit ${page.limit}`.execute(
    db,
  );
  return found.rows;
}

/** The paths of all offices that an order or the one it cites speaks of, and of those that entered them. */
export async function pathsOfOrder(db: Reads | Tx, mandateId: string): Promise<string[][]> {
  const found = await sql<{ path: string[] }>`with orders as (
      select m.rules, m.office_id, m.entered_at from mandate m
      where m.mandate_id = ${mandateId}
        or m.mandate_id = (select amends_mandate_id from mandate where mandate_id = ${mandateId}))
    select path from office
    where office_id in (select office_id from orders union select entered_at from orders)
      or code in (select jsonb_array_elements_text(rules -> 'scope' -> 'offices') from orders
        where rules -> 'scope' -> 'offices' is not null)`.execute(db);
  return found.rows.map((row) => row.path);
}

export type NewOrder = {
  mandateId: string;
  number: string;
  kind: OrderKind;
  orderDate: Day;
  issuer: string;
  issuerEn: string | null;
  titleHi: string | null;
  titleEn: string | null;
  officeId: string;
  enteredAt: string | null;
  rules: unknown;
  digest: string;
  citesId: string | null;
  takesBackId: string | null;
  /** Of the order whose place it takes; empty where it takes none. */
  citedLineage: string[];
  /** The extension of that order which holds on. */
  extensionHeld: Day | null;
  effectiveOn: Day | null;
  now: Date;
  by: string | null;
};

/** False where an order with this number is there already. */
export async function insertOrder(tx: Tx, order: NewOrder): Promise<boolean> {
  const made =
    await sql`insert into mandate (mandate_id, number, kind, order_date, issuer, issuer_en, title_hi, title_en, office_id,
      entered_at, rules, rules_digest, amends_mandate_id, takes_back_id, lineage, effective_on, recorded_at, recorded_by)
    values (${order.mandateId}, ${order.number}, ${order.kind}, ${order.orderDate}, ${order.issuer}, ${order.issuerEn}, ${order.titleHi},
      ${order.titleEn}, ${order.officeId}, ${order.enteredAt}, ${JSON.stringify(order.rules)}::jsonb, ${order.digest}, ${order.citesId}, ${order.takesBackId},
      ${order.citedLineage}::uuid[], ${order.effectiveOn}, ${order.now}, ${order.by})
    on conflict (number) do nothing returning mandate_id`.execute(tx);
  return made.rows.length === 1;
}

/** A draft may be written again; false where it has been published meanwhile. Who entered it first stays. */
export async function rewriteDraft(tx: Tx, draftId: string, order: NewOrder): Promise<boolean> {
  const written =
    await sql`update mandate set kind = ${order.kind}, order_date = ${order.orderDate}, issuer = ${order.issuer}, issuer_en = ${order.issuerEn},
      title_hi = ${order.titleHi}, title_en = ${order.titleEn}, office_id = ${order.officeId},
      rules = ${JSON.stringify(order.rules)}::jsonb, rules_digest = ${order.digest}, amends_mandate_id = ${order.citesId},
      takes_back_id = ${order.takesBackId},
      lineage = ${order.citedLineage}::uuid[], effective_on = ${order.effectiveOn}
    where mandate_id = ${draftId} and state = 'draft' and build_id is null returning mandate_id`.execute(tx);
  return written.rows.length === 1;
}

/** The number of a draft that cites this order. */
export async function draftCiting(tx: Tx, mandateId: string): Promise<string | undefined> {
  const found = await sql<{ number: string }>`select number from mandate
    where ${mandateId} in (amends_mandate_id, takes_back_id) order by number limit 1`.execute(tx);
  return found.rows[0]?.number;
}

/** With its scans and the works that came to nothing; whoever calls holds its row. */
export async function removeDraft(tx: Tx, mandateId: string): Promise<void> {
  const builds = sql`select build_id from mandate_build where mandate_id = ${mandateId}`;
  await sql`delete from mandate_build_part using mandate_build_sheet sheet
    where sheet.build_id in (${builds}) and sheet.sheet_id = mandate_build_part.sheet_id`.execute(tx);
  await sql`delete from mandate_build_sheet where build_id in (${builds})`.execute(tx);
  await sql`delete from mandate_build where mandate_id = ${mandateId}`.execute(tx);
  await sql`delete from mandate_scan where mandate_id = ${mandateId}`.execute(tx);
  await sql`delete from mandate where mandate_id = ${mandateId} and state = 'draft'`.execute(tx);
}

export type TakenOver = { mandateId: string; lineage: string[]; extensionHeld: Day | null };

/** What an amendment takes over of the order whose place it takes; false where it is written so already. */
export async function takeOver(tx: Tx, { mandateId, lineage, extensionHeld }: TakenOver): Promise<boolean> {
  const written = await sql`update mandate set lineage = ${lineage}::uuid[], extension_held = ${extensionHeld}
    where mandate_id = ${mandateId}
      and (lineage, extension_held) is distinct from (${lineage}::uuid[], ${extensionHeld}::date)
    returning mandate_id`.execute(tx);
  return written.rows.length > 0;
}

/** The order's row, held until the end of the transaction. */
export async function lockOrder(
  tx: Tx,
  mandateId: string,
): Promise<{ state: OrderState; buildId: string | null } | undefined> {
  const found = await sql<{ state: OrderState; buildId: string | null }>`select state, build_id as "buildId"
    from mandate where mandate_id = ${mandateId} for update`.execute(tx);
  return found.rows[0];
}

export async function markPublished(
  tx: Tx,
  order: { mandateId: string; scope: Rules['scope'] | undefined; now: Date; by: string | null },
): Promise<void> {
  const { designations, cadres } = order.scope ?? {};
  await sql`update mandate set state = 'published', published_at = ${order.now}, published_by = ${order.by},
      known_at = clock_timestamp(),
      designation_ids = ${designations ? sql`array(${designationsNamed(designations)})` : null},
      cadre_ids = ${cadres ? sql`array(${cadresNamed(cadres)})` : null}
    where mandate_id = ${order.mandateId}`.execute(tx);
}

export async function markCounted(tx: Tx, mandateId: string, now: Date): Promise<void> {
  await sql`update mandate set counted_at = ${now} where mandate_id = ${mandateId}`.execute(tx);
}

/** Of these codes, those that name nothing: offices, courses, and courses or tests that are passed. */
export async function unknownCodes(
  db: Reads | Tx,
  given: { offices: string[]; courses: string[]; assessments: string[] },
): Promise<{ offices: string[]; courses: string[]; assessments: string[] }> {
  const missing = (codes: string[], known: RawBuilder<unknown>) =>
    sql`array(select code from unnest(${codes}::text[]) as given (code) where not exists (${known}))`;
  const found = await sql<{ offices: string[]; courses: string[]; assessments: string[] }>`select
    ${missing(given.offices, sql`select from office where office.code = given.code`)} as offices,
    ${missing(given.courses, sql`select from course where course.code = given.code`)} as courses,
    ${missing(
      given.assessments,
      sql`select from course where course.code = given.code
      union all select from blueprint where blueprint.code = given.code`,
    )} as assessments`.execute(db);
  return found.rows[0] ?? { offices: [], courses: [], assessments: [] };
}

/** Of these names and tags, those that nobody and no course carries yet: allowed, but worth a look. */
export async function unusedWords(
  db: Reads | Tx,
  given: { designations: string[]; cadres: string[]; tags: string[] },
): Promise<string[]> {
  const found = await sql<{ word: string }>`
    select word from unnest(${given.designations}::text[]) as given (word)
      where not exists (select from designation where word in (name, name_en) or name_key = lower(word))
    union all select word from unnest(${given.cadres}::text[]) as given (word)
      where not exists (select from cadre where word = name or name_key = lower(word))
    union all select word from unnest(${given.tags}::text[]) as given (word)
      where not exists (select from course where tags @> array[word])`.execute(db);
  return found.rows.map((row) => row.word);
}
