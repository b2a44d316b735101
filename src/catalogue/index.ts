import type { Feature } from '../kernel/feature.ts';
import { registerImportKind } from '../kernel/imports/index.ts';
import { catalogueApi } from './api.ts';
import { coursesKind } from './import/courses-kind.ts';

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
export { loadDemonstrationCourses } from './load-demonstration.ts';
export { publishCourse } from './publish-course.ts';
export { type Answer, type Question, type Quiz, type QuizResult, scoreQuiz } from './quiz.ts';
export { createCourse, saveCourseDraft } from './save-course.ts';
export { saveFile } from './save-file.ts';
export { type CourseInput, courseInput, type LessonKind } from './schema.ts';

export const catalogue: Feature = {
  name: 'catalogue',
  prepare: () => registerImportKind(coursesKind),
  http(app, runtime) {
    catalogueApi(app, runtime);
  },
};
