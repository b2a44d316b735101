import { type Ctx, requireRole, scopesOf } from '../kernel/context.ts';
import { Refusal } from '../kernel/errors.ts';
import { holdsRoot, type Role } from '../organisations/index.ts';

export const rolesKeepingDictionary: readonly Role[] = ['editor', 'operator'];
/** Who says what a post asks for, for an office and all below it. */
export const rolesSettingNeeds: readonly Role[] = ['nodal', 'operator'];

/** All offices share one dictionary: an editor or operator of a root office keeps it. */
export async function requireDictionaryKeeper(ctx: Ctx): Promise<void> {
  const scopes = requireRole(ctx, rolesKeepingDictionary);
  if (!scopes.includes('*') && !(await holdsRoot(ctx.db.read, scopes))) throw rootNeeded();
}

export async function mayKeepDictionary(ctx: Ctx): Promise<boolean> {
  const scopes = scopesOf(ctx.actor, rolesKeepingDictionary);
  return scopes.includes('*') || (scopes.length > 0 && (await holdsRoot(ctx.db.read, scopes)));
}

function rootNeeded(): Refusal {
  const text = {
    hi: 'दक्षता-कोश सब कार्यालयों का है; उसे सबसे ऊपर के कार्यालय के संपादक या संचालक बदलते हैं।',
    en: 'All offices share the dictionary of competencies; an editor or operator of the topmost office keeps it.',
  };
  return new Refusal('forbidden', text, { reason: 'root_needed' });
}
