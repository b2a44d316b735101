import { audit } from '../../kernel/audit.ts';
import { type Ctx, requireRole, scopesOf } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { Refusal } from '../../kernel/errors.ts';
import { fieldText } from '../../kernel/field-texts.ts';
import { newId } from '../../kernel/ids.ts';
import { isSameName } from '../../kernel/text/index.ts';
import { designationIdOf, type OfficeRow, pathIsInScope } from '../../organisations/index.ts';
import { nameSearchText } from './name-search.ts';
import { rolesChangingPersons } from './policy.ts';
import { wrongField } from './refusals.ts';
import type { NewPersonInput } from './schema.ts';
import {
  claimCode,
  insertPerson,
  type Namesake,
  personsWithMobile,
  replaceContact,
} from './stores/person-writes.ts';
import { insertPosting } from './stores/posting-writes.ts';
import { changeFactsAt, targetOffice } from './target-office.ts';

/**
 * Adds one person by hand, with an account and a posting in the actor's subtree. Somebody with the same
 * mobile and a name that sounds alike is shown first; the officer then says that this is another person.
 */
export async function addPerson(ctx: Ctx, input: NewPersonInput): Promise<{ personId: string }> {
  const scopes = requireRole(ctx, rolesChangingPersons);
  if (!input.nameHi && !input.nameEn) throw wrongField('nameHi', 'name_needed', textOf('name_needed'));
  const office = await targetOffice(ctx, input.officeCode, input.startsOn);
  if (!pathIsInScope(office.path, scopes)) throw notYours(office);
  if (!input.isAnother) await requireNoNamesake(ctx, input);
  const personId = newId();
  await ctx.db.transaction((tx) =>
    changeFactsAt(tx, { personId, office, startsOn: input.startsOn }, async () => {
      await createPerson(tx, {
        ...input,
        personId,
        office,
        accountDay: input.startsOn,
        accountSource: 'nodal',
      });
      await audit(tx, ctx, {
        action: 'person.added',
        subjectKind: 'person',
        subjectId: personId,
        personId,
        officeId: office.officeId,
        detail: { code: input.code, issuer: input.issuer, office: office.code, startsOn: input.startsOn },
      });
    }),
  );
  return { personId };
}

function textOf(code: string) {
  return fieldText(code) ?? { hi: code, en: code };
}

function notYours(office: OfficeRow): Refusal {
  return wrongField('officeCode', 'office_outside', {
    hi: `${office.nameHi} आपके अधिकार-क्षेत्र में नहीं है।`,
    en: `${office.nameEn ?? office.nameHi} is not among your offices.`,
  });
}

/** Persons who may be this one; whoever works elsewhere is counted but not named. */
async function requireNoNamesake(ctx: Ctx, input: NewPersonInput): Promise<void> {
  if (!input.mobile) return;
  const found = await personsWithMobile(ctx.db.read, input.mobile);
  const same = found.filter((person) => soundsAlike(person, input));
  if (same.length === 0) return;
  const scopes = scopesOf(ctx.actor, rolesChangingPersons);
  const visible = same.filter((person) => person.paths.some((path) => pathIsInScope(path, scopes)));
  throw new Refusal(
    'conflict',
    {
      hi: 'इसी नाम और मोबाइल के कार्मिक पहले से दर्ज हैं। देख लें कि यह वही व्यक्ति तो नहीं।',
      en: 'Somebody with this name and mobile is on the roster already. See whether it is the same person.',
    },
    {
      reason: 'maybe_duplicate',
      details: {
        candidates: visible.map(({ personId, code, nameHi, nameEn }) => ({ personId, code, nameHi, nameEn })),
        elsewhere: same.length - visible.length,
      },
    },
  );
}

type Names = { nameHi?: string | null; nameEn?: string | null };

export function soundsAlike(one: Namesake, other: Names): boolean {
  const names = (of: Names) => [of.nameHi, of.nameEn].filter((name): name is string => Boolean(name));
  return names(one).some((a) => names(other).some((b) => isSameName(a, b)));
}

export type PersonCreation = NewPersonInput & {
  personId: string;
  office: OfficeRow;
  accountDay: string;
  accountSource: 'nodal' | 'self';
};

/** Writes the person, the code, the contacts and the first posting, inside the caller's `changeFacts`. */
export async function createPerson(tx: Tx, person: PersonCreation): Promise<void> {
  const { personId, code, issuer } = person;
  const nameHi = person.nameHi || null;
  const nameEn = person.nameEn || null;
  if (!(await claimCode(tx, { personId, code, issuer }))) throw codeTaken(code);
  await insertPerson(tx, {
    ...person,
    nameHi,
    nameEn,
    mobile: person.mobile ?? null,
    email: person.email ?? null,
    joinedOn: person.joinedOn ?? null,
    retiresOn: person.retiresOn ?? null,
    searchText: nameSearchText(nameHi, nameEn),
  });
  for (const kind of ['mobile', 'email'] as const)
    await replaceContact(tx, { personId, kind, before: null, after: person[kind] ?? null });
  await insertPosting(tx, {
    personId,
    postingId: newId(),
    officeId: person.office.officeId,
    designationId: person.designation ? await designationIdOf(tx, person.designation) : null,
    serviceGroup: person.serviceGroup ?? null,
    engagement: person.engagement ?? null,
    kind: 'regular',
    isPrimary: true,
    startsOn: person.startsOn,
    endsOn: null,
  });
}

function codeTaken(code: string): Refusal {
  return wrongField('code', 'code_taken', {
    hi: `कोड ${code} पहले से किसी कार्मिक का है। यदि वे स्थानांतरित होकर आए हैं, तो पिछले कार्यालय से स्थानांतरण कराएँ।`,
    en: `Code ${code} belongs to somebody already. If the person comes by transfer, have the former office record it.`,
  });
}
