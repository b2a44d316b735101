import type { Ctx } from '../../kernel/context.ts';
import { courseDesk } from './course-desk.ts';
import { type RevisionLine, revisionsOf } from './stores/revisions.ts';

const together = 10 * 60_000;

/** The states of a lesson, the newest first; of one author's autosaves in a row only the last is told. */
export async function lessonHistory(ctx: Ctx, at: { code: string; lesson: string }) {
  const desk = await courseDesk(ctx, at.code);
  const { courseVersionId } = desk.version;
  const all = await revisionsOf(ctx, { courseVersionId, lesson: at.lesson });
  return { desk, all, shown: all.filter((line, index) => !isOneOfMany(line, all[index - 1])) };
}

function isOneOfMany(line: RevisionLine, newer: RevisionLine | undefined): boolean {
  if (line.action !== 'autosaved' || newer?.action !== 'autosaved') return false;
  return newer.nameHi === line.nameHi && newer.at.getTime() - line.at.getTime() < together;
}
