import type { Ctx } from '../../kernel/context.ts';
import {
  holdsRoleOver,
  type OfficeRow,
  officeByCode,
  officeById,
  type Role,
} from '../../organisations/index.ts';
import { rolesReviewing, sheetNotFound } from '../policy.ts';
import { type AreaRow, areaById } from '../stores/areas.ts';
import { loneRoot } from '../stores/offices.ts';
import type { Place } from './shape.ts';

export function placeOfOffice({ code, nameHi, nameEn, kind }: OfficeRow): Place {
  return { node: 'office', code, nameHi, nameEn, kind };
}

export function placeOfArea({ areaId, nameHi, nameEn, kind }: AreaRow): Place {
  return { node: 'area', code: areaId, nameHi, nameEn, kind };
}

/** The government whose areas the actor may see: where there is but one, and his role reaches all of it. */
export async function governmentOfAreas(ctx: Ctx): Promise<OfficeRow | undefined> {
  const rootId = await loneRoot(ctx.db.read);
  const root = rootId ? await officeById(ctx, rootId) : undefined;
  if (!root) return undefined;
  const isHis = ctx.actor.kind === 'system' || holdsRoleOver(ctx, rolesReviewing, root.path);
  return isHis ? root : undefined;
}

/** Whether areas are the actor's to see. */
export async function mayReadArea(ctx: Ctx): Promise<boolean> {
  return (await governmentOfAreas(ctx)) !== undefined;
}

/**
 * An office or area of which the actor, by one of these roles, may do what he asks; `scope` is the office that the role
 * must reach: the office itself, and of an area the government.
 */
export async function placeHeldBy(
  ctx: Ctx,
  roles: readonly Role[],
  { node, code }: Pick<Place, 'node' | 'code'>,
): Promise<{ place: Place; scope: OfficeRow }> {
  const [scope, area] =
    node === 'office'
      ? [await officeByCode(ctx, code), undefined]
      : await Promise.all([governmentOfAreas(ctx), areaById(ctx.db.read, code)]);
  if (!scope || (node === 'area' && !area) || !holdsRoleOver(ctx, roles, scope.path)) throw sheetNotFound();
  return { place: area ? placeOfArea(area) : placeOfOffice(scope), scope };
}

const areaMark = 'areas/';

/** A sheet's place as an address carries it: `SW`, `areas/district:129`. */
export function placeKey({ node, code }: Pick<Place, 'node' | 'code'>): string {
  return node === 'area' ? `${areaMark}${code}` : code;
}

/** The place that such a key names, where its sheet is one that the actor may open; else nothing. */
export async function placeByKey(ctx: Ctx, key: string | undefined): Promise<Place | undefined> {
  if (!key || key.includes('\0')) return undefined;
  if (!key.startsWith(areaMark)) {
    const office = await officeByCode(ctx, key);
    return office && placeOfOffice(office);
  }
  const area = (await mayReadArea(ctx)) && (await areaById(ctx.db.read, key.slice(areaMark.length)));
  return area ? placeOfArea(area) : undefined;
}
