import { type Ctx, scopesOf } from '../kernel/context.ts';
import type { Db } from '../kernel/db.ts';
import { unauthenticated } from '../kernel/errors.ts';
import { togetherPer } from '../kernel/together.ts';
import { holdsRoleOver, type OfficeRow, officeByCode, rolesSeeingFigures } from '../organisations/index.ts';
import { officeNotFound, readAsOf, settledDay } from './as-of.ts';
import { activityFigures, type Figures, peopleFigures, type View } from './figures.ts';
import { type Masks, masksInTree, withoutMasked } from './masking.ts';
import { countedAsOf } from './stores/counters.ts';
import { childOffices, officesAround, sistersOnPath } from './stores/offices.ts';
import { type Counted, nothingCounted } from './vector.ts';

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
  const shown = [office, ...children];
  const [counted, masks] = await Promise.all([countedOf(ctx, shown, asOf), masksFor(ctx, shown, asOf)]);
  const figures = view === 'people' ? peopleFigures : activityFigures;
  const line = (of: OfficeRow): OfficeLine => ({
    office: { code: of.code, nameHi: of.nameHi, nameEn: of.nameEn },
    asOf,
    view,
    ...withoutMasked(figures(counted(of)), masks(of), view),
  });
  return { ...line(office), children: children.map(line) };
}

/** Whether the actor sees this office's figures exactly. */
export function seesExactly(ctx: Ctx, office: Pick<OfficeRow, 'path'>): boolean {
  return ctx.actor.kind === 'system' || holdsRoleOver(ctx, rolesSeeingFigures, office.path);
}

type Wish = { asOf: string; view: View };
type Identified = Pick<OfficeRow, 'officeId'>;
const officesAtOnce = 1000;

async function countedOf(
  ctx: Pick<Ctx, 'db'>,
  offices: readonly Identified[],
  asOf: string,
): Promise<(office: Identified) => Counted> {
  const counted = new Map<string, Counted>();
  for (let from = 0; from < offices.length; from += officesAtOnce) {
    const ids = offices.slice(from, from + officesAtOnce).map((office) => office.officeId);
    for (const row of await countedAsOf(ctx.db.read, ids, [asOf])) counted.set(row.officeId, row);
  }
  return (office) => counted.get(office.officeId) ?? nothingCounted;
}

const nothingMasked: Masks = new Set();

/**
 * What is masked of offices on a day, in either view. Masks are decided from the root down, sisters beside sisters, so
 * that an office is masked alike wherever it is shown: a value hidden in its parent's table must not stand open on its
 * own page. Whoever shows other figures of offices starts from these masks: what two pages hide of different offices is
 * had by subtracting one page from the other.
 */
export async function masksFor(
  ctx: Ctx,
  offices: readonly Pick<OfficeRow, 'officeId' | 'path'>[],
  asOf: string,
): Promise<(office: Identified) => Masks> {
  const [first] = offices;
  if (!first || offices.every((office) => seesExactly(ctx, office))) return () => nothingMasked;
  const all = await sistersOnPath(ctx.db.read, {
    path: first.path,
    own: scopesOf(ctx.actor, rolesSeeingFigures).filter((id) => id !== '*'),
  });
  return masksOf(ctx, { offices: all, isExact: (office) => seesExactly(ctx, office), asOf });
}

/** The same of an office and of all below it, for whoever holds no role at all. */
export async function masksForOutsiders(
  ctx: Pick<Ctx, 'db'>,
  { path, asOf }: { path: readonly string[]; asOf: string },
): Promise<(office: Identified) => Masks> {
  return masksOf(ctx, { offices: await officesAround(ctx.db.read, path), isExact: () => false, asOf });
}

type ToMask<T> = { offices: readonly T[]; isExact: (office: T) => boolean; asOf: string };

async function masksOf<T extends Pick<OfficeRow, 'officeId' | 'parentId'>>(
  ctx: Pick<Ctx, 'db'>,
  { offices, isExact, asOf }: ToMask<T>,
): Promise<(office: Identified) => Masks> {
  const counted = await countedOf(ctx, offices, asOf);
  const masks = masksInTree(
    offices.map((office) => ({
      key: office.officeId,
      parentKey: office.parentId,
      isExact: isExact(office),
      counted: counted(office),
    })),
  );
  return (office) => masks.get(office.officeId) ?? nothingMasked;
}
