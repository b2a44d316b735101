import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { lockProgramme, removeDraft } from '../stores/programmes.ts';
import { ownProgramme } from './save-programme.ts';

/** Throws the draft of a next version away: the syllabus in force stands as if it had never been begun. */
export async function discardSyllabusDraft(ctx: Ctx, code: string): Promise<void> {
  const { programmeId, officeId } = await ownProgramme(ctx, code);
  await ctx.db.transaction(async (tx) => {
    await lockProgramme(tx, programmeId);
    if (!(await removeDraft(tx, programmeId))) throw notFound();
    await audit(tx, ctx, {
      action: 'syllabus.draft_deleted',
      subjectKind: 'programme',
      subjectId: code,
      officeId,
    });
  });
}
