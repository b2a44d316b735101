import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { requireDictionaryKeeper } from '../policy.ts';
import type { levelsInput } from '../schema.ts';
import { allFrameworks, type Framework, lockFramework, updateFramework } from '../stores/dictionary.ts';
import { framework } from './seed-dictionary.ts';

/** Under this the audit keeps what was changed of the levels; no competency's key has a colon. */
export const levelsSubject = `framework:${framework}`;

/** Changes what the five levels are called, and the note below the dictionary. */
export async function changeLevels(ctx: Ctx, input: z.output<typeof levelsInput>): Promise<void> {
  await requireDictionaryKeeper(ctx);
  await ctx.db.transaction(async (tx) => {
    await lockFramework(tx, framework);
    const before = (await allFrameworks(tx)).find((one) => one.framework === framework);
    if (!before) throw notFound();
    const after: Framework = {
      ...before,
      levelNames: input.levels,
      ...(input.note === undefined ? {} : { noteHi: input.note.hi, noteEn: input.note.en }),
    };
    const changed = (['levelNames', 'noteHi', 'noteEn'] as const).filter(
      (name) => !isDeepStrictEqual(before[name], after[name]),
    );
    if (changed.length === 0) return;
    await updateFramework(tx, after);
    const only = (one: Framework) => Object.fromEntries(changed.map((name) => [name, one[name]]));
    await audit(tx, ctx, {
      action: 'competency_levels.changed',
      subjectKind: 'competency',
      subjectId: levelsSubject,
      detail: { changed, before: only(before), after: only(after) },
    });
  });
}
