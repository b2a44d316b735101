import { type Ctx, personIdOf, requireRole } from '../kernel/context.ts';
import { forbidden, notFound, Refusal } from '../kernel/errors.ts';
import { holdsRoleOver, type Role } from '../organisations/index.ts';
import { deskOfPerson } from '../people/index.ts';

/** Who records facts of service, exempts, extends and accepts what was done elsewhere. */
export const rolesDeciding: readonly Role[] = ['nodal'];

/** Who enters a claim for somebody: who decides claims, and who decides objections to statements. */
export const rolesEntering: readonly Role[] = ['nodal', 'appraisal'];

export type Decider = {
  /** Null where a role's token acts, behind which stands no person. */
  by: string | null;
  /** The office of the person's main posting. */
  officeId: string;
};

/** Whether the actor is a nodal officer over where this person is posted; nobody decides about himself. */
export async function mayDecideAbout(ctx: Ctx, personId: string): Promise<boolean> {
  if (personIdOf(ctx.actor) === personId) return false;
  const { office } = await deskOfPerson(ctx, personId);
  return office !== undefined && holdsRoleOver(ctx, rolesDeciding, office.path);
}

/** The nodal officer over where this person is posted; not visible means not found. */
export async function requireDecider(
  ctx: Ctx,
  personId: string,
  roles: readonly Role[] = rolesDeciding,
): Promise<Decider> {
  requireRole(ctx, roles);
  const by = personIdOf(ctx.actor) ?? null;
  if (by === personId) throw ownMatter();
  const { office } = await deskOfPerson(ctx, personId);
  if (!office || !holdsRoleOver(ctx, roles, office.path)) throw notFound();
  return { by, officeId: office.officeId };
}

/** The same for what a person must answer for by name: no token of a role can. */
export async function requireNamedDecider(
  ctx: Ctx,
  personId: string,
  roles: readonly Role[] = rolesDeciding,
): Promise<Decider & { by: string }> {
  const decider = await requireDecider(ctx, personId, roles);
  if (decider.by === null) throw forbidden();
  return { ...decider, by: decider.by };
}

function ownMatter(): Refusal {
  return new Refusal(
    'forbidden',
    {
      hi: 'अपने मामले में निर्णय आप स्वयं नहीं ले सकते। आपके ऊपर के नोडल अधिकारी लेते हैं।',
      en: 'Nobody decides in his own matter. The nodal officer above you does.',
    },
    { reason: 'own_matter' },
  );
}
