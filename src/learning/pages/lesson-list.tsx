import { type LessonRow, modulesOf } from '../../catalogue/index.ts';
import { pick } from '../../kernel/i18n.ts';
import { TaskList } from '../../shell/index.ts';
import type { LearnerCourse } from '../course-view.ts';
import { type Condition, conditionsOf, requiredLessons, untouched } from '../rules.ts';
import { taken } from '../taken-lesson.ts';
import type { LessonTests } from '../tests-beside.ts';
import { standingText } from './test-standing.tsx';
import { conditionText, lessonFacts, lessonHref, type Say, titleOf } from './words.ts';

/** The lessons as a list of tasks: met or open, and of the open ones what is still asked. */
export function LessonList({ at, tests, say }: { at: LearnerCourse; tests: LessonTests; say: Say }) {
  const { t } = say;
  const language = at.detail?.enrolment.language ?? say.language;
  const required = new Set(requiredLessons(at.version, at.lessons).map((lesson) => lesson.lessonId));
  const taskOf = (lesson: LessonRow) => {
    const index = at.lessons.indexOf(lesson);
    const view = at.detail?.view.lessons[index];
    const isOptional = !required.has(lesson.lessonId);
    const facts = [lessonFacts(lesson, language, say), isOptional ? t('learning.optional') : ''];
    return {
      text: `${index + 1}. ${titleOf(lesson, say.language).title}`,
      isDone: view?.met ?? false,
      detail: (
        <>
          {facts.filter(Boolean).join(' · ')}
          {view?.met ? null : <Open lesson={lesson} view={view ?? offered(lesson, language)} say={say} />}
          <Standing test={tests.get(lesson.code)} say={say} />
        </>
      ),
      href: view ? lessonHref(at.course.code, lesson.code) : undefined,
    };
  };
  return (
    <>
      {modulesOf(at.lessons).map((module) => {
        const title = pick({ hi: module.hi ?? '', en: module.en ?? '' }, say.language);
        return (
          <section key={module.lessons[0]?.code}>
            {title ? <h3>{title}</h3> : null}
            <TaskList tasks={module.lessons.map(taskOf)} />
          </section>
        );
      })}
    </>
  );
}

type Asked = { kind: LessonRow['kind']; conditions: Condition[] };

/** What a lesson will ask of whoever enrols. */
function offered(lesson: LessonRow, language: string): Asked {
  return { kind: lesson.kind, conditions: conditionsOf(taken(lesson, language), untouched) };
}

function Standing({ test, say }: { test: ReturnType<LessonTests['get']>; say: Say }) {
  if (!test) return null;
  return (
    <>
      <br />
      <b>{standingText(test, say)}</b>
    </>
  );
}

function Open({ lesson, view, say }: { lesson: LessonRow; view: Asked; say: Say }) {
  const attempts = lesson.quiz?.attempts ?? null;
  return (
    <>
      {view.conditions.map((condition) => {
        const { text, detail } = conditionText(view.kind, condition, say);
        const isBegun = condition.done > 0;
        return (
          <span key={condition.kind}>
            <br />
            {isBegun && detail ? `${text}: ${detail}` : text}
            {attempts === null ? '' : ` · ${say.t('learning.attemptsAllowed', { n: attempts })}`}
          </span>
        );
      })}
    </>
  );
}
