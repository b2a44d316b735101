import { type Ctx, scopesOf } from '../kernel/context.ts';
import { Refusal } from '../kernel/errors.ts';
import type { Bilingual } from '../kernel/i18n.ts';
import { foldText, romanise, searchQuery } from '../kernel/text/index.ts';
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

/** What is written like a code is no name's beginning: a mistyped one is not to be taken for a name. */
const likeCode = /^(?:[A-Z]{1,5}|(?=.*[-\d])[A-Z\d-]+)$/;
const mostLookedAt = 200;

/** The one office that a text means; else those that it may mean, or that are like it. */
export type OfficesMeant = { office: OfficeRow | undefined; others: OfficeRow[] };

/**
 * A text means an office by its code or by its name: whole, or the beginnings of its words, in either language
 * or in Latin letters. What
 * only sounds like a name is offered, and never taken for it.
 */
export async function officesMeant(ctx: Pick<Ctx, 'db'>, search: OfficeSearch): Promise<OfficesMeant> {
  const text = search.text.trim();
  const found = await findOffices(ctx, { ...search, text, limit: mostLookedAt });
  const ofCode = found.find(({ code }) => code.toLowerCase() === text.toLowerCase());
  if (ofCode) return { office: ofCode, others: [] };
  const folded = foldText(text);
  const whole = found.filter((office) => namesOf(office).includes(folded));
  const isUnsure = found.length === mostLookedAt || likeCode.test(text);
  const named = whole.length > 0 ? whole : found.filter((office) => beginsWords(office, folded));
  const [only, second] = named;
  if (only && !second && (whole.length > 0 || !isUnsure)) return { office: only, others: [] };
  return { office: undefined, others: (only ? named : found).slice(0, search.limit ?? 10) };
}

function namesOf({ nameHi, nameEn }: OfficeRow): string[] {
  return [nameHi, nameEn ?? '', romanise(nameHi)].map(foldText);
}

function beginsWords(office: OfficeRow, folded: string): boolean {
  const asked = folded.split(' ').filter(Boolean);
  return (
    asked.length > 0 &&
    namesOf(office).some((name) => {
      const words = name.split(' ');
      return asked.every((one) => words.some((word) => word.startsWith(one)));
    })
  );
}

/** What somebody typed: the office of the actor's that it means. */
export async function officeTyped(ctx: Ctx, text: string, roles: readonly string[]): Promise<OfficeRow> {
  const scopes = scopesOf(ctx.actor, roles);
  const none: OfficesMeant = { office: undefined, others: [] };
  const { office, others } = scopes.length === 0 ? none : await officesMeant(ctx, { text, scopes, limit: 3 });
  if (office) return office;
  throw officeUnknown(text, others);
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

export function noSuchOffice(text: string): Bilingual {
  return {
    hi: `आपके कार्यालयों में ऐसा कोई कार्यालय नहीं है: ${text}`,
    en: `There is no such office among yours: ${text}`,
  };
}

/** A text that means no one office, with those that are like it. */
export function officeUnknown(text: string, others: readonly OfficeRow[]): Refusal {
  const listed = (nameOf: (office: OfficeRow) => string) =>
    others.map((office) => `${nameOf(office)} (${office.code})`).join(', ');
  const words =
    others.length === 0
      ? noSuchOffice(text)
      : {
          hi: `"${text}" से कोई एक कार्यालय नहीं पहचाना गया। कोड लिखें। मिलते-जुलते: ${listed(({ nameHi }) => nameHi)}।`,
          en: `“${text}” names no one office. Write a code. Similar: ${listed(({ nameHi, nameEn }) => nameEn ?? nameHi)}.`,
        };
  return new Refusal('not_found', words, { reason: 'unknown_office' });
}

/** Some offices of the actor's own subtrees, to be offered while typing; from the top. */
export async function suggestedOffices(ctx: Ctx, roles: readonly string[]): Promise<OfficeRow[]> {
  const scopes = scopesOf(ctx.actor, roles);
  return scopes.length === 0 ? [] : officesWithin(ctx.db.read, scopes, 200);
}
