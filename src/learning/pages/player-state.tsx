import { Button, ButtonRow, Card, Form, HiddenFields, Notice, ProgressBar, Tag } from '../../shell/index.ts';
import { type LearnerLesson, percentWith } from '../course-view.ts';
import type { Condition } from '../rules.ts';
import { segmentsOf } from '../segments.ts';
import { conditionText, courseHref, duration, lessonHref, type Say } from './words.ts';

type Props = { at: LearnerLesson; say: Say; shownAt: Date; isByPages?: boolean };

/**
 * What the lesson asks for and how much of it is done. The island counts in here; where no script runs, the
 * form below it reports instead. Both only report: the server credits.
 */
export function PlayerState({ at, say, shownAt, isByPages }: Props) {
  const { t } = say;
  const condition = at.view.conditions[0];
  if (!condition) return null;
  const { text } = conditionText(at.lesson.kind, condition, say);
  const isRecording = at.lesson.kind === 'audio' || at.lesson.kind === 'video';
  const percent = condition.met ? 100 : (100 * condition.done) / Math.max(1, condition.required);
  return (
    <>
      <div id="player" {...dataFor(at, condition, say)} data-now={shownAt.getTime()}>
        <Card
          title={t('learning.lessonAsks')}
          aside={
            <span id="player-tag">
              {condition.met ? <Tag tone="done">{t('learning.met')}</Tag> : <Tag>{t('learning.open')}</Tag>}
            </span>
          }
        >
          <p>{text}</p>
          <ProgressBar percent={percent} label={t('learning.lessonProgress')} tone="green" />
          <p id="player-text">{standing(condition, say)}</p>
          <div role="status">
            <p id="player-trouble" hidden />
            {isRecording ? (
              <p id="player-skipped" hidden>
                {t('learning.skippedWhy')}
              </p>
            ) : null}
          </div>
          <div role="status" id="player-news" class="hidden-text" />
          {condition.met || isByPages ? null : <ReportByHand at={at} say={say} shownAt={shownAt} />}
        </Card>
      </div>
      <div id="player-done" hidden>
        <Notice
          tone="done"
          title={t('learning.courseDone')}
          actions={<Button href={`${courseHref(at.course.code)}`}>{t('learning.seeResult')}</Button>}
        />
      </div>
    </>
  );
}

function standing(condition: Condition, say: Say): string {
  if (condition.met) return say.t('learning.lessonMet');
  if (condition.kind === 'opened') return say.t('learning.notYetOpened');
  const { pages } = condition;
  if (pages) return say.t('media.pagesOf', { required: pages.required, done: pages.done });
  return say.t('learning.timeOf', {
    required: duration(condition.required, say),
    done: duration(condition.done, say),
  });
}

/** Without script: the server credits the time since this page was sent, at most five minutes a time. */
function ReportByHand({ at, say, shownAt }: Props) {
  const { t } = say;
  const isMedia = at.lesson.kind === 'audio' || at.lesson.kind === 'video';
  return (
    <div id="player-by-hand">
      <Form action={`${lessonHref(at.course.code, at.lesson.code)}/report`}>
        <HiddenFields values={{ shownAt: shownAt.getTime() }} />
        <p class="soft">{t('learning.byHand')}</p>
        <ButtonRow>
          <Button variant="secondary" icon="check">
            {t(isMedia ? 'learning.haveHeard' : 'learning.haveRead')}
          </Button>
        </ButtonRow>
      </Form>
    </div>
  );
}

/** What the island needs to know; its words come from here, so that it carries none of its own. */
function dataFor(at: LearnerLesson, condition: Condition, say: Say): Record<string, string | number> {
  const { t } = say;
  const state = at.detail.states.get(at.lesson.lessonId);
  return {
    'data-enrolment': at.detail.enrolment.enrolmentId,
    'data-lesson': at.lesson.lessonId,
    'data-kind': at.lesson.kind,
    'data-required': condition.kind === 'dwell' ? condition.required : 0,
    'data-done': condition.kind === 'dwell' ? condition.done : 0,
    'data-met': condition.met ? 1 : 0,
    'data-position': state?.position ?? 0,
    'data-reported': state?.lastReportAt?.getTime() ?? 0,
    'data-person': at.detail.enrolment.personId.slice(-12),
    ...partsFor(at),
    'data-after': percentWith(at),
    'data-words': JSON.stringify({
      time: t(condition.pages ? 'media.pagesOf' : 'learning.timeOf', {
        required: '{required}',
        done: '{done}',
      }),
      minutes: t('learning.minutes', { n: '{n}' }),
      seconds: t('learning.seconds', { n: '{n}' }),
      met: t('learning.lessonMet'),
      metTag: t('learning.met'),
      done: t('learning.courseDone'),
      offline: t('learning.offline'),
      signIn: t('learning.signedOut'),
      gone: t('learning.enrolmentGone'),
      speed: t('learning.speed'),
      sent: t('learning.sentNow'),
      part: t('learning.partDone', { percent: '{percent}' }),
      resumed: t('learning.resumed'),
    }),
  };
}

/** Where the parts that were seen count, those seen so far in the language in which the lesson is taken. */
function partsFor({ detail, lesson }: LearnerLesson): Record<string, string | number> {
  const { recording } = detail.lessons.find((one) => one.lessonId === lesson.lessonId) ?? {};
  if (!recording) return {};
  const state = detail.states.get(lesson.lessonId);
  const seen = state?.seen && state.seenIn === recording.language ? segmentsOf(state.seen) : [];
  return {
    'data-parts': 1,
    'data-seen': JSON.stringify(seen),
    ...(recording.pageSeconds ? { 'data-page-seconds': recording.pageSeconds } : {}),
  };
}
