import { type Ctx, scopesOf } from '../kernel/context.ts';
import type { Db } from '../kernel/db.ts';
import { unauthenticated } from '../kernel/errors.ts';
import { togetherPer } from '../kernel/together.ts';
import { holdsRoleOver, type OfficeRow, officeByCode, rolesSeeingFigures } from '../organisations/index.ts';
import { officeNotFound, readAsOf, settledDay } from './as-of.ts';
import { activityFigures, type Figures, peopleFigures, type View } from './figures.ts';
import {
  type MaskCandidate,
  type MaskGroup,
  type Masks,
  masksOfSisters,
  masksOfSum,
  smallGroups,
  withoutMasked,
} from './masking.ts';
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
 * counts of 1 to 4 are masked, with whatever would give them away, and a past day is the end of a month.
 */
export async function officeSummary(ctx: Ctx, wish: SummaryWish): Promise<OfficeSummary> {
  if (ctx.actor.kind === 'anonymous') throw unauthenticated();
  const asked = readAsOf(ctx, wish.asOf);
  const office = await officeByCode(ctx, wish.code);
  if (!office) throw officeNotFound();
  const view = wish.view ?? 'people';
  if (!seesExactly(ctx, office)) return summaryOf(ctx, office, { asOf: settledDay(ctx, asked), view });
  const key = [office.officeId, asked, view].join(' ');
  return ofOneMoment(ctx.db)(key, () => summaryOf(ctx, office, { asOf: asked, view }));
}

/** Who sees an office exactly sees the same as the others who do. */
const ofOneMoment = togetherPer<Db, OfficeSummary>();

async function summaryOf(ctx: Ctx, office: OfficeRow, { asOf, view }: Wish): Promise<OfficeSummary> {
  const children = await childOffices(ctx.db.read, office.officeId);
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
export async function masksFor(
  ctx: Ctx,
  offices: readonly Pick<OfficeRow, 'officeId' | 'path'>[],
  wish: Wish,
): Promise<(office: Pick<OfficeRow, 'officeId'>) => Masks> {
  const [first] = offices;
  if (!first || offices.every((office) => seesExactly(ctx, office))) return () => nothingMasked;
  const all = await sistersOnPath(ctx.db.read, {
    path: first.path,
    own: scopesOf(ctx.actor, rolesSeeingFigures).filter((id) => id !== '*'),
  });
  const figures = await figuresOf(ctx, all, wish);
  const candidates = new Map(
    all.map((office) => [
      office.officeId,
      { key: office.officeId, figures: figures(office), isExact: seesExactly(ctx, office) },
    ]),
  );
  const masks = masksFromRoot(all, withForced(all, candidates), first.path);
  return (office) => masks.get(office.officeId) ?? nothingMasked;
}

type Sister = Pick<OfficeRow, 'officeId' | 'parentId'>;
type Candidates = ReadonlyMap<string, MaskCandidate>;

/** From the lowest up: an office hides what would give away the one office below it that the reader must not see. */
function withForced(all: readonly OfficeRow[], candidates: Candidates): Candidates {
  const forced = new Map(candidates);
  const parents = all.toSorted((a, b) => b.path.length - a.path.length);
  for (const parent of parents) {
    const candidate = forced.get(parent.officeId);
    const sisters = sistersBelow(all, forced, parent.officeId);
    if (candidate) forced.set(parent.officeId, { ...candidate, forced: masksOfSum(sisters) });
  }
  return forced;
}

/** From the first of the path down: each one's masks beside its sisters', given those of what is above. */
export function masksFromRoot(all: readonly Sister[], candidates: Candidates, path: readonly string[]) {
  const masks = new Map<string, Masks>();
  const root = candidates.get(path[0] ?? '');
  if (root && !root.isExact)
    masks.set(root.key, new Set<MaskGroup>([...smallGroups(root.figures), ...(root.forced ?? [])]));
  for (const parentId of path) {
    const sisters = sistersBelow(all, candidates, parentId);
    const found = masksOfSisters(sisters, masks.get(parentId) ?? nothingMasked);
    for (const [officeId, groups] of found) masks.set(officeId, groups);
  }
  return masks;
}

function sistersBelow(all: readonly Sister[], candidates: Candidates, parentId: string): MaskCandidate[] {
  return all.flatMap((office) => {
    const candidate = office.parentId === parentId ? candidates.get(office.officeId) : undefined;
    return candidate ? [candidate] : [];
  });
}
