import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../../kernel/context.ts';
import { isDay, todayInIndia } from '../../kernel/dates.ts';
import { type FieldError, forbidden, invalid, Refusal } from '../../kernel/errors.ts';
import type { Bilingual } from '../../kernel/i18n.ts';
import { newId } from '../../kernel/ids.ts';
import {
  enterOffices,
  type OfficeRow,
  officeByCode,
  pathIsInScope,
  thisOffice,
} from '../../organisations/index.ts';
import { deskIdleMinutes } from '../sign-in/open-session.ts';
import { mayGrant, rolesGranting } from './policy.ts';
import { type Grantee, granteeByCode, insertGrant, tightenSessions } from './store.ts';

/** With the present charge, until it is ended, or as a link officer between two days. */
export type GrantKind = 'charge' | 'open' | 'link';

export type GrantInput = {
  employeeCode: string;
  role: string;
  officeCode: string;
  kind: GrantKind;
  startsOn?: string;
  endsOn?: string;
  maySeeNames?: boolean;
};

/** Gives a role over an office and what is below it. Returns the id of the grant and whose it is. */
export async function grantRole(
  ctx: Ctx,
  input: GrantInput,
): Promise<{ grantId: string; personId: string; hasPassword: boolean }> {
  const scopes = requireRole(ctx, rolesGranting);
  requireFilled(input);
  const office = await officeIn(ctx, input.officeCode, scopes);
  if (!mayGrant(ctx, { role: input.role, path: office.path, isLink: input.kind === 'link' }))
    throw forbidden();
  const person = await granteeByCode(ctx, input.employeeCode.trim(), scopes);
  if (!person) throw wrong('employeeCode', 'unknown_person', noPersonText);
  if (person.personId === personIdOf(ctx.actor)) throw wrong('employeeCode', 'own_role', selfText);
  const grantId = newId();
  const days = daysOf(ctx, input, person);
  await ctx.db.transaction(async (tx) => {
    if ((await enterOffices(tx, thisOffice(office.officeId))) === 0)
      throw wrong('officeCode', 'unknown_office', noOfficeText);
    const isNew = await insertGrant(tx, {
      ...days,
      grantId,
      personId: person.personId,
      role: input.role,
      officeId: office.officeId,
      isLink: input.kind === 'link',
      maySeeNames: input.role === 'leader' && (input.maySeeNames ?? false),
      grantedBy: personIdOf(ctx.actor) ?? null,
    });
    if (!isNew) throw alreadyHeld();
    await tightenSessions(tx, person.personId, deskIdleMinutes);
    await audit(tx, ctx, {
      action: 'role.granted',
      subjectKind: 'role_grant',
      subjectId: grantId,
      personId: person.personId,
      officeId: office.officeId,
      detail: { role: input.role, kind: input.kind, startsOn: days.startsOn, endsOn: days.endsOn },
    });
  });
  return { grantId, personId: person.personId, hasPassword: Boolean(person.passwordHash) };
}

/** All that was left blank at once, before anything is looked up. */
function requireFilled(input: GrantInput): void {
  const missing: FieldError[] = [];
  for (const path of ['employeeCode', 'role', 'officeCode'] as const) {
    if (!input[path].trim()) missing.push({ path, code: 'required', text: neededTexts[path] });
  }
  if (input.kind === 'link' && !input.endsOn)
    missing.push({ path: 'endsOn', code: 'link_without_end', text: linkText });
  if (missing.length > 0) throw invalid(missing);
}

async function officeIn(ctx: Ctx, code: string, scopes: string[]): Promise<OfficeRow> {
  const office = await officeByCode(ctx, code.trim());
  if (!office || !pathIsInScope(office.path, scopes))
    throw wrong('officeCode', 'unknown_office', noOfficeText);
  return office;
}

type Days = { startsOn: string; endsOn: string | null; postingId: string | null };

function daysOf(ctx: Ctx, input: GrantInput, person: Grantee): Days {
  const today = todayInIndia(ctx.clock);
  const startsOn = input.startsOn || today;
  const endsOn = input.endsOn || null;
  if (!isDay(startsOn)) throw wrong('startsOn', 'bad_day', badDayText);
  if (endsOn !== null && (!isDay(endsOn) || endsOn < startsOn || endsOn < today))
    throw wrong('endsOn', 'bad_day', badEndText);
  if (input.kind === 'charge' && !person.postingId) throw wrong('kind', 'no_charge', noChargeText);
  return { startsOn, endsOn, postingId: input.kind === 'charge' ? person.postingId : null };
}

function wrong(path: string, code: string, text: Bilingual): Refusal {
  return invalid([{ path, code, text }], text);
}

function alreadyHeld(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'इस कार्मिक के पास यह भूमिका इस कार्यालय पर इस अवधि में पहले से है।',
      en: 'This person already holds this role over this office in that time.',
    },
    { reason: 'role_already_held' },
  );
}

const neededTexts = {
  employeeCode: { hi: 'कर्मचारी कोड लिखें।', en: 'Write the employee code.' },
  role: { hi: 'भूमिका चुनें।', en: 'Choose the role.' },
  officeCode: { hi: 'कार्यालय का कोड लिखें।', en: 'Write the code of the office.' },
};
const noPersonText = {
  hi: 'इस कर्मचारी कोड का कार्मिक आपके कार्यालय या उसके अधीन पदस्थ नहीं मिला।',
  en: 'No person with this employee code is posted in your office or below it.',
};
const noOfficeText = {
  hi: 'इस कोड का कार्यालय आपके अधीन नहीं मिला।',
  en: 'No office with this code was found below yours.',
};
const selfText = { hi: 'अपने आप को भूमिका नहीं दी जा सकती।', en: 'Nobody gives a role to himself.' };
const badDayText = { hi: 'तिथि दिन-माह-वर्ष में लिखें।', en: 'Write a date.' };
const badEndText = {
  hi: 'अंतिम तिथि आज और आरंभ की तिथि से पहले की नहीं हो सकती।',
  en: 'The last day cannot lie before today or before the first day.',
};
const linkText = {
  hi: 'लिंक अधिकारी के लिए अंतिम तिथि भरें।',
  en: 'A link officer needs a last day.',
};
const noChargeText = {
  hi: 'इस कार्मिक की कोई खुली पदस्थापना नहीं है; दूसरी अवधि चुनें।',
  en: 'This person has no open posting; choose another duration.',
};
