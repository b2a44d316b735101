import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { fieldText } from '../../kernel/field-texts.ts';
import { newId } from '../../kernel/ids.ts';
import { wrongField } from '../desk/refusals.ts';
import { targetOffice } from '../desk/target-office.ts';
import type { RegistrationInput } from './schema.ts';
import { insertRegistration } from './store.ts';

/**
 * Somebody who is not on the roster asks to be. Open to everybody, so the answer is the same whether the
 * code is known or not: a stranger learns nothing about the roster. The nodal officer sees it.
 */
export async function requestRegistration(ctx: Ctx, input: RegistrationInput): Promise<void> {
  if (!input.nameHi && !input.nameEn)
    throw wrongField('nameHi', 'name_needed', fieldText('name_needed') ?? { hi: '', en: '' });
  const office = await targetOffice(ctx, input.officeCode, todayInIndia(ctx.clock));
  const registrationId = newId();
  await ctx.db.transaction(async (tx) => {
    const isNew = await insertRegistration(tx, {
      registrationId,
      nameHi: input.nameHi ?? null,
      nameEn: input.nameEn ?? null,
      issuer: input.issuer,
      code: input.code,
      mobile: input.mobile,
      officeId: office.officeId,
      designation: input.designation ?? null,
      serviceGroup: input.serviceGroup ?? null,
      engagement: input.engagement ?? null,
      joinedOn: input.joinedOn ?? null,
      language: ctx.language,
      now: ctx.clock.now(),
    });
    if (!isNew) return;
    await audit(tx, ctx, {
      action: 'registration.requested',
      subjectKind: 'registration',
      subjectId: registrationId,
      officeId: office.officeId,
      detail: { office: office.code },
    });
  });
}
