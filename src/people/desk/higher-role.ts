import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { Refusal } from '../../kernel/errors.ts';
import { holdsRoleOver } from '../../organisations/index.ts';
import { rolesChangingPersons } from './policy.ts';
import { rolesOf } from './stores/person-record.ts';

/**
 * Refuses where the person holds a right over an office that the actor does not answer for: whoever could
 * change such a person's mobile, or merge the record, would hold the key to rights he was never given.
 */
export async function requireNoHigherRole(ctx: Ctx, personId: string): Promise<void> {
  const roles = await rolesOf(ctx.db.read, personId, todayInIndia(ctx.clock));
  if (roles.every((role) => holdsRoleOver(ctx, rolesChangingPersons, role.path))) return;
  throw new Refusal(
    'conflict',
    {
      hi: 'इस कार्मिक के पास आपके अधिकार-क्षेत्र से ऊपर का अधिकार है; यह काम ऊपर के नोडल अधिकारी करेंगे।',
      en: 'This person holds a right beyond your offices; a nodal officer higher up must do this.',
    },
    { reason: 'holds_higher_role' },
  );
}
