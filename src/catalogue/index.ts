import type { Feature } from '../kernel/feature.ts';
import { catalogueApi } from './api.ts';

export {
  type CourseSearch,
  type CourseSummary,
  courseOf,
  listCourses,
  playableVersion,
  type VisibleCourse,
  visibleCourse,
} from './course-queries.ts';
export { searchCourses } from './course-search.ts';
export {
  type ContentRow,
  type CourseRow,
  courseByCode,
  courseById,
  type LessonRow,
  type VersionRow,
} from './course-store.ts';
export { publishCourse } from './publish-course.ts';
export { type Answer, type Question, type Quiz, type QuizResult, scoreQuiz } from './quiz.ts';
export { createCourse, saveCourseDraft } from './save-course.ts';
export { saveFile } from './save-file.ts';
export { type CourseInput, courseInput, type LessonKind } from './schema.ts';

export const catalogue: Feature = {
  name: 'catalogue',
  http(app, runtime) {
    catalogueApi(app, runtime);
  },
};
