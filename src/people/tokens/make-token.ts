import { audit } from '../../kernel/audit.ts';
import { type Ctx, grantsOf, personIdOf, requireRole } from '../../kernel/context.ts';
import { addDays, startOfDay, todayInIndia } from '../../kernel/dates.ts';
import { forbidden, invalid, notFound } from '../../kernel/errors.ts';
import { digestOf, newId, newSecret } from '../../kernel/ids.ts';
import { officeByCode, pathIsInScope, roles } from '../../organisations/index.ts';
import { insertToken, personOfCode } from './store.ts';

type Input = { days?: number; name?: string } & (
  | { officeCode: string; role: string }
  | { employeeCode: string }
);

/** Makes an API token and returns it: the only time that its text is known. */
export async function makeToken(ctx: Ctx, input: Input): Promise<string> {
  if (input.name === '') throw noName();
  const holder = await holderOf(ctx, input);
  const by = personIdOf(ctx.actor);
  const token = `daksh_${newSecret()}`;
  const tokenId = newId();
  const expiresAt = input.days ? startOfDay(addDays(todayInIndia(ctx.clock), input.days + 1)) : undefined;
  await ctx.db.transaction(async (tx) => {
    const made = { tokenId, digest: digestOf(token), expiresAt, name: input.name, createdBy: by };
    await insertToken(tx, { ...holder, ...made, now: ctx.clock.now() });
    await audit(tx, ctx, {
      action: 'token.made',
      subjectKind: 'api_token',
      subjectId: tokenId,
      personId: holder.personId,
      officeId: holder.officeId,
      detail: { role: holder.role ?? null, expiresAt: expiresAt ?? null },
    });
  });
  return token;
}

type Holder = { role?: string; officeId?: string; personId?: string };

async function holderOf(ctx: Ctx, input: Input): Promise<Holder> {
  const scopes =
    'role' in input && input.role === 'nodal' ? nodalScopes(ctx) : requireRole(ctx, ['operator']);
  if ('employeeCode' in input) {
    const personId = await personOfCode(ctx.db, input.employeeCode);
    // A person's token reads a person's record: only who runs the machine may make one.
    if (!personId || !scopes.includes('*')) throw noSuchPerson();
    return { personId };
  }
  if (!(roles as readonly string[]).includes(input.role)) throw unknownRole();
  const office = await officeByCode(ctx, input.officeCode);
  if (!office || !pathIsInScope(office.path, scopes)) throw noSuchOffice();
  return { role: input.role, officeId: office.officeId };
}

/** A nodal officer by his own charge may let a program do what he may do, and no more. */
function nodalScopes(ctx: Ctx): string[] {
  const held = requireRole(ctx, ['operator', 'nodal']);
  const byLink = grantsOf(ctx.actor).filter((grant) => grant.role === 'nodal' && grant.viaLink);
  const own = held.filter((scope) => !byLink.some((grant) => grant.scopeId === scope));
  if (own.length === 0) throw forbidden();
  return own;
}

function noName() {
  const text = {
    hi: 'टोकन का नाम लिखें, जैसे उस प्रणाली का नाम जो इसे काम में लेगी।',
    en: 'Name the token, such as after the system that will use it.',
  };
  return invalid([{ path: 'name', code: 'no_name', text }], text);
}

function noSuchPerson() {
  return notFound({ hi: 'इस कर्मचारी कोड का कार्मिक नहीं मिला।', en: 'No person has this employee code.' });
}

function noSuchOffice() {
  return notFound({ hi: 'इस कोड का कार्यालय नहीं मिला।', en: 'No office has this code.' });
}

function unknownRole() {
  const list = roles.join(', ');
  const text = { hi: `भूमिका इनमें से एक हो: ${list}`, en: `The role must be one of: ${list}` };
  return invalid([{ path: 'role', code: 'unknown', text }], text);
}
