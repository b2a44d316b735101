import type { Ctx } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import type { CourseRow, VersionRow } from './course-store.ts';

/** Who must do a course again when a version is published: nobody, who has not finished, everybody. */
export const redoChoices = ['nobody', 'unfinished', 'everybody'] as const;
export type Redo = (typeof redoChoices)[number];

export type RedoCounts = { enrolled: number; unfinished: number; completed: number };
export type RedoPreview = RedoCounts & {
  /** Where this actor sees figures: the offices right below those he has the right over. */
  offices: (RedoCounts & { code: string; nameHi: string; nameEn: string | null })[];
};
export type RedoProgress = { version: number; redo: Redo; done: number; total: number; isFinished: boolean };

type Followers = {
  preview(ctx: Ctx, course: CourseRow): Promise<RedoPreview>;
  /** In the publication's transaction: sees to it that the enrolments follow. */
  begin(tx: Tx, ctx: Ctx, at: { course: CourseRow; version: VersionRow; redo: Redo }): Promise<void>;
  /** How far the last following is; undefined where there never was one. */
  progress(ctx: Ctx, courseId: string): Promise<RedoProgress | undefined>;
};

let followers: Followers = {
  preview: async () => ({ enrolled: 0, unfinished: 0, completed: 0, offices: [] }),
  begin: async () => undefined,
  progress: async () => undefined,
};

/** Set by `learning`, which knows who is enrolled. */
export function setFollowers(given: Followers): void {
  followers = given;
}

export function redoPreview(ctx: Ctx, course: CourseRow): Promise<RedoPreview> {
  return followers.preview(ctx, course);
}

export function beginRedo(
  tx: Tx,
  ctx: Ctx,
  at: { course: CourseRow; version: VersionRow; redo: Redo },
): Promise<void> {
  return followers.begin(tx, ctx, at);
}

export function redoProgress(ctx: Ctx, courseId: string): Promise<RedoProgress | undefined> {
  return followers.progress(ctx, courseId);
}
