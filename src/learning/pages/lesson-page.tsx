import {
  type ContentRow,
  contentIn,
  type PlayedFile,
  playableFiles,
  usualFile,
} from '../../catalogue/index.ts';
import { directionOf, languageChoice, sideOf } from '../../kernel/languages.ts';
import {
  Button,
  ButtonRow,
  Card,
  Details,
  Form,
  Notice,
  PageHeading,
  ProgressBar,
  Tag,
} from '../../shell/index.ts';
import { type LearnerLesson, progressPercent } from '../course-view.ts';
import { LanguageSwitch } from './language-switch.tsx';
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
  const { title, titleLanguage } = titleOf(lesson, sideOf(detail.enrolment.language));
  return (
    <>
      <PageHeading
        title={title}
        lang={lesson.inSource?.title ? lesson.inSource.from : (titleLanguage ?? detail.enrolment.language)}
        lead={`${say.t('learning.lessonOf', { n: at.lessons.indexOf(lesson) + 1, total: at.lessons.length })} · ${lessonFacts(lesson, detail.enrolment.language, say)}`}
      />
      <NotYet isShown={lesson.inSource?.title} at={at} say={say} what="learning.notYetTitle" />
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
  const { inSource } = at.lesson;
  const isOther = content.language !== at.detail.enrolment.language;
  const isRecording = at.lesson.kind === 'video' || at.lesson.kind === 'audio';
  const isWholeOther = isOther && (!inSource || at.lesson.kind !== 'text');
  return (
    <>
      {isWholeOther ? (
        <Notice>
          <p>
            {t(
              inSource && isRecording
                ? 'learning.recordingIn'
                : inSource
                  ? 'learning.fileIn'
                  : 'learning.onlyIn',
              {
                language: languageName(content.language, t),
              },
            )}
          </p>
        </Notice>
      ) : null}
      {at.lesson.kind === 'text' ? null : <Media {...props} content={content} />}
      <NotYet isShown={inSource?.body} at={at} say={say} />
      {content.bodyHtml ? (
        <Card>
          {/* Rendered from Markdown, without raw HTML, when the author saved it. */}
          <div
            class="prose"
            {...spokenIn(at, content, 'body')}
            dangerouslySetInnerHTML={{ __html: content.bodyHtml }}
          />
        </Card>
      ) : null}
      {content.transcript ? <Transcript at={at} content={content} say={say} /> : null}
    </>
  );
}

/** The language of a piece of the lesson, and its direction: the translation's, or for the time being the source's. */
function spokenIn(at: LearnerLesson, content: ContentRow, piece: 'body' | 'altText' | 'transcript') {
  const { inSource } = at.lesson;
  const translated = inSource?.[piece] ? inSource.from : at.detail.enrolment.language;
  const lang = inSource ? translated : content.language;
  return { lang, dir: directionOf(lang) };
}

type NotYetProps = {
  isShown: boolean | undefined;
  at: LearnerLesson;
  say: Say;
  what?: 'learning.notYetTitle';
};

/** What is not translated yet stands in the source's language, and says so. */
function NotYet({ isShown, at, say, what }: NotYetProps) {
  if (!isShown) return null;
  const values = {
    language: languageName(at.detail.enrolment.language, say.t),
    source: languageName(at.lesson.inSource?.from ?? 'hi', say.t),
  };
  return (
    <p class="soft">
      <Tag tone="due">{say.t('learning.notYet')}</Tag> {say.t(what ?? 'learning.notYetWhy', values)}
    </p>
  );
}

function Media(props: MediaProps) {
  const { at, content, say, wish } = props;
  const files = playableFiles(content);
  const usual = wish.savesData ? lightest(at.lesson.kind, files) : usualFile(content);
  const played = files.find((file) => file.kind === wish.as) ?? usual;
  if (!played) return null;
  const src = `/media/${played.fileId}`;
  const { title } = titleOf(at.lesson, sideOf(content.language));
  const preload = wish.savesData ? 'none' : 'metadata';
  const more = { class: 'lesson-media', controls: true, preload, id: 'media' } as const;
  if (at.lesson.kind === 'video')
    return (
      <>
        <video {...more} src={src} aria-label={title} playsInline>
          <Captions at={at} content={content} say={say} isOn />
        </video>
        <PlayChoices {...props} played={played} />
      </>
    );
  if (at.lesson.kind === 'audio')
    return (
      <>
        <audio {...more} src={src} aria-label={title}>
          <Captions at={at} content={content} say={say} />
        </audio>
        <PlayChoices {...props} played={played} />
      </>
    );
  return <Pdf {...props} src={src} title={title} />;
}

/** Of a film the lightest that still shows a picture: what is shown is not always said. */
function lightest(kind: string, files: PlayedFile[]): PlayedFile | undefined {
  return files.find((file) => kind !== 'video' || file.contentType.startsWith('video/'));
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

function Captions({ at, content, say, isOn }: Pick<MediaProps, 'at' | 'content' | 'say'> & { isOn?: true }) {
  if (!content.captionsFileId) return null;
  const { inSource } = at.lesson;
  const language = at.detail.enrolment.language;
  const source = inSource?.from ?? content.language;
  const translated = inSource && !inSource.captions;
  return (
    <>
      {translated ? (
        <track
          kind="captions"
          src={`${lessonHref(at.course.code, at.lesson.code)}/captions`}
          srclang={language}
          label={languageChoice(language, say.t)}
          default={isOn}
        />
      ) : null}
      <track
        kind="captions"
        src={`/media/${content.captionsFileId}`}
        srclang={source}
        label={languageChoice(source, say.t)}
        default={translated ? undefined : isOn}
      />
    </>
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
      {content.altText ? <p {...spokenIn(at, content, 'altText')}>{content.altText}</p> : null}
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

function Transcript({ at, content, say }: { at: LearnerLesson; content: ContentRow; say: Say }) {
  const paragraphs = (content.transcript ?? '').split(/\n\s*\n/).filter((text) => text.trim());
  return (
    <Card>
      <Details summary={say.t('learning.transcript')}>
        <NotYet isShown={at.lesson.inSource?.transcript} at={at} say={say} />
        <div class="prose" {...spokenIn(at, content, 'transcript')}>
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
      <LanguageSwitch
        course={course}
        now={detail.enrolment.language}
        lesson={at.lesson.code}
        say={say}
        label="learning.thisLessonIn"
      />
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
