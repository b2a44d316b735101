import type { Ctx } from '../../kernel/context.ts';
import { knownCompetencies } from '../competency-hooks.ts';
import type { CourseDetails, VersionRow } from '../course-store.ts';
import { changeDraft, refuseStale } from './change-draft.ts';

/** `revision` is the stamp that the form was opened with. */
type Stamped<T> = T & { revision: number };

/** Saves what the course says of itself: shown at once in a first draft, else with the next publication. */
export async function saveDetails(
  ctx: Ctx,
  code: string,
  input: Stamped<{ details: CourseDetails }>,
): Promise<void> {
  const competencies = await knownCompetencies(ctx, input.details.competencies);
  await changeDraft(ctx, code, {
    action: 'course.details_saved',
    async change(_tx, draft) {
      refuseStale(draft.version, input.revision);
      return { details: { ...input.details, competencies } };
    },
  });
}

/** Saves which lessons complete the course: all, or those chosen. */
export async function saveCompletion(
  ctx: Ctx,
  code: string,
  input: Stamped<{ lessons: 'all' | string[] }>,
): Promise<void> {
  await changeDraft(ctx, code, {
    action: 'course.completion_saved',
    async change(_tx, draft) {
      refuseStale(draft.version, input.revision);
      return { completionRule: { lessons: input.lessons } };
    },
  });
}

export async function saveSources(
  ctx: Ctx,
  code: string,
  input: Stamped<{ sources: VersionRow['sources'] }>,
): Promise<void> {
  await changeDraft(ctx, code, {
    action: 'course.sources_saved',
    async change(_tx, draft) {
      refuseStale(draft.version, input.revision);
      return { sources: input.sources };
    },
  });
}
