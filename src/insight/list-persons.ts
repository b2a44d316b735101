import { audit } from '../kernel/audit.ts';
import { type Ctx, scopesOf, secondFactorNeeded } from '../kernel/context.ts';
import { todayInIndia } from '../kernel/dates.ts';
import { invalid, Refusal, unauthenticated } from '../kernel/errors.ts';
import { keepSending, rowsIn } from '../kernel/exports.ts';
import {
  holdsRoleOver,
  looksAsLeader,
  type OfficeRow,
  officeByCode,
  rolesSeeingPersons,
} from '../organisations/index.ts';
import { maskMobile } from '../people/index.ts';
import { officeNotFound, readAsOf } from './as-of.ts';
import { seesExactly } from './office-summary.ts';
import { countedAsOf } from './stores/counters.ts';
import { countPersons, type ListedPerson, type PersonsQuery, personsOf } from './stores/roster.ts';
import type { Sight } from './stores/sight.ts';

/** Which of an office's people are listed: the names behind one figure. */
export const personFilters = [
  'registered',
  'none',
  'oneOrTwo',
  'threeOrMore',
  'fewerThanThree',
  'atLeastOne',
  'begun',
  'notBegun',
  'notSignedIn',
  'signedIn',
  'notOnRoster',
] as const;
export type PersonFilter = (typeof personFilters)[number];

export type PersonsWish = {
  code: string;
  asOf?: string;
  filter?: PersonFilter;
  search?: string;
  after?: string;
  limit?: number;
  /** Mobile numbers are masked; `full` shows them, and that they were seen is audited. */
  numbers?: 'masked' | 'full';
};

export type PersonsPage = {
  office: OfficeRow;
  asOf: string;
  filter: PersonFilter;
  search: string;
  numbers: 'masked' | 'full';
  /** How many the whole list has, and which of them the first item is, counted from 1. */
  total: number;
  first: number;
  items: ListedPerson[];
  next: string | null;
};

/** The largest roster whose names are listed in one piece; beyond it one goes down the tree first. */
export const mostListed = 60_000;

/** May this actor see names here: nodal, appraisal, auditor over the office; a leader with the separate right. */
export function mayListPersons(ctx: Ctx, office: Pick<OfficeRow, 'path'>): boolean {
  return ctx.actor.kind === 'system' || holdsRoleOver(ctx, rolesSeeingPersons, office.path);
}

/** Whose numbers, dates and post the actor may have: people who stand within his offices today, as the desk has it. */
export function sightOf(ctx: Ctx): Sight | null {
  const scopes = scopesOf(ctx.actor, rolesSeeingPersons);
  return scopes.includes('*') ? null : { scopes, today: todayInIndia(ctx.clock) };
}

/** One page of the people of an office behind a figure, by name; `after` is the `next` of the page before. */
export async function listPersons(ctx: Ctx, wish: PersonsWish): Promise<PersonsPage> {
  const query = await queryFor(ctx, wish);
  const limit = wish.limit ?? 50;
  const numbers = wish.numbers ?? 'masked';
  const [found, total] = await Promise.all([
    personsOf(ctx.db.read, { ...query, limit: limit + 1 }),
    countPersons(ctx.db.read, query),
  ]);
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  const first = (query.after?.before ?? 0) + 1;
  if (numbers === 'full') await logNumbers(ctx, query, items.length);
  else await logLook(ctx, query, items.length);
  return {
    office: query.office,
    asOf: query.asOf,
    filter: query.filter,
    search: query.search,
    numbers,
    total,
    first,
    items: numbers === 'full' ? items : items.map(withMaskedMobile),
    next: last ? writeKey(last, first + items.length - 1) : null,
  };
}

export type PersonsFile = Pick<PersonsPage, 'office' | 'asOf' | 'filter' | 'search'>;

/** The whole list, chunk by chunk, for a file; taking it is an audited act. */
export async function exportPersons(
  ctx: Ctx,
  wish: PersonsWish & { format: 'csv' | 'xlsx' },
): Promise<PersonsFile & { chunks: AsyncGenerator<ListedPerson[]> }> {
  const query = await queryFor(ctx, { ...wish, after: undefined });
  const { office, asOf, filter, search } = query;
  const taken = {
    ...({ kind: 'office_persons', format: wish.format, officeId: office.officeId } as const),
    detail: { asOf, filter, isSearch: search !== '' },
  };
  const chunks = await keepSending(ctx, taken, { chunks: allOf(ctx, query), rowsOf: rowsIn });
  return { office, asOf, filter, search, chunks };
}

type ListQuery = Omit<PersonsQuery, 'limit'>;

async function queryFor(ctx: Ctx, wish: PersonsWish): Promise<ListQuery> {
  if (ctx.actor.kind === 'anonymous') throw unauthenticated();
  if (ctx.actor.kind === 'person' && !ctx.actor.secondFactorDone) throw secondFactorNeeded();
  const office = await officeByCode(ctx, wish.code);
  if (!office) throw officeNotFound();
  if (!mayListPersons(ctx, office)) throw seesExactly(ctx, office) ? namesRefused() : officeNotFound();
  const asOf = readAsOf(ctx, wish.asOf);
  const [counted] = await countedAsOf(ctx.db.read, [office.officeId], [asOf]);
  if ((counted?.registered ?? 0) > mostListed) throw tooMany();
  return {
    office,
    asOf,
    filter: wish.filter ?? 'registered',
    search: wish.search?.trim() ?? '',
    sight: sightOf(ctx),
    after: wish.after ? readKey(wish.after) : undefined,
  };
}

async function* allOf(ctx: Ctx, query: ListQuery): AsyncGenerator<ListedPerson[]> {
  const limit = 1000;
  let after = query.after;
  for (;;) {
    const chunk = await personsOf(ctx.db.read, { ...query, after, limit });
    yield chunk;
    const last = chunk.at(-1);
    if (chunk.length < limit || !last) return;
    after = { name: last.sortName, personId: last.personId, before: 0 };
  }
}

/** A leader has names only by a separate right, and each look is kept. */
async function logLook(ctx: Ctx, query: ListQuery, shown: number): Promise<void> {
  if (!looksAsLeader(ctx, query.office.path)) return;
  await logListed(ctx, query, { action: 'persons.seen', shown });
}

/** Whole mobile numbers on the screen are kept for everybody, once for each page that showed them. */
async function logNumbers(ctx: Ctx, query: ListQuery, shown: number): Promise<void> {
  await logListed(ctx, query, { action: 'persons.numbers_seen', shown });
}

async function logListed(
  ctx: Ctx,
  { office: { officeId }, asOf, filter }: ListQuery,
  { action, shown }: { action: string; shown: number },
): Promise<void> {
  await ctx.db.transaction((tx) =>
    audit(tx, ctx, {
      action,
      subjectKind: 'office',
      subjectId: officeId,
      officeId,
      detail: { asOf, filter, shown },
    }),
  );
}

function withMaskedMobile(person: ListedPerson): ListedPerson {
  return { ...person, mobile: person.mobile && maskMobile(person.mobile) };
}

/** The key carries how many come before it, so that a page can say which part of the list it is. */
function writeKey(person: ListedPerson, before: number): string {
  return Buffer.from(JSON.stringify([person.sortName, person.personId, before])).toString('base64url');
}

function readKey(text: string): { name: string; personId: string; before: number } {
  try {
    const [name, personId, before] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    if (typeof name === 'string' && typeof personId === 'string' && /^[0-9a-f-]{36}$/.test(personId))
      return { name, personId, before: Number.isSafeInteger(before) ? Math.max(0, Number(before)) : 0 };
  } catch {
    // told below
  }
  throw invalid([
    {
      path: 'after',
      code: 'not_a_key',
      text: { hi: 'पृष्ठ का पता ठीक नहीं है।', en: 'This is not the key of a page.' },
    },
  ]);
}

function namesRefused(): Refusal {
  return new Refusal(
    'forbidden',
    {
      hi: 'इस कार्यालय के आँकड़े आप देख सकते हैं, पर कार्मिकों के नाम देखने का अधिकार आपके खाते को नहीं है।',
      en: 'You may see the figures of this office, but your account does not have the right to see names.',
    },
    { reason: 'no_right_to_names' },
  );
}

function tooMany(): Refusal {
  return new Refusal(
    'invalid',
    {
      hi: 'इस कार्यालय के अधीन बहुत अधिक कार्मिक हैं। नीचे का कोई कार्यालय चुनें, फिर नाम देखें।',
      en: 'There are too many people below this office. Choose an office below it, then look at names.',
    },
    { reason: 'too_many_persons' },
  );
}
