import { audit } from '../../kernel/audit.ts';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import { Refusal } from '../../kernel/errors.ts';
import { holdsRoot } from '../designations/store.ts';
import { rolesKeepingOffices } from '../desk/policy.ts';
import { type Cadre, cadresNamed, fieldCadres, otherCadres, writeFieldCadres } from './store.ts';

/** Cadres are one list for all offices: an operator or nodal officer of a root keeps it. */
export async function requireKeeper(ctx: Ctx): Promise<void> {
  const scopes = requireRole(ctx, rolesKeepingOffices);
  if (!scopes.includes('*') && !(await holdsRoot(ctx.db.read, scopes))) throw rootNeeded();
}

export type CadrePage = {
  /** All of the field, whatever is searched for. */
  field: Cadre[];
  others: Cadre[];
  search: string;
  after: string | undefined;
  next: string | null;
};

const pageSize = 100;

/** The cadres of the field, and the others a page at a time: a state has thousands. */
export async function listCadres(
  ctx: Ctx,
  wish: { search?: string | undefined; after?: string | undefined } = {},
): Promise<CadrePage> {
  await requireKeeper(ctx);
  const asked = { search: wish.search?.trim() ?? '', after: wish.after };
  const [field, found] = await Promise.all([
    fieldCadres(ctx.db.read),
    otherCadres(ctx.db.read, { ...asked, limit: pageSize + 1 }),
  ]);
  const others = found.slice(0, pageSize);
  return { ...asked, field, others, next: found.length > pageSize ? (others.at(-1)?.cadreId ?? null) : null };
}

/**
 * Says which cadres work in the field; of those shown, the others do not. Their people are counted so within
 * moments, a part of them at a time.
 */
export async function keepFieldCadres(
  ctx: Ctx,
  input: { shown: string[]; field: string[] },
): Promise<number> {
  await requireKeeper(ctx);
  return ctx.db.transaction(async (tx) => {
    const changed = await writeFieldCadres(tx, input);
    if (changed.length > 0)
      await audit(tx, ctx, {
        action: 'cadre.field_set',
        subjectKind: 'cadre',
        subjectId: 'field',
        detail: { changed: changed.map(({ name, isField }) => ({ name, isField })) },
      });
    return changed.length;
  });
}

/** As the demonstration wants it: by their names. */
export async function nameFieldCadres(ctx: Ctx, names: readonly string[]): Promise<void> {
  const found = (await cadresNamed(ctx.db.read, names)).map((cadre) => cadre.cadreId);
  await keepFieldCadres(ctx, { shown: found, field: found });
}

function rootNeeded() {
  const text = {
    hi: 'संवर्गों की सूची सब कार्यालयों की है; उसे सबसे ऊपर के कार्यालय के संचालक या नोडल अधिकारी बदलते हैं।',
    en: 'All offices share the list of cadres; an operator or nodal officer of the topmost office keeps it.',
  };
  return new Refusal('forbidden', text, { reason: 'root_needed' });
}
