import type { Feature } from '../kernel/feature.ts';
import { registerImportKind } from '../kernel/imports/index.ts';
import { learningApi } from './api.ts';
import { completionsKind } from './import/completions-kind.ts';

export { type DecidedCompletion, onCourseCompleted } from './complete-course.ts';
export { enrolLearner } from './enrol-learner.ts';
export { type EnrolmentView, enrolmentDetail } from './enrolment-view.ts';

export const learning: Feature = {
  name: 'learning',
  prepare: () => registerImportKind(completionsKind),
  http(app, runtime) {
    learningApi(app, runtime);
  },
};
