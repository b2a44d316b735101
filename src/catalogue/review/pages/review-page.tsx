import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDayTime } from '../../../kernel/dates.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  Details,
  EmptyState,
  ErrorSummary,
  errorFor,
  Form,
  HiddenFields,
  Notice,
  PageHeading,
  RadioGroup,
  SelectField,
  Tag,
  TextArea,
} from '../../../shell/index.ts';
import { sendPage } from '../../../shell/site/index.ts';
import { frameOf, MissingList } from '../../authoring/pages/publication-page.tsx';
import { courseHref, type Say, sayOf, titleOf } from '../../authoring/pages/words.ts';
import { WritingAids } from '../../authoring/pages/writing-aids.tsx';
import type { ReviewDesk, Thread } from '../review-desk.ts';
import type { CommentRow, ReviewRow } from '../store.ts';

type View = { review: ReviewDesk; state: FormState };
type Props = { review: ReviewDesk; state: FormState; say: Say };

/** Where a draft stands with its reviewer: what is waited for, what was said, what was decided before. */
export function sendReview(request: FastifyRequest, reply: FastifyReply, { review, state }: View) {
  const say = sayOf(request);
  const { t } = say;
  const { desk } = review;
  return sendPage(
    request,
    reply,
    { ...frameOf(desk, say), title: t('workflow.review'), hasErrors: state.errors.length > 0 },
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading
        title={t('workflow.review')}
        lead={titleOf(desk.details, say.language)}
        actions={
          <Button variant="secondary" href={courseHref(desk.course.code, '/preview')} icon="play">
            {t('workflow.read')}
          </Button>
        }
      />
      <WritingAids ctx={request.ctx} />
      <Standing review={review} say={say} />
      {review.mayDecide ? <DecisionForm review={review} state={state} say={say} /> : null}
      <SendForm review={review} state={state} say={say} />
      <Threads review={review} state={state} say={say} />
      <Earlier reviews={review.reviews} say={say} />
    </>,
  );
}

function Standing({ review, say }: { review: ReviewDesk; say: Say }) {
  const { t } = say;
  const { standing, desk } = review;
  if (!standing) return <LastReturn review={review} say={say} />;
  const isApproved = standing.state === 'approved';
  return (
    <Notice
      tone={isApproved ? 'done' : review.mayDecide ? 'needs-you' : 'info'}
      title={t(isApproved ? 'workflow.approvedTitle' : 'workflow.waitsTitle', {
        version: standing.versionNumber,
      })}
      actions={
        <>
          {isApproved && desk.mayPublish ? (
            <Button href={courseHref(desk.course.code, '/publication')}>{t('workflow.toPublication')}</Button>
          ) : null}
          {desk.mayWrite ? (
            <Form action={courseHref(desk.course.code, '/review/withdrawal')}>
              <Button variant="quiet">{t('workflow.takeBack')}</Button>
            </Form>
          ) : null}
        </>
      }
    >
      <p>{sentLine(standing, say)}</p>
      {standing.note ? <p>{standing.note}</p> : null}
      {!isApproved && desk.mayReview && review.isOwnText ? <p>{t('workflow.ownText')}</p> : null}
      {isApproved || review.mayDecide ? null : <Deciders review={review} say={say} />}
    </Notice>
  );
}

/** Who can decide, by name; a warning where nobody can. */
function Deciders({ review, say }: { review: ReviewDesk; say: Say }) {
  const names = review.deciders.slice(0, 5).map((one) => nameOf(one, say));
  const more = review.deciders.length - names.length;
  if (names.length === 0)
    return (
      <Notice tone="needs-you" title={say.t('workflow.noDeciders')} headingLevel={3}>
        <p>{say.t('workflow.noDecidersText')}</p>
      </Notice>
    );
  return (
    <p>
      {say.t('workflow.deciders', { names: names.join(', ') })}
      {more > 0 ? say.t('workflow.decidersMore', { n: more }) : ''}
    </p>
  );
}

function LastReturn({ review, say }: { review: ReviewDesk; say: Say }) {
  const last = review.reviews[0];
  if (!review.desk.hasDraft || last?.state !== 'returned') return null;
  return (
    <Notice tone="needs-you" title={say.t('workflow.returnedTitle', { version: last.versionNumber })}>
      <p>{decidedLine(last, say)}</p>
      <p>{last.reason}</p>
    </Notice>
  );
}

function DecisionForm({ review, state, say: { t, language } }: Props) {
  const open = review.threads.filter((one) => !one.resolvedAt).length;
  return (
    <Card title={t('workflow.decide')} tone="needs-you">
      {open > 0 ? <p>{t('workflow.openThreads', { n: open })}</p> : null}
      <Form action={courseHref(review.desk.course.code, '/review/decision')}>
        <RadioGroup
          name="decision"
          label={t('workflow.decision')}
          value={state.values['decision']}
          error={errorFor(state.errors, 'decision')}
          options={[
            { value: 'approved', label: t('workflow.approve'), hint: t('workflow.approveHint') },
            { value: 'returned', label: t('workflow.return'), hint: t('workflow.returnHint') },
          ]}
        />
        <TextArea
          name="reason"
          label={t('workflow.reason')}
          lang={language}
          hint={t('workflow.reasonHint')}
          rows={3}
          maxLength={4000}
          value={state.values['reason']}
          error={errorFor(state.errors, 'reason')}
        />
        <ButtonRow>
          <Button>{t('workflow.saveDecision')}</Button>
        </ButtonRow>
      </Form>
    </Card>
  );
}

function SendForm({ review, state, say }: Props) {
  const { t } = say;
  const { desk } = review;
  if (!desk.hasDraft || desk.isInReview || !desk.mayWrite) return null;
  if (desk.missing.length > 0)
    return (
      <Card title={t('workflow.notYet')} lead={t('workflow.notYetLead')} tone="needs-you">
        <MissingList desk={desk} say={say} />
      </Card>
    );
  return (
    <Card
      title={t('workflow.send')}
      lead={t(review.secondPersonWanted ? 'workflow.sendWanted' : 'workflow.sendFree')}
    >
      <Deciders review={review} say={say} />
      <Form action={courseHref(desk.course.code, '/review')}>
        <TextArea
          name="note"
          label={t('workflow.note')}
          lang={say.language}
          isOptional
          rows={2}
          maxLength={2000}
          value={state.values['note']}
          error={errorFor(state.errors, 'note')}
        />
        <ButtonRow>
          <Button variant={review.secondPersonWanted ? 'primary' : 'secondary'}>
            {t('workflow.sendButton')}
          </Button>
        </ButtonRow>
      </Form>
    </Card>
  );
}

function Threads({ review, state, say }: Props) {
  const { t, language } = say;
  const { desk, threads } = review;
  const open = threads.filter((one) => !one.resolvedAt);
  const done = threads.filter((one) => one.resolvedAt);
  return (
    <>
      <Card title={t('workflow.comments')} id="comments" lead={t('workflow.commentsLead')}>
        {open.length === 0 ? (
          <EmptyState icon="text" title={t('workflow.noComments')} headingLevel={3}>
            {t('workflow.noCommentsText')}
          </EmptyState>
        ) : (
          open.map((one) => <ThreadPart key={one.commentId} thread={one} review={review} say={say} />)
        )}
        {done.length > 0 ? (
          <Details summary={t('workflow.resolvedThreads', { n: done.length })}>
            {done.map((one) => (
              <ThreadPart key={one.commentId} thread={one} review={review} say={say} />
            ))}
          </Details>
        ) : null}
      </Card>
      {desk.hasDraft ? (
        <Card title={t('workflow.newComment')}>
          <Form action={courseHref(desk.course.code, '/review/comments')}>
            <SelectField
              name="lesson"
              label={t('workflow.about')}
              value={state.values['lesson']}
              emptyLabel={t('workflow.wholeCourse')}
              options={desk.lessons.map((lesson) => ({
                value: lesson.code,
                label: titleOf(lesson, language),
              }))}
            />
            <TextArea
              name="text"
              label={t('workflow.comment')}
              lang={language}
              rows={3}
              maxLength={4000}
              value={state.values['text']}
              error={errorFor(state.errors, 'text')}
            />
            <ButtonRow>
              <Button variant="secondary">{t('workflow.saveComment')}</Button>
            </ButtonRow>
          </Form>
        </Card>
      ) : null}
    </>
  );
}

type ThreadProps = { thread: Thread; review: ReviewDesk; say: Say };

function ThreadPart({ thread, review, say }: ThreadProps) {
  const { t, language } = say;
  const { desk } = review;
  const lesson = desk.lessons.find((one) => one.code === thread.lessonCode);
  const about = lesson ? titleOf(lesson, language) : (thread.lessonCode ?? t('workflow.wholeCourse'));
  const isDone = thread.resolvedAt !== null;
  const path = courseHref(desk.course.code, `/review/comments/${thread.commentId}`);
  return (
    <section id={`comment-${thread.commentId}`} class="card">
      <h3>{about}</h3>
      {isDone ? <Tag tone="done">{t('workflow.resolved')}</Tag> : null}
      {[thread, ...thread.answers].map((one) => (
        <Said key={one.commentId} said={one} say={say} />
      ))}
      {desk.hasDraft ? (
        <>
          <Details summary={t('workflow.answer')}>
            <Form action={courseHref(desk.course.code, '/review/comments')}>
              <HiddenFields values={{ thread: thread.commentId }} />
              <TextArea
                name="text"
                id={`answer-${thread.commentId}`}
                label={t('workflow.comment')}
                lang={language}
                rows={2}
                maxLength={4000}
              />
              <ButtonRow>
                <Button variant="secondary">{t('workflow.saveAnswer')}</Button>
              </ButtonRow>
            </Form>
          </Details>
          <Form action={`${path}/state`}>
            <HiddenFields values={{ state: isDone ? 'open' : 'resolved' }} />
            <Button variant="quiet">{t(isDone ? 'workflow.reopen' : 'workflow.resolve')}</Button>
          </Form>
        </>
      ) : null}
    </section>
  );
}

function Said({ said, say }: { said: CommentRow; say: Say }) {
  return (
    <>
      <p class="muted">
        {nameOf(said.writer, say)} · {formatDayTime(said.writtenAt, say.language)} ·{' '}
        {say.t('catalogue.authorVersionNo', { version: said.versionNumber })}
      </p>
      {said.text
        .split(/\n+/)
        .filter((line) => line.trim())
        .map((line, index) => (
          <p key={`${index}:${line}`}>{line}</p>
        ))}
    </>
  );
}

function Earlier({ reviews, say }: { reviews: ReviewRow[]; say: Say }) {
  const { t } = say;
  if (reviews.length === 0) return null;
  return (
    <Card title={t('workflow.history')}>
      {reviews.map((one) => (
        <p key={one.reviewId}>
          <Tag tone={tones[one.state]}>{t(`workflow.state_${one.state}`)}</Tag> {sentLine(one, say)}{' '}
          {one.decidedAt ? decidedLine(one, say) : ''} {one.reason ?? ''}
        </p>
      ))}
    </Card>
  );
}

const tones = {
  open: 'progress',
  approved: 'done',
  returned: 'due',
  withdrawn: 'neutral',
  published: 'done',
} as const;

function sentLine(review: ReviewRow, say: Say): string {
  return say.t('workflow.sentLine', {
    version: review.versionNumber,
    name: nameOf(review.sender, say),
    day: formatDayTime(review.sentAt, say.language),
  });
}

function decidedLine(review: ReviewRow, say: Say): string {
  if (!review.decidedAt) return '';
  const day = formatDayTime(review.decidedAt, say.language);
  return say.t('workflow.decidedLine', { name: nameOf(review.decider, say), day });
}

/** A token that stands for no person has no name. */
export function nameOf(name: { nameHi: string | null; nameEn: string | null }, say: Say): string {
  return (
    (say.language === 'en' ? name.nameEn : name.nameHi) ??
    name.nameHi ??
    name.nameEn ??
    say.t('workflow.program')
  );
}
