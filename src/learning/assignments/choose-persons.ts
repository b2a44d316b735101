import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { latinDigits } from '../../kernel/text/index.ts';
import type { OfficeRow } from '../../organisations/index.ts';
import { namePatterns } from '../../people/index.ts';
import { type PostedPerson, postedByCode, postedByName } from './store.ts';

/** Who is ticked so far, and who was found besides; undefined where nothing was asked. */
export type PersonChoice = { chosen: PostedPerson[]; found: PostedPerson[] | undefined; q: string };

const mostFound = 20;

/** Persons posted in an office or below it, by name in either script or by code; the caller has the right over it. */
export async function choosePersons(
  ctx: Ctx,
  office: OfficeRow,
  { q, codes }: { q: string; codes: string[] },
): Promise<PersonChoice> {
  const at = { officeId: office.officeId, today: todayInIndia(ctx.clock) };
  const upper = [...new Set(codes.map((code) => code.toUpperCase()))].slice(0, 500);
  const [chosen, found] = await Promise.all([
    upper.length > 0 ? postedByCode(ctx.db.read, { ...at, codes: upper }) : [],
    q ? search(ctx, q, at) : undefined,
  ]);
  const taken = new Set(chosen.map((one) => one.personId));
  return { chosen, found: found?.filter((one) => !taken.has(one.personId)), q };
}

async function search(ctx: Ctx, q: string, at: { officeId: string; today: string }): Promise<PostedPerson[]> {
  const plain = latinDigits(q).trim();
  if (/\d/.test(plain)) return postedByCode(ctx.db.read, { ...at, codes: [plain.toUpperCase()] });
  const patterns = namePatterns(plain);
  return patterns.length === 0 ? [] : postedByName(ctx.db.read, { ...at, patterns, limit: mostFound });
}
