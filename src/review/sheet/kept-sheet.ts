import { rolesReadingCurriculum } from '../../curriculum/index.ts';
import { seesExactly } from '../../insight/index.ts';
import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Db } from '../../kernel/db.ts';
import { togetherPer } from '../../kernel/together.ts';
import { settleChanged } from '../../mandates/index.ts';
import { holdsRoleOver, officeByCode } from '../../organisations/index.ts';
import { areaSheet } from './area-sheet.ts';
import { mayReadArea } from './places.ts';
import { reviewSheet, type SheetWish } from './review-sheet.ts';
import type { NodeKind, Sheet } from './shape.ts';

/** Taken as it is; then still taken, while a new one is made; older ones are waited for. */
const youngMs = 600;
const usableMs = 1500;

type Kept = { at: number; sheet: Promise<Sheet>; isRenewed: boolean };
const kept = new WeakMap<Db, Map<string, Kept>>();
/** One that takes longer than it may be kept is still not made twice at a time. */
const making = togetherPer<Db, Sheet>();

/**
 * The sheet for whoever may see it exactly, made once for all of them and at most a second and a half old, so that a
 * hall full of readers costs one sheet a second. For everybody else, whose masks are his own, it is made anew.
 */
export async function keptSheet(ctx: Ctx, node: NodeKind, wish: SheetWish): Promise<Sheet> {
  const reader = await readerOf(ctx, node, wish.code);
  if (!reader) return madeAside(ctx, node, wish);
  const { code, asOf, compare, rank } = wish;
  const key = JSON.stringify([node, code, asOf, compare, rank, reader, todayInIndia(ctx.clock)]);
  const make = () => making(ctx.db)(key, () => madeAside(ctx, node, wish));
  const known = kept.get(ctx.db) ?? new Map<string, Kept>();
  kept.set(ctx.db, known);
  const found = known.get(key);
  const age = found ? performance.now() - found.at : Number.POSITIVE_INFINITY;
  if (found && age < youngMs) return found.sheet;
  if (found && age < usableMs) {
    if (!found.isRenewed) {
      found.isRenewed = true;
      keep(known, key, make).catch(() => undefined);
    }
    return found.sheet;
  }
  return keep(known, key, make);
}

/**
 * Some sixty statements, some of them slow: on connections of their own. What orders wait for is settled before: a standby
 * is waited for as far as the log is when it is asked, and would not show what is settled after that.
 */
async function madeAside(ctx: Ctx, node: NodeKind, wish: SheetWish): Promise<Sheet> {
  await settleChanged(ctx.db);
  const sheetOf = node === 'office' ? reviewSheet : areaSheet;
  return ctx.db.aside((db) => sheetOf({ ...ctx, db }, wish));
}

/** What a sheet may be kept under: readers who are shown the same; undefined where nobody else is. */
async function readerOf(ctx: Ctx, node: NodeKind, code: string): Promise<string | undefined> {
  if (ctx.actor.kind === 'anonymous') return undefined;
  if (node === 'area') return (await mayReadArea(ctx)) ? 'area' : undefined;
  const office = await officeByCode(ctx, code);
  if (!office || !seesExactly(ctx, office)) return undefined;
  return holdsRoleOver(ctx, rolesReadingCurriculum, office.path) ? 'curriculum' : 'figures';
}

/** A renewal takes the place of the old sheet when it is there; one that fails leaves it to the next reader. */
async function keep(known: Map<string, Kept>, key: string, make: () => Promise<Sheet>): Promise<Sheet> {
  const entry: Kept = { at: performance.now(), sheet: make(), isRenewed: false };
  const old = known.get(key);
  if (!old || performance.now() - old.at >= usableMs) {
    forgetOld(known);
    known.set(key, entry);
  }
  try {
    const sheet = await entry.sheet;
    if ((known.get(key)?.at ?? 0) <= entry.at) known.set(key, entry);
    return sheet;
  } catch (error) {
    if (known.get(key) === entry) known.delete(key);
    throw error;
  }
}

function forgetOld(known: Map<string, Kept>): void {
  for (const [key, { at }] of known) if (performance.now() - at >= usableMs) known.delete(key);
}
