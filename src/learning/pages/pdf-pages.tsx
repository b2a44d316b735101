import type { ContentRow } from '../../catalogue/index.ts';
import { Button, ButtonRow, Form, HiddenFields } from '../../shell/index.ts';
import type { LearnerLesson } from '../course-view.ts';
import { openPages, segmentsOf } from '../segments.ts';
import type { Recording } from '../taken-lesson.ts';
import { lessonHref, type Say, titleOf } from './words.ts';

/** How a PDF is read page by page: which page is shown, and what of it was seen. */
export type PageReading = { fileId: string; page: number; recording: Recording & { pages: number } };

/** Where its pages are drawn; else the PDF is opened in the browser's own viewer, and asks for time. */
export function pageReading(
  at: LearnerLesson,
  content: ContentRow | undefined,
  wanted?: number,
): PageReading | undefined {
  const { recording } = at.detail.lessons.find((one) => one.lessonId === at.lesson.lessonId) ?? {};
  const pages = content?.filePages;
  if (at.lesson.kind !== 'pdf' || !content?.fileId || !pages || !content.drawnPages) return undefined;
  const last = at.detail.states.get(at.lesson.lessonId)?.position ?? 1;
  const page = Math.min(pages, Math.max(1, Math.round(wanted ?? last)));
  return { fileId: content.fileId, page, recording: { ...emptyRecording, ...recording, pages } };
}

/** Where the author set a time of his own, the pages are shown and the time counts. */
const emptyRecording: Recording = { language: '', seconds: 0 };

type Props = { at: LearnerLesson; reading: PageReading; say: Say; shownAt: Date };

/** One page and the ways to the next; the buttons are a form, so that they work and count without script. */
export function PdfPages({ at, reading, say, shownAt }: Props) {
  const { t } = say;
  const { page, fileId } = reading;
  const { pages } = reading.recording;
  const title = titleOf(at.lesson, say.language).title;
  const number = { page, count: pages };
  return (
    <section
      id="pdf-pages"
      aria-label={title}
      data-file={fileId}
      data-page={page}
      data-count={pages}
      data-words={JSON.stringify({
        page: t('media.pageOf', { page: '{page}', count: '{count}' }),
        picture: t('media.pagePicture', { page: '{page}', count: '{count}' }),
        next: t('media.nextPage'),
      })}
    >
      <a
        id="page-open"
        class="lesson-page"
        href={`/media/${fileId}/pages/${page}`}
        target="_blank"
        rel="noopener"
      >
        <img
          id="page-picture"
          src={`/media/${fileId}/pages/${page}`}
          alt={t('media.pagePicture', number)}
          width="595"
          height="842"
        />
        <span class="hidden-text">{t('media.pageLarge')}</span>
      </a>
      <p id="page-missing" hidden>
        {t('media.pageMissing')}
      </p>
      <Form action={`${lessonHref(at.course.code, at.lesson.code)}/pages`} id="page-form">
        <HiddenFields values={{ shownAt: shownAt.getTime(), page }} />
        <p id="page-number" role="status">
          {t('media.pageOf', number)}
        </p>
        <ButtonRow>
          <span id="page-after">
            <Button name="to" value={String(Math.min(pages, page + 1))} icon="arrow">
              {t(page < pages ? 'media.nextPage' : 'media.lastPageRead')}
            </Button>
          </span>
          <span id="page-before" hidden={page === 1}>
            <Button name="to" value={String(Math.max(1, page - 1))} variant="secondary">
              {t('media.previousPage')}
            </Button>
          </span>
        </ButtonRow>
      </Form>
      <OpenPages at={at} reading={reading} say={say} />
    </section>
  );
}

/** The pages that were not seen yet, each a way to it. */
function OpenPages({ at, reading, say }: Omit<Props, 'shownAt'>) {
  const open = openPagesOf(at, reading);
  return (
    <p id="pages-left" hidden={open.length === 0}>
      {say.t('media.pagesLeft')}{' '}
      <span>
        {rangesOf(open)
          .slice(0, 20)
          .map(([first, last], index) => (
            <span key={first}>
              {index > 0 ? ', ' : ''}
              <a href={`?page=${first}`}>{first === last ? first : `${first}–${last}`}</a>
            </span>
          ))}
      </span>
    </p>
  );
}

export function openPagesOf({ detail, lesson, view }: LearnerLesson, { recording }: PageReading): number[] {
  const { pages, pageSeconds, language } = recording;
  const state = detail.states.get(lesson.lessonId);
  if (!pageSeconds || view.met) return [];
  const seen = state?.seen && state.seenIn === language ? segmentsOf(state.seen) : [];
  return openPages(seen, { pages, pageSeconds });
}

/** 3, 7–9 */
export function rangesOf(pages: number[]): [first: number, last: number][] {
  const ranges: [number, number][] = [];
  for (const page of pages) {
    const last = ranges.at(-1);
    if (last && page === last[1] + 1) last[1] = page;
    else ranges.push([page, page]);
  }
  return ranges;
}
