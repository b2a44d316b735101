import { type Ctx, personIdOf, requirePerson, requireRole } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import { cutList, type Listed, type ListPage } from '../../kernel/lists.ts';
import { keepPaper } from '../../people/index.ts';
import { mostWaiting } from '../../shell/figures.ts';
import { requireDecider, rolesDeciding } from '../deciding.ts';
import type { DeskWish } from '../stores/desk.ts';
import type { ClaimKey } from './schema.ts';
import * as store from './store.ts';

export async function ownClaims(ctx: Ctx, page: ListPage = usualPage): Promise<Listed<store.ClaimRow>> {
  const rows = await store.claimsOf(ctx.db.read, requirePerson(ctx), { ...page, limit: page.limit + 1 });
  return cutList(rows, page.limit, keyOf);
}

const usualPage: ListPage = { limit: 200 };
const keyOf = (row: store.ClaimRow) => ({ personId: row.personId, id: row.claimId });

export async function ownClaim(ctx: Ctx, claimId: string): Promise<store.ClaimRow> {
  const claim = await store.claimById(ctx.db.read, { personId: requirePerson(ctx), claimId });
  if (!claim) throw notFound();
  return claim;
}

/** Whose requests come to this officer: those of his offices, but his own. */
export function deskWish(ctx: Ctx): DeskWish {
  const scopes = requireRole(ctx, rolesDeciding);
  return { scopes, today: todayInIndia(ctx.clock), except: personIdOf(ctx.actor) ?? null };
}

/** Claims that wait for this officer, the oldest first. */
export async function waitingClaims(ctx: Ctx, page: ListPage = usualPage): Promise<Listed<store.ClaimRow>> {
  const wish = { ...deskWish(ctx), ...page, limit: page.limit + 1 };
  return cutList(await store.openClaims(ctx.db.read, wish), page.limit, keyOf);
}

const fewDecided = 30;

/** Those that were decided lately. */
export function decidedClaims(ctx: Ctx): Promise<store.ClaimRow[]> {
  return store.decidedClaims(ctx.db.read, { ...deskWish(ctx), limit: fewDecided });
}

export function countWaitingClaims(ctx: Ctx): Promise<number> {
  return store.countOpenClaims(ctx.db.read, { ...deskWish(ctx), most: mostWaiting });
}

/** One claim for who decides it, with how many others handed in the same certificate. */
export async function claimToDecide(
  ctx: Ctx,
  key: ClaimKey,
): Promise<{ claim: store.ClaimRow; sameElsewhere: number; alike: string[] }> {
  await requireDecider(ctx, key.personId);
  const claim = await store.claimById(ctx.db.read, key);
  if (!claim) throw notFound();
  const [sameElsewhere, alike] = await Promise.all([
    store.countSameElsewhere(ctx.db.read, claim),
    store.acceptedAlike(ctx.db.read, claim),
  ]);
  return { claim, sameElsewhere, alike };
}

/** The certificate, for the person himself. */
export async function ownClaimFile(ctx: Ctx, claimId: string): Promise<store.ClaimFile> {
  return fileOf(ctx, await ownClaim(ctx, claimId));
}

/** The same for who decides; the look is written down. */
export async function openClaimFile(ctx: Ctx, key: ClaimKey): Promise<store.ClaimFile> {
  const { claim } = await claimToDecide(ctx, key);
  const file = await fileOf(ctx, claim);
  const format = file.contentType.split('/').at(-1) ?? '';
  await keepPaper(ctx, { kind: 'claim_file', format, personId: key.personId, detail: { of: key.claimId } });
  return file;
}

async function fileOf(ctx: Ctx, claim: store.ClaimRow): Promise<store.ClaimFile> {
  const file = claim.fileId ? await store.claimFile(ctx.db.read, claim.fileId) : undefined;
  if (!file) throw notFound();
  return file;
}
