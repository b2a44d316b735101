import type { Readable } from 'node:stream';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { Storage } from '../../kernel/storage.ts';
import { authorRoles } from '../policy.ts';
import { cleanName } from '../save-file.ts';
import { ownerOf } from '../uploads/own-upload.ts';
import { importPackage, type TakeAs, type TakenCourse } from './import-package.ts';
import { type PackageReport, reportOf, withPackage } from './look-at-package.ts';
import { receivePackage, removeOlderThan, removeStaged, stagedPath } from './staged-file.ts';
import {
  deleteExpiredPackages,
  deletePackage,
  insertPackage,
  type PackageRow,
  takenPackage,
  waitingPackage,
} from './store.ts';

const keptHours = 24;

/** Receives a package that is to be looked at before it is taken; returns its id. Nothing is kept of a refused one. */
export async function bringPackage(
  ctx: Ctx,
  upload: { source: Readable; name: string },
): Promise<{ packageId: string; report: PackageReport }> {
  requireRole(ctx, authorRoles);
  const packageId = await receivePackage(ctx.config, upload.source);
  try {
    const { report, hash } = await withPackage(stagedPath(ctx.config, packageId), async (_archive, read) => ({
      report: await reportOf(ctx, read),
      hash: read.hash,
    }));
    const now = ctx.clock.now();
    const expiresAt = new Date(now.getTime() + keptHours * 3_600_000);
    const row = { packageId, name: cleanName(upload.name), documentHash: hash, createdAt: now, expiresAt };
    await ctx.db.transaction((tx) => insertPackage(tx, { ...row, owner: ownerOf(ctx) }));
    return { packageId, report };
  } catch (error) {
    await removeStaged(ctx.config, packageId);
    throw error;
  }
}

/** One's own package that waits, as it looks now: a code may have been taken since. */
export async function lookAgain(
  ctx: Ctx,
  packageId: string,
): Promise<{ row: PackageRow; report: PackageReport }> {
  requireRole(ctx, authorRoles);
  const row = await waitingPackage(ctx, ownerOf(ctx), packageId);
  if (!row) throw notFound();
  const report = await withPackage(stagedPath(ctx.config, packageId), (_archive, read) =>
    reportOf(ctx, read),
  );
  return { row, report };
}

/** Makes a draft of one's own package that waits. Asked again, it tells the same draft. */
export async function takePackage(
  ctx: Ctx,
  storage: Storage,
  { packageId, take }: { packageId: string; take: TakeAs },
): Promise<Pick<TakenCourse, 'code' | 'isNew'>> {
  requireRole(ctx, authorRoles);
  const row = await waitingPackage(ctx, ownerOf(ctx), packageId);
  if (!row) {
    const taken = await takenPackage(ctx, ownerOf(ctx), packageId);
    if (!taken) throw notFound();
    return { code: taken.code, isNew: false };
  }
  const path = stagedPath(ctx.config, packageId);
  const made = await importPackage(ctx, storage, { path, name: row.name, packageId, take });
  await removeStaged(ctx.config, packageId);
  return made;
}

export async function discardPackage(ctx: Ctx, packageId: string): Promise<void> {
  requireRole(ctx, authorRoles);
  const row = await waitingPackage(ctx, ownerOf(ctx), packageId);
  if (!row) throw notFound();
  await ctx.db.transaction((tx) => deletePackage(tx, packageId));
  await removeStaged(ctx.config, packageId);
}

/** What nobody took within a day, and what a killed server left. */
export async function discardExpiredPackages(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now();
  const gone = await ctx.db.transaction((tx) => deleteExpiredPackages(tx, now));
  for (const packageId of gone) await removeStaged(ctx.config, packageId);
  await removeOlderThan(ctx.config, new Date(now.getTime() - 2 * keptHours * 3_600_000));
  return gone.length;
}
