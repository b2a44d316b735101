import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import { Button, ButtonRow, ErrorSummary, Form, HiddenFields, PageHeading } from '../../../shell/index.ts';
import { sendPage } from '../../../shell/site/index.ts';
import type { LessonRow } from '../../course-store.ts';
import type { Question } from '../../quiz.ts';
import type { CourseDesk } from '../course-desk.ts';
import { frameOf } from './publication-page.tsx';
import { hasRows, QuestionEditor, questionLabels } from './question-editor.tsx';
import { valuesOfQuestion } from './question-form.ts';
import { questionKindLabel } from './quiz-part.tsx';
import { type Other, StaleNotice } from './stale-notice.tsx';
import { stampFor } from './stale-other.ts';
import { lessonHref, sayOf, titleOf } from './words.ts';
import { WritingAids } from './writing-aids.tsx';

export type QuestionView = {
  desk: CourseDesk;
  lesson: LessonRow;
  kind: Question['kind'];
  /** Absent: a new one. */
  question?: Question;
  state: FormState;
  other?: Other;
  /** More rows of options were asked for. */
  rows: number;
  /** The form comes back with what was typed, though nothing was wrong. */
  isTyped?: boolean;
};

export function sendQuestion(request: FastifyRequest, reply: FastifyReply, view: QuestionView) {
  const say = sayOf(request);
  const { t } = say;
  const { desk, lesson, state, question, kind } = view;
  const code = desk.course.code;
  const title = t(question ? 'catalogue.authorEditQuestion' : 'catalogue.authorAddQuestion');
  const saved: Record<string, string> = question ? valuesOfQuestion(question) : { points: '1' };
  const values = state.errors.length > 0 || view.isTyped ? state.values : saved;
  const frame = frameOf(desk, say);
  const lessonCrumb = {
    label: titleOf(lesson, say.language),
    href: lessonHref(code, lesson.code, '#questions'),
  };
  const place = question ? encodeURIComponent(question.code) : `new?kind=${kind}`;
  return sendPage(
    request,
    reply,
    { ...frame, title, hasErrors: state.errors.length > 0, breadcrumbs: [...frame.breadcrumbs, lessonCrumb] },
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} lead={questionKindLabel(kind, say)} />
      {view.other ? (
        <StaleNotice
          other={view.other}
          say={say}
          typed={state.values}
          saved={saved}
          labels={questionLabels(t, values)}
        />
      ) : null}
      <WritingAids ctx={request.ctx} />
      <Form action={lessonHref(code, lesson.code, `/questions/${place}`)}>
        <HiddenFields values={{ revision: stampFor(state, view.other, lesson.revision) }} />
        <QuestionEditor kind={kind} values={values} errors={state.errors} rows={view.rows} />
        <ButtonRow>
          <Button name="action" value="save">
            {t(view.other ? 'catalogue.authorSaveMine' : 'common.save')}
          </Button>
          {hasRows(kind) ? (
            <Button variant="secondary" name="action" value="more" icon="plus">
              {t(kind === 'short' ? 'assessment.morePoints' : 'catalogue.authorMoreOptions')}
            </Button>
          ) : null}
          <Button variant="quiet" href={lessonHref(code, lesson.code, '#questions')}>
            {t('common.cancel')}
          </Button>
        </ButtonRow>
      </Form>
    </>,
  );
}
