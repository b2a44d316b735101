import type { Ctx } from '../../../kernel/context.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import {
  findOffices,
  type OfficeRow,
  suggestedOffices,
  withoutOfficeFault,
} from '../../../organisations/index.ts';
import { rolesChangingPersons } from '../policy.ts';

export type OfficeChoice = { suggestions: OfficeRow[]; matches: OfficeRow[]; asked: FormState };

/** What an office field offers: one's own offices, what was found for the text sent, and the form with that. */
export async function officeChoice(ctx: Ctx, state: FormState): Promise<OfficeChoice> {
  const text = state.values['officeQuery'] ?? '';
  const isAsked = state.errors.some((error) => error.field === 'officeCode') || state.values['officeCode'];
  const [suggestions, matches] = await Promise.all([
    suggestedOffices(ctx, rolesChangingPersons),
    isAsked ? findOffices(ctx, { text, limit: 10 }) : [],
  ]);
  return { suggestions, matches, asked: withoutOfficeFault(state, matches) };
}
