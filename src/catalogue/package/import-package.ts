import type { Readable } from 'node:stream';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import type { Storage } from '../../kernel/storage.ts';
import { lockCourse, lockedVersionsOf, openVersion } from '../course-store.ts';
import { authorRoles, mayReadDraft, refuseInReview, requireAuthor } from '../policy.ts';
import { insertDraft, type MadeDraft, ownerOffice, replaceDraft } from '../save-course.ts';
import { type KeptBlob, keepBlob, noteFile } from '../save-file.ts';
import { ownerOf } from '../uploads/own-upload.ts';
import type { CourseDocument } from './document.ts';
import { draftInput } from './draft-input.ts';
import { competenciesHere, type PackageReport, reportOf, withPackage } from './look-at-package.ts';
import type { Archive } from './open-archive.ts';
import { packagePart } from './parts.ts';
import type { ReadDocument } from './read-document.ts';
import { insertPackage, lockDocument, markTaken, takenBefore } from './store.ts';

/** As what a package comes in: a course of its own (under its code or another), or the next version of its course. */
export type TakeAs = { as: 'course'; code?: string; officeCode?: string } | { as: 'version' };

export type TakenCourse = {
  code: string;
  version: number;
  /** False where this very package was here already: nothing was done. */
  isNew: boolean;
  report: PackageReport;
};

/**
 * Makes a draft of a package, never more: it is published like any other. Files go into the store first, where
 * they are nobody's; then all rows in one transaction, so that whoever is killed in between leaves nothing.
 */
export async function importPackage(
  ctx: Ctx,
  storage: Storage,
  from: { path: string; name: string; packageId?: string; take: TakeAs },
): Promise<TakenCourse> {
  requireRole(ctx, authorRoles);
  return withPackage(from.path, async (archive, read) => {
    const report = await reportOf(ctx, read);
    const goal = await goalOf(ctx, read.document, from.take);
    const known = await before(ctx, ctx.db.read, { read, goal });
    if (known) return { ...known, isNew: false, report };
    refuseClash(report, goal);
    const blobs = await keepAssets((source) => keepBlob(ctx, storage, source), archive, read.document);
    const made = await ctx.db.transaction((tx) =>
      take(tx, ctx, { read, goal, blobs, name: from.name, packageId: from.packageId }),
    );
    return { ...made, report };
  });
}

type Goal = { as: 'course' | 'version'; code: string; isOtherCode: boolean; officeId: string | null };

async function goalOf(ctx: Ctx, { course }: CourseDocument, take: TakeAs): Promise<Goal> {
  if (take.as === 'version') return { as: 'version', code: course.code, isOtherCode: false, officeId: null };
  const code = take.code ?? course.code;
  const officeId = await ownerOffice(ctx, take.officeCode);
  return { as: 'course', code, isOtherCode: code !== course.code, officeId };
}

/** What the same package became before. Another code that is asked for is a wish for a second course. */
async function before(
  ctx: Ctx,
  db: Parameters<typeof takenBefore>[0],
  { read, goal }: { read: ReadDocument; goal: Goal },
): Promise<{ code: string; version: number } | undefined> {
  const visible = (await takenBefore(db, read.hash)).filter((one) => mayReadDraft(ctx, one));
  const found = visible.find((one) => !goal.isOtherCode || one.code === goal.code);
  return found && { code: found.code, version: found.version };
}

function refuseClash({ clash, freeCode }: PackageReport, goal: Goal): void {
  if (goal.as === 'version' || goal.isOtherCode || clash?.kind !== 'code_taken') return;
  const text = {
    hi: `कोर्स कोड ${goal.code} पहले से है। पैकेज को उसका नया संस्करण बनाएँ, या दूसरा कोड दें (जैसे ${freeCode})।`,
    en: `The course code ${goal.code} is taken. Make the package its next version, or give another code (such as ${freeCode}).`,
  };
  throw new Refusal('conflict', text, {
    reason: 'course_code_taken',
    fields: [{ path: 'code', code: 'course_code_taken', text }],
    details: { freeCode },
  });
}

/** Examined and cleaned like any upload; by path. */
async function keepAssets(
  keep: (source: Readable) => Promise<KeptBlob>,
  archive: Archive,
  { assets }: CourseDocument,
): Promise<Map<string, KeptBlob>> {
  const kept = new Map<string, KeptBlob>();
  for (const { path } of assets) kept.set(path, await keep(await archive.open(path)));
  return kept;
}

type Taking = {
  read: ReadDocument;
  goal: Goal;
  blobs: ReadonlyMap<string, KeptBlob>;
  name: string;
  packageId: string | undefined;
};

async function take(
  tx: Tx,
  ctx: Ctx,
  taking: Taking,
): Promise<{ code: string; version: number; isNew: boolean }> {
  const { read, goal } = taking;
  await lockDocument(tx, read.hash);
  const known = await before(ctx, tx, { read, goal });
  if (known) return { ...known, isNew: false };
  const { officeId, draft } = await makeDraft(tx, ctx, taking);
  await remember(tx, ctx, { taking, draft });
  await audit(tx, ctx, {
    action: 'course.imported',
    subjectKind: 'course',
    subjectId: goal.code,
    officeId: officeId ?? undefined,
    detail: {
      version: draft.version.number,
      package: taking.name,
      hash: read.hash,
      from: read.document.origin.exportedFrom,
    },
  });
  return { code: goal.code, version: draft.version.number, isNew: true };
}

async function makeDraft(
  tx: Tx,
  ctx: Ctx,
  taking: Taking,
): Promise<{ officeId: string | null; draft: MadeDraft }> {
  const { goal, read } = taking;
  if (goal.as === 'course') {
    const draft = await draftWith(tx, ctx, { taking, officeId: goal.officeId, isNewCourse: true }, (input) =>
      insertDraft(tx, ctx, { input, officeId: goal.officeId }),
    );
    return { officeId: goal.officeId, draft };
  }
  const course = await lockCourse(tx, read.document.course.code);
  if (!course) throw notFound();
  requireAuthor(ctx, course);
  const versions = await lockedVersionsOf(tx, course.courseId);
  refuseInReview(versions);
  if (openVersion(versions)) throw draftIsOpen();
  const draft = await draftWith(tx, ctx, { taking, officeId: course.officeId, isNewCourse: false }, (input) =>
    replaceDraft(tx, ctx, { course, input }),
  );
  return { officeId: course.officeId, draft };
}

type Owner = { taking: Taking; officeId: string | null; isNewCourse: boolean };

async function draftWith(
  tx: Tx,
  ctx: Ctx,
  { taking, officeId, isNewCourse }: Owner,
  make: (input: ReturnType<typeof draftInput>) => Promise<MadeDraft>,
): Promise<MadeDraft> {
  const { document } = taking.read;
  const files = new Map<string, string>();
  for (const asset of document.assets) {
    const blob = taking.blobs.get(asset.path);
    if (!blob) continue;
    const { fileId } = await noteFile(tx, ctx, { blob, name: asset.name, officeId, licence: asset.licence });
    files.set(asset.path, fileId);
  }
  return draftOfDocument(tx, ctx, { document, files, code: taking.goal.code, officeId, isNewCourse, make });
}

export type DocumentDraft = {
  document: CourseDocument;
  /** By path: ids of files that are kept here. */
  files: ReadonlyMap<string, string>;
  code: string;
  title?: { hi?: string; en?: string };
  officeId: string | null;
  isNewCourse: boolean;
  make(input: ReturnType<typeof draftInput>): Promise<MadeDraft>;
};

/** The one way from a document to a draft: of a package that came, and of a course that is doubled. */
export async function draftOfDocument(tx: Tx, ctx: Ctx, from: DocumentDraft): Promise<MadeDraft> {
  const { document, files, code, title, officeId, isNewCourse } = from;
  const renamed = new Map<string, string>();
  const parts = Object.entries(document.parts);
  for (const [name, value] of parts)
    for (const [old, now] of (await packagePart(name)?.rename?.(ctx, value)) ?? []) renamed.set(old, now);
  const { known } = await competenciesHere(ctx, document.course.competencies);
  const draft = await from.make(draftInput(document, { code, title, competencies: known, files, renamed }));
  for (const [name, value] of parts)
    await packagePart(name)?.take(tx, ctx, {
      courseId: draft.courseId,
      version: draft.version,
      files,
      isNewCourse,
      officeId,
      renamed,
      value,
    });
  return draft;
}

async function remember(
  tx: Tx,
  ctx: Ctx,
  { taking, draft }: { taking: Taking; draft: MadeDraft },
): Promise<void> {
  const now = ctx.clock.now();
  const packageId = taking.packageId ?? newId();
  if (!taking.packageId)
    await insertPackage(tx, {
      packageId,
      owner: ownerOf(ctx),
      name: taking.name,
      documentHash: taking.read.hash,
      createdAt: now,
      expiresAt: null,
    });
  await markTaken(tx, packageId, {
    at: now,
    by: personIdOf(ctx.actor) ?? null,
    courseId: draft.courseId,
    courseVersionId: draft.version.courseVersionId,
  });
}

function draftIsOpen(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'इस कोर्स का एक प्रारूप खुला है; पैकेज उसके ऊपर नहीं लिखा जाता। पहले उसे प्रकाशित करें या हटाएँ, या दूसरा कोड दें।',
      en: 'A draft of this course is open; a package is not written over it. Publish or discard it first, or give another code.',
    },
    { reason: 'draft_open' },
  );
}
