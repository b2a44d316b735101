import { addPackagePart, setFollowers } from '../catalogue/index.ts';
import { addEvidenceSource } from '../competencies/index.ts';
import type { Feature } from '../kernel/feature.ts';
import { registerImportKind } from '../kernel/imports/index.ts';
import { lasting } from '../kernel/jobs.ts';
import { addPersonSection, onPersonsMerged } from '../people/index.ts';
import { addSiteLink } from '../shell/site/index.ts';
import { learningApi } from './api.ts';
import { assignmentsApi } from './assignments/api.ts';
import { rolesAssigning } from './assignments/assign-course.ts';
import { countAssignment, countAssignments } from './assignments/count-assignment.ts';
import { assignmentRoutes } from './assignments/routes.tsx';
import { evidenceOfCourses } from './competency-evidence.ts';
import { addCourseRows } from './course-rows.ts';
import { closedDoorsCard, extraAttemptRoutes } from './extra-attempts/pages.tsx';
import { prepareFloods } from './floods.ts';
import { addHomeNotice } from './hooks.ts';
import { completionsKind } from './import/completions-kind.ts';
import { mergeKept } from './merge-kept.ts';
import { mergeLearning } from './merge-learning.ts';
import { completionsCard } from './pages/person-card.tsx';
import { prerequisitesPart } from './prerequisites/package-part.ts';
import { beginFollowing, followVersion, previewRedo } from './redo/follow-version.ts';
import { redoNotices } from './redo/redo-notices.ts';
import { progressOfRedo } from './redo/redo-store.ts';
import { reviewCaseApi } from './review-cases/api.ts';
import { lapseReviewCases } from './review-cases/lapse-review-cases.ts';
import { reviewCaseRoutes } from './review-cases/pages/routes.tsx';
import { rolesDeciding } from './review-cases/policy.ts';
import { caseNotices } from './review-cases/review-case-views.ts';
import { courseRoutes } from './routes/courses.tsx';
import { homeRoute } from './routes/home.tsx';
import { lessonRoutes } from './routes/lessons.tsx';
import { shelfRoutes } from './shelf/routes.tsx';
import { thinReports } from './thinning/thin-reports.ts';
import { translationNotices } from './translation-notices.ts';

/** Completions that Daksh decided together; whoever must act in the same transaction (certificates) is told. */
export { type DecidedCompletion, onCoursesCompleted } from './complete-courses.ts';
/** A person's completions with certificate numbers; the caller has checked that the actor may see them. */
export { completionsOfPerson, type PersonCompletion } from './completions-of-person.ts';
export type { LearnerLesson } from './course-view.ts';
/** A drawn paper that counts for a lesson, told when its result is known; the caller holds the persons' locks. */
export { correctPaper, decidePapers, type PaperResult } from './decide-papers.ts';
export { enrolLearner } from './enrol-learner.ts';
export { type EnrolmentView, enrolmentDetail } from './enrolment-view.ts';
/** Attempts made and given; how many are left of so many allowed. */
export { type ExtraAttempt, extraAttemptsOf } from './extra-attempts/store.ts';
/** What features above put on a learner's pages: certificates to link to, lines on the home. */
export {
  addHomeCard,
  addHomeNotice,
  type CertificateLink,
  type HomeNotice,
  homeNoticesOf,
  onCoursesResumed,
  setCertificateLink,
  setTestStandings,
  type TestStanding,
} from './hooks.ts';
/** Imported completions that wait to be matched to a person by hand. */
export {
  dismissCompletion,
  matchCompletion,
  waitingCompletion,
  waitingCompletions,
} from './import/match-completion.ts';
export type { Candidate, GivenIdentity, UnmatchedRow } from './import/unmatched-store.ts';
export { forLockedPersons } from './locked-group.ts';
export { courseHref, lessonHref, tagName, titleOf } from './pages/words.ts';
/** Whether a question about impossible speed waits for its decision; an appraisal says nothing of an open one. */
export { hasOpenReviewCase } from './review-cases/review-case-views.ts';
export { crumbsOf, lessonOrCourse } from './routes/lesson-context.ts';
/** Single reports of time: how many there are, and making one row a day of those that are old enough. */
export type { ReportsKept } from './thinning/slot-store.ts';
export { reportsOfTimeKept, thinReports } from './thinning/thin-reports.ts';

export const learning: Feature = {
  name: 'learning',
  prepare(runtime) {
    prepareFloods(runtime);
    registerImportKind(completionsKind);
    addEvidenceSource('courses', evidenceOfCourses);
    onPersonsMerged(mergeLearning);
    setFollowers({
      preview: previewRedo,
      begin: beginFollowing,
      progress: (ctx, courseId) => progressOfRedo(ctx.db, courseId),
    });
    addCourseRows();
    addHomeNotice('redo', redoNotices);
    addHomeNotice('translation', translationNotices);
    addPackagePart(prerequisitesPart);
    onPersonsMerged(mergeKept);
    addSiteLink({
      key: 'assignments',
      area: 'office',
      label: 'learning.assignments',
      href: '/office/assignments',
      icon: 'check',
      roles: rolesAssigning,
      group: 'learning',
      order: 36,
    });
    for (const on of ['office', 'profile'] as const)
      addPersonSection({ name: 'completions', on, order: 50, render: completionsCard });
    addPersonSection({ name: 'closed-doors', on: 'office', order: 45, render: closedDoorsCard });
    addHomeNotice('review-cases', caseNotices);
    addSiteLink({
      ...{ key: 'reviewCases', area: 'office', label: 'learning.casesTitle', href: '/office/review-cases' },
      ...{ icon: 'clock', roles: rolesDeciding, group: 'learning', order: 82 },
    });
    addSiteLink({
      ...{
        key: 'engagementLimits',
        area: 'office',
        label: 'learning.limitsTitle',
        href: '/office/engagement-limits',
      },
      ...{ icon: 'clock', roles: ['operator'], group: 'setup', order: 84 },
    });
    addSiteLink({ key: 'home', area: 'learner', label: 'learning.home', href: '/', icon: 'home', order: 10 });
    const courses = {
      key: 'courses',
      label: 'learning.navCourses',
      href: '/courses',
      icon: 'search',
    } as const;
    addSiteLink({ ...courses, area: 'learner', order: 20 });
    addSiteLink({ ...courses, area: 'public', order: 20 });
    addSiteLink({
      key: 'profile',
      area: 'learner',
      label: 'learning.navProfile',
      href: '/profile',
      icon: 'person',
      order: 40,
    });
  },
  http(app) {
    learningApi(app);
    assignmentsApi(app);
    assignmentRoutes(app);
    shelfRoutes(app);
    homeRoute(app);
    courseRoutes(app);
    lessonRoutes(app);
    reviewCaseApi(app);
    reviewCaseRoutes(app);
    extraAttemptRoutes(app);
  },
  jobs: () => ({
    'learning:follow-version': lasting((ctx, payload) =>
      followVersion(ctx, String(payload['courseVersionId'])),
    ),
    'learning:count-assignment': lasting((ctx, payload) =>
      countAssignment(ctx, String(payload['assignmentId'])),
    ),
    'learning:count-assignments': lasting(countAssignments),
    'learning:thin-reports': lasting(async (ctx, _payload, attempt) => {
      await thinReports(ctx, { stopping: attempt?.stopping });
    }),
    'learning:lapse-review-cases': async (ctx) => {
      await lapseReviewCases(ctx);
    },
  }),
  // Half an hour after midnight in India.
  crontab: [
    '0 19 * * * learning:lapse-review-cases ?max=1',
    '23 * * * * learning:count-assignments ?max=1',
    '*/10 * * * * learning:thin-reports ?max=1',
  ],
};
