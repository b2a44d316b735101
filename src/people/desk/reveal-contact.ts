import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { requireVisiblePerson } from './policy.ts';
import type { PersonRecord } from './stores/person-record.ts';

/** The whole mobile and e-mail, for somebody who must call; who looked is written down first. */
export async function revealContact(
  ctx: Ctx,
  personId: string,
): Promise<{ mobile: string | null; email: string | null }> {
  const person = await requireVisiblePerson(ctx, personId);
  await logContactLook(ctx, person);
  return { mobile: person.mobile, email: person.email };
}

/** Keeps who saw the whole mobile or e-mail; where the person has neither there was nothing to see. */
export async function logContactLook(
  ctx: Ctx,
  { personId, mobile, email }: Pick<PersonRecord, 'personId' | 'mobile' | 'email'>,
): Promise<void> {
  if (!mobile && !email) return;
  await ctx.db.transaction((tx) =>
    audit(tx, ctx, {
      action: 'person.contact_revealed',
      subjectKind: 'person',
      subjectId: personId,
      personId,
    }),
  );
}
