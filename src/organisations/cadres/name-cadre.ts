import { z } from 'zod';
import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { nameOrNothing } from '../../kernel/name-field.ts';
import { requireKeeper } from './keep-field-cadres.ts';
import { type Cadre, cadreById, cadresNamed, writeEnglishName } from './store.ts';

export const cadreInput = z.object({ nameEn: nameOrNothing(200).nullish() });
type CadreInput = z.output<typeof cadreInput> & { cadreId: string };

export async function readCadre(ctx: Ctx, cadreId: string): Promise<Cadre> {
  await requireKeeper(ctx);
  const found = await cadreById(ctx.db.read, cadreId);
  if (!found) throw notFound();
  return found;
}

/** Gives a cadre its English name, or takes it away; rosters go on finding it by the name they brought. */
export async function nameCadre(ctx: Ctx, input: CadreInput): Promise<void> {
  const before = await readCadre(ctx, input.cadreId);
  const nameEn = input.nameEn || null;
  if (nameEn === before.nameEn) return;
  await ctx.db.transaction(async (tx) => {
    await writeEnglishName(tx, { cadreId: input.cadreId, nameEn });
    await audit(tx, ctx, {
      action: 'cadre.renamed',
      subjectKind: 'cadre',
      subjectId: input.cadreId,
      detail: { name: before.name, before: before.nameEn, after: nameEn },
    });
  });
}

/** As the demonstration wants it: English names by the others. */
export async function nameCadres(ctx: Ctx, names: Readonly<Record<string, string>>): Promise<void> {
  for (const { cadreId, name } of await cadresNamed(ctx.db.read, Object.keys(names)))
    await nameCadre(ctx, { cadreId, nameEn: names[name] });
}
