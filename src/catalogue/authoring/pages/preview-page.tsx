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
import type { InSource } from '../../translation/translated-course.ts';
import type { CourseDesk } from '../course-desk.ts';
import { LessonContent } from './lesson-content.tsx';
import { frameOf } from './publication-page.tsx';
import { courseHref, kindLabel, languageLabel, lessonHref, type Say, sayOf, titleOf } from './words.ts';

export type PreviewView = {
  desk: CourseDesk;
  lesson: LessonRow | undefined;
  language: string;
  /** What it may be looked at in. */
  languages: string[];
  /** The lessons in this language. */
  said: LessonRow[];
  width: 'phone' | 'wide';
};

/** The draft as a learner will meet it, in the frame of a phone or of a wide screen, in any of its languages. */
export function sendPreview(request: FastifyRequest, reply: FastifyReply, view: PreviewView) {
  const say = sayOf(request);
  const { t } = say;
  const { desk, lesson, language, languages, width } = view;
  const code = desk.course.code;
  const href = (more: { language?: string; width?: string; lesson?: string }) =>
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
        tabs={languages.map((one) => ({
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
      title={`${say.t('catalogue.authorPreview')}: ${titleOf(lesson, say.language)}`}
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
          rows={view.said.map((one, at) => ({
            label: say.t('catalogue.authorLessonLabel', { n: at + 1, kind: kindLabel(one.kind, say) }),
            value: (
              <a href={href(one.code)} aria-current={one.code === lesson?.code ? 'true' : undefined}>
                {titleOf(one, view.language === 'en' ? 'en' : 'hi')}
              </a>
            ),
          }))}
        />
      </Card>
    </>
  );
}

type Shown = {
  desk: CourseDesk;
  lesson: LessonRow & { inSource?: InSource };
  language: string;
  /** What the page around the lesson speaks: Hindi or English. */
  page: Language;
};

/** What stands inside the frame: one lesson by itself, in the language that is looked at. */
export function sendLessonPreview(reply: FastifyReply, { desk, lesson, language, page: spoken }: Shown) {
  const say: Say = { t: translator(spoken), language: spoken };
  const title = titleOf(lesson, spoken);
  const inSource = lesson.inSource;
  const titleLanguage = inSource ? (inSource.title ? inSource.from : language) : spoken;
  const place = say.t('catalogue.authorLessonNo', {
    n: desk.lessons.findIndex((one) => one.code === lesson.code) + 1,
    total: desk.lessons.length,
  });
  const page = (
    <FrameContext.Provider value={{ language: spoken }}>
      <html lang={spoken}>
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
              lang={titleLanguage}
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
