import { type Ctx, requirePerson, requireRole } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import { type OfficeRow, requireOffice } from '../../organisations/index.ts';
import { type AskedCourse, postOf } from '../stores/post.ts';
import { ownAssignment, rolesAssigning } from './assign-course.ts';
import { countOf } from './count-assignment.ts';
import { isLarge, officesBelow, type SubOffice } from './count-store.ts';
import {
  type AssignmentRow,
  assignmentPage,
  type PersonState,
  type ReachedPerson,
  reachedPersons,
} from './store.ts';

export type ListedAssignment = AssignmentRow & Awaited<ReturnType<typeof countOf>>;
const perPage = 20;

/** The assignments of the offices whose nodal officer asks, with how many did them. */
export async function listAssignments(
  ctx: Ctx,
  page: { state: 'live' | 'withdrawn'; after?: string },
): Promise<{ items: ListedAssignment[]; next: string | null }> {
  const scopes = requireRole(ctx, rolesAssigning);
  const rows = await assignmentPage(ctx.db.read, { ...page, scopes, limit: perPage + 1 });
  const shown = rows.slice(0, perPage);
  const items = await Promise.all(shown.map(async (row) => ({ ...row, ...(await countOf(ctx, row)) })));
  return { items, next: rows.length > perPage ? (shown.at(-1)?.assignmentId ?? null) : null };
}

export async function assignmentWithReach(ctx: Ctx, assignmentId: string): Promise<ListedAssignment> {
  const row = await ownAssignment(ctx, assignmentId);
  return { ...row, ...(await countOf(ctx, row)) };
}

const personsPerPage = 50;

export type PersonsPage = { state: PersonState; from: number; office?: string };
export type PersonsFound = {
  items: ReachedPerson[];
  next: number | null;
  /** The office whose people are listed; where too many are posted there, the offices below it to choose from. */
  office: OfficeRow;
  choose: SubOffice[] | null;
};

/** Who is asked today and how far each is, who has not done it first; by a smaller office where there are too many. */
export async function personsOfAssignment(
  ctx: Ctx,
  assignmentId: string,
  page: PersonsPage,
): Promise<PersonsFound> {
  const row = await ownAssignment(ctx, assignmentId);
  const today = todayInIndia(ctx.clock);
  const office = await requireOffice(ctx, page.office ?? row.officeCode, rolesAssigning);
  if (!office.path.includes(row.officeId)) throw notFound();
  const at = { officeId: office.officeId, today };
  if (row.target === 'posts' && (await isLarge(ctx.db.read, office.officeId)))
    return { items: [], next: null, office, choose: await officesBelow(ctx.db.read, at) };
  const within = { ...row, officeId: office.officeId };
  const wish = { today, state: page.state, limit: personsPerPage + 1, offset: page.from };
  const found = await reachedPersons(ctx.db.read, within, wish);
  const next = found.length > personsPerPage ? page.from + personsPerPage : null;
  return { items: found.slice(0, personsPerPage), next, office, choose: null };
}

/** What is asked of the person who asks, and not done yet; the nearest wish first. */
export async function askedOfMe(ctx: Ctx): Promise<AskedCourse[]> {
  return (await postOf(ctx, requirePerson(ctx))).asked;
}
