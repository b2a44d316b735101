import { audit } from '../../kernel/audit.ts';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { pathIsInScope } from '../../organisations/index.ts';
import { soundsAlike } from '../desk/add-person.ts';
import { rolesChangingPersons } from '../desk/policy.ts';
import { type Namesake, personsWithCode, personsWithMobile } from '../desk/stores/person-writes.ts';
import { openRegistrations, type Registration, registrationById } from './store.ts';

/** Requests to register at offices of the actor, oldest first. */
export async function listRegistrations(ctx: Ctx): Promise<Registration[]> {
  return openRegistrations(ctx.db.read, requireRole(ctx, rolesChangingPersons));
}

/** One request, for the nodal officer of its office. */
export async function requireRegistration(ctx: Ctx, registrationId: string): Promise<Registration> {
  const scopes = requireRole(ctx, rolesChangingPersons);
  const request = await registrationById(ctx.db.read, registrationId);
  if (!request || !pathIsInScope(request.path, scopes)) throw notFound();
  return request;
}

/** The whole mobile of who asks, for an officer who must call; who looked is written down with it. */
export async function revealRegistrationContact(
  ctx: Ctx,
  registrationId: string,
): Promise<{ mobile: string }> {
  const { officeId } = await requireRegistration(ctx, registrationId);
  return ctx.db.transaction(async (tx) => {
    const request = await registrationById(tx, registrationId);
    if (!request) throw notFound();
    await audit(tx, ctx, {
      action: 'registration.contact_revealed',
      subjectKind: 'registration',
      subjectId: registrationId,
      personId: request.personId ?? undefined,
      officeId,
    });
    return { mobile: request.mobile };
  });
}

export type Likeness = { visible: Namesake[]; elsewhere: number; isCodeTaken: boolean };

/** Persons who may be the one who asks: by code, or by mobile and the sound of the name. */
export async function likenessOf(ctx: Ctx, request: Registration): Promise<Likeness> {
  const scopes = requireRole(ctx, rolesChangingPersons);
  const [byCode, byMobile] = await Promise.all([
    personsWithCode(ctx.db.read, request),
    personsWithMobile(ctx.db.read, request.mobile),
  ]);
  const alike = byMobile.filter((person) => soundsAlike(person, request));
  const all = new Map([...byCode, ...alike].map((person) => [person.personId, person]));
  const visible = [...all.values()].filter((person) =>
    person.paths.some((path) => pathIsInScope(path, scopes)),
  );
  return { visible, elsewhere: all.size - visible.length, isCodeTaken: byCode.length > 0 };
}
