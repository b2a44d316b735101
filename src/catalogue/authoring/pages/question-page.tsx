import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  ErrorSummary,
  errorFor,
  Form,
  Grid,
  HiddenFields,
  PageHeading,
  TextArea,
  TextField,
} from '../../../shell/index.ts';
import { sendPage } from '../../../shell/site/index.ts';
import type { LessonRow } from '../../course-store.ts';
import type { Question } from '../../quiz.ts';
import type { CourseDesk } from '../course-desk.ts';
import { OptionRows } from './option-rows.tsx';
import { frameOf } from './publication-page.tsx';
import { rowsToShow, valuesOfQuestion } from './question-form.ts';
import { questionKindLabel } from './quiz-part.tsx';
import { type Other, StaleNotice } from './stale-notice.tsx';
import { stampFor } from './stale-other.ts';
import { lessonHref, type Say, sayOf, titleOf } from './words.ts';

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
          labels={labels(say, values)}
        />
      ) : null}
      <Form action={lessonHref(code, lesson.code, `/questions/${place}`)}>
        <HiddenFields values={{ revision: stampFor(state, view.other, lesson.revision) }} />
        <Texts values={values} state={state} say={say} />
        <Answers view={view} values={values} say={say} />
        <ButtonRow>
          <Button name="action" value="save">
            {t(view.other ? 'catalogue.authorSaveMine' : 'common.save')}
          </Button>
          {kind === 'numeric' ? null : (
            <Button variant="secondary" name="action" value="more" icon="plus">
              {t('catalogue.authorMoreOptions')}
            </Button>
          )}
          <Button variant="quiet" href={lessonHref(code, lesson.code, '#questions')}>
            {t('common.cancel')}
          </Button>
        </ButtonRow>
      </Form>
    </>,
  );
}

type PartProps = { values: Record<string, string>; state: FormState; say: Say };

function Texts({ values, state, say: { t } }: PartProps) {
  return (
    <Grid>
      {(['hi', 'en'] as const).map((language) => {
        const end = language === 'hi' ? 'Hi' : 'En';
        return (
          <Card
            key={language}
            title={t(language === 'hi' ? 'catalogue.authorInHindi' : 'catalogue.authorInEnglish')}
          >
            <TextArea
              name={`text${end}`}
              label={t('catalogue.authorQuestion')}
              value={values[`text${end}`]}
              error={errorFor(state.errors, `text${end}`)}
              lang={language}
              rows={3}
            />
            <TextArea
              name={`explanation${end}`}
              label={t('catalogue.authorExplanation')}
              hint={t('catalogue.authorExplanationHint')}
              value={values[`explanation${end}`]}
              lang={language}
              rows={2}
              isOptional
            />
          </Card>
        );
      })}
    </Grid>
  );
}

function Answers({ view, values, say }: { view: QuestionView; values: Record<string, string>; say: Say }) {
  const { t } = say;
  const { state, kind } = view;
  return (
    <Card title={t('catalogue.authorAnswer')}>
      {kind === 'numeric' ? (
        <>
          <TextField
            name="answer"
            label={t('catalogue.authorRightNumber')}
            value={values['answer']}
            error={errorFor(state.errors, 'answer')}
            inputmode="decimal"
            width="short"
          />
          <TextField
            name="tolerance"
            label={t('catalogue.authorTolerance')}
            hint={t('catalogue.authorToleranceHint')}
            value={values['tolerance']}
            inputmode="decimal"
            width="short"
            isOptional
          />
        </>
      ) : (
        <OptionRows
          kind={kind}
          rows={rowsToShow(values, view.rows)}
          values={values}
          errors={state.errors}
          say={say}
        />
      )}
      <TextField
        name="points"
        label={t('catalogue.authorPoints')}
        value={values['points']}
        error={errorFor(state.errors, 'points')}
        inputmode="decimal"
        width="short"
      />
    </Card>
  );
}

function labels({ t }: Say, values: Record<string, string>): Record<string, string> {
  const options = Object.keys(values).filter((name) => /^option-\d+-(hi|en)$/.test(name));
  return {
    textHi: `${t('catalogue.authorQuestion')} (${t('catalogue.authorHindi')})`,
    textEn: `${t('catalogue.authorQuestion')} (${t('catalogue.authorEnglish')})`,
    answer: t('catalogue.authorRightNumber'),
    right: t('catalogue.authorRight'),
    ...Object.fromEntries(
      options.map((name) => [name, t('catalogue.authorOptionNo', { n: name.split('-')[1] ?? '' })]),
    ),
  };
}
