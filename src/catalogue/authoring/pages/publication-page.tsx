import type { FastifyReply, FastifyRequest } from 'fastify';
import { pick } from '../../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  type Column,
  ConfirmPanel,
  DataTable,
  Notice,
  PageHeading,
  Tag,
  type Task,
  TaskList,
} from '../../../shell/index.ts';
import { sendPage } from '../../../shell/site/index.ts';
import type { MissingPart } from '../../publication-gate.ts';
import type { RedoPreview, RedoProgress } from '../../redo.ts';
import type { LessonChange } from '../../version-difference.ts';
import type { CourseDesk } from '../course-desk.ts';
import type { VersionLine } from '../stores/courses.ts';
import { ReadingCard } from './reading-card.tsx';
import { Concerned, Difference, FollowProgress, RedoChoice } from './redo-parts.tsx';
import { courseHref, lessonHref, listHref, type Say, sayOf, titleOf } from './words.ts';

export type PublicationFacts = {
  secondPersonWanted: boolean;
  /** Whom the draft would concern; undefined where nothing was published before. */
  preview: RedoPreview | undefined;
  progress: RedoProgress | undefined;
  /** What the draft changes of the version in the catalogue. */
  changes: LessonChange[];
};
type View = { desk: CourseDesk; history: VersionLine[]; facts: PublicationFacts; status?: number };

/** What is missing, the confirmation of a publication, and every version so far. */
export function sendPublication(
  request: FastifyRequest,
  reply: FastifyReply,
  { desk, history, facts, status }: View,
) {
  const say = sayOf(request);
  const { t } = say;
  const { course } = desk;
  return sendPage(
    request,
    reply,
    { ...frameOf(desk, say), title: t('catalogue.authorPublication'), status },
    <>
      <PageHeading title={t('catalogue.authorPublication')} lead={titleOf(desk.details, say.language)} />
      <Warnings desk={desk} say={say} />
      <FollowProgress progress={facts.progress} say={say} />
      <Difference changes={facts.changes} desk={desk} say={say} />
      <Concerned preview={facts.preview} say={say} />
      <Readiness desk={desk} say={say} facts={facts} />
      <ReadingCard desk={desk} say={say} />
      <History desk={desk} history={history} say={say} />
      {desk.mayPublish && course.state === 'published' ? (
        <ButtonRow>
          <Button variant="danger" href={courseHref(course.code, '/retirement')}>
            {t('catalogue.authorRetire')}
          </Button>
        </ButtonRow>
      ) : null}
    </>,
  );
}

export function frameOf(desk: CourseDesk, say: Say) {
  const code = desk.course.code;
  return {
    area: 'office' as const,
    activeLink: 'courses',
    breadcrumbs: [
      { label: say.t('catalogue.authorCourses'), href: listHref },
      { label: titleOf(desk.details, say.language), href: courseHref(code, '/edit') },
    ],
  };
}

/** What does not keep the course from being published, and should be looked at first. */
function Warnings({ desk, say }: { desk: CourseDesk; say: Say }) {
  if (!desk.hasDraft || desk.missing.length > 0 || desk.warnings.length === 0) return null;
  const { t } = say;
  return (
    <Card title={t('catalogue.authorWarnings')} lead={t('catalogue.authorWarningsLead')} tone="needs-you">
      <PartList desk={desk} say={say} parts={desk.warnings} />
    </Card>
  );
}

type ReadinessProps = { desk: CourseDesk; say: Say; facts: PublicationFacts };

function Readiness({ desk, say, facts }: ReadinessProps) {
  const { t } = say;
  const { course } = desk;
  const canBringBack = course.state === 'retired' && !desk.hasDraft;
  if (!desk.hasDraft && !canBringBack)
    return (
      <Notice tone="done">
        <p>{t('catalogue.authorNothingWaits', { version: desk.version.number })}</p>
      </Notice>
    );
  if (desk.hasDraft && desk.missing.length > 0)
    return (
      <Card title={t('catalogue.authorMissing')} lead={t('catalogue.authorMissingLead')} tone="needs-you">
        <MissingList desk={desk} say={say} />
      </Card>
    );
  if (desk.hasDraft && facts.secondPersonWanted && !desk.isApproved)
    return <ReviewNeeded desk={desk} say={say} />;
  if (!desk.mayPublish)
    return (
      <Notice tone="done" title={t('catalogue.authorReady')}>
        <p>{t('catalogue.authorAskPublisher')}</p>
      </Notice>
    );
  const changes = canBringBack ? [t('catalogue.authorComesBack')] : consequences(desk, say);
  return (
    <ConfirmPanel
      title={t('catalogue.authorPublishTitle', { version: desk.version.number })}
      consequences={changes}
      action={courseHref(course.code, '/publication')}
      confirmLabel={t('catalogue.authorPublish')}
      cancelHref={courseHref(course.code, '/edit')}
      isReversible
    >
      {facts.preview ? <RedoChoice preview={facts.preview} say={say} /> : null}
    </ConfirmPanel>
  );
}

function ReviewNeeded({ desk, say: { t } }: { desk: CourseDesk; say: Say }) {
  return (
    <Notice
      tone="needs-you"
      title={t('workflow.reviewNeeded')}
      actions={
        <Button href={courseHref(desk.course.code, '/review')}>
          {t(desk.isInReview ? 'workflow.toReview' : 'workflow.send')}
        </Button>
      }
    >
      <p>{t(desk.isInReview ? 'workflow.reviewWaits' : 'workflow.reviewNeededText')}</p>
    </Notice>
  );
}

function consequences(desk: CourseDesk, { t, language }: Say): string[] {
  const left = desk.warnings.filter((one) => one.code === 'translation_left');
  const isFirst = desk.currentNumber === undefined;
  return [
    t('catalogue.authorWillShow', { lessons: desk.lessons.length, minutes: desk.version.durationMinutes }),
    isFirst ? t('catalogue.authorWillEnrol') : t('workflow.willEnrolNew'),
    t('catalogue.authorWillFix'),
    ...left.map((one) => pick(one.text, language)),
  ];
}

/** Each missing part with the way to where it is mended. */
export function MissingList({ desk, say }: { desk: CourseDesk; say: Say }) {
  return <PartList desk={desk} say={say} parts={desk.missing} />;
}

function PartList({ desk, say, parts }: { desk: CourseDesk; say: Say; parts: MissingPart[] }) {
  const tasks = parts.map((part): Task => {
    const lesson = desk.lessons.find((one) => one.code === part.lesson);
    const text = pick(part.text, say.language);
    return {
      text: lesson ? `${titleOf(lesson, say.language)}: ${text}` : text,
      isDone: false,
      link: desk.mayEdit
        ? { label: say.t('catalogue.authorMend'), href: placeToMend(desk, part) }
        : undefined,
    };
  });
  return <TaskList tasks={tasks} />;
}

function placeToMend(desk: CourseDesk, part: MissingPart): string {
  const code = desk.course.code;
  if (part.lesson) return lessonHref(code, part.lesson, fieldOf[part.code] ?? '');
  if (part.code === 'completion_lessons') return courseHref(code, '/completion');
  if (part.code === 'no_sources') return courseHref(code, '/sources');
  if (part.code === 'no_audience') return courseHref(code, '/details#audienceHi');
  if (part.code === 'no_english_title') return courseHref(code, '/details#titleEn');
  if (part.language) return courseHref(code, `/translation?language=${part.language}&show=open`);
  return part.code === 'title' ? courseHref(code, '/details#titleHi') : courseHref(code, '/edit#lessons');
}

const fieldOf: Record<string, string> = {
  content: '#bodyHi',
  asset: '#files',
  captions_or_transcript: '#files',
  alt_text: '#altHi',
  quiz_without_questions: '#questions',
  heavy_lesson: '#files',
  picture_text: '#bodyHi',
  few_questions: '#questions',
  unlimited_attempts: '#attempts',
  minimum_low: '#minimumSeconds',
  question_without_right_answer: '#questions',
};

function History({ desk, history, say }: { desk: CourseDesk; history: VersionLine[]; say: Say }) {
  const { t } = say;
  const { isApproved } = desk;
  const states = {
    draft: { tone: 'draft', label: t('catalogue.authorStateDraft') },
    in_review: { tone: 'progress', label: t(isApproved ? 'workflow.approved' : 'workflow.inReview') },
    published: { tone: 'done', label: t('catalogue.authorStatePublished') },
    superseded: { tone: 'neutral', label: t('catalogue.authorStateSuperseded') },
  } as const;
  return (
    <Card title={t('catalogue.authorVersions')}>
      <DataTable
        caption={t('catalogue.authorVersions')}
        isCaptionHidden
        isCountHidden
        rows={history}
        rowKey={(row) => String(row.number)}
        columns={[
          {
            key: 'number',
            label: t('catalogue.authorVersion'),
            isRowHeading: true,
            value: (row) => t('catalogue.authorVersionNo', { version: row.number }),
          },
          {
            key: 'state',
            label: t('catalogue.authorState'),
            value: (row) => <Tag tone={states[row.state].tone}>{states[row.state].label}</Tag>,
          },
          {
            key: 'lessons',
            label: t('catalogue.authorLessons'),
            kind: 'number',
            value: (row) => row.lessons,
          },
          {
            key: 'minutes',
            label: t('catalogue.authorMinutes'),
            kind: 'number',
            value: (row) => row.durationMinutes,
          },
          {
            key: 'day',
            label: t('catalogue.authorPublishedOn'),
            kind: 'date',
            value: (row) => row.publishedAt,
          },
          // What an import or the installation published has nobody to name.
          ...(history.some((row) => row.publishedByHi) ? [publisherColumn(say)] : []),
        ]}
      />
    </Card>
  );
}

function publisherColumn({ t, language }: Say): Column<VersionLine> {
  return {
    key: 'by',
    label: t('catalogue.authorPublishedBy'),
    value: (row) => (language === 'en' ? row.publishedByEn : row.publishedByHi) ?? row.publishedByHi ?? null,
  };
}

type Question = 'retirement' | 'draft/removal';

/** Asks before a course is retired, or a waiting draft thrown away. */
export function sendCourseQuestion(
  request: FastifyRequest,
  reply: FastifyReply,
  { desk, question }: { desk: CourseDesk; question: Question },
) {
  const say = sayOf(request);
  const { t } = say;
  const isRetirement = question === 'retirement';
  const title = t(isRetirement ? 'catalogue.authorRetire' : 'catalogue.authorDiscard');
  return sendPage(
    request,
    reply,
    { ...frameOf(desk, say), title, width: 'reading' },
    <>
      <PageHeading title={title} lead={titleOf(desk.details, say.language)} />
      <ConfirmPanel
        title={t(isRetirement ? 'catalogue.authorRetireTitle' : 'catalogue.authorDiscardTitle')}
        consequences={
          isRetirement
            ? [
                t('catalogue.authorRetireGone'),
                t('catalogue.authorRetireStay'),
                t('catalogue.authorRetireBack'),
              ]
            : [
                t('catalogue.authorDiscardGone', { version: desk.version.number }),
                t('catalogue.authorDiscardStay'),
              ]
        }
        action={courseHref(desk.course.code, `/${question}`)}
        confirmLabel={title}
        cancelHref={courseHref(desk.course.code, '/edit')}
        isReversible={isRetirement}
        variant="danger"
      />
    </>,
  );
}
