import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Answer, keyText, type PaperForm, QuestionFields } from '../../catalogue/index.ts';
import { pick } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  EmptyState,
  Form,
  HiddenFields,
  Notice,
  PageHeading,
  Tag,
} from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import type { PaperScore } from '../score-paper.ts';
import type { Trial } from '../trial-paper.ts';
import { blueprintHref, blueprintsHref, nameOf, percentOf, pointsText, type Say, sayOf } from './words.ts';

type View = { view: Trial; form?: PaperForm; result?: PaperScore; answers?: (Answer | null)[] };

/** A paper on trial: all questions on one page, scored as a learner's, and the keys beside the result. */
export function sendTrial(request: FastifyRequest, reply: FastifyReply, shown: View) {
  const say = sayOf(request);
  const { t, language } = say;
  const { blueprint, questions, seed } = shown.view;
  const { code } = blueprint;
  const title = t('assessment.trial');
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'banks',
      width: 'reading',
      breadcrumbs: [
        { label: t('assessment.blueprints'), href: blueprintsHref },
        { label: nameOf(blueprint, language), href: blueprintHref(code) },
      ],
    },
    <>
      <PageHeading title={title} lead={t('assessment.trialLead')} />
      {shown.result ? <Result result={shown.result} say={say} /> : null}
      {questions.length === 0 ? (
        <EmptyState icon="quiz" title={t('assessment.noQuestions')}>
          {t('assessment.noQuestionsText')}
        </EmptyState>
      ) : (
        <Form action={blueprintHref(code, '/trial')}>
          <HiddenFields values={{ seed }} />
          {questions.map((question, place) => (
            <Card key={question.code}>
              <QuestionFields
                question={question}
                at={{ index: place, language }}
                form={shown.form ?? {}}
                errors={[]}
              />
              {shown.result ? <Key shown={shown} place={place} say={say} /> : null}
            </Card>
          ))}
          <ButtonRow>
            <Button icon="check">{t('assessment.scoreTrial')}</Button>
            <Button href={blueprintHref(code, '/trial')} variant="secondary">
              {t('assessment.otherTrial')}
            </Button>
          </ButtonRow>
        </Form>
      )}
    </>,
  );
}

function Result({ result, say }: { result: PaperScore; say: Say }) {
  const { t } = say;
  const title = t(result.isPassed ? 'assessment.resultPassed' : 'assessment.resultFailed');
  const score = t('assessment.scoreOf', {
    score: pointsText(result.score, say),
    of: pointsText(result.maxScore, say),
  });
  return (
    <Notice tone={result.isPassed ? 'done' : 'info'} title={title}>
      <p>
        {score} · {percentOf(result.score, result.maxScore)}%
      </p>
      {result.waits ? <p>{t('assessment.waits')}</p> : null}
    </Notice>
  );
}

function Key({ shown, place, say }: { shown: View; place: number; say: Say }) {
  const question = shown.view.contents[place];
  const answer = shown.result?.answers[place];
  if (!question || !answer) return null;
  const { t, language } = say;
  return (
    <>
      <p>
        <Tag tone={answer.share === 1 ? 'done' : 'neutral'}>
          {t('assessment.scoreOf', {
            score: pointsText(answer.points, say),
            of: pointsText(question.points, say),
          })}
        </Tag>
      </p>
      <p>{t('assessment.rightIs', { text: keyText(question, language) })}</p>
      {question.explanation ? <p class="soft">{pick(question.explanation, language)}</p> : null}
    </>
  );
}
