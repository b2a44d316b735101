import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound } from '../../kernel/errors.ts';
import { changeFacts } from '../../kernel/facts.ts';
import { fieldText } from '../../kernel/field-texts.ts';
import { tellNameCorrected } from '../hooks.ts';
import { requireNoHigherRole } from './higher-role.ts';
import { nameSearchText } from './name-search.ts';
import { requireManagedPerson } from './policy.ts';
import { wrongField } from './refusals.ts';
import type { EditPersonInput } from './schema.ts';
import { type PersonRecord, personRecord } from './stores/person-record.ts';
import { type PersonChange, replaceContact, updatePerson, writeName } from './stores/person-writes.ts';

export type PersonEdit = EditPersonInput & { personId: string };

/** Changes what is known of one person. A new name is a new row of her history, with its reason. */
export async function editPerson(ctx: Ctx, input: PersonEdit): Promise<void> {
  const seen = await requireManagedPerson(ctx, input.personId);
  if (changesContact(seen, input)) await requireNoHigherRole(ctx, input.personId);
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [input.personId] }, async () => {
      const person = await personRecord(tx, input.personId);
      if (!person || person.mergedInto) throw notFound();
      await changeName(tx, ctx, { person, input });
      await changeContacts(tx, person, input);
      const change = changedOnly(person, input);
      await updatePerson(tx, person.personId, change);
      if (Object.keys(change).length > 0) await recordEdit(tx, ctx, { person, change });
    }),
  );
}

function changesContact(person: PersonRecord, input: PersonEdit): boolean {
  return (['mobile', 'email'] as const).some(
    (kind) => input[kind] !== undefined && input[kind] !== person[kind],
  );
}

type Edit = { person: PersonRecord; input: PersonEdit };

async function changeName(tx: Tx, ctx: Ctx, { person, input }: Edit): Promise<void> {
  const nameHi = input.nameHi === undefined ? person.nameHi : input.nameHi || null;
  const nameEn = input.nameEn === undefined ? person.nameEn : input.nameEn || null;
  if (nameHi === person.nameHi && nameEn === person.nameEn) return;
  if (!input.nameReason) throw wrongField('nameReason', 'reason_needed', textOf('reason_needed'));
  await applyName(tx, ctx, { person, nameHi, nameEn, reason: input.nameReason });
}

type NewName = { person: PersonRecord; nameHi: string | null; nameEn: string | null; reason: string };

/** Writes a new name within a transaction that holds the person's lock, and tells who must know. */
export async function applyName(tx: Tx, ctx: Ctx, change: NewName): Promise<void> {
  const { person, nameHi, nameEn, reason } = change;
  if (!nameHi && !nameEn) throw wrongField('nameHi', 'name_needed', textOf('name_needed'));
  await writeName(tx, {
    personId: person.personId,
    nameHi,
    nameEn,
    startsOn: todayInIndia(ctx.clock),
    reason,
    searchText: nameSearchText(nameHi, nameEn),
  });
  const before = { nameHi: person.nameHi, nameEn: person.nameEn };
  await audit(tx, ctx, {
    action: 'person.renamed',
    subjectKind: 'person',
    subjectId: person.personId,
    personId: person.personId,
    detail: { before, after: { nameHi, nameEn }, reason },
  });
  await tellNameCorrected(tx, ctx, { personId: person.personId, before, after: { nameHi, nameEn } });
}

function textOf(code: string) {
  return fieldText(code) ?? { hi: code, en: code };
}

async function changeContacts(tx: Tx, person: PersonRecord, input: PersonEdit): Promise<void> {
  for (const kind of ['mobile', 'email'] as const) {
    const after = input[kind];
    if (after === undefined || after === person[kind]) continue;
    await replaceContact(tx, { personId: person.personId, kind, before: person[kind], after });
  }
}

function changedOnly(person: PersonRecord, input: PersonEdit): PersonChange {
  const wanted: PersonChange = {
    mobile: input.mobile,
    email: input.email,
    language: input.language,
    joinedOn: input.joinedOn,
    retiresOn: input.retiresOn,
  };
  const keys = Object.keys(wanted) as (keyof PersonChange)[];
  return Object.fromEntries(
    keys
      .filter((key) => wanted[key] !== undefined && wanted[key] !== person[key])
      .map((key) => [key, wanted[key]]),
  );
}

/** Contacts are named in the audit as changed, not copied into it. */
async function recordEdit(
  tx: Tx,
  ctx: Ctx,
  { person, change }: { person: PersonRecord; change: PersonChange },
): Promise<void> {
  const keys = Object.keys(change) as (keyof PersonChange)[];
  const plain = keys.filter((key) => key !== 'mobile' && key !== 'email');
  await audit(tx, ctx, {
    action: 'person.edited',
    subjectKind: 'person',
    subjectId: person.personId,
    personId: person.personId,
    detail: {
      changed: keys,
      before: Object.fromEntries(plain.map((key) => [key, person[key]])),
      after: Object.fromEntries(plain.map((key) => [key, change[key]])),
    },
  });
}
