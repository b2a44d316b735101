import { type Ctx, requireRole, scopesOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { type CourseDesk, courseDesk } from '../authoring/course-desk.ts';
import { actorId, authorRoles, publisherRoles, readerRoles, reviewerRoles } from '../policy.ts';
import {
  type CommentRow,
  commentsFor,
  commentsOf,
  type Reviewer,
  type ReviewRow,
  reviewersFor,
  reviewsOf,
  type WaitingRow,
  waitingFor,
  wantsSecondPerson,
  writersOf,
} from './store.ts';

export type Thread = CommentRow & { answers: CommentRow[] };
export type ReviewDesk = {
  desk: CourseDesk;
  /** The newest first. */
  reviews: ReviewRow[];
  /** The review that the open draft waits in or was approved by. */
  standing: ReviewRow | undefined;
  threads: Thread[];
  secondPersonWanted: boolean;
  /** This actor may decide: holds the right, and has not worked on the text. */
  mayDecide: boolean;
  /** Who may decide on it, or could if it were sent by this actor. */
  deciders: Reviewer[];
  isOwnText: boolean;
};

export async function reviewDesk(ctx: Ctx, code: string): Promise<ReviewDesk> {
  const desk = await courseDesk(ctx, code);
  const { courseId, officePath } = desk.course;
  const today = todayInIndia(ctx.clock);
  const { courseVersionId } = desk.version;
  const [reviews, comments, secondPersonWanted, writers, reviewers] = await Promise.all([
    reviewsOf(ctx.db.read, courseId),
    commentsOf(ctx.db.read, courseId),
    wantsSecondPerson(ctx.db.read, officePath),
    writersOf(ctx.db.read, courseVersionId),
    reviewersFor(ctx.db.read, { path: officePath ?? [], today, courseVersionId }),
  ]);
  const standing = desk.isInReview
    ? reviews.find((one) => one.state === 'open' || one.state === 'approved')
    : undefined;
  const me = actorId(ctx);
  const isOwnText = me === null || writers.includes(me) || standing?.sentBy === me;
  const mayDecide = desk.mayReview && !isOwnText && standing?.state === 'open';
  const sender = standing ? standing.sentBy : me;
  const deciders = reviewers.filter((one) => one.personId !== sender);
  const threads = threadsOf(comments);
  return { desk, reviews, standing, threads, secondPersonWanted, mayDecide, deciders, isOwnText };
}

export function threadsOf(comments: CommentRow[]): Thread[] {
  return comments
    .filter((one) => one.threadId === null)
    .map((first) => ({ ...first, answers: comments.filter((one) => one.threadId === first.commentId) }));
}

/** What waits for this actor among the courses he may look into. */
export async function whatWaits(ctx: Ctx): Promise<WaitingRow[]> {
  requireRole(ctx, readerRoles);
  const me = actorId(ctx);
  const write = scopesOf(ctx.actor, authorRoles);
  const [drafts, comments] = await Promise.all([
    waitingFor(ctx.db, {
      me,
      write,
      review: scopesOf(ctx.actor, reviewerRoles),
      publish: scopesOf(ctx.actor, publisherRoles),
    }),
    commentsFor(ctx.db, { me, write }),
  ]);
  // A draft that was returned says so already.
  const mended = new Set(drafts.filter((row) => row.kind === 'mend').map((row) => row.code));
  return [...drafts, ...comments.filter((row) => !mended.has(row.code))];
}
