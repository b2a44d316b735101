import { type Ctx, scopesOf } from '../kernel/context.ts';
import { Refusal } from '../kernel/errors.ts';
import { foldText, searchQuery } from '../kernel/text/index.ts';
import type { OfficeRow } from './scope.ts';
import { officesMatching, officesWithin } from './store.ts';

/** Where to look: everywhere, or only at and below these offices. */
export type OfficeSearch = { text: string; scopes?: readonly string[]; limit?: number };

/** Offices whose code is the text, or whose name sounds like it in either script; the best first. */
export async function findOffices(ctx: Pick<Ctx, 'db'>, search: OfficeSearch): Promise<OfficeRow[]> {
  const text = search.text.trim();
  if (text === '') return [];
  return officesMatching(ctx.db.read, {
    code: text,
    plain: `%${text.replaceAll(/[%_\\]/g, '')}%`,
    folded: foldText(text),
    tokens: searchQuery(text).skeletons.map((token) => `%${token}%`),
    scopes: search.scopes ?? ['*'],
    limit: search.limit ?? 20,
  });
}

/** What is written like a code means that office or none: a mistyped one is not to be taken for a name. */
const likeCode = /^(?:[A-Z]{1,5}|(?=.*[-\d])[A-Z\d-]+)$/;

/** What somebody typed: an office of the actor's by its code, else the one that the name can mean. */
export async function officeTyped(ctx: Ctx, text: string, roles: readonly string[]): Promise<OfficeRow> {
  const scopes = scopesOf(ctx.actor, roles);
  const found = scopes.length === 0 ? [] : await findOffices(ctx, { text, scopes, limit: 2 });
  const [first, second] = found;
  const isItsCode = first?.code.toLowerCase() === text.trim().toLowerCase();
  if (!isItsCode && likeCode.test(text.trim())) throw notOne(text, []);
  if (first && (!second || isItsCode)) return first;
  throw notOne(text, found);
}

/** What was typed where an office is asked for, and why it names none. */
export type OfficeFault = { typed: string; refusal: Refusal };

/**
 * For a page that asks whose figures to show: the office that was typed, else the first of the actor's own; or what is
 * wrong with what was typed.
 */
export async function officeFiltered(
  ctx: Ctx,
  typed: string | undefined,
  roles: readonly string[],
): Promise<{ office: OfficeRow | undefined; fault?: OfficeFault }> {
  if (!typed) return { office: (await suggestedOffices(ctx, roles))[0] };
  try {
    return { office: await officeTyped(ctx, typed, roles) };
  } catch (error) {
    if (error instanceof Refusal) return { office: undefined, fault: { typed, refusal: error } };
    throw error;
  }
}

function notOne(text: string, found: readonly OfficeRow[]): Refusal {
  const words =
    found.length === 0
      ? {
          hi: `आपके कार्यालयों में ऐसा कोई कार्यालय नहीं है: ${text}`,
          en: `There is no such office among yours: ${text}`,
        }
      : {
          hi: `इस नाम के कई कार्यालय हैं: ${text}. कोड लिखें, जैसे ${found[0]?.code}।`,
          en: `Several offices have this name: ${text}. Write a code, such as ${found[0]?.code}.`,
        };
  return new Refusal('not_found', words, { reason: 'unknown_office' });
}

/** Some offices of the actor's own subtrees, to be offered while typing; from the top. */
export async function suggestedOffices(ctx: Ctx, roles: readonly string[]): Promise<OfficeRow[]> {
  const scopes = scopesOf(ctx.actor, roles);
  return scopes.length === 0 ? [] : officesWithin(ctx.db.read, scopes, 200);
}
