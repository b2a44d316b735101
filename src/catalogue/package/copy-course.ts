import { audit } from '../../kernel/audit.ts';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import { localised } from '../local-text.ts';
import { authorRoles } from '../policy.ts';
import { insertDraft, ownerOffice } from '../save-course.ts';
import { packedCourse } from './export-package.ts';
import { draftOfDocument } from './import-package.ts';

export type CopyInput = { code: string; title: string | { hi?: string; en?: string }; version?: number };

/** A new draft that says what the course says, under another code and title. Files are shared, not copied. */
export async function copyCourse(ctx: Ctx, code: string, input: CopyInput): Promise<{ code: string }> {
  requireRole(ctx, authorRoles);
  const { course, document, files } = await packedCourse(ctx, code, input);
  const officeId = course.officeId ?? (await ownerOffice(ctx, undefined));
  const byPath = new Map([...files.values()].map((file) => [file.path, file.fileId]));
  return ctx.db.transaction(async (tx) => {
    await draftOfDocument(tx, ctx, {
      document,
      files: byPath,
      code: input.code,
      title: localised(input.title, document.course.language),
      officeId,
      isNewCourse: true,
      make: (made) => insertDraft(tx, ctx, { input: made, officeId }),
    });
    await audit(tx, ctx, {
      action: 'course.copied',
      subjectKind: 'course',
      subjectId: input.code,
      officeId: officeId ?? undefined,
      detail: { from: course.code, version: document.origin.version },
    });
    return { code: input.code };
  });
}
