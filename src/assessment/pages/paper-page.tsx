import { type PaperForm, QuestionFields } from '../../catalogue/index.ts';
import { pick } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  ErrorSummary,
  type FieldError,
  Form,
  PageHeading,
  ProgressBar,
} from '../../shell/index.ts';
import type { PaperView } from '../paper-view.ts';
import { nameOf, paperHref, pointsText, type Say } from './words.ts';

type Props = {
  view: PaperView;
  place: number;
  form: PaperForm;
  errors: FieldError[];
  now: Date;
  say: Say;
};

/** One question a page: every button saves the answer first, so nothing is lost whichever way one goes. */
export function PaperPage({ view, place, form, errors, now, say }: Props) {
  const { paper, questions, answers, rules } = view;
  const { t, language } = say;
  const question = questions[place];
  if (!question) return null;
  const section = rules.sections[question.section];
  const isLast = place === questions.length - 1;
  const sectionName = section && rules.sections.length > 1 ? pick(section.title, language) : '';
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading
        title={t('assessment.questionOf', { n: place + 1, total: questions.length })}
        lead={[nameOf(paper, language), sectionName].filter(Boolean).join(' · ')}
      />
      <div class="kept-state">
        <TimeLeft view={view} now={now} say={say} />
        <p
          id="saved"
          class="soft"
          role="status"
          data-words={JSON.stringify(scriptWords(t, questions.length))}
        />
      </div>
      <div id="answered" data-total={questions.length}>
        <ProgressBar
          percent={Math.floor((100 * answers.size) / questions.length)}
          label={t('assessment.answeredOf', { n: answers.size, total: questions.length })}
          isLabelShown
        />
      </div>
      <Form action={paperHref(paper.paperId, `/questions/${place + 1}`)} id="paper">
        <Card>
          <QuestionFields
            question={question}
            at={{ index: place, language: paper.language }}
            form={form}
            errors={errors}
          />
          <p class="soft">
            {t('assessment.worth', { points: pointsText(question.points, say) })}
            {rules.negativeShare > 0 && question.kind !== 'short'
              ? ` · ${t('assessment.wrongCosts', { points: pointsText(question.points * rules.negativeShare, say) })}`
              : ''}
          </p>
        </Card>
        <ButtonRow>
          <Button name="go" value={isLast ? 'review' : 'next'}>
            {t(isLast ? 'assessment.toReview' : 'assessment.next')}
          </Button>
          {place > 0 ? (
            <Button name="go" value="previous" variant="secondary">
              {t('assessment.previous')}
            </Button>
          ) : null}
          {isLast ? null : (
            <Button name="go" value="review" variant="quiet">
              {t('assessment.toReview')}
            </Button>
          )}
        </ButtonRow>
      </Form>
    </>
  );
}

/** What the script says; the page has its own words for whoever has none. */
function scriptWords(t: Say['t'], total: number) {
  return {
    answered: t('assessment.answeredOf', { n: '#', total }),
    left: t('assessment.minutesLeft', { n: '#' }),
    saved: t('assessment.savedNow'),
    partial: t('assessment.notWhole'),
    offline: t('assessment.notSaved'),
    waiting: t('assessment.waitsForLine'),
    over: t('assessment.timeOver'),
  };
}

/** Until when the server takes answers. A script counts down beside it. */
export function TimeLeft({ view, now, say: { t, language } }: { view: PaperView; now: Date; say: Say }) {
  const { dueAt } = view.paper;
  if (!dueAt) return null;
  const seconds = Math.max(0, Math.floor((dueAt.getTime() - now.getTime()) / 1000));
  const time = new Intl.DateTimeFormat(language === 'hi' ? 'hi-IN' : 'en-IN', {
    hour: 'numeric',
    minute: '2-digit',
    hour12: false,
    timeZone: 'Asia/Kolkata',
    numberingSystem: 'latn',
  }).format(dueAt);
  const left = Math.max(0, Math.ceil((dueAt.getTime() - now.getTime()) / 60_000));
  return (
    <p id="time-left" data-seconds={seconds} data-grace={view.rules.graceSeconds}>
      <strong>{t('assessment.until', { time })}</strong>{' '}
      <span id="time-left-minutes">{t('assessment.minutesLeft', { n: left })}</span>
    </p>
  );
}
