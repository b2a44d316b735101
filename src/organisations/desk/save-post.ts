import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { requireOffice } from '../scope.ts';
import { designationIdOf, lockOffice, writePost } from '../stores/desk.ts';
import { rolesKeepingOffices } from './policy.ts';
import type { PostInput } from './schema.ts';

/** Sanctioned posts of one designation and group at an office; zero takes the line away. */
export async function savePost(ctx: Ctx, input: PostInput & { code: string }): Promise<void> {
  const { officeId } = await requireOffice(ctx, input.code, rolesKeepingOffices);
  await ctx.db.transaction(async (tx) => {
    if (!(await lockOffice(tx, officeId))) throw notFound();
    const before = await writePost(tx, {
      officeId,
      designationId: await designationIdOf(tx, input.designation),
      serviceGroup: input.serviceGroup ?? null,
      sanctioned: input.sanctioned,
    });
    await audit(tx, ctx, {
      action: 'post.saved',
      subjectKind: 'office',
      subjectId: officeId,
      officeId,
      detail: {
        designation: input.designation,
        group: input.serviceGroup ?? null,
        before,
        after: input.sanctioned,
      },
    });
  });
}
