import {
  type CourseRating,
  mayEdit,
  type PartialLanguage,
  partialLanguages,
  ratingOf,
} from '../catalogue/index.ts';
import { type Ctx, personIdOf, scopesOf } from '../kernel/context.ts';
import { rolesAssigning } from './assignments/assign-course.ts';
import type { LearnerCourse } from './course-view.ts';
import { prerequisitesFor, type StandingPrerequisite } from './prerequisites/save-prerequisites.ts';
import { mayReadWords } from './ratings/rate-course.ts';
import { type OwnRating, ratingBeside } from './ratings/store.ts';
import { type AskedCourse, type NeededCompetency, neededOf, postOf } from './stores/post.ts';
import { type TestsBeside, testsBeside } from './tests-beside.ts';

/** What stands on a course's page beside the course itself. */
export type CourseBeside = {
  rating: CourseRating | null;
  own?: OwnRating;
  mayRate: boolean;
  isShelved: boolean;
  asked?: AskedCourse;
  /** A competency that the person's post asks for and this course brings. */
  needed?: NeededCompetency;
  first: StandingPrerequisite[];
  tests: TestsBeside;
  partial: PartialLanguage[];
  now: Date;
  mayAssign: boolean;
  mayReadWords: boolean;
  mayEdit: boolean;
};

export async function besideCourse(ctx: Ctx, at: LearnerCourse): Promise<CourseBeside> {
  const { course } = at;
  const personId = personIdOf(ctx.actor);
  const { courseId } = course;
  const [rating, first, post, tests, partial] = await Promise.all([
    ratingBeside(ctx.db, courseId, personId),
    prerequisitesFor(ctx, courseId, personId),
    personId ? postOf(ctx, personId) : undefined,
    testsBeside(ctx, at),
    partialLanguages(ctx, { ...at, lessons: at.written ?? at.lessons }),
  ]);
  return {
    rating: ratingOf(rating),
    own: rating.own,
    mayRate: rating.hasCompleted,
    isShelved: Boolean(post?.shelf.some((one) => one.courseId === courseId)),
    asked: post?.asked.find((one) => one.courseId === courseId),
    needed: post && neededOf(course.competencies, post.needs),
    first,
    tests,
    partial,
    now: ctx.clock.now(),
    mayAssign: course.state === 'published' && scopesOf(ctx.actor, rolesAssigning).length > 0,
    mayReadWords: mayReadWords(ctx, course),
    mayEdit: mayEdit(ctx, course),
  };
}
