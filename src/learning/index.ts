import type { Feature } from '../kernel/feature.ts';
import { learningApi } from './api.ts';

export { type DecidedCompletion, onCourseCompleted } from './complete-course.ts';
export { enrolLearner } from './enrol-learner.ts';
export { type EnrolmentView, enrolmentDetail } from './enrolment-view.ts';

export const learning: Feature = {
  name: 'learning',
  http(app, runtime) {
    learningApi(app, runtime);
  },
};
