import {
  type ContentRow,
  contentIn,
  type PlayedFile,
  playableFiles,
  usualFile,
} from '../../catalogue/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  Details,
  Form,
  HiddenFields,
  Notice,
  PageHeading,
  ProgressBar,
} from '../../shell/index.ts';
import { type LearnerLesson, progressPercent } from '../course-view.ts';
import { type PageReading, PdfPages, pageReading } from './pdf-pages.tsx';
import { PlayerState } from './player-state.tsx';
import { courseHref, languageName, lessonFacts, lessonHref, type Say, titleOf, weightText } from './words.ts';

/** What the learner asked for: a lighter copy, a page; and whether the phone asks to save data. */
export type Wish = { as?: string; page?: number; savesData?: boolean };
type Props = { at: LearnerLesson; say: Say; shownAt: Date; wish: Wish };

/** A lesson to read, hear, watch: the content first, then what it asks for and where to go next. */
export function LessonPage({ at, say, shownAt, wish }: Props) {
  const { lesson, detail } = at;
  const content = contentIn(lesson, detail.enrolment.language);
  const reading = pageReading(at, content, wish.page);
  const { title, titleLanguage } = titleOf(lesson, detail.enrolment.language);
  return (
    <>
      <PageHeading
        title={title}
        lang={titleLanguage ?? detail.enrolment.language}
        lead={`${say.t('learning.lessonOf', { n: at.lessons.indexOf(lesson) + 1, total: at.lessons.length })} · ${lessonFacts(lesson, detail.enrolment.language, say)}`}
      />
      <Content at={at} content={content} reading={reading} say={say} shownAt={shownAt} wish={wish} />
      <PlayerState at={at} say={say} shownAt={shownAt} isByPages={reading !== undefined} />
      <WaysOn at={at} say={say} />
    </>
  );
}

type ContentProps = Props & { content: ContentRow | undefined; reading: PageReading | undefined };
type MediaProps = ContentProps & { content: ContentRow };

function Content(props: ContentProps) {
  const { at, content, say } = props;
  const { t } = say;
  if (!content)
    return (
      <Notice tone="needs-you" title={t('learning.noContent')}>
        <p>{t('learning.noContentAdvice')}</p>
      </Notice>
    );
  const isOther = content.language !== at.detail.enrolment.language;
  return (
    <>
      {isOther ? (
        <Notice>
          <p>{t('learning.onlyIn', { language: languageName(content.language, t) })}</p>
        </Notice>
      ) : null}
      {at.lesson.kind === 'text' ? null : <Media {...props} content={content} />}
      {content.bodyHtml ? (
        <Card>
          {/* Rendered from Markdown, without raw HTML, when the author saved it. */}
          <div class="prose" lang={content.language} dangerouslySetInnerHTML={{ __html: content.bodyHtml }} />
        </Card>
      ) : null}
      {content.transcript ? <Transcript content={content} say={say} /> : null}
    </>
  );
}

function Media(props: MediaProps) {
  const { at, content, say, wish } = props;
  const files = playableFiles(content);
  const usual = wish.savesData ? files[0] : usualFile(content);
  const played = files.find((file) => file.kind === wish.as) ?? usual;
  if (!played) return null;
  const src = `/media/${played.fileId}`;
  const { title } = titleOf(at.lesson, content.language as 'hi' | 'en');
  const preload = wish.savesData ? 'none' : 'metadata';
  const more = { class: 'lesson-media', controls: true, preload, id: 'media' } as const;
  if (at.lesson.kind === 'video')
    return (
      <>
        <video {...more} src={src} aria-label={title} playsInline>
          <Captions content={content} say={say} isOn />
        </video>
        <PlayChoices {...props} played={played} />
      </>
    );
  if (at.lesson.kind === 'audio')
    return (
      <>
        <audio {...more} src={src} aria-label={title}>
          <Captions content={content} say={say} />
        </audio>
        <PlayChoices {...props} played={played} />
      </>
    );
  return <Pdf {...props} src={src} title={title} />;
}

/** The same recording at other weights, each with its MB: a link, so that nothing is fetched unasked. */
function PlayChoices({ at, content, played, say, wish }: MediaProps & { played: PlayedFile }) {
  const files = playableFiles(content);
  if (files.length < 2) return null;
  const label = (file: PlayedFile) => `${say.t(`media.${file.kind}`)} · ${weightText(file.bytes, say)}`;
  return (
    <nav aria-label={say.t('media.choosePlay')}>
      <p class="soft">
        {say.t('media.choosePlay')}:{' '}
        {files.map((file, index) => (
          <span key={file.kind}>
            {index > 0 ? ' | ' : ''}
            {file.kind === played.kind ? (
              <b aria-current="true">{label(file)}</b>
            ) : (
              <a href={`${lessonHref(at.course.code, at.lesson.code)}?as=${file.kind}`}>{label(file)}</a>
            )}
          </span>
        ))}
      </p>
      {wish.savesData ? <p class="soft">{say.t('media.savesData')}</p> : null}
    </nav>
  );
}

function Captions({ content, say, isOn }: { content: ContentRow; say: Say; isOn?: true }) {
  if (!content.captionsFileId) return null;
  return (
    <track
      kind="captions"
      src={`/media/${content.captionsFileId}`}
      srclang={content.language}
      label={languageName(content.language, say.t)}
      default={isOn}
    />
  );
}

function Pdf({
  at,
  src,
  content,
  title,
  say,
  shownAt,
  reading,
}: MediaProps & { src: string; title: string }) {
  const weight = weightText(content.fileBytes ?? 0, say);
  return (
    <>
      {content.altText ? <p lang={content.language}>{content.altText}</p> : null}
      {reading ? <PdfPages at={at} reading={reading} say={say} shownAt={shownAt} /> : null}
      <ButtonRow>
        <Button href={src} id="open-pdf" icon="pdf" variant="secondary">
          {say.t('learning.openPdf', { weight })}
        </Button>
        <Button href={src} icon="download" variant="quiet" isDownload>
          {say.t('learning.downloadPdf')}
        </Button>
      </ButtonRow>
      {reading ? null : <WholePdf src={src} title={title} say={say} />}
    </>
  );
}

/** The browser's own viewer; the learner may note his page. */
function WholePdf({ src, title, say }: { src: string; title: string; say: Say }) {
  return (
    <>
      <div hidden>
        <label class="lesson-speed">
          {say.t('learning.pdfPage')}{' '}
          <input id="lesson-page" type="number" inputMode="numeric" min="1" max="9999" autocomplete="off" />
        </label>
      </div>
      <iframe class="lesson-pdf" src={src} title={title} loading="lazy" />
    </>
  );
}

function Transcript({ content, say }: { content: ContentRow; say: Say }) {
  const paragraphs = (content.transcript ?? '').split(/\n\s*\n/).filter((text) => text.trim());
  return (
    <Card>
      <Details summary={say.t('learning.transcript')}>
        <div class="prose" lang={content.language}>
          {paragraphs.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      </Details>
    </Card>
  );
}

/** Next is the button, previous a link; the course's progress stands between them and the list of lessons. */
function WaysOn({ at, say }: { at: LearnerLesson; say: Say }) {
  const { t } = say;
  const { course, next, previous, detail } = at;
  const other = course.languages.find((code) => code !== detail.enrolment.language);
  return (
    <>
      <Card>
        <div id="course-progress">
          <ProgressBar percent={progressPercent(at)} label={t('learning.courseProgress')} isLabelShown />
        </div>
        {next ? (
          <Form action={`${lessonHref(course.code, next.code)}/opening`}>
            <ButtonRow>
              <Button icon="arrow">{t('learning.nextLesson')}</Button>
              {previous ? <PreviousLink at={at} say={say} /> : null}
              <Button href={courseHref(course.code)} variant="quiet">
                {t('learning.toCourse')}
              </Button>
            </ButtonRow>
          </Form>
        ) : (
          <ButtonRow>
            <Button href={courseHref(course.code)}>{t('learning.toCourse')}</Button>
            {previous ? <PreviousLink at={at} say={say} /> : null}
          </ButtonRow>
        )}
      </Card>
      {other && at.lesson.contents.length > 1 ? (
        <Form action={`${courseHref(course.code)}/enrolment/language`}>
          <HiddenFields values={{ language: other, lesson: at.lesson.code }} />
          <Button variant="quiet" icon="language">
            {t('learning.thisLessonIn', { language: languageName(other, t) })}
          </Button>
        </Form>
      ) : null}
    </>
  );
}

function PreviousLink({ at, say }: { at: LearnerLesson; say: Say }) {
  if (!at.previous) return null;
  return (
    <Button href={lessonHref(at.course.code, at.previous.code)} variant="secondary">
      {say.t('learning.previousLesson')}
    </Button>
  );
}
