import { sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { ownerPathSql } from '../course-store.ts';

export type AssetFile = {
  fileId: string;
  storageKey: string;
  sha256: string;
  bytes: number;
  contentType: string;
  name: string;
  durationSeconds: number | null;
  licence: string | null;
  /** Where it lies in a package. */
  path: string;
};

/** Files with what a package says of them, by id. */
export async function assetFiles(ctx: Pick<Ctx, 'db'>, fileIds: string[]): Promise<Map<string, AssetFile>> {
  if (fileIds.length === 0) return new Map();
  const found = await sql<
    Omit<AssetFile, 'path'>
  >`select file_id::text as "fileId", storage_key as "storageKey", sha256,
      bytes, content_type as "contentType", name, duration_seconds as "durationSeconds", licence
    from file where file_id = any(${fileIds}::uuid[])`.execute(ctx.db.read);
  return new Map(found.rows.map((row) => [row.fileId, { ...row, path: pathOf(row) }]));
}

const endings: Record<string, string> = {
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'video/ogg': 'ogv',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/x-m4a': 'm4a',
  'audio/ogg': 'ogg',
  'audio/opus': 'opus',
  'audio/wav': 'wav',
  'audio/webm': 'weba',
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'text/vtt': 'vtt',
};

function pathOf(file: { sha256: string; contentType: string }): string {
  return `assets/${file.sha256}.${endings[file.contentType] ?? 'bin'}`;
}

export type PackageRow = {
  packageId: string;
  name: string;
  documentHash: string;
  createdAt: Date;
  expiresAt: Date | null;
};

export async function insertPackage(tx: Tx, row: PackageRow & { owner: string }): Promise<void> {
  await sql`insert into course_package (course_package_id, owner, name, document_hash, created_at, expires_at)
    values (${row.packageId}, ${row.owner}, ${row.name}, ${row.documentHash}, ${row.createdAt}, ${row.expiresAt})`.execute(
    tx,
  );
}

/** One's own package that waits to be taken. */
export async function waitingPackage(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  owner: string,
  packageId: string,
): Promise<PackageRow | undefined> {
  const found =
    await sql<PackageRow>`select course_package_id as "packageId", name, document_hash as "documentHash",
      created_at as "createdAt", expires_at as "expiresAt" from course_package
    where course_package_id = ${packageId} and owner = ${owner} and taken_at is null and expires_at > ${ctx.clock.now()}`.execute(
      ctx.db.read,
    );
  return found.rows[0];
}

/** What one's own package became, where it was taken already: a second click leads there. */
export async function takenPackage(
  ctx: Pick<Ctx, 'db'>,
  owner: string,
  packageId: string,
): Promise<{ code: string } | undefined> {
  const found = await sql<{
    code: string;
  }>`select c.code from course_package p join course c using (course_id)
    where p.course_package_id = ${packageId} and p.owner = ${owner}`.execute(ctx.db.read);
  return found.rows[0];
}

export type TakenBefore = { code: string; version: number; takenAt: Date; officePath: string[] | null };

/** The drafts and versions that this very document became, newest first. */
export async function takenBefore(read: Reads | Tx, documentHash: string): Promise<TakenBefore[]> {
  const found = await sql<TakenBefore>`select c.code, v.number as version, p.taken_at as "takenAt",
      ${ownerPathSql} as "officePath"
    from course_package p join course c using (course_id) join course_version v using (course_version_id)
      left join office o on o.office_id = c.office_id
    where p.document_hash = ${documentHash} and p.taken_at is not null order by p.taken_at desc`.execute(
    read,
  );
  return found.rows;
}

/** Two who bring the same package at once go one after the other. */
export async function lockDocument(tx: Tx, documentHash: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`course-package ${documentHash}`}, 0))`.execute(
    tx,
  );
}

export async function markTaken(
  tx: Tx,
  packageId: string,
  taken: { at: Date; by: string | null; courseId: string; courseVersionId: string },
): Promise<void> {
  await sql`update course_package set taken_at = ${taken.at}, taken_by = ${taken.by}, course_id = ${taken.courseId},
      course_version_id = ${taken.courseVersionId}, expires_at = null
    where course_package_id = ${packageId}`.execute(tx);
}

/** Those whose time is over; their files are the caller's to remove. */
export async function deleteExpiredPackages(tx: Tx, now: Date): Promise<string[]> {
  const found = await sql<{
    id: string;
  }>`delete from course_package where taken_at is null and expires_at <= ${now}
    returning course_package_id as id`.execute(tx);
  return found.rows.map((row) => row.id);
}

export async function deletePackage(tx: Tx, packageId: string): Promise<void> {
  await sql`delete from course_package where course_package_id = ${packageId} and taken_at is null`.execute(
    tx,
  );
}

/** Which of these codes are taken, whoever's course it is. */
export async function takenCodes(ctx: Pick<Ctx, 'db'>, codes: string[]): Promise<ReadonlySet<string>> {
  const found = await sql<{
    code: string;
  }>`select code from course where code = any(${codes}::text[])`.execute(ctx.db.read);
  return new Set(found.rows.map((row) => row.code));
}
