import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { addDays } from '../../kernel/dates.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { postedAt } from '../hooks.ts';
import { requireOffice } from '../scope.ts';
import { lockOffice, openBelow, writeClosing } from '../stores/desk.ts';
import { rolesKeepingOffices } from './policy.ts';

/** Closes an office after a day. Offices below must be closed and the people moved before. */
export async function closeOffice(ctx: Ctx, input: { code: string; validUntil: string }): Promise<void> {
  const { officeId } = await requireOffice(ctx, input.code, rolesKeepingOffices);
  const posted = await postedAt(ctx, officeId, addDays(input.validUntil, 1));
  const people = posted.reduce((sum, row) => sum + row.count, 0);
  await ctx.db.transaction(async (tx) => {
    if (!(await lockOffice(tx, officeId))) throw notFound();
    const offices = await openBelow(tx, { officeId, validUntil: input.validUntil });
    if (people + offices > 0) throw notEmpty({ people, offices });
    await writeClosing(tx, { officeId, validUntil: input.validUntil });
    await audit(tx, ctx, {
      action: 'office.closed',
      subjectKind: 'office',
      subjectId: officeId,
      officeId,
      detail: { validUntil: input.validUntil },
    });
  });
}

function notEmpty({ people, offices }: { people: number; offices: number }): Refusal {
  return new Refusal(
    'has_dependents',
    {
      hi: `इस तिथि के बाद भी यहाँ ${people} कार्मिक पदस्थ और नीचे ${offices} कार्यालय खुले हैं। पहले उन्हें स्थानांतरित या बंद करें।`,
      en: `After this day ${people} people are still posted here and ${offices} offices below are open. Move or close them first.`,
    },
    { reason: 'office_not_empty', details: { people, offices } },
  );
}

/** Takes a closing back. */
export async function reopenOffice(ctx: Ctx, code: string): Promise<void> {
  const { officeId } = await requireOffice(ctx, code, rolesKeepingOffices);
  await ctx.db.transaction(async (tx) => {
    await writeClosing(tx, { officeId, validUntil: null });
    await audit(tx, ctx, { action: 'office.reopened', subjectKind: 'office', subjectId: officeId, officeId });
  });
}
