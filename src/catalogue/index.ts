import type { Feature } from '../kernel/feature.ts';
import { registerImportKind } from '../kernel/imports/index.ts';
import { lasting } from '../kernel/jobs.ts';
import { onPersonsMerged } from '../people/index.ts';
import { catalogueApi } from './api.ts';
import { addAuthoringLink, authoringPages } from './authoring/pages/routes.ts';
import { captionPages } from './captions/captions-page.tsx';
import { readTracks } from './captions/read-tracks.ts';
import { addCollectionLink, addCollectionRow, collectionRoutes } from './collections/routes.tsx';
import { coursesKind } from './import/courses-kind.ts';
import { loadDemonstrationCourses } from './load-demonstration.ts';
import { measureKeptFiles } from './measure-kept-files.ts';
import { mediaRoutes } from './media.ts';
import { packageApi } from './package/api.ts';
import { courseCommand } from './package/commands.ts';
import { packagePages } from './package/pages/routes.ts';
import { addPackagePart } from './package/parts.ts';
import { translationsPart } from './package/translations-part.ts';
import { discardExpiredPackages } from './package/waiting-packages.ts';
import { drawPages } from './pdf-pages/draw-pages.ts';
import { setPaperSecret } from './quiz-paper.ts';
import { renditionCommands } from './renditions/commands.ts';
import { makeRenditions } from './renditions/make-renditions.ts';
import { addRecordingsLink, recordingsRoutes } from './renditions/pages.tsx';
import { planMissingRenditions } from './renditions/plan-renditions.ts';
import { reviewApi } from './review/api.ts';
import { addReviewLink, reviewPages } from './review/pages/routes.ts';
import { translationApi } from './translation/api.ts';
import { mergeTranslators } from './translation/merge-translators.ts';
import { translationPages } from './translation/pages/routes.tsx';
import { discardExpired } from './uploads/discard-uploads.ts';
import { tusApi } from './uploads/tus-api.ts';
import { removeLeftFolders } from './work-folders.ts';

/** What features above know of a course stands on its author's desk. */
export { addDeskRow, type DeskLine } from './authoring/desk-rows.ts';
/** A question as its author writes it, for banks as for lessons. */
export { hasRows, QuestionEditor } from './authoring/pages/question-editor.tsx';
export { mostOptions, questionOf, valuesOfQuestion } from './authoring/pages/question-form.ts';
export { questionKindLabel } from './authoring/pages/quiz-part.tsx';
/** Typing Hindi in Latin letters, and keeping what is not saved, on any page with an author's form. */
export { WritingAids } from './authoring/pages/writing-aids.tsx';
export { attachBlueprint } from './authoring/save-question.ts';
/** The lessons in a row under one heading. */
export { modulesOf } from './authoring/set-module.ts';
/** What the feature that keeps blueprints tells of one: pass mark, attempts, whether its banks suffice. */
export {
  type BlueprintChoice,
  type BlueprintFacts,
  setBlueprintChoices,
  setBlueprintFacts,
} from './blueprint-facts.ts';
export { writeWebVtt } from './captions/write-web-vtt.ts';
/** What orders ask of collections is known above. */
export { type CollectionHooks, type SavedCollection, setCollectionHooks } from './collections/hooks.ts';
export type { CollectionRow } from './collections/store.ts';
/** The dictionary of competencies stands above; it tells the catalogue what its words mean. */
export {
  type CompetencyDictionary,
  chosenCompetencies,
  type DrawnPicker,
  setCompetencyDictionary,
} from './competency-hooks.ts';
export { bytesOf, contentIn, megabytes } from './content.ts';
/** Filters, orders and counts of the catalogue. */
export {
  type CourseFilters,
  type CourseSort,
  durationBands,
  type FacetName,
  type Facets,
  facetNames,
  ratingsForAverage,
  sorts,
} from './course-filters.ts';
/** A list of courses that is put together by search, ticking and small steps, without script. */
export { arranged, chosenCourses } from './course-list/arranged.ts';
export { ChosenCourses, type ListStep, OfferedCourses } from './course-list/picker.tsx';
export {
  type CourseRating,
  type CourseSearch,
  type CourseSummary,
  courseFacets,
  courseOf,
  listCourses,
  playableVersion,
  ratingOf,
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
/** A PDF or picture that belongs to a person: a certificate from elsewhere. */
export { keepDocument, noteDocument } from './keep-document.ts';
export { answerText, keyText } from './key-text.ts';
export { pageSecondsOf, seenShareOf, takenIn } from './lesson-times.ts';
export { loadDemonstrationCourses } from './load-demonstration.ts';
/** What features above add to a course's package, and take from one. */
export { addPackagePart, type Note, type PackagePart, type TakenPart } from './package/parts.ts';
/** Whether the actor works on a course: its drafts, and what was written about it. */
export { authorRoles, mayEdit, mayReadDraft, requireAuthor } from './policy.ts';
export { publishCourse } from './publish-course.ts';
/** The fields of one question on a form, and what they answer: of a lesson's quiz and of a drawn paper. */
export { QuestionFields } from './question-fields.tsx';
export {
  type Choice,
  normaliseQuestion,
  type Question,
  type Quiz,
  questionFaults,
} from './quiz.ts';
export {
  fieldOf,
  formOf,
  inChance,
  type PaperChoice,
  type PaperFault,
  type PaperForm,
  type PaperQuestion,
  paperOf,
  paperSeed,
  readAnswer,
  readPaper,
  shuffledPaperQuestion,
} from './quiz-paper.ts';
/** Who follows a new version; set by `learning`. */
export { type Redo, type RedoPreview, type RedoProgress, setFollowers } from './redo.ts';
export { type PlayedFile, playableFiles, usualFile } from './renditions/played-file.ts';
export { type CourseEvent, onCourseEvent } from './review/events.ts';
export { createCourse, saveCourseDraft } from './save-course.ts';
export { saveFile } from './save-file.ts';
export {
  type BankQuestionInput,
  bankQuestion,
  type CourseInput,
  courseInput,
  type LessonKind,
} from './schema.ts';
export {
  type Answer,
  isAnswered,
  isReached,
  type Marking,
  numberIn,
  pointsFor,
  type QuizResult,
  scoreQuiz,
  shareFor,
} from './scoring.ts';
export { type FoundCourse, searchCourses } from './stores/course-search.ts';
export { facetsOf } from './stores/facets.ts';
export { type NewCourseRow, newestCourses } from './stores/newest.ts';
export { weightsOf } from './stores/weights.ts';
export { tagKeys, tagName } from './tag-names.ts';
/** What happens to a draft and concerns somebody: `notices` puts it into inboxes. */
/** The languages of a course that are not translated whole. */
export { type PartialLanguage, partialLanguages } from './translation/partial-languages.ts';
/** A course in a language that it was translated into, piece by piece. */
export {
  type InSource,
  type TranslatedCourse,
  translatedCaptions,
  translatedCourse,
} from './translation/translated-course.ts';
export { ownInvitations } from './translation/translators.ts';
/** What learners see in place of an author's codes, which would tell the key. */
export { keptAnswer, shownAnswer, veiled } from './veiled-codes.ts';
/** Lessons of older versions with those of a new one that say the same. */
export { lessonPairs } from './version-difference.ts';

export const catalogue: Feature = {
  name: 'catalogue',
  async prepare(runtime) {
    await removeLeftFolders(runtime.config);
    setPaperSecret(runtime.secret);
    onPersonsMerged(mergeTranslators);
    addPackagePart(translationsPart);
    registerImportKind(coursesKind);
    addAuthoringLink();
    addCollectionLink();
    addCollectionRow();
    addReviewLink();
    addRecordingsLink();
  },
  http(app, runtime) {
    catalogueApi(app, runtime);
    collectionRoutes(app);
    mediaRoutes(app, runtime);
    recordingsRoutes(app);
    tusApi(app, runtime);
    packageApi(app, runtime);
    authoringPages(app, runtime);
    packagePages(app, runtime);
    reviewApi(app);
    reviewPages(app);
    captionPages(app, runtime);
    translationPages(app);
    translationApi(app);
  },
  jobs: (runtime) => ({
    'catalogue:measure-files': lasting(async (ctx) => {
      await measureKeptFiles(ctx, runtime.storage);
      await readTracks(ctx, runtime.storage);
    }),
    'catalogue:make-renditions': lasting(async (ctx, payload) => {
      await makeRenditions(ctx, { storage: runtime.storage }, String(payload['fileId']));
    }),
    'catalogue:draw-pages': lasting(async (ctx, payload) => {
      await drawPages(ctx, runtime.storage, String(payload['fileId']));
    }),
    'catalogue:plan-renditions': async (ctx) => {
      await removeLeftFolders(ctx.config);
      await planMissingRenditions(ctx);
    },
    'catalogue:discard-uploads': async (ctx) => {
      await discardExpired(ctx);
    },
    'catalogue:discard-packages': async (ctx) => {
      await discardExpiredPackages(ctx);
    },
  }),
  crontab: [
    '*/5 * * * * catalogue:measure-files ?max=1',
    '*/10 * * * * catalogue:plan-renditions ?max=1',
    '17 * * * * catalogue:discard-uploads ?max=1',
    '23 * * * * catalogue:discard-packages ?max=1',
  ],
  commands: [courseCommand, ...renditionCommands],
  async demonstration(ctx, runtime) {
    await loadDemonstrationCourses(ctx, runtime);
  },
};
