import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { requireVisiblePerson } from './policy.ts';

/** The whole mobile and e-mail, for somebody who must call; who looked is written down first. */
export async function revealContact(
  ctx: Ctx,
  personId: string,
): Promise<{ mobile: string | null; email: string | null }> {
  const person = await requireVisiblePerson(ctx, personId);
  await ctx.db.transaction((tx) =>
    audit(tx, ctx, {
      action: 'person.contact_revealed',
      subjectKind: 'person',
      subjectId: personId,
      personId,
    }),
  );
  return { mobile: person.mobile, email: person.email };
}
