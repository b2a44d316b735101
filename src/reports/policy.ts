import type { Ctx } from '../kernel/context.ts';
import { Refusal } from '../kernel/errors.ts';
import { holdsRoleOver, looksAsLeader, type OfficeRow, rolesSeeingPersons } from '../organisations/index.ts';

/** Whether the actor may have rows about named persons of an office. */
export function mayReadNames(ctx: Ctx, office: Pick<OfficeRow, 'path'>): boolean {
  return ctx.actor.kind === 'system' || holdsRoleOver(ctx, rolesSeeingPersons, office.path);
}

/** Each look of a leader at what belongs to named persons is kept. */
export function isLeadersLook(ctx: Ctx, office: Pick<OfficeRow, 'path'>): boolean {
  return looksAsLeader(ctx, office.path);
}

export function namesRefused(): Refusal {
  return new Refusal(
    'forbidden',
    {
      hi: 'कार्मिकवार सूची के लिए इस कार्यालय के नाम देखने का अधिकार चाहिए। समूह और आँकड़े चुन सकते हैं।',
      en: 'A list of people needs the right to see names at this office. You can choose groups and figures.',
    },
    { reason: 'no_right_to_names' },
  );
}
