import type { Question } from '../../catalogue/index.ts';
import { pick } from '../../kernel/i18n.ts';
import { sideOf } from '../../kernel/languages.ts';
import { Button, ButtonRow, Card, Notice, PageHeading, TaskList } from '../../shell/index.ts';
import { answerText, rightText } from '../answer-words.ts';
import { type LearnerLesson, openLesson } from '../course-view.ts';
import type { AttemptView } from '../quiz-view.ts';
import { CompletedCard } from './course-page.tsx';
import { QuizKept } from './quiz-page.tsx';
import { courseHref, lessonHref, type Say, titleOf } from './words.ts';

type Props = { at: LearnerLesson; attempt: AttemptView; say: Say };

/** What an attempt brought: passed or not, question by question with the reason, and the next step. */
export function AttemptPage({ at, attempt, say }: Props) {
  const { t } = say;
  const isComplete = Boolean(at.detail.enrolment.completedAt);
  return (
    <>
      <PageHeading
        title={t(attempt.isPassed ? 'learning.resultPassed' : 'learning.resultFailed')}
        lead={`${titleOf(at.course, say.language).title} · ${t('learning.attemptNumber', { n: attempt.number })}`}
      />
      <QuizKept at={at} number={attempt.number + 1} say={say} />
      {isComplete ? <CompletedCard at={at} say={say} /> : null}
      <Outcome at={at} attempt={attempt} say={say} />
      <Card title={t('learning.questionByQuestion')}>
        <TaskList
          tasks={(at.lesson.quiz?.questions ?? []).map((question, index) => ({
            text: t('learning.question', {
              n: index + 1,
              text: pick(question.text, sideOf(at.detail.enrolment.language)),
            }),
            isDone: attempt.byQuestion[index]?.isRight ?? false,
            isWrong: !attempt.byQuestion[index]?.isRight,
            spoken: t(attempt.byQuestion[index]?.isRight ? 'learning.right' : 'learning.wrong'),
            detail: <Why question={question} attempt={attempt} at={at} say={say} />,
          }))}
        />
      </Card>
    </>
  );
}

type WhyProps = { question: Question; attempt: AttemptView; at: LearnerLesson; say: Say };

/** What was answered, what would have been right where that may be told, and the author's reason. */
function Why({ question, attempt, at, say: { t } }: WhyProps) {
  const language = sideOf(at.detail.enrolment.language);
  const isRight = attempt.byQuestion.find(({ code }) => code === question.code)?.isRight ?? false;
  const explanation = question.explanation ? pick(question.explanation, language) : '';
  const answer = answerText(question, attempt.answers[question.code], language);
  const right = isRight || !attempt.showsRight ? null : rightText(question, language);
  return (
    <>
      <b aria-hidden="true">{t(isRight ? 'learning.right' : 'learning.wrong')}</b>{' '}
      {answer ? t('learning.yourAnswer', { answer }) : t('learning.noAnswer')}
      {right ? <> {t('learning.rightAnswer', { answer: right })}</> : null}
      {explanation ? ` ${explanation}` : null}
    </>
  );
}

function Outcome({ at, attempt, say }: Props) {
  const { t } = say;
  const scored = t('learning.scored', {
    right: attempt.right,
    of: attempt.of,
    percent: attempt.percent,
    pass: attempt.passPercent,
  });
  const isComplete = Boolean(at.detail.enrolment.completedAt);
  if (attempt.isPassed)
    return (
      <Notice
        tone="done"
        title={isComplete ? undefined : t('learning.quizPassed')}
        actions={isComplete ? undefined : <NextOpen at={at} say={say} />}
      >
        <p>{scored}</p>
        {isComplete ? null : <p>{t('learning.stillOpen')}</p>}
      </Notice>
    );
  return (
    <Notice
      tone="needs-you"
      title={t(attempt.attemptsLeft === 0 ? 'learning.noAttempts' : 'learning.tryAgainTitle')}
      actions={<Retry at={at} attempt={attempt} say={say} />}
    >
      <p>{scored}</p>
      <p>{leftText(attempt, t)}</p>
    </Notice>
  );
}

function leftText({ attemptsLeft }: AttemptView, t: Say['t']): string {
  if (attemptsLeft === null) return t('learning.tryAsOften');
  if (attemptsLeft === 0) return t('learning.noAttemptsAdvice');
  return t('learning.attemptsLeft', { n: attemptsLeft });
}

function NextOpen({ at, say }: { at: LearnerLesson; say: Say }) {
  const open = openLesson(at);
  if (!open) return <Button href={courseHref(at.course.code)}>{say.t('learning.toCourse')}</Button>;
  return (
    <Button href={lessonHref(at.course.code, open.code)} icon="arrow">
      {say.t('learning.goTo', { title: titleOf(open, say.language).title })}
    </Button>
  );
}

function Retry({ at, attempt, say: { t } }: Props) {
  return (
    <ButtonRow>
      {attempt.attemptsLeft === 0 ? (
        <Button href="/help">{t('learning.askForAttempt')}</Button>
      ) : (
        <Button href={lessonHref(at.course.code, at.lesson.code)}>{t('learning.tryAgain')}</Button>
      )}
      <Button href={courseHref(at.course.code)} variant="secondary">
        {t('learning.readAgain')}
      </Button>
    </ButtonRow>
  );
}
