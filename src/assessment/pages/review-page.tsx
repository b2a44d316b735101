import { pick } from '../../kernel/i18n.ts';
import { Button, ButtonRow, Card, Form, Notice, PageHeading, Tag } from '../../shell/index.ts';
import type { PaperView } from '../paper-view.ts';
import { TimeLeft } from './paper-page.tsx';
import { nameOf, paperHref, type Say } from './words.ts';

/** All questions with what is answered and what is open, before the paper is handed in. */
export function ReviewPage({ view, now, say }: { view: PaperView; now: Date; say: Say }) {
  const { paper, questions, answers } = view;
  const { t, language } = say;
  const open = questions.length - answers.size;
  return (
    <>
      <PageHeading title={t('assessment.review')} lead={nameOf(paper, language)} />
      <TimeLeft view={view} now={now} say={say} />
      {open > 0 ? (
        <Notice tone="needs-you" title={t('assessment.openQuestions', { n: open })}>
          <p>{t('assessment.openQuestionsText')}</p>
        </Notice>
      ) : null}
      <Card title={t('assessment.answeredOf', { n: answers.size, total: questions.length })}>
        <ol class="summary-list">
          {questions.map((question, place) => (
            <li key={question.code}>
              <p>
                {place + 1}.{' '}
                <a href={paperHref(paper.paperId, `/questions/${place + 1}`)}>
                  {pick(question.text, paper.language)}
                </a>
              </p>
              <Tag tone={answers.has(place) ? 'done' : 'due'}>
                {t(answers.has(place) ? 'assessment.isAnswered' : 'assessment.isOpen')}
              </Tag>
            </li>
          ))}
        </ol>
      </Card>
      <Form action={paperHref(paper.paperId, '/submission')} isCarried>
        <p>{t('assessment.handInText')}</p>
        <ButtonRow>
          <Button icon="check">{t('assessment.handIn')}</Button>
          <Button href={paperHref(paper.paperId, '/questions/1')} variant="secondary">
            {t('assessment.backToQuestions')}
          </Button>
        </ButtonRow>
      </Form>
    </>
  );
}
