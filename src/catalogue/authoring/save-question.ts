import type { Ctx } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { LessonRow } from '../course-store.ts';
import { withTimes } from '../lesson-times.ts';
import type { Question, Quiz } from '../quiz.ts';
import { stampOf } from '../save-course.ts';
import { changeDraft, lessonIn, refuseStale } from './change-draft.ts';
import { freeCode } from './free-code.ts';
import { moved } from './moved.ts';
import { updateLesson } from './stores/lessons.ts';

export type QuizPlace = { code: string; lesson: string };
export type NewQuestion = Question extends infer One
  ? One extends Question
    ? Omit<One, 'code'>
    : never
  : never;

type QuizEdit = {
  action: string;
  revision?: number;
  /** What the lesson lasts, where the author typed no minutes. */
  minutes?: number;
  change(quiz: Quiz): Quiz;
};

/** Adds a question at the end, or puts it in place of the one with this code. Refuses a stale stamp. */
export async function saveQuestion(
  ctx: Ctx,
  at: QuizPlace & { question?: string },
  edit: { revision: number; question: NewQuestion },
): Promise<void> {
  await changeQuiz(ctx, at, {
    action: 'question.saved',
    // A new question writes over nothing, whatever was saved meanwhile.
    revision: at.question ? edit.revision : undefined,
    change(quiz) {
      const codes = new Set(quiz.questions.map((one) => one.code));
      if (at.question && !codes.has(at.question)) throw notFound();
      const question = { ...edit.question, code: at.question ?? freeCode('q', codes) } as Question;
      // A quiz with questions of its own is drawn by no blueprint.
      if (!at.question) return { ...quiz, blueprint: undefined, questions: [...quiz.questions, question] };
      return { ...quiz, questions: quiz.questions.map((one) => (one.code === at.question ? question : one)) };
    },
  });
}

export async function removeQuestion(
  ctx: Ctx,
  at: QuizPlace & { question: string },
  revision: number,
): Promise<void> {
  await changeQuiz(ctx, at, {
    action: 'question.removed',
    revision,
    change: (quiz) => ({ ...quiz, questions: quiz.questions.filter((one) => one.code !== at.question) }),
  });
}

/** Puts a question at this place, counted from 1. */
export async function moveQuestion(
  ctx: Ctx,
  at: QuizPlace & { question: string },
  place: number | 'up' | 'down',
): Promise<void> {
  await changeQuiz(ctx, at, {
    action: 'question.moved',
    change(quiz) {
      const question = quiz.questions.find((one) => one.code === at.question);
      if (!question) throw notFound();
      return { ...quiz, questions: moved(quiz.questions, question, place) };
    },
  });
}

/** Saves from which share of the points the quiz is passed, and how often it may be tried. */
export async function saveQuizRules(
  ctx: Ctx,
  at: QuizPlace,
  edit: { revision: number; passShare: number; attempts: number | null },
): Promise<void> {
  await changeQuiz(ctx, at, {
    action: 'quiz.rules_saved',
    revision: edit.revision,
    change: (quiz) => ({ ...quiz, passShare: edit.passShare, attempts: edit.attempts }),
  });
}

/** Lets a lesson's attempts be drawn by a blueprint, in place of questions of its own. */
export async function attachBlueprint(
  ctx: Ctx,
  at: QuizPlace,
  given: { blueprint: string; minutes: number | null; revision?: number },
): Promise<void> {
  await changeQuiz(ctx, at, {
    action: 'quiz.blueprint_attached',
    revision: given.revision,
    minutes: given.minutes ?? undefined,
    change: (quiz) => ({ ...quiz, questions: [], blueprint: given.blueprint }),
  });
}

async function changeQuiz(ctx: Ctx, at: QuizPlace, edit: QuizEdit): Promise<void> {
  await changeDraft(ctx, at.code, {
    action: edit.action,
    lesson: at.lesson,
    async change(tx, draft) {
      const lesson = lessonIn(draft, at.lesson);
      if (!lesson.quiz) throw notFound();
      if (edit.revision !== undefined) refuseStale(lesson, edit.revision);
      const quiz = edit.change(lesson.quiz);
      const givenMinutes = lesson.givenMinutes ?? edit.minutes ?? null;
      await updateLesson(tx, withQuiz({ ...lesson, givenMinutes }, quiz), stampOf(ctx));
      return undefined;
    },
  });
}

/** The minutes follow the number of questions as long as the author typed none. */
function withQuiz(lesson: LessonRow, quiz: Quiz): LessonRow {
  return withTimes({ ...lesson, quiz, revision: lesson.revision + 1 });
}
