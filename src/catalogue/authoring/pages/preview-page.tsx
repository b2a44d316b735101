import type { FastifyReply, FastifyRequest } from 'fastify';
import { renderToString } from 'preact-render-to-string';
import { type Language, translator } from '../../../kernel/i18n.ts';
import {
  Card,
  EmptyState,
  FrameContext,
  PageHeading,
  Pagination,
  SummaryList,
  Tabs,
} from '../../../shell/index.ts';
import { assetUrl, sendPage } from '../../../shell/site/index.ts';
import type { LessonRow } from '../../course-store.ts';
import type { CourseDesk } from '../course-desk.ts';
import { LessonContent } from './lesson-content.tsx';
import { frameOf } from './publication-page.tsx';
import { courseHref, kindLabel, languageLabel, lessonHref, type Say, sayOf, titleOf } from './words.ts';

export type PreviewView = {
  desk: CourseDesk;
  lesson: LessonRow | undefined;
  language: Language;
  width: 'phone' | 'wide';
};

/** The draft as a learner will meet it, in the frame of a phone or of a wide screen, in either language. */
export function sendPreview(request: FastifyRequest, reply: FastifyReply, view: PreviewView) {
  const say = sayOf(request);
  const { t } = say;
  const { desk, lesson, language, width } = view;
  const code = desk.course.code;
  const href = (more: { language?: Language; width?: string; lesson?: string }) =>
    courseHref(
      code,
      `/preview?${new URLSearchParams({ language, width, lesson: lesson?.code ?? '', ...more })}`,
    );
  return sendPage(
    request,
    reply,
    { ...frameOf(desk, say), title: t('catalogue.authorPreview') },
    <>
      <PageHeading title={t('catalogue.authorPreview')} lead={t('catalogue.authorPreviewLead')} />
      <Tabs
        label={t('catalogue.authorLanguages')}
        tabs={(['hi', 'en'] as const).map((one) => ({
          label: languageLabel(one, say),
          href: href({ language: one }),
          isActive: one === language,
        }))}
      />
      <Tabs
        label={t('catalogue.authorWidth')}
        tabs={(['phone', 'wide'] as const).map((one) => ({
          label: t(one === 'phone' ? 'catalogue.authorPhone' : 'catalogue.authorWide'),
          href: href({ width: one }),
          isActive: one === width,
        }))}
      />
      {lesson ? (
        <>
          <PreviewFrame view={view} say={say} lesson={lesson} />
          <LessonChoice view={view} say={say} href={(one) => href({ lesson: one })} />
        </>
      ) : (
        <EmptyState icon="text" title={t('catalogue.authorNoLessons')}>
          {t('catalogue.authorNoLessonsText')}
        </EmptyState>
      )}
    </>,
  );
}

/** A page of its own inside, so that the phone's rules of layout hold in the phone's width. */
function PreviewFrame({ view, lesson, say }: { view: PreviewView; lesson: LessonRow; say: Say }) {
  const isPhone = view.width === 'phone';
  return (
    <iframe
      src={lessonHref(view.desk.course.code, lesson.code, `/preview?language=${view.language}`)}
      title={`${say.t('catalogue.authorPreview')}: ${titleOf(lesson, view.language)}`}
      width={isPhone ? '360' : '100%'}
      height={isPhone ? '680' : '760'}
    />
  );
}

type ChoiceProps = { view: PreviewView; say: Say; href(lesson: string): string };

function LessonChoice({ view, say, href }: ChoiceProps) {
  const { desk, lesson } = view;
  const index = desk.lessons.findIndex((one) => one.code === lesson?.code);
  const [before, next] = [desk.lessons[index - 1], desk.lessons[index + 1]];
  return (
    <>
      <Pagination
        previousHref={before ? href(before.code) : undefined}
        nextHref={next ? href(next.code) : undefined}
        labels={[say.t('editor.previousLesson'), say.t('editor.nextLesson')]}
        text={say.t('catalogue.authorLessonNo', { n: index + 1, total: desk.lessons.length })}
      />
      <Card title={say.t('catalogue.authorLessons')}>
        <SummaryList
          rows={desk.lessons.map((one, at) => ({
            label: say.t('catalogue.authorLessonLabel', { n: at + 1, kind: kindLabel(one.kind, say) }),
            value: (
              <a href={href(one.code)} aria-current={one.code === lesson?.code ? 'true' : undefined}>
                {titleOf(one, view.language)}
              </a>
            ),
          }))}
        />
      </Card>
    </>
  );
}

/** What stands inside the frame: one lesson by itself, in the language that is looked at. */
export function sendLessonPreview(
  reply: FastifyReply,
  { desk, lesson, language }: { desk: CourseDesk; lesson: LessonRow; language: Language },
) {
  const say: Say = { t: translator(language), language };
  const title = titleOf(lesson, language);
  const place = say.t('catalogue.authorLessonNo', {
    n: desk.lessons.indexOf(lesson) + 1,
    total: desk.lessons.length,
  });
  const page = (
    <FrameContext.Provider value={{ language }}>
      <html lang={language}>
        <head>
          <meta charset="utf-8" />
          <title>{title}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <link rel="stylesheet" href={assetUrl('app.css')} />
        </head>
        <body class="width-reading">
          <div class="content form">
            <PageHeading
              title={title}
              lead={`${place} · ${say.t('catalogue.authorMinutesOf', { n: Math.max(1, Math.round(lesson.durationMinutes)) })}`}
            />
            <LessonContent lesson={lesson} language={language} say={say} />
          </div>
        </body>
      </html>
    </FrameContext.Provider>
  );
  reply.header('cache-control', 'no-store').type('text/html; charset=utf-8');
  return reply.send(`<!doctype html>${renderToString(page)}`);
}
