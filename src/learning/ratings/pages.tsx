import { ratingOf } from '../../catalogue/index.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  Details,
  EmptyState,
  ErrorSummary,
  errorFor,
  Form,
  PageHeading,
  RadioGroup,
  Tag,
  TextArea,
  TextField,
} from '../../shell/index.ts';
import { courseHref, ratingText, type Say } from '../pages/words.ts';
import type { CourseWords } from './rate-course.ts';
import type { OwnRating, RatingWords } from './store.ts';

type FormProps = { code: string; own: OwnRating | undefined; state: FormState; say: Say };

/** One rating a person and course, which may be changed or taken away. */
export function RatingForm({ code, own, state, say: { t } }: FormProps) {
  const { values, errors } = state;
  const choices = ['5', '4', '3', '2', '1'] as const;
  return (
    <Card title={t(own ? 'learning.rateAgain' : 'learning.rate')} lead={t('learning.rateLead')} id="rating">
      <Form action={`${courseHref(code)}/rating`}>
        <RadioGroup
          name="stars"
          label={t('learning.rateStars')}
          value={values['stars'] ?? (own ? String(own.stars) : undefined)}
          error={errorFor(errors, 'stars')}
          options={choices.map((value) => ({ value, label: t(`learning.rate${value}`) }))}
        />
        <TextArea
          name="words"
          label={t('learning.rateWords')}
          value={values['words'] ?? own?.words ?? undefined}
          error={errorFor(errors, 'words')}
          maxLength={1000}
          rows={3}
          isOptional
        />
        <ButtonRow>
          <Button variant="secondary">{t('learning.rateSave')}</Button>
          {own ? (
            <Button variant="quiet" formAction={`${courseHref(code)}/rating/removal`}>
              {t('learning.rateRemove')}
            </Button>
          ) : null}
        </ButtonRow>
      </Form>
    </Card>
  );
}

type WordsProps = {
  found: CourseWords;
  state: FormState;
  failedId?: string;
  say: Say;
  dayOf(at: Date): string;
};

export function RatingWordsPage({ found, say, ...rest }: WordsProps) {
  const { t } = say;
  const { total, words } = found;
  const average = ratingText(ratingOf(total), say);
  const few = total.ratings > 0 ? `${t('learning.ratingCount', { count: total.ratings })} · ` : '';
  return (
    <>
      <ErrorSummary errors={rest.state.errors} />
      <PageHeading title={t('learning.ratingsOfCourse')} lead={t('learning.ratingsLead')} />
      <p>{average || `${few}${t('learning.ratingFew')}`}</p>
      {words.length === 0 ? (
        <EmptyState title={t('learning.ratingsNone')}>{t('learning.ratingsNoneAdvice')}</EmptyState>
      ) : (
        words.map((one) => <Words key={one.ratingId} one={one} found={found} say={say} {...rest} />)
      )}
    </>
  );
}

function Words({ one, found, state, failedId, say, dayOf }: WordsProps & { one: RatingWords }) {
  const { t } = say;
  const base = `/office/courses/${encodeURIComponent(found.course.code)}/ratings/${one.ratingId}`;
  const isWaiting = Boolean(one.reportedAt) && !one.decision;
  const isShown = !isWaiting || found.mayDecide;
  return (
    <Card
      title={t('learning.ratingStars', { n: one.stars })}
      lead={dayOf(one.changedAt)}
      aside={isWaiting ? <Tag tone="due">{t('learning.ratingReported')}</Tag> : null}
    >
      <p>{isShown ? one.words : t('learning.ratingHidden')}</p>
      {isWaiting && found.mayDecide ? (
        <Form action={`${base}/decision`}>
          <p class="soft">{one.reportReason}</p>
          <ButtonRow>
            <Button variant="secondary" name="decision" value="kept">
              {t('learning.ratingKeep')}
            </Button>
            <Button variant="danger" name="decision" value="removed">
              {t('learning.ratingRemove')}
            </Button>
          </ButtonRow>
        </Form>
      ) : null}
      {one.reportedAt ? null : (
        <Details summary={t('learning.ratingReport')} isOpen={failedId === one.ratingId}>
          <Form action={`${base}/report`}>
            <TextField
              name="reason"
              id={`reason-${one.ratingId}`}
              label={t('learning.ratingReportReason')}
              maxLength={300}
              width="full"
              error={failedId === one.ratingId ? errorFor(state.errors, 'reason') : undefined}
            />
            <Button variant="secondary">{t('learning.ratingReport')}</Button>
          </Form>
        </Details>
      )}
    </Card>
  );
}
