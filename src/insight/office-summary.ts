import type { Ctx } from '../kernel/context.ts';
import { unauthenticated } from '../kernel/errors.ts';
import { holdsRoleOver, type OfficeRow, officeByCode, rolesSeeingFigures } from '../organisations/index.ts';
import { officeNotFound, readAsOf } from './as-of.ts';
import { activityFigures, type Figures, peopleFigures, type View } from './figures.ts';
import { type MaskGroup, type Masks, masksOfSisters, smallGroups, withoutMasked } from './masking.ts';
import { countedAsOf } from './stores/counters.ts';
import { childOffices, sistersOnPath } from './stores/offices.ts';
import { nothingCounted } from './vector.ts';

export type NamedOffice = { code: string; nameHi: string; nameEn: string | null };

/** One office's line: INTERFACES' summary without its children. */
export type OfficeLine = Figures & { office: NamedOffice; asOf: string; view: View; masked: string[] };

export type OfficeSummary = OfficeLine & { children: OfficeLine[] };

export type SummaryWish = { code: string; asOf?: string; view?: View };

/**
 * The figures of an office and of its children, as of the end of an India day (today where none is given,
 * or a later one is). Exact for holders of a figure role over the office; for everybody else signed in,
 * counts of 1 to 4 are masked, with whatever would give them away.
 */
export async function officeSummary(ctx: Ctx, wish: SummaryWish): Promise<OfficeSummary> {
  if (ctx.actor.kind === 'anonymous') throw unauthenticated();
  const asOf = readAsOf(ctx, wish.asOf);
  const office = await officeByCode(ctx, wish.code);
  if (!office) throw officeNotFound();
  const children = await childOffices(ctx.db.read, office.officeId);
  const view = wish.view ?? 'people';
  const figures = await figuresOf(ctx, [office, ...children], { asOf, view });
  const masks = await masksFor(ctx, [office, ...children], { asOf, view });
  const line = (of: OfficeRow): OfficeLine => ({
    office: { code: of.code, nameHi: of.nameHi, nameEn: of.nameEn },
    asOf,
    view,
    ...withoutMasked(figures(of), masks(of)),
  });
  return { ...line(office), children: children.map(line) };
}

/** Whether the actor sees this office's figures exactly. */
export function seesExactly(ctx: Ctx, office: Pick<OfficeRow, 'path'>): boolean {
  return ctx.actor.kind === 'system' || holdsRoleOver(ctx, rolesSeeingFigures, office.path);
}

type Wish = { asOf: string; view: View };

async function figuresOf(
  ctx: Ctx,
  offices: readonly OfficeRow[],
  { asOf, view }: Wish,
): Promise<(office: OfficeRow) => Figures> {
  const counted = await countedAsOf(
    ctx.db.read,
    offices.map((office) => office.officeId),
    [asOf],
  );
  const byId = new Map(counted.map((row) => [row.officeId, row]));
  const figures = view === 'people' ? peopleFigures : activityFigures;
  return (office) => figures(byId.get(office.officeId) ?? nothingCounted);
}

const nothingMasked: Masks = new Set();

/**
 * Masks are decided from the root down, sisters beside sisters, so that an office is masked alike wherever
 * it is shown: a value hidden in its parent's table must not stand open on its own page.
 */
async function masksFor(
  ctx: Ctx,
  offices: readonly OfficeRow[],
  wish: Wish,
): Promise<(office: OfficeRow) => Masks> {
  const [first] = offices;
  if (!first || offices.every((office) => seesExactly(ctx, office))) return () => nothingMasked;
  const all = await sistersOnPath(ctx.db.read, first.path);
  const figures = await figuresOf(ctx, all, wish);
  const masks = new Map<string, Masks>();
  const root = all.find((office) => office.officeId === first.path[0]);
  if (root)
    masks.set(root.officeId, seesExactly(ctx, root) ? new Set<MaskGroup>() : smallGroups(figures(root)));
  for (const parentId of first.path) {
    const sisters = all.filter((office) => office.parentId === parentId);
    const candidates = sisters.map((office) => ({
      key: office.officeId,
      figures: figures(office),
      isExact: seesExactly(ctx, office),
    }));
    const found = masksOfSisters(candidates, masks.get(parentId) ?? nothingMasked);
    for (const [officeId, groups] of found) masks.set(officeId, groups);
  }
  return (office) => masks.get(office.officeId) ?? nothingMasked;
}
