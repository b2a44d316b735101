import { TaskList } from '../../shell/index.ts';
import type { LearnerCourse } from '../course-view.ts';
import { requiredLessons } from '../rules.ts';
import { conditionText, lessonFacts, lessonHref, type Say, titleOf } from './words.ts';

/** The lessons as a list of tasks: met or open, and of the open ones what is still asked. */
export function LessonList({ at, say }: { at: LearnerCourse; say: Say }) {
  const { t } = say;
  const language = at.detail?.enrolment.language ?? say.language;
  const required = new Set(requiredLessons(at.version, at.lessons).map((lesson) => lesson.lessonId));
  return (
    <TaskList
      tasks={at.lessons.map((lesson, index) => {
        const view = at.detail?.view.lessons[index];
        const isOptional = !required.has(lesson.lessonId);
        const facts = [lessonFacts(lesson, language, say), isOptional ? t('learning.optional') : ''];
        return {
          text: `${index + 1}. ${titleOf(lesson, say.language).title}`,
          isDone: view?.met ?? false,
          detail: (
            <>
              {facts.filter(Boolean).join(' · ')}
              {view && !view.met ? <Open view={view} say={say} /> : null}
            </>
          ),
          href: view ? lessonHref(at.course.code, lesson.code) : undefined,
        };
      })}
    />
  );
}

type LessonViewOf = NonNullable<LearnerCourse['detail']>['view']['lessons'][number];

function Open({ view, say }: { view: LessonViewOf; say: Say }) {
  return (
    <>
      {view.conditions.map((condition) => {
        const { text, detail } = conditionText(view.kind, condition, say);
        const isBegun = condition.done > 0;
        return (
          <span key={condition.kind}>
            <br />
            {isBegun && detail ? `${text}: ${detail}` : text}
          </span>
        );
      })}
    </>
  );
}
