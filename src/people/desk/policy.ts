import { type Ctx, personIdOf, requireRole } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { forbidden, notFound, Refusal } from '../../kernel/errors.ts';
import { holdsRoleOver, pathIsInScope, type Role, rolesSeeingPersons } from '../../organisations/index.ts';
import { type PersonRecord, type PostingRecord, personRecord } from './stores/person-record.ts';

/** Who changes persons of a subtree. Appraisal officers and auditors read only. */
export const rolesChangingPersons: readonly Role[] = ['nodal'];

/**
 * The postings by which a person belongs to offices on a day: those that run or are to come; where there is
 * none, the last one, so that the office that knew a retired person can still answer for her.
 */
export function standingPostings(postings: readonly PostingRecord[], today: string): PostingRecord[] {
  const standing = postings.filter((posting) => posting.endsOn === null || posting.endsOn >= today);
  if (standing.length > 0) return standing;
  const last = [...postings].sort(byEnd)[0];
  return last ? [last] : [];
}

/** The posting to name a person by: the primary one of today, else of those that stand. */
export function mainPosting(postings: readonly PostingRecord[], today: string): PostingRecord | undefined {
  const standing = standingPostings(postings, today);
  const now = standing.filter((posting) => posting.startsOn <= today);
  return now.find((posting) => posting.isPrimary) ?? now[0] ?? standing[0];
}

function byEnd(a: PostingRecord, b: PostingRecord): number {
  const keys = (p: PostingRecord) => `${p.endsOn ?? '9999'} ${p.startsOn} ${p.postingId}`;
  return keys(a) < keys(b) ? 1 : -1;
}

/** Whether a holder of these scopes sees the person. Who never had a posting is seen from everywhere's scope. */
export function isWithin(person: PersonRecord, scopes: readonly string[], today: string): boolean {
  const standing = standingPostings(person.postings, today);
  if (standing.length === 0) return scopes.includes('*');
  return standing.some((posting) => pathIsInScope(posting.path, scopes));
}

/** The person, for a reader of names in her subtree; not visible means not found. */
export async function requireVisiblePerson(ctx: Ctx, personId: string): Promise<PersonRecord> {
  const person = await visiblePerson(ctx, personId);
  if (!person) throw notFound();
  return person;
}

export async function isVisiblePerson(ctx: Ctx, personId: string): Promise<boolean> {
  return (await visiblePerson(ctx, personId)) !== undefined;
}

async function visiblePerson(ctx: Ctx, personId: string): Promise<PersonRecord | undefined> {
  const scopes = requireRole(ctx, rolesSeeingPersons);
  const person = await personRecord(ctx.db.read, personId);
  return person && isWithin(person, scopes, todayInIndia(ctx.clock)) ? person : undefined;
}

/** The person, for a change by the nodal officer of her subtree; one merged away is not there any more. */
export async function requireManagedPerson(ctx: Ctx, personId: string): Promise<PersonRecord> {
  const person = await requireVisiblePerson(ctx, personId);
  if (isOwnRecord(ctx, person)) throw ownRecord();
  if (!mayManage(ctx, person)) throw forbidden();
  if (person.mergedInto) throw notFound();
  return person;
}

/** One's own record is another officer's to change, as nobody gives a role to himself. */
function isOwnRecord(ctx: Ctx, person: PersonRecord): boolean {
  return person.personId === personIdOf(ctx.actor);
}

function ownRecord(): Refusal {
  return new Refusal(
    'forbidden',
    {
      hi: 'अपना अभिलेख आप स्वयं नहीं बदल सकते। आपके ऊपर के नोडल अधिकारी इसे बदलते हैं; अपना नाम या मोबाइल "प्रोफ़ाइल" से बदलवाएँ।',
      en: 'Nobody changes his own record. The nodal officer above you does; ask for your name or mobile in your profile.',
    },
    { reason: 'own_record' },
  );
}

export function mayManage(ctx: Ctx, person: PersonRecord): boolean {
  if (isOwnRecord(ctx, person)) return false;
  const today = todayInIndia(ctx.clock);
  const standing = standingPostings(person.postings, today);
  if (standing.length === 0) return holdsRoleOver(ctx, rolesChangingPersons, []);
  return standing.some((posting) => holdsRoleOver(ctx, rolesChangingPersons, posting.path));
}

/** Whether this very posting is the actor's to change: a charge elsewhere belongs to that office's officer. */
export function mayManagePosting(ctx: Ctx, posting: PostingRecord): boolean {
  return holdsRoleOver(ctx, rolesChangingPersons, posting.path);
}
