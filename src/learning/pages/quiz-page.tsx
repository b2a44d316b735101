import { type PaperFault, type PaperForm, QuestionFields } from '../../catalogue/index.ts';
import { formatDay, indiaDay } from '../../kernel/dates.ts';
import { directionOf, sideOf } from '../../kernel/languages.ts';
import {
  Button,
  ButtonRow,
  Card,
  ErrorSummary,
  Form,
  HiddenFields,
  Notice,
  PageHeading,
  Tag,
} from '../../shell/index.ts';
import type { LearnerLesson } from '../course-view.ts';
import type { QuizView } from '../quiz-view.ts';
import { courseHref, lessonHref, type Say, titleOf } from './words.ts';

type Errors = { field: string; text: string }[];
type Props = { at: LearnerLesson; quiz: QuizView; say: Say; form?: PaperForm; faults?: PaperFault[] };

/** All questions in one form. What was answered stays when something is missing; that costs no attempt. */
export function QuizPage({ at, quiz, say, form = {}, faults = [] }: Props) {
  const errors = faults.map((fault) => ({ field: fault.field, text: faultText(fault, say) }));
  const { title, titleLanguage } = titleOf(at.lesson, say.language);
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={title} lang={titleLanguage} lead={leadOf(at, quiz, say)} />
      {quiz.isPassed ? <Passed at={at} quiz={quiz} say={say} /> : null}
      <QuizKept at={at} number={quiz.number} isRedrawn={Object.keys(form).length > 0} say={say} />
      {quiz.left === 0 ? <NoneLeft say={say} /> : null}
      {quiz.given && quiz.left ? <Given given={quiz.given} say={say} /> : null}
      {quiz.left === 0 || !quiz.isRepeatable ? null : (
        <Paper at={at} quiz={quiz} say={say} form={form} errors={errors} />
      )}
    </>
  );
}

type KeptProps = { at: LearnerLesson; number: number; isRedrawn?: boolean; say: Say };

/** Tells the script whose answers it keeps, for which attempt; those of earlier ones are handed in. */
export function QuizKept({ at, number, isRedrawn, say: { t } }: KeptProps) {
  const { enrolment } = at.detail;
  const words = { kept: t('learning.answersKept'), restored: t('learning.answersBack') };
  return (
    <div
      id="quiz-kept"
      class="kept-state"
      data-person={enrolment.personId.slice(-12)}
      data-quiz={`${enrolment.enrolmentId}.${at.lesson.lessonId}`}
      data-number={number}
      data-redrawn={isRedrawn ? '1' : undefined}
      data-words={JSON.stringify(words)}
    >
      <span id="quiz-news" class="soft" role="status" />
    </div>
  );
}

function leadOf(at: LearnerLesson, quiz: QuizView, { t }: Say): string {
  return [
    t('learning.lessonOf', { n: at.lessons.indexOf(at.lesson) + 1, total: at.lessons.length }),
    t('learning.questionCount', { n: quiz.paper.length }),
    t('learning.passAt', { percent: quiz.passPercent }),
    attemptText(quiz, t),
  ]
    .filter(Boolean)
    .join(' · ');
}

function attemptText(quiz: QuizView, t: Say['t']): string {
  if (quiz.left === 0 || !quiz.isRepeatable) return '';
  if (quiz.left === null) return t('learning.attemptNumber', { n: quiz.number });
  if (quiz.left === 1) return t('learning.attemptLast', { n: quiz.number });
  return t('learning.attemptOf', { n: quiz.number, left: quiz.left - 1 });
}

/** An attempt beyond the usual: who opened the door has said why. */
function Given({ given, say: { t, language } }: { given: NonNullable<QuizView['given']>; say: Say }) {
  return (
    <Notice title={t('learning.oneMoreGiven')}>
      <p>
        {t('learning.oneMoreWhy', {
          day: formatDay(indiaDay(given.givenAt), language),
          reason: given.reason,
        })}
      </p>
    </Notice>
  );
}

function Passed({ at, quiz, say: { t } }: { at: LearnerLesson; quiz: QuizView; say: Say }) {
  return (
    <Notice
      tone="done"
      title={t('learning.quizPassed')}
      actions={<Button href={courseHref(at.course.code)}>{t('learning.toCourse')}</Button>}
    >
      <p>{t('learning.quizBest', { percent: quiz.bestPercent ?? 100 })}</p>
    </Notice>
  );
}

function NoneLeft({ say: { t } }: { say: Say }) {
  return (
    <Notice
      tone="refused"
      title={t('learning.noAttempts')}
      actions={<Button href="/help">{t('learning.askForAttempt')}</Button>}
    >
      <p>{t('learning.noAttemptsAdvice')}</p>
    </Notice>
  );
}

type PaperProps = { at: LearnerLesson; quiz: QuizView; say: Say; form: PaperForm; errors: Errors };

function Paper({ at, quiz, say, form, errors }: PaperProps) {
  const language = at.detail.enrolment.language;
  const left = at.lesson.inSource;
  return (
    <Form action={`${lessonHref(at.course.code, at.lesson.code)}/attempts`} id="quiz" isCarried>
      <HiddenFields values={{ number: quiz.number }} />
      {quiz.paper.map((question, index) => (
        <Card key={question.code}>
          {left?.questions.has(question.code) ? (
            <p>
              <Tag tone="due">{say.t('learning.notYet')}</Tag>
            </p>
          ) : null}
          <div {...spokenIn(left?.questions.has(question.code) ? left.from : language)}>
            <QuestionFields
              question={question}
              at={{ index, language: sideOf(language) }}
              form={form}
              errors={errors}
            />
          </div>
        </Card>
      ))}
      <ButtonRow>
        <Button icon="check">{say.t('learning.submitQuiz')}</Button>
        <Button href={courseHref(at.course.code)} variant="quiet">
          {say.t('learning.toCourse')}
        </Button>
      </ButtonRow>
    </Form>
  );
}

function spokenIn(lang: string) {
  return { lang, dir: directionOf(lang) };
}

function faultText(fault: PaperFault, { t }: Say): string {
  const keys = {
    missing: 'learning.answerMissing',
    number: 'learning.answerNumber',
    places: 'learning.answerPlaces',
  } as const;
  return t(keys[fault.kind], { n: fault.number });
}
