import { z } from 'zod';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import { invalid, notFound, Refusal } from '../../kernel/errors.ts';
import { nameField, nameOrNothing } from '../../kernel/name-field.ts';
import { foldText } from '../../kernel/text/index.ts';
import { rolesKeepingOffices } from '../desk/policy.ts';
import {
  type Designation,
  type DesignationFilter,
  designationById,
  designationsIn,
  holdsRoot,
  renameDesignation,
} from './store.ts';

export const designationInput = z.object({
  name: nameField(200),
  nameEn: nameOrNothing(200).nullish(),
});
export type DesignationInput = z.output<typeof designationInput> & { designationId: string };

/** Designations are one list for all offices: an operator or nodal officer of a root keeps it. */
async function requireKeeper(ctx: Ctx): Promise<void> {
  const scopes = requireRole(ctx, rolesKeepingOffices);
  if (!scopes.includes('*') && !(await holdsRoot(ctx.db.read, scopes))) throw rootNeeded();
}

export async function listDesignations(ctx: Ctx, filter: DesignationFilter): Promise<Designation[]> {
  await requireKeeper(ctx);
  return designationsIn(ctx.db.read, filter);
}

export async function readDesignation(ctx: Ctx, designationId: string): Promise<Designation> {
  await requireKeeper(ctx);
  const found = await designationById(ctx.db.read, designationId);
  if (!found) throw notFound();
  return found;
}

/** Corrects the name, or gives the English one; postings and posts keep pointing at it. */
export async function keepDesignation(ctx: Ctx, input: DesignationInput): Promise<void> {
  const before = await readDesignation(ctx, input.designationId);
  const after = { designationId: input.designationId, name: input.name, nameEn: input.nameEn || null };
  const key = foldText(input.name) || input.name;
  await ctx.db.transaction(async (tx) => {
    if (!(await renameDesignation(tx, { ...after, key }))) throw taken();
    await audit(tx, ctx, {
      action: 'designation.renamed',
      subjectKind: 'designation',
      subjectId: input.designationId,
      detail: { before, after },
    });
  });
}

function rootNeeded() {
  const text = {
    hi: 'पदनामों की सूची सब कार्यालयों की है; उसे सबसे ऊपर के कार्यालय के संचालक या नोडल अधिकारी बदलते हैं।',
    en: 'All offices share the list of designations; an operator or nodal officer of the topmost office keeps it.',
  };
  return new Refusal('forbidden', text, { reason: 'root_needed' });
}

function taken() {
  const text = {
    hi: 'इस नाम का दूसरा पदनाम पहले से है।',
    en: 'Another designation has this name already.',
  };
  return invalid([{ path: 'name', code: 'taken', text }], text);
}
