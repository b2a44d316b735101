import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import { besideSql, completedSql, type OrdersKnown, standingsKnownAt } from '../../mandates/index.ts';
import type { CompletionFact, InputItem, StatementInputs, Word, WordKind } from '../statements/content.ts';
import { orderStatusOn } from './order-status.ts';

type Reader = Reads | Tx;

export type Period = { from: string; cutOff: string };
export type Wish = Period & {
  /** A correction knows no orders but those of its first freeze, and those by whose number it is made. */
  ordersKnown?: OrdersKnown | undefined;
  /** A preview tells orders as of its own day, while that lies before the cut-off. */
  asOf?: string | undefined;
};

export type Gathered = {
  personId: string;
  inputs: StatementInputs;
  completions: CompletionFact[];
  /** Facts have changed and the standings under orders do not tell so yet. */
  isTouched: boolean;
};

type GatheredRow = {
  personId: string;
  person: StatementInputs['person'];
  postings: StatementInputs['postings'];
  items: (InputItem & CompletionFact)[];
  mandates: StatementInputs['mandates'];
  others: StatementInputs['others'];
  isTouched: boolean;
};

/**
 * What the events say of these persons now, in one statement and so of one moment. Who was merged into another
 * record is left out: the survivor has all.
 */
export async function gatherMaterial(
  db: Reader,
  personIds: readonly string[],
  { from, cutOff, ordersKnown, asOf }: Wish,
): Promise<Gathered[]> {
  const standings = ordersKnown
    ? await standingsKnownAt(db, sql`select unnest(${personIds}::uuid[]) as person_id`, ordersKnown)
    : sql`select s.* from who join mandate_standing s using (person_id)`;
  const found = await sql<GatheredRow>`
    with who as (select p.* from unnest(${personIds}::uuid[]) as i (person_id) join person p using (person_id)
        where p.merged_into is null and p.voided_at is null),
    posted as (
      select t.person_id, json_agg(json_build_object('id', t.posting_id, 'officeId', t.office_id, 'path', o.path,
          'designationId', t.designation_id, 'cadreId', t.cadre_id, 'group', t.service_group,
          'engagement', t.engagement, 'kind', t.kind, 'from', t.starts_on, 'to', t.ends_on, 'isPrimary', t.is_primary)
        order by t.starts_on, t.posting_id) as postings
      from who join posting t using (person_id) join office o using (office_id)
      where t.voided_at is null and t.starts_on <= ${cutOff}::date
        and (t.ends_on is null or t.ends_on >= ${from}::date)
      group by t.person_id),
    completed as (${completedSql({ from, to: cutOff })}),
    listed as (
      select c.person_id, json_agg(json_build_object(${completionColumns}, 'isRenewal', c.turn > 1,
          'begunOn', e.enrolled_day, 'certificateNo', k.certificate_no,
          'scorePercent', (k.content ->> 'scorePercent')::numeric)
        order by c.completed_day, c.completion_id) as items
      from completed c
        left join enrolment e on e.person_id = c.person_id and e.enrolment_id = c.enrolment_id
        left join certificate k on k.person_id = c.person_id and k.completion_id = c.completion_id
          and k.replaced_by_no is null and k.revoked_at is null
      where c.completed_day >= ${from}::date and not c.is_claim
      group by c.person_id),
    standing as (${standings}),
    ordered as (${mandateLinesSql({ from, cutOff }, asOf && asOf < cutOff ? asOf : cutOff)}),
    beside as (${otherItemsSql({ from, cutOff })})
    select w.person_id as "personId", json_build_object('nameHi', w.name_hi, 'nameEn', w.name_en,
        'code', w.employee_code, 'issuer', w.issuer) as person,
      coalesce(posted.postings, '[]') as postings, coalesce(listed.items, '[]') as items,
      coalesce(ordered.lines, '[]') as mandates, coalesce(beside.items, '[]') as others,
      exists (select from mandate_touched touched where touched.person_id = w.person_id) as "isTouched"
    from who w left join posted using (person_id) left join listed using (person_id)
      left join ordered using (person_id) left join beside using (person_id)
    order by w.person_id`.execute(db);
  return found.rows.map(({ personId, person, postings, items, mandates, others, isTouched }) => ({
    personId,
    isTouched,
    inputs: { person, postings, items: items.map(inputOf), mandates, others },
    completions: items.map(factOf),
  }));
}

/**
 * How the published orders stood on the cut-off. Of this year are those whose window had begun for the person by then,
 * unless they were met before the year began, or their day was over before it and nobody met them in it.
 */
function mandateLinesSql({ from, cutOff }: Period, asOf: string): RawBuilder<unknown> {
  const day = sql`${cutOff}::date`;
  return sql`select s.person_id, json_agg(json_build_object('number', m.number,
        'title', json_build_object('hi', m.title_hi, 'en', m.title_en),
        'status', ${orderStatusOn(sql`${asOf}::date`)},
        'dueOn', s.due_on, 'reachedOn', case when s.reached_on <= ${day} then s.reached_on end)
      order by m.order_date, m.number) as lines
    from standing s join who using (person_id) join mandate m using (mandate_id)
    where m.state = 'published' and exists (select 1 from unnest(s.bound_days) b (days) where b.days @> ${day})
      and ${hasBegun(day)}
      and (s.due_on is null or s.due_on >= ${from}::date or s.reached_on between ${from}::date and ${day})
    group by s.person_id`;
}

/** Whether the window of an order `m` had begun on a day on which it bound: a posting then is one of that day or before. */
function hasBegun(day: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case m.rules #>> '{window,after}' when 'posting' then true when 'assignment' then m.order_date <= ${day}
    when 'joining' then coalesce(who.joined_on <= ${day}, true)
    else (m.rules #>> '{window,from}')::date <= ${day} end`;
}

/** Accepted claims and sessions attended, as items of a statement. */
function otherItemsSql({ from, cutOff }: Period): RawBuilder<unknown> {
  const none = sql`'begunOn', null, 'competencies', '[]'::json, 'scorePercent', null`;
  return sql`select person_id, json_agg(json_build_object('kind', kind, 'code', code,
        'title', json_build_object('hi', title_hi, 'en', title_en), 'provider', provider, 'mode', mode,
        'completedOn', day, 'minutes', minutes, 'certificateNo', certificate_no, ${none}, 'isRenewal', is_renewal,
        'isCounted', is_counted, 'verified', json_build_object('how', how, 'source', null, 'recordedOn', recorded_on))
      order by day, code, id) as items
    from (${besideSql({ from, to: cutOff })}) beside group by person_id`;
}

const completionColumns = sql`'id', c.completion_id, 'courseId', c.course_id, 'completedOn', c.completed_day,
  'source', c.source, 'foreignCertificateNo', c.foreign_certificate_no, 'minutes', c.minutes,
  'recordedOn', (c.recorded_at at time zone 'Asia/Kolkata')::date`;

function inputOf({ id, isRenewal, begunOn, certificateNo, scorePercent }: InputItem): InputItem {
  return { id, isRenewal, begunOn, certificateNo, scorePercent };
}

function factOf(item: CompletionFact): CompletionFact {
  const { id, courseId, completedOn, source, foreignCertificateNo, minutes, recordedOn } = item;
  return { id, courseId, completedOn, source, foreignCertificateNo, minutes, recordedOn };
}

/**
 * Completions by their ids, voided ones too, of a person and of the records that were merged with it: a merge
 * copies them with their ids and their day of recording.
 */
export async function completionsByIds(
  db: Reader,
  personId: string,
  ids: readonly string[],
): Promise<CompletionFact[]> {
  const found = await sql<{ fact: CompletionFact }>`select distinct on (c.completion_id)
      json_build_object(${completionColumns}) as fact
    from completion c where c.completion_id = any(${ids}::uuid[]) and c.person_id in (${kin(personId)})
    order by c.completion_id, c.person_id = ${personId}::uuid desc`.execute(db);
  return found.rows.map(({ fact }) => fact);
}

export type EventIds = { id: string; why: 'later' | 'voided' | null };

/**
 * What the rows themselves say of which completions counted at the freeze: recorded by then and not voided by
 * then. Differs from what was kept only where an undo, a merge or a transaction under way has changed the past.
 */
export async function completionIdsAt(
  db: Reader,
  personId: string,
  { from, cutOff, at }: Period & { at: Date },
): Promise<string[]> {
  const found = await sql<{ id: string }>`select completion_id as id from completion
    where person_id = ${personId} and completed_day between ${from}::date and ${cutOff}::date
      and recorded_at <= ${at} and (voided_at is null or voided_at > ${at})`.execute(db);
  return found.rows.map((row) => row.id);
}

function kin(personId: string): RawBuilder<unknown> {
  return sql`with recursive up as (
      select person_id, merged_into from person where person_id = ${personId}
      union select p.person_id, p.merged_into from up join person p on p.person_id = up.merged_into),
    all_kin as (select person_id from up
      union select p.person_id from all_kin k join person p on p.merged_into = k.person_id)
    select person_id from all_kin`;
}

export type WordKey = { kind: WordKind; key: string };
export type KeptWord = WordKey & { words: Word };

function idsOf(keys: readonly WordKey[], kind: WordKind): string[] {
  return [...new Set(keys.filter((one) => one.kind === kind).map((one) => one.key))];
}

/** The words as they stand now; of the competencies all, since courses name them by their tags. */
function presentWords(keys: readonly WordKey[]): RawBuilder<unknown> {
  return sql`select 'course' as kind, course_id::text as word_key, jsonb_build_object('hi', title_hi, 'en', title_en,
        'code', code, 'provider', provider, 'competencies', competencies) as words
      from course where course_id = any(${idsOf(keys, 'course')}::uuid[])
    union all select 'office', office_id::text, jsonb_build_object('hi', name_hi, 'en', name_en, 'code', code, 'kind', kind)
      from office where office_id = any(${idsOf(keys, 'office')}::uuid[])
    union all select 'designation', designation_id::text, jsonb_build_object('hi', name, 'en', name_en)
      from designation where designation_id = any(${idsOf(keys, 'designation')}::uuid[])
    union all select 'cadre', cadre_id::text, jsonb_build_object('hi', name, 'en', name_en)
      from cadre where cadre_id = any(${idsOf(keys, 'cadre')}::uuid[])
    union all select 'competency', key, jsonb_build_object('hi', name_hi, 'en', name_en) from competency`;
}

export async function wordsNow(db: Reader, keys: readonly WordKey[]): Promise<KeptWord[]> {
  const found = await sql<KeptWord>`select kind, word_key as key, words
    from (${presentWords(keys)}) w`.execute(db);
  return found.rows;
}

/** Of transactions under way: a word is taken once, whoever renames something before the next group is made. */
const takenIn = new WeakMap<Tx, Map<string, KeptWord>>();

/** The words as they stand now, kept under this instant where they have changed. The caller holds the freeze's lock. */
export async function keepWords(tx: Tx, keys: readonly WordKey[], at: Date): Promise<KeptWord[]> {
  const taken = takenIn.get(tx) ?? new Map<string, KeptWord>();
  takenIn.set(tx, taken);
  const before = [...taken.values()];
  const found = await sql<KeptWord>`with present as materialized (select * from (${presentWords(keys)}) one
      where (kind, word_key) not in (select * from unnest(${before.map((one) => one.kind)}::text[],
        ${before.map((one) => one.key)}::text[]))),
    kept as (
      insert into statement_word (kind, word_key, recorded_at, words)
      select p.kind, p.word_key, ${at}::timestamptz, p.words from present p
        left join lateral (select w.words from statement_word w where w.kind = p.kind and w.word_key = p.word_key
          order by w.recorded_at desc limit 1) last on true
      where last.words is distinct from p.words
      on conflict do nothing)
    select kind, word_key as key, words from present`.execute(tx);
  for (const word of found.rows) taken.set(`${word.kind} ${word.key}`, word);
  return [...taken.values()];
}

/** The words as they stood at a freeze. */
export async function wordsAt(db: Reader, keys: readonly WordKey[], at: Date): Promise<KeptWord[]> {
  const found = await sql<KeptWord>`select distinct on (w.kind, w.word_key) w.kind, w.word_key as key, w.words
    from statement_word w
      left join unnest(${keys.map((one) => one.kind)}::text[], ${keys.map((one) => one.key)}::text[])
        as wanted (kind, word_key) using (kind, word_key)
    where (wanted.kind is not null or w.kind = 'competency') and w.recorded_at <= ${at}
    order by w.kind, w.word_key, w.recorded_at desc`.execute(db);
  return found.rows;
}
