import type { Ctx } from '../../kernel/context.ts';
import type { CourseRow } from '../course-store.ts';

/** One line about a course: what it is, how it stands, and where it is worked on. */
export type DeskLine = { label: string; value: string; href?: string; hrefLabel?: string };
type DeskRow = (ctx: Ctx, course: CourseRow) => Promise<DeskLine | undefined>;

const rows = new Map<string, DeskRow>();

/** Features above say here what they know of a course; undefined where this actor is not to see it. */
export function addDeskRow(name: string, row: DeskRow): void {
  rows.set(name, row);
}

export async function deskLines(ctx: Ctx, course: CourseRow): Promise<DeskLine[]> {
  const lines = await Promise.all([...rows.values()].map((row) => row(ctx, course)));
  return lines.filter((line) => line !== undefined);
}
