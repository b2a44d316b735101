import type { Feature } from '../kernel/feature.ts';
import { registerImportKind } from '../kernel/imports/index.ts';
import { catalogueApi } from './api.ts';
import { addAuthoringLink, authoringPages } from './authoring/pages/routes.ts';
import { coursesKind } from './import/courses-kind.ts';
import { loadDemonstrationCourses } from './load-demonstration.ts';
import { measureKeptFiles } from './measure-kept-files.ts';
import { mediaRoutes } from './media.ts';

export { bytesOf, contentIn, megabytes } from './content.ts';
export {
  type CourseSearch,
  type CourseSummary,
  courseOf,
  listCourses,
  playableVersion,
  summaryOf,
  type VisibleCourse,
  visibleCourse,
} from './course-queries.ts';
export {
  type ContentRow,
  type CourseRow,
  courseByCode,
  courseById,
  type LessonRow,
  type VersionRow,
} from './course-store.ts';
export { takenIn } from './lesson-times.ts';
export { loadDemonstrationCourses } from './load-demonstration.ts';
export { publishCourse } from './publish-course.ts';
export { type Answer, numberIn, type Question, type Quiz, type QuizResult, scoreQuiz } from './quiz.ts';
export { createCourse, saveCourseDraft } from './save-course.ts';
export { saveFile } from './save-file.ts';
export { type CourseInput, courseInput, type LessonKind } from './schema.ts';
export { searchCourses } from './stores/course-search.ts';
export { type NewCourseRow, newestCourses } from './stores/newest.ts';
export { catalogueTags } from './stores/tags.ts';
export { weightsOf } from './stores/weights.ts';

export const catalogue: Feature = {
  name: 'catalogue',
  prepare() {
    registerImportKind(coursesKind);
    addAuthoringLink();
  },
  http(app, runtime) {
    catalogueApi(app, runtime);
    mediaRoutes(app, runtime);
    authoringPages(app, runtime);
  },
  jobs: (runtime) => ({
    'catalogue:measure-files': async (ctx) => {
      await measureKeptFiles(ctx, runtime.storage);
    },
  }),
  crontab: ['*/5 * * * * catalogue:measure-files ?max=1'],
  async demonstration(ctx, runtime) {
    await loadDemonstrationCourses(ctx, runtime);
  },
};
