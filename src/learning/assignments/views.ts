import { type Ctx, requirePerson, requireRole } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { type AskedCourse, postOf } from '../stores/post.ts';
import { ownAssignment, rolesAssigning } from './assign-course.ts';
import {
  type AssignmentRow,
  assignmentPage,
  type PersonState,
  type Reach,
  type ReachedPerson,
  reachedPersons,
  reachOf,
} from './store.ts';

export type ListedAssignment = AssignmentRow & Reach;
const perPage = 20;

/** The assignments of the offices whose nodal officer asks, with how many did them. */
export async function listAssignments(
  ctx: Ctx,
  page: { state: 'live' | 'withdrawn'; after?: string },
): Promise<{ items: ListedAssignment[]; next: string | null }> {
  const scopes = requireRole(ctx, rolesAssigning);
  const rows = await assignmentPage(ctx.db.read, { ...page, scopes, limit: perPage + 1 });
  const shown = rows.slice(0, perPage);
  const today = todayInIndia(ctx.clock);
  const items = await Promise.all(
    shown.map(async (row) => ({ ...row, ...(await reachOf(ctx.db.read, row, today)) })),
  );
  return { items, next: rows.length > perPage ? (shown.at(-1)?.assignmentId ?? null) : null };
}

export async function assignmentWithReach(ctx: Ctx, assignmentId: string): Promise<ListedAssignment> {
  const row = await ownAssignment(ctx, assignmentId);
  return { ...row, ...(await reachOf(ctx.db.read, row, todayInIndia(ctx.clock))) };
}

const personsPerPage = 50;

/** Who is asked today and how far each is; who has not done it first. */
export async function personsOfAssignment(
  ctx: Ctx,
  assignmentId: string,
  page: { state: PersonState; from: number },
): Promise<{ items: ReachedPerson[]; next: number | null }> {
  const row = await ownAssignment(ctx, assignmentId);
  const wish = { today: todayInIndia(ctx.clock), state: page.state };
  const found = await reachedPersons(ctx.db.read, row, {
    ...wish,
    limit: personsPerPage + 1,
    offset: page.from,
  });
  const next = found.length > personsPerPage ? page.from + personsPerPage : null;
  return { items: found.slice(0, personsPerPage), next };
}

/** What is asked of the person who asks, and not done yet; the nearest wish first. */
export async function askedOfMe(ctx: Ctx): Promise<AskedCourse[]> {
  return (await postOf(ctx, requirePerson(ctx))).asked;
}
