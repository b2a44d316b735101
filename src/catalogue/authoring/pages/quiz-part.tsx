import { emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import { pick } from '../../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  EmptyState,
  errorFor,
  Form,
  HiddenFields,
  Notice,
  SelectField,
  TextField,
} from '../../../shell/index.ts';
import type { BlueprintChoice } from '../../blueprint-facts.ts';
import type { LessonRow } from '../../course-store.ts';
import type { Question } from '../../quiz.ts';
import type { CourseDesk } from '../course-desk.ts';
import { stampFor } from './stale-other.ts';
import { lessonHref, type Say } from './words.ts';

type Props = {
  desk: CourseDesk;
  lesson: LessonRow;
  state: FormState;
  blueprints: BlueprintChoice[];
  say: Say;
};

/** The quiz of a lesson: its questions in order, then from when it is passed and how often it may be tried. */
export function QuizPart(props: Props) {
  const { desk, lesson, say } = props;
  const { t } = say;
  const questions = lesson.quiz?.questions ?? [];
  const canEdit = desk.hasDraft && desk.mayEdit;
  return (
    <>
      <Card title={t('catalogue.authorQuestions')} id="questions">
        {lesson.quiz?.blueprint ? (
          <Notice tone="info" title={t('assessment.drawnBy', { code: lesson.quiz.blueprint })}>
            <p>
              <a href={`/office/blueprints/${encodeURIComponent(lesson.quiz.blueprint)}`}>
                {t('assessment.openBlueprint')}
              </a>
            </p>
          </Notice>
        ) : questions.length === 0 ? (
          <EmptyState icon="quiz" title={t('catalogue.authorNoQuestions')} headingLevel={3}>
            {t('catalogue.authorNoQuestionsText')}
          </EmptyState>
        ) : (
          <ol class="summary-list">
            {questions.map((question, index) => (
              <QuestionLine
                key={question.code}
                {...props}
                question={question}
                index={index}
                total={questions.length}
              />
            ))}
          </ol>
        )}
        {canEdit ? <AddQuestion {...props} /> : null}
      </Card>
      {canEdit ? <BlueprintPicker {...props} /> : null}
      {canEdit && !lesson.quiz?.blueprint ? <Rules {...props} /> : null}
    </>
  );
}

/** A short answer needs a marker, so it stands in banks alone. */
export const lessonQuestionKinds = [
  'single',
  'multiple',
  'truth',
  'matching',
  'ordering',
  'fill',
  'numeric',
] as const;

export function questionKindLabel(kind: Question['kind'], { t }: Pick<Say, 't'>): string {
  const keys = {
    single: 'catalogue.authorSingle',
    multiple: 'catalogue.authorMultiple',
    numeric: 'catalogue.authorNumeric',
    ordering: 'catalogue.authorOrdering',
    truth: 'assessment.kindTruth',
    matching: 'assessment.kindMatching',
    fill: 'assessment.kindFill',
    short: 'assessment.kindShort',
  } as const;
  return t(keys[kind]);
}

function QuestionLine(props: Props & { question: Question; index: number; total: number }) {
  const { desk, lesson, question, index, total, say } = props;
  const { t } = say;
  const text = pick(question.text, say.language);
  const href = (more = '') =>
    lessonHref(desk.course.code, lesson.code, `/questions/${encodeURIComponent(question.code)}${more}`);
  const forEar = <span class="hidden-text">: {text}</span>;
  const canEdit = desk.hasDraft && desk.mayEdit;
  return (
    <li>
      <p>
        {index + 1}. {canEdit ? <a href={href()}>{text}</a> : text}
      </p>
      <p class="soft">
        {questionKindLabel(question.kind, say)} · {t('catalogue.authorPointsOf', { points: question.points })}
      </p>
      {canEdit ? (
        <Form action={href('/position')}>
          <ButtonRow>
            {index > 0 ? (
              <Button variant="quiet" name="step" value="up">
                {t('catalogue.authorUp')}
                {forEar}
              </Button>
            ) : null}
            {index < total - 1 ? (
              <Button variant="quiet" name="step" value="down">
                {t('catalogue.authorDown')}
                {forEar}
              </Button>
            ) : null}
            <Button variant="quiet" href={href('/removal')}>
              {t('catalogue.authorRemove')}
              {forEar}
            </Button>
          </ButtonRow>
        </Form>
      ) : null}
    </li>
  );
}

function AddQuestion({ desk, lesson, say }: Props) {
  const { t } = say;
  return (
    <div>
      <h3>{t('catalogue.authorAddQuestion')}</h3>
      <ButtonRow>
        {lessonQuestionKinds.map((kind) => (
          <Button
            key={kind}
            variant="secondary"
            icon="plus"
            href={lessonHref(desk.course.code, lesson.code, `/questions/new?kind=${kind}`)}
          >
            {questionKindLabel(kind, say)}
          </Button>
        ))}
      </ButtonRow>
    </div>
  );
}

/** A choice of the author's blueprints; where the quiz has questions of its own, it says that they go. */
function BlueprintPicker({ desk, lesson, state, blueprints, say }: Props) {
  const { t, language } = say;
  const count = lesson.quiz?.questions.length ?? 0;
  const options = blueprints.map((one) => ({
    value: one.code,
    label: `${pick({ hi: one.titleHi ?? undefined, en: one.titleEn ?? undefined }, language)} (${one.code})`,
  }));
  const isTyped = 'blueprint' in state.values;
  const query = new URLSearchParams({ course: desk.course.code, lesson: lesson.code });
  const make = (
    <Button href={`/office/blueprints/new?${query}`} variant="quiet" icon="plus">
      {t('assessment.newBlueprint')}
    </Button>
  );
  const hint = t(count > 0 ? 'assessment.drawReplaces' : 'assessment.drawHint', { n: count });
  if (options.length === 0)
    return (
      <Card title={t('assessment.drawFromBanks')} lead={hint} id="blueprint">
        {make}
      </Card>
    );
  return (
    <Card title={t('assessment.drawFromBanks')} id="blueprint">
      <Form action={lessonHref(desk.course.code, lesson.code, '/blueprint')}>
        <HiddenFields
          values={{ revision: stampFor(isTyped ? state : emptyForm, undefined, lesson.revision) }}
        />
        <SelectField
          name="blueprint"
          label={t('assessment.blueprint')}
          hint={hint}
          value={isTyped ? state.values['blueprint'] : lesson.quiz?.blueprint}
          error={errorFor(state.errors, 'blueprint')}
          options={options}
          emptyLabel={true}
        />
        <ButtonRow>
          <Button variant="secondary">{t('assessment.attach')}</Button>
          {make}
        </ButtonRow>
      </Form>
    </Card>
  );
}

function Rules({ desk, lesson, state, say: { t } }: Props) {
  const isTyped = 'passPercent' in state.values;
  const quiz = lesson.quiz;
  const values: Record<string, string> = isTyped
    ? state.values
    : {
        passPercent: String(Math.round((quiz?.passShare ?? 0.6) * 100)),
        attempts: String(quiz?.attempts ?? ''),
      };
  return (
    <Card title={t('catalogue.authorQuizRules')}>
      <Form action={lessonHref(desk.course.code, lesson.code, '/rules')}>
        <HiddenFields
          values={{ revision: stampFor(isTyped ? state : emptyForm, undefined, lesson.revision) }}
        />
        <TextField
          name="passPercent"
          label={t('catalogue.authorPass')}
          hint={t('catalogue.authorPassHint')}
          value={values['passPercent']}
          error={errorFor(state.errors, 'passPercent')}
          inputmode="numeric"
          width="short"
          suffix="%"
        />
        <TextField
          name="attempts"
          label={t('catalogue.authorAttempts')}
          hint={t('catalogue.authorAttemptsHint')}
          value={values['attempts']}
          error={errorFor(state.errors, 'attempts')}
          inputmode="numeric"
          width="short"
          isOptional
        />
        <Button variant="secondary">{t('common.save')}</Button>
      </Form>
    </Card>
  );
}
