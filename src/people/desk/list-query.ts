import { z } from 'zod';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { type FieldError, invalid } from '../../kernel/errors.ts';
import { addFieldTexts, fieldText } from '../../kernel/field-texts.ts';
import { latinDigits } from '../../kernel/text/index.ts';
import {
  type OfficeRow,
  type OfficesMeant,
  officeByCode,
  officesMeant,
  officeUnknown,
  pathIsInScope,
  rolesSeeingPersons,
} from '../../organisations/index.ts';
import { mobileOf } from '../sign-in/identifier.ts';
import { keepLeadersListLook } from './leaders-look.ts';
import { namePatterns } from './name-search.ts';
import { engagements, serviceGroups } from './schema.ts';
import {
  countPersons,
  type ListedPerson,
  listPersons,
  type PageKey,
  type PersonFilter,
} from './stores/person-list.ts';

addFieldTexts({
  bad_page_key: {
    hi: 'यह पृष्ठ-कुंजी ठीक नहीं है। पिछले उत्तर का next ज्यों का त्यों भेजें।',
    en: 'This page key is damaged. Send the `next` of the last answer as it stands.',
  },
});

export const listFields = {
  q: z.string().trim().max(200).optional(),
  state: z.enum(['posted', 'former'], { error: 'unknown_choice' }).default('posted'),
  office: z.string().trim().max(100).optional(),
  designation: z.string().trim().max(200).optional(),
  group: z.enum(serviceGroups, { error: 'unknown_choice' }).optional(),
  engagement: z.enum(engagements, { error: 'unknown_choice' }).optional(),
};
const pages = { after: z.string().max(600).optional(), before: z.string().max(600).optional() };
const listQuery = z.object({ ...listFields, ...pages });
export type ListQuery = z.output<typeof listQuery>;
/** As a page's address has it: what its lists do not hold is told beside its field. */
export const listTyped = z.object({
  ...listFields,
  ...pages,
  state: z.string().max(40).optional(),
  group: z.string().max(40).optional(),
  engagement: z.string().max(40).optional(),
});
export type ListSearch = Omit<ListQuery, 'after' | 'before'>;

const pageSize = 50;
const mostCounted = 10_000;
/** Offices told in a sentence; a page offers more of them. */
const mostNamed = 3;

export type PersonListing = {
  persons: ListedPerson[];
  /** Up to 10,000; `isMore` where there are more than that. */
  count: number;
  isMore: boolean;
  /** The office that was asked for; where none was found, those that may be meant. */
  office: OfficeRow | undefined;
  others: OfficeRow[];
  /** What of the search names nothing; then there is no list. */
  faults: FieldError[];
  next?: string;
  previous?: string;
};

const nobody = { persons: [], count: 0, isMore: false };

/** What was typed, and the page that it asks for. */
export async function findTyped(
  ctx: Ctx,
  typed: z.output<typeof listTyped>,
): Promise<{ query: ListQuery; listing: PersonListing }> {
  const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
  const read = listQuery.safeParse(given);
  if (read.success) return { query: read.data, listing: await findPersons(ctx, read.data) };
  const wrong = new Set(read.error.issues.map(({ path }) => String(path[0])));
  const faults = [...wrong].flatMap((path) => faultAt(path, 'unknown_choice'));
  const query = listQuery.parse(Object.fromEntries(Object.entries(given).filter(([key]) => !wrong.has(key))));
  const meant = await officeAskedFor(ctx, query.office);
  return { query, listing: { ...nobody, ...meant, faults: [...officeFaults(query, meant), ...faults] } };
}

function faultAt(path: string, code: string): FieldError[] {
  const text = fieldText(code);
  return text ? [{ path, code, text }] : [];
}

/** One page of the persons that the actor may see, by name. An office outside one's own is none. */
export async function findPersons(ctx: Ctx, query: ListQuery & { limit?: number }): Promise<PersonListing> {
  const { office, others } = await officeAskedFor(ctx, query.office);
  const faults = officeFaults(query, { office, others });
  if (faults.length > 0) return { ...nobody, office, others, faults };
  const filter = filterOf(ctx, query, office);
  const limit = query.limit ?? pageSize;
  const [after, before] = [readKey(query.after), readKey(query.before)];
  const [found, count] = await Promise.all([
    listPersons(ctx.db.read, filter, { language: ctx.language, after, before, limit: limit + 1 }),
    countPersons(ctx.db.read, filter, mostCounted + 1),
  ]);
  const isCut = found.length > limit;
  const persons = before ? found.slice(isCut ? 1 : 0) : found.slice(0, limit);
  await keepLeadersListLook(ctx, searchOf(query), persons.length);
  return {
    persons,
    count: Math.min(count, mostCounted),
    isMore: count > mostCounted,
    ...{ office, others, faults },
    next: isCut || before ? keyOf(persons.at(-1)) : undefined,
    previous: after || (before && isCut) ? keyOf(persons[0]) : undefined,
  };
}

function searchOf({ q, state, office, designation, group, engagement }: ListQuery): ListSearch {
  return { q, state, office, designation, group, engagement };
}

/** What the store is asked; refused where an office is named that the actor does not see, or several are meant. */
export async function personFilter(ctx: Ctx, search: ListSearch): Promise<PersonFilter> {
  const meant = await officeAskedFor(ctx, search.office);
  const faults = officeFaults(search, meant);
  if (faults.length > 0) throw invalid(faults);
  return filterOf(ctx, search, meant.office);
}

function officeFaults({ office: typed }: ListSearch, { office, others }: OfficesMeant): FieldError[] {
  if (!typed || office) return [];
  const { reason: code, text } = officeUnknown(typed, others.slice(0, mostNamed));
  return [{ path: 'office', code, text }];
}

/** By code, else by a name in either script; only where the actor sees persons. */
async function officeAskedFor(ctx: Ctx, text: string | undefined): Promise<OfficesMeant> {
  const scopes = requireRole(ctx, rolesSeeingPersons);
  const none = { office: undefined, others: [] };
  if (!text) return none;
  const office = await officeByCode(ctx, text);
  if (office) return pathIsInScope(office.path, scopes) ? { office, others: [] } : none;
  return officesMeant(ctx, { text, scopes });
}

function filterOf(ctx: Ctx, search: ListSearch, office: OfficeRow | undefined): PersonFilter {
  const scopes = requireRole(ctx, rolesSeeingPersons);
  return {
    scopes,
    today: todayInIndia(ctx.clock),
    state: search.state,
    ...termsOf(search.q ?? ''),
    officeId: office?.officeId,
    designation: search.designation || undefined,
    serviceGroup: search.group,
    engagement: search.engagement,
  };
}

type Terms = Pick<PersonFilter, 'namePatterns' | 'codes' | 'fourDigits' | 'mobile'>;

/** Four digits end a mobile, ten are one; what has digits otherwise is a code; the rest is a name. */
function termsOf(text: string): Terms {
  const plain = latinDigits(text).trim();
  if (/^\d{4}$/.test(plain)) return { namePatterns: [], fourDigits: plain };
  const mobile = mobileOf(plain);
  if (mobile) return { namePatterns: [], mobile };
  if (/\d/.test(plain)) return { namePatterns: [], codes: [...new Set([plain, plain.toUpperCase()])] };
  return { namePatterns: namePatterns(plain) };
}

function keyOf(person: ListedPerson | undefined): string | undefined {
  if (!person) return undefined;
  return Buffer.from(JSON.stringify([person.sortName, person.personId])).toString('base64url');
}

/** The `after` of the API: a key that an answer gave. A damaged one is refused, or a client would begin anew for ever. */
export const pageKey = z
  .string()
  .max(600)
  .refine((text) => readKey(text) !== undefined, 'bad_page_key');

function readKey(text: string | undefined): PageKey | undefined {
  if (!text) return undefined;
  try {
    const [name, personId] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    const isKey = typeof name === 'string' && z.uuid().safeParse(personId).success;
    return isKey ? { name, personId: String(personId) } : undefined;
  } catch {
    return undefined; // an address that somebody mended by hand: the first page
  }
}
