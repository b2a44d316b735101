import { cast, demonstrationPassword } from '../../../demo/cast.ts';
import type { Ctx } from '../../kernel/context.ts';
import { hashSecret } from './passwords.ts';
import { candidatesOf, setPassword, setPin } from './stores/secrets.ts';

/** PINs of the two ASHAs who share a phone; printed on the demonstration's sign-in page. */
export const demonstrationPins: Record<string, string> = { kamla: '4170', geeta: '4180' };

/** Gives the cast its password, once; persons who are not there are left out. */
export async function loadDemonstrationSignIns(ctx: Ctx): Promise<void> {
  for (const member of cast) {
    const [person] = await candidatesOf(ctx, { codes: [member.code] });
    if (!person || person.passwordHash) continue;
    const hash = await hashSecret(demonstrationPassword);
    const pin = demonstrationPins[member.key];
    const pinHash = pin ? await hashSecret(pin) : undefined;
    await ctx.db.transaction(async (tx) => {
      const now = ctx.clock.now();
      await setPassword(tx, { personId: person.personId, hash, now });
      if (pinHash) await setPin(tx, { personId: person.personId, hash: pinHash, now });
    });
  }
}
