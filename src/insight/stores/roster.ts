import { type RawBuilder, sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';
import type { OfficeRow } from '../../organisations/index.ts';
import type { PersonFilter } from '../list-persons.ts';
import type { Counted } from '../vector.ts';
import { classroomSql, learningSql, topicsSql } from './done-sql.ts';
import { countsSql, coversSql, foremostSql } from './posting-sql.ts';
import { type Sight, sightSql } from './sight.ts';
import { rootWithoutPostingSql } from './timeline.ts';

export type ListedPerson = {
  personId: string;
  employeeCode: string | null;
  nameHi: string | null;
  nameEn: string | null;
  sortName: string;
  mobile: string | null;
  designation: string | null;
  designationEn: string | null;
  serviceGroup: string | null;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  lastSignedInAt: Date | null;
  signedInDay: string | null;
  completions: number;
  /** Of courses; those attended in a room apart. */
  minutes: number;
  classroomMinutes: number;
  hasBegun: boolean;
  /** For those not on the roster: when and why the last posting ended. */
  endedOn: string | null;
  endReason: string | null;
};

const person = sql`p.person_id`;

type RosterQuery = Omit<PersonsQuery, 'after' | 'limit'>;

export type PersonsQuery = {
  office: OfficeRow;
  asOf: string;
  filter: PersonFilter;
  search: string;
  /** Null: everybody's mobile number is told. */
  sight: Sight | null;
  after?: { name: string; personId: string; before: number };
  limit: number;
};

/** People of an office as of a day, in the order of the Hindi alphabet, with what they have done up to it. */
export async function personsOf(reads: Reads, query: PersonsQuery): Promise<ListedPerson[]> {
  const { after } = query;
  const base = query.filter === 'notOnRoster' ? outsideSql(query) : membersSql(query);
  const found = await sql<ListedPerson>`
    with base as materialized (${base})
    select p.person_id as "personId", p.employee_code as "employeeCode", p.name_hi as "nameHi", p.name_en as "nameEn",
      sort.name as "sortName",
      case when ${isSeen(query)} then p.mobile end as mobile, designation.name as designation, designation.name_en as "designationEn", base.service_group as "serviceGroup",
      office.code as "officeCode", office.name_hi as "officeHi", office.name_en as "officeEn",
      p.last_signed_in_at as "lastSignedInAt", p.signed_in_day as "signedInDay",
      done.completions, done.minutes, classroom.minutes as "classroomMinutes", begun.has_begun as "hasBegun",
      base.ended_on as "endedOn", base.end_reason as "endReason"
    from base join person p using (person_id) join office on office.office_id = base.office_id
      left join designation using (designation_id)
      cross join lateral (select coalesce(p.name_hi, p.name_en) collate "hi-x-icu" as name) sort
      ${learningSql(person, query.asOf)}
      cross join lateral (${classroomSql(person, query.asOf)}) classroom
    where ${filterSql(query)} and ${searchSql(query)}
      and ${after ? sql<boolean>`(sort.name, p.person_id) > (${after.name}::text collate "hi-x-icu", ${after.personId}::uuid)` : sql<boolean>`true`}
    order by sort.name, p.person_id limit ${query.limit}`.execute(reads);
  return found.rows;
}

/** How many the whole list has, whatever page is looked at. */
export async function countPersons(reads: Reads, query: RosterQuery): Promise<number> {
  const base = query.filter === 'notOnRoster' ? outsideSql(query) : membersSql(query);
  const found = await sql<{ count: number }>`
    with base as materialized (${base})
    select count(*) as count from base join person p using (person_id) ${learningSql(person, query.asOf)}
    where ${filterSql(query)} and ${searchSql(query)}`.execute(reads);
  return found.rows[0]?.count ?? 0;
}

export type OwnCounted = Pick<
  Counted,
  | 'registered'
  | 'signed_in'
  | 'completions'
  | 'renewals'
  | 'digital_minutes'
  | 'classroom_minutes'
  | 'at_least_one'
  | 'three_or_more'
  | 'begun'
  | 'ai_reach'
  | 'cyber_reach'
>;

/** The figures of those posted in the office itself, not below it; whoever is posted below as well is among them. */
export async function countedInOfficeItself(
  reads: Reads,
  { office, asOf }: Pick<PersonsQuery, 'office' | 'asOf'>,
): Promise<OwnCounted> {
  const itself = sql<boolean>`here.office_id = ${office.officeId}`;
  const found = await sql<OwnCounted>`
    with base as materialized (${membersSql({ office, asOf }, itself)})
    select count(*) as registered, count(*) filter (where p.signed_in_day <= ${asOf}) as signed_in,
      coalesce(sum(done.completions), 0)::bigint as completions, coalesce(sum(done.renewals), 0)::bigint as renewals,
      coalesce(sum(done.minutes), 0)::bigint as digital_minutes,
      coalesce(sum(classroom.minutes), 0)::bigint as classroom_minutes,
      count(*) filter (where topics.has_ai) as ai_reach, count(*) filter (where topics.has_cyber) as cyber_reach,
      count(*) filter (where done.completions >= 1) as at_least_one,
      count(*) filter (where done.completions >= 3) as three_or_more,
      count(*) filter (where begun.has_begun) as begun
    from base join person p using (person_id) ${learningSql(person, asOf)}
      cross join lateral (${classroomSql(person, asOf)}) classroom
      cross join lateral (${topicsSql(person, asOf)}) topics`.execute(reads);
  const [counted] = found.rows;
  if (!counted) throw new Error('an aggregate has one row');
  return counted;
}

/** Roster members (METRICS), each once, at the posting that places them here: the primary one first. */
function membersSql(
  { office, asOf }: Pick<PersonsQuery, 'office' | 'asOf'>,
  within = sql<boolean>`here.path @> array[${office.officeId}::uuid]`,
): RawBuilder<unknown> {
  return sql`select distinct on (posting.person_id) posting.person_id, posting.office_id, posting.designation_id,
      posting.service_group, null::date as ended_on, null::text as end_reason
    from office here join posting using (office_id) join person using (person_id)
    where ${within} and ${countsSql('posting', asOf)}
      and person.account_day <= ${asOf} and person.merged_into is null
    order by posting.person_id, ${foremostSql('posting')}`;
}

/**
 * Accounts without a posting on the day, where they were last posted. Those without any posting stand at
 * a root (as the figure counts them); they have no office to be named, so the root itself is named.
 */
function outsideSql({ office, asOf }: RosterQuery): RawBuilder<unknown> {
  const isRoot = office.path.length === 1;
  return sql`select candidate.person_id, coalesce(last_posting.office_id, ${office.officeId}::uuid) as office_id,
      last_posting.designation_id, last_posting.service_group, last_posting.ends_on as ended_on, last_posting.end_reason
    from (
      select distinct posting.person_id from office here join posting using (office_id)
      where here.path @> array[${office.officeId}::uuid] and posting.voided_at is null
      ${
        isRoot
          ? sql`union select person.person_id from person where not exists (
        select from posting where posting.person_id = person.person_id and posting.voided_at is null)
        and ${rootWithoutPostingSql(sql`person.person_id`)} = ${office.officeId}`
          : sql``
      }
    ) candidate join person using (person_id)
      left join lateral (
        select ended.* from posting ended
        where ended.person_id = candidate.person_id and ended.voided_at is null and ended.ends_on < ${asOf}
        order by ended.ends_on desc, ended.is_primary desc, ended.starts_on desc, ended.posting_id limit 1
      ) last_posting on true
      left join office last_office on last_office.office_id = last_posting.office_id
    where person.account_day <= ${asOf} and person.merged_into is null
      and not exists (select from posting now_posted where now_posted.person_id = candidate.person_id
        and ${coversSql('now_posted', asOf)})
      and (last_office.path @> array[${office.officeId}::uuid] or ${isRoot}::boolean and last_office.office_id is null)`;
}

function filterSql({ filter, asOf }: RosterQuery): RawBuilder<boolean> {
  const hasSignedIn = sql`coalesce(p.signed_in_day <= ${asOf}, false)`;
  const filters: Record<PersonFilter, RawBuilder<boolean>> = {
    registered: sql`true`,
    notOnRoster: sql`true`,
    none: sql`done.completions = 0`,
    oneOrTwo: sql`done.completions between 1 and 2`,
    threeOrMore: sql`done.completions >= 3`,
    fewerThanThree: sql`done.completions < 3`,
    atLeastOne: sql`done.completions >= 1`,
    begun: sql`begun.has_begun`,
    notBegun: sql`done.completions = 0 and not begun.has_begun`,
    signedIn: sql`${hasSignedIn}`,
    notSignedIn: sql`not ${hasSignedIn}`,
  };
  return filters[filter];
}

/** A number is of today: of whoever has left the reader's offices since the day of the list it is not told, nor found. */
function isSeen({ sight }: RosterQuery): RawBuilder<boolean> {
  if (!sight) return sql<boolean>`true`;
  const whose = sql`held.person_id = ${person}`;
  // Whoever was never posted stands at a root, for those who read names there.
  return sql<boolean>`coalesce((select told.is_within from (${sightSql(sight, whose)}) told), true)`;
}

function searchSql(query: RosterQuery): RawBuilder<boolean> {
  const { search } = query;
  if (search === '') return sql<boolean>`true`;
  const pattern = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`(p.name_hi ilike ${pattern} or p.name_en ilike ${pattern} or p.employee_code ilike ${pattern}
    or p.mobile = ${search} and ${isSeen(query)})`;
}
