import { type Ctx, requirePerson } from '../kernel/context.ts';
import type { ContentLanguage } from '../kernel/languages.ts';
import type { EnrolmentStatus } from './enrolment-view.ts';
import { enrolmentPage } from './stores/enrolments.ts';

export type EnrolmentSummary = {
  id: string;
  courseCode: string;
  title: { hi: string | null; en: string | null };
  language: ContentLanguage;
  status: EnrolmentStatus;
  lessonsMet: number;
  lessonsTotal: number;
  enrolledAt: Date;
  completedAt: Date | null;
};

/** A page of the person's own enrolments, the newest first; `next` is what to give as `after`. */
export async function ownEnrolments(
  ctx: Ctx,
  page: { limit: number; after?: string },
): Promise<{ items: EnrolmentSummary[]; next: string | null }> {
  const personId = requirePerson(ctx);
  const rows = await enrolmentPage(ctx, { personId, limit: page.limit + 1, after: page.after });
  const shown = rows.slice(0, page.limit);
  const items = shown.map(({ titleHi, titleEn, isBegun, ...row }) => ({
    ...row,
    title: { hi: titleHi, en: titleEn },
    status: row.completedAt
      ? ('completed' as const)
      : isBegun
        ? ('inProgress' as const)
        : ('notStarted' as const),
  }));
  return { items, next: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null };
}
