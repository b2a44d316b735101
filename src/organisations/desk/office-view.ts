import { type Ctx, requireRole } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import { type Headcounts, headcountsOf, type PostedCount, postedAt } from '../hooks.ts';
import { findOffices } from '../office-search.ts';
import { holdsRoleOver, type OfficeRow, pathIsInScope, requireOffice, rolesSeeingPersons } from '../scope.ts';
import {
  childrenOf,
  type NameRow,
  officeNames,
  type PathStep,
  type PostRow,
  pathOf,
  postsOf,
  type TreeRow,
  topsOf,
  treeRowOf,
} from '../stores/desk.ts';
import { rolesKeepingOffices, rolesReadingOffices } from './policy.ts';

export type OfficeTree = { top: TreeRow | null; rows: TreeRow[]; path: PathStep[]; counts: Headcounts };

/** The tops of the actor's offices, or what lies below one of them. */
export async function officeTree(ctx: Ctx, under?: string): Promise<OfficeTree> {
  const scopes = requireRole(ctx, rolesReadingOffices);
  if (!under) {
    const rows = await topsOf(ctx.db.read, scopes);
    return { top: null, rows, path: [], counts: await headcountsOf(ctx, idsOf(rows)) };
  }
  const office = await requireOffice(ctx, under, rolesReadingOffices);
  const [top, rows, path] = await Promise.all([
    treeRowOf(ctx.db.read, office.officeId),
    childrenOf(ctx.db.read, office.officeId),
    pathOf(ctx.db.read, office.path),
  ]);
  const counts = await headcountsOf(ctx, [office.officeId, ...idsOf(rows)]);
  return { top: top ?? null, rows, path: visible(path, scopes, office), counts };
}

function idsOf(rows: { officeId: string }[]): string[] {
  return rows.map((row) => row.officeId);
}

/** The way down begins at the actor's own office: what lies above is not his to open. */
function visible(path: PathStep[], scopes: readonly string[], office: OfficeRow): PathStep[] {
  return path.filter((_, index) => pathIsInScope(office.path.slice(0, index + 1), scopes));
}

export async function searchOffices(ctx: Ctx, text: string): Promise<OfficeRow[]> {
  const scopes = requireRole(ctx, rolesReadingOffices);
  return findOffices(ctx, { text, scopes, limit: 50 });
}

export type OfficeView = OfficeTree & {
  office: TreeRow;
  names: NameRow[];
  posts: PostRow[];
  posted: PostedCount[];
  mayKeep: boolean;
  /** Whether the list of this office's people is the reader's to open. */
  mayReadPersons: boolean;
};

/** One office: what it is, its posts beside who stands in them, and the offices below. */
export async function viewOffice(ctx: Ctx, code: string): Promise<OfficeView> {
  const tree = await officeTree(ctx, code);
  if (!tree.top) throw notFound();
  const { officeId } = tree.top;
  const [names, posts, posted] = await Promise.all([
    officeNames(ctx.db.read, officeId),
    postsOf(ctx.db.read, officeId),
    postedAt(ctx, officeId, todayInIndia(ctx.clock)),
  ]);
  const mayKeep = holdsRoleOver(ctx, rolesKeepingOffices, tree.top.path);
  const mayReadPersons = holdsRoleOver(ctx, rolesSeeingPersons, tree.top.path);
  return { ...tree, office: tree.top, names, posts, posted, mayKeep, mayReadPersons };
}

export async function requireKeptOffice(ctx: Ctx, code: string): Promise<OfficeRow> {
  return requireOffice(ctx, code, rolesKeepingOffices);
}

export type OfficeFacts = Pick<
  OfficeRow,
  'code' | 'nameHi' | 'nameEn' | 'kind' | 'areaCode' | 'strength' | 'validFrom' | 'validUntil'
> & { parentCode: string | null };

/** What an office is, for a program. */
export async function readOffice(ctx: Ctx, code: string): Promise<OfficeFacts> {
  const { parentId, path, ...facts } = await requireOffice(ctx, code, rolesReadingOffices);
  const above = await pathOf(ctx.db.read, path);
  return { ...facts, parentCode: above.find((step) => step.officeId === parentId)?.code ?? null };
}

export async function officePosts(ctx: Ctx, code: string): Promise<PostRow[]> {
  const { officeId } = await requireOffice(ctx, code, rolesReadingOffices);
  return postsOf(ctx.db.read, officeId);
}
