import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  Details,
  ErrorSummary,
  errorFor,
  Form,
  Grid,
  HiddenFields,
  Notice,
  PageHeading,
  SummaryList,
  TextArea,
  TextField,
} from '../../../shell/index.ts';
import { sendPage } from '../../../shell/site/index.ts';
import type { BlueprintChoice } from '../../blueprint-facts.ts';
import type { LessonRow } from '../../course-store.ts';
import { defaultMinimum, isRecording, measured, minutesByContent } from '../../lesson-times.ts';
import { imagesIn, renderMarkdown } from '../../markdown.ts';
import type { RenditionRow } from '../../renditions/rendition-store.ts';
import type { CourseDesk } from '../course-desk.ts';
import { readingText } from '../editor/reading-text.ts';
import { type MergedValues, valuesOfLesson } from '../lesson-values.ts';
import type { FileNames } from './lesson-files.tsx';
import { LessonFiles } from './lesson-files.tsx';
import { LessonImages } from './lesson-images.tsx';
import { frameOf } from './publication-page.tsx';
import { QuizPart } from './quiz-part.tsx';
import { ReadView, WhyReadOnly } from './read-view.tsx';
import { EditorWords, RichTextArea, readingWords } from './rich-text-area.tsx';
import { type Other, StaleNotice, type Ways } from './stale-notice.tsx';
import { stampFor } from './stale-other.ts';
import {
  courseHref,
  kindLabel,
  languageLabel,
  lengthText,
  lessonHref,
  type Say,
  sayOf,
  titleOf,
} from './words.ts';

export type LessonView = {
  desk: CourseDesk;
  lesson: LessonRow;
  files: FileNames;
  renditions: RenditionRow[];
  /** What a quiz may be drawn by. */
  blueprints: BlueprintChoice[];
  state: FormState;
  other?: Other;
  /** Of a stale form: one's own text with what others saved in it, and the passages that collide. */
  merged?: MergedValues & { ways: Ways['values'] };
  /** Of a lesson that can only be read. */
  language?: 'hi' | 'en';
  /** Shows what is typed as a learner would read it. */
  isPreview?: boolean;
};

export function sendLesson(request: FastifyRequest, reply: FastifyReply, view: LessonView) {
  const say = sayOf(request);
  const { desk, lesson, state } = view;
  const title = titleOf(lesson, say.language);
  const canEdit = desk.hasDraft && desk.mayEdit;
  // What was typed comes back in its form even where the draft closed meanwhile.
  const isRead = !canEdit && state.errors.length === 0;
  return sendPage(
    request,
    reply,
    {
      ...frameOf(desk, say),
      title,
      hasErrors: state.errors.length > 0,
      scripts: canEdit ? ['lesson-editor.js', ...(hasFiles(lesson) ? ['lesson-upload.js'] : [])] : [],
    },
    <>
      {canEdit ? <EditorWords say={say} /> : null}
      {view.other ? null : <ErrorSummary errors={state.errors} labels={labels(say)} />}
      <PageHeading
        title={title}
        lead={`${say.t('catalogue.authorLessonNo', { n: desk.lessons.indexOf(lesson) + 1, total: desk.lessons.length })} · ${kindLabel(lesson.kind, say)}`}
      />
      {canEdit ? null : <WhyReadOnly desk={desk} say={say} />}
      {view.other ? (
        <StaleNotice
          other={view.other}
          say={say}
          {...staleTexts(view)}
          labels={labels(say)}
          ways={waysOf(view)}
        />
      ) : null}
      {canEdit ? <ForeignImages values={shownValues(view)} say={say} /> : null}
      {view.isPreview ? <Preview values={state.values} say={say} /> : null}
      {isRead ? (
        <ReadView desk={desk} lesson={lesson} language={view.language ?? desk.details.language} say={say} />
      ) : (
        <Writing view={view} say={say} />
      )}
      {lesson.kind === 'quiz' && (!isRead || lesson.quiz?.blueprint) ? (
        <QuizPart {...view} say={say} />
      ) : null}
      {canEdit ? <PlaceForm desk={desk} lesson={lesson} say={say} /> : null}
      {canEdit ? <ModuleForm desk={desk} lesson={lesson} say={say} /> : null}
    </>,
  );
}

function hasFiles({ kind }: LessonRow): boolean {
  return kind !== 'text' && kind !== 'quiz';
}

/** The passages that both changed; whole texts where it is no longer known what the form began from. */
function staleTexts({ merged, state, lesson }: LessonView) {
  if (!merged) return { typed: state.values, saved: valuesOfLesson(lesson) };
  const passages = (side: 'mine' | 'theirs') => {
    const byField = Map.groupBy(merged.collisions, (one) => one.field);
    return Object.fromEntries(
      [...byField].map(([field, all]) => [field, all.map((one) => one[side]).join('\n\n')]),
    );
  };
  return { typed: passages('mine'), saved: passages('theirs') };
}

function waysOf({ desk, lesson, merged }: LessonView): Ways | undefined {
  if (!merged || !desk.hasDraft || !desk.mayEdit) return undefined;
  const action = lessonHref(desk.course.code, lesson.code);
  return { action, revision: lesson.revision, values: merged.ways };
}

/** The form, and on a wide screen the lesson on a phone beside it; narrower, the preview is a page of its own. */
function Writing({ view, say }: { view: LessonView; say: Say }) {
  const { desk, lesson } = view;
  if (!desk.hasDraft || !desk.mayEdit || lesson.kind === 'quiz') return <TextsForm view={view} say={say} />;
  return (
    <div class="writing">
      <div>
        <TextsForm view={view} say={say} />
      </div>
      <aside class="writing-preview" aria-label={say.t('catalogue.authorPreview')}>
        <iframe
          id="lesson-preview"
          src={lessonHref(desk.course.code, lesson.code, `/preview?language=${desk.details.language}`)}
          title={`${say.t('catalogue.authorPreview')}: ${titleOf(lesson, say.language)}`}
          loading="lazy"
        />
      </aside>
    </div>
  );
}

function TextsForm({ view, say }: { view: LessonView; say: Say }) {
  const { desk, lesson, state } = view;
  const { t } = say;
  const values = shownValues(view);
  const hasTexts = lesson.kind !== 'quiz';
  const hasFiles = hasTexts && lesson.kind !== 'text';
  return (
    <Form
      action={lessonHref(desk.course.code, lesson.code)}
      hasFiles={hasTexts}
      id="lesson-form"
      label={t('catalogue.authorTexts')}
    >
      <HiddenFields values={{ revision: stampFor(state, view.other, lesson.revision) }} />
      {hasFiles ? <EnterSaves say={say} /> : null}
      {hasFiles ? <LessonFiles {...view} say={say} /> : null}
      <Grid>
        <LanguageTexts language="hi" values={values} view={view} say={say} />
        <LanguageTexts language="en" values={values} view={view} say={say} />
      </Grid>
      {hasTexts ? (
        <div id="formatting-help">
          <FormattingHelp say={say} />
        </div>
      ) : null}
      <Times values={values} view={view} say={say} />
      {desk.mayEdit && (desk.hasDraft || state.errors.length > 0) ? (
        <ButtonRow>
          <Button name="action" value="save">
            {t(view.other ? 'catalogue.authorSaveMine' : 'common.save')}
          </Button>
          {hasTexts ? (
            <Button variant="secondary" name="action" value="preview">
              {t('catalogue.authorPreview')}
            </Button>
          ) : null}
          <Button variant="quiet" href={courseHref(desk.course.code, '/edit')}>
            {t('catalogue.authorToOutline')}
          </Button>
          <Button variant="quiet" href={lessonHref(desk.course.code, lesson.code, '/history')}>
            {t('editor.history')}
          </Button>
        </ButtonRow>
      ) : null}
      {lesson.kind === 'text' ? <LessonImages {...view} say={say} /> : null}
    </Form>
  );
}

/** The Enter key presses the first button of a form, which must not be one of the files'. */
function EnterSaves({ say }: { say: Say }) {
  return (
    <button type="submit" class="hidden-text" name="action" value="save" tabIndex={-1} aria-hidden="true">
      {say.t('common.save')}
    </button>
  );
}

/** What stands in the form: what was typed where it comes back, else what is saved. */
function shownValues({ state, isPreview, lesson, merged }: LessonView): Record<string, string> {
  if (merged) return merged.values;
  return state.errors.length > 0 || isPreview ? state.values : valuesOfLesson(lesson);
}

type PartProps = { values: Record<string, string>; view: LessonView; say: Say };

function LanguageTexts({ language, values, view, say }: PartProps & { language: 'hi' | 'en' }) {
  const { t } = say;
  const end = language === 'hi' ? 'Hi' : 'En';
  const { kind } = view.lesson;
  const field = (name: string) => ({
    name: `${name}${end}`,
    value: values[`${name}${end}`],
    error: errorFor(view.state.errors, `${name}${end}`),
    lang: language,
  });
  const isMedia = kind === 'video' || kind === 'audio' || kind === 'pdf';
  return (
    <Card title={t(language === 'hi' ? 'catalogue.authorInHindi' : 'catalogue.authorInEnglish')}>
      <TextField {...field('title')} label={t('catalogue.authorTitle')} maxLength={400} />
      {kind === 'quiz' ? null : (
        <RichTextArea
          {...field('body')}
          label={t(isMedia ? 'catalogue.authorNotes' : 'catalogue.authorBody')}
          rows={isMedia ? 5 : 18}
          isOptional={isMedia}
        />
      )}
      {kind !== 'quiz' && language === 'hi' ? (
        <p class="soft" id="reading-bodyHi">
          {readingText(values['bodyHi'] ?? '', readingWords(say))}
        </p>
      ) : null}
      {kind === 'video' || kind === 'audio' ? (
        <TextArea
          {...field('transcript')}
          label={t('catalogue.authorTranscript')}
          hint={t('catalogue.authorTranscriptHint')}
          rows={8}
        />
      ) : null}
      {isMedia ? (
        <TextArea
          {...field('alt')}
          label={t('catalogue.authorAlt')}
          hint={t('catalogue.authorAltHint')}
          rows={3}
          isOptional={kind !== 'pdf'}
        />
      ) : null}
    </Card>
  );
}

/** A recording that could be measured lasts what it lasts: there is nothing to type. */
function Times({ values, view, say }: PartProps) {
  const { t } = say;
  const { lesson, state } = view;
  const isMedia = isRecording(lesson);
  const { isWhole } = measured(lesson);
  return (
    <Card title={t('catalogue.authorTimes')}>
      {isWhole ? (
        <MeasuredLengths lesson={lesson} say={say} />
      ) : (
        <TextField
          name="durationMinutes"
          label={t('catalogue.authorMinutes')}
          hint={
            isMedia
              ? t('catalogue.authorMinutesMedia')
              : t('catalogue.authorMinutesHint', { length: lengthText(minutesByContent(lesson) * 60, say) })
          }
          value={values['durationMinutes']}
          error={errorFor(state.errors, 'durationMinutes')}
          inputmode="decimal"
          width="short"
          isOptional
        />
      )}
      {lesson.kind === 'quiz' ? null : (
        <TextField
          name="minimumSeconds"
          label={t('catalogue.authorSeconds')}
          hint={secondsHint(lesson, say)}
          value={values['minimumSeconds']}
          error={errorFor(state.errors, 'minimumSeconds')}
          inputmode="numeric"
          width="short"
          isOptional
        />
      )}
      {isMedia || lesson.kind === 'pdf' ? (
        <TextField
          name="seenPercent"
          label={t(isMedia ? 'media.shareSeen' : 'media.sharePages')}
          hint={t('media.shareHint')}
          value={values['seenPercent']}
          error={errorFor(state.errors, 'seenPercent')}
          inputmode="numeric"
          width="short"
          isOptional
        />
      ) : null}
    </Card>
  );
}

function MeasuredLengths({ lesson, say }: { lesson: LessonRow; say: Say }) {
  const rows = lesson.contents.flatMap((content) =>
    content.fileSeconds
      ? [{ label: languageLabel(content.language, say), value: lengthText(content.fileSeconds, say) }]
      : [],
  );
  return (
    <>
      <SummaryList rows={rows} />
      <p class="soft">{say.t('catalogue.authorMeasured')}</p>
    </>
  );
}

function secondsHint(lesson: LessonRow, say: Say): string {
  const byLanguage = lesson.contents.flatMap((content) =>
    isRecording(lesson) && content.fileSeconds
      ? [
          `${languageLabel(content.language, say)} ${defaultMinimum(lesson, content.fileSeconds / 60)} ${say.t('catalogue.authorSecondsUnit')}`,
        ]
      : [],
  );
  if (byLanguage.length > 0)
    return say.t('catalogue.authorSecondsMeasured', { seconds: byLanguage.join(' · ') });
  const key = isRecording(lesson) ? 'catalogue.authorSecondsMedia' : 'catalogue.authorSecondsHint';
  return say.t(key, { seconds: defaultMinimum(lesson, lesson.durationMinutes) });
}

/** Pictures from elsewhere are not shown: said once, with their addresses. */
function ForeignImages({ values, say }: { values: Record<string, string>; say: Say }) {
  const found = ['bodyHi', 'bodyEn'].flatMap((name) => imagesIn(values[name] ?? '').foreign);
  if (found.length === 0) return null;
  return (
    <Notice tone="needs-you" title={say.t('catalogue.authorForeignImages')}>
      <p>{say.t('catalogue.authorForeignAdvice')}</p>
      <ul>
        {[...new Set(found)].map((address) => (
          <li key={address} class="code">
            {address}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function labels({ t }: Say): Record<string, string> {
  const inBoth = (name: string, label: string) => ({
    [`${name}Hi`]: `${label} (${t('catalogue.authorHindi')})`,
    [`${name}En`]: `${label} (${t('catalogue.authorEnglish')})`,
  });
  return {
    ...inBoth('title', t('catalogue.authorTitle')),
    ...inBoth('body', t('catalogue.authorBody')),
    ...inBoth('transcript', t('catalogue.authorTranscript')),
    ...inBoth('alt', t('catalogue.authorAlt')),
    durationMinutes: t('catalogue.authorMinutes'),
    minimumSeconds: t('catalogue.authorSeconds'),
    seenPercent: t('media.shareSeen'),
  };
}

/** What is typed, as it would be read; nothing is saved yet. */
function Preview({ values, say: { t } }: { values: Record<string, string>; say: Say }) {
  return (
    <Card title={t('catalogue.authorPreview')} lead={t('catalogue.authorNotSaved')}>
      <Grid>
        {(['hi', 'en'] as const).map((language) => {
          const source = values[language === 'hi' ? 'bodyHi' : 'bodyEn'];
          return source?.trim() ? (
            <div
              key={language}
              class="prose"
              lang={language}
              dangerouslySetInnerHTML={{ __html: renderMarkdown(source) }}
            />
          ) : null;
        })}
      </Grid>
    </Card>
  );
}

function FormattingHelp({ say: { t } }: { say: Say }) {
  const rows = [
    ['## शीर्षक', t('catalogue.authorHelpHeading')],
    ['**मोटा**', t('catalogue.authorHelpBold')],
    ['- बिंदु', t('catalogue.authorHelpList')],
    ['1. क्रम', t('catalogue.authorHelpOrdered')],
    ['[शब्द](https://…)', t('catalogue.authorHelpLink')],
    ['> उद्धरण', t('catalogue.authorHelpQuote')],
    ['![विवरण](/media/…)', t('catalogue.authorHelpImage')],
  ];
  return (
    <Details summary={t('catalogue.authorHelp')}>
      <dl class="summary-list">
        {rows.map(([sign, meaning]) => (
          <div key={sign}>
            <dt>
              <code>{sign}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p class="soft">{t('catalogue.authorHelpNoHtml')}</p>
    </Details>
  );
}

function PlaceForm({ desk, lesson, say: { t } }: { desk: CourseDesk; lesson: LessonRow; say: Say }) {
  const code = desk.course.code;
  return (
    <Card title={t('catalogue.authorOrder')}>
      <Form action={lessonHref(code, lesson.code, '/position')}>
        <TextField
          name="place"
          label={t('catalogue.authorPlace', { total: desk.lessons.length })}
          value={String(desk.lessons.indexOf(lesson) + 1)}
          inputmode="numeric"
          width="short"
        />
        <ButtonRow>
          <Button variant="secondary">{t('catalogue.authorMoveThere')}</Button>
          <Button variant="quiet" href={lessonHref(code, lesson.code, '/removal')}>
            {t('catalogue.authorRemoveLesson')}
          </Button>
        </ButtonRow>
      </Form>
    </Card>
  );
}

/** The heading from this lesson on; a blank one takes it away. */
function ModuleForm({ desk, lesson, say: { t } }: { desk: CourseDesk; lesson: LessonRow; say: Say }) {
  return (
    <Card title={t('editor.module')} lead={t('editor.moduleLead')}>
      <Form action={lessonHref(desk.course.code, lesson.code, '/module')}>
        <TextField
          name="moduleHi"
          label={t('editor.moduleHi')}
          value={lesson.moduleHi ?? ''}
          lang="hi"
          maxLength={200}
          isOptional
        />
        <TextField
          name="moduleEn"
          label={t('editor.moduleEn')}
          value={lesson.moduleEn ?? ''}
          lang="en"
          maxLength={200}
          isOptional
        />
        <Button variant="secondary">{t('editor.setModule')}</Button>
      </Form>
    </Card>
  );
}
