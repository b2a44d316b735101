import type { FormState } from '../../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  errorFor,
  FileField,
  Grid,
  Notice,
  SummaryList,
} from '../../../shell/index.ts';
import { assetUrl } from '../../../shell/site/index.ts';
import { captionsHref } from '../../captions/captions-page.tsx';
import type { ContentRow, LessonRow } from '../../course-store.ts';
import { isRecording } from '../../lesson-times.ts';
import type { RenditionRow } from '../../renditions/rendition-store.ts';
import { type FileKind, largestBytes } from '../../save-file.ts';
import { uploadWords } from '../../uploads/words.ts';
import type { CourseDesk } from '../course-desk.ts';
import type { FileSlot } from '../file-slots.ts';
import { contentOf } from '../save-lesson.ts';
import { lengthText, lightBytes, megabytesText, type Say } from './words.ts';

export type FileNames = Map<string, { name: string; bytes: number; contentType: string }>;

type Props = {
  desk: CourseDesk;
  lesson: LessonRow;
  files: FileNames;
  renditions: RenditionRow[];
  state: FormState;
  say: Say;
};

const endings: Record<string, string> = {
  video: '.mp4,.webm',
  audio: '.mp3,.m4a,.ogg,.wav',
  pdf: '.pdf',
  captions: '.vtt,.srt',
};

/** How the content types of each kind begin: the island says at once when a file is something else. */
const types: Record<string, string> = {
  video: 'video/',
  audio: 'audio/',
  pdf: 'application/pdf',
  captions: 'text/vtt',
};

/** The files of a lesson in each language, fields of the lesson's own form; what is attached shows its weight. */
export function LessonFiles(props: Props) {
  const { t } = props.say;
  const slots: FileSlot['slot'][] = props.lesson.kind === 'pdf' ? ['file'] : ['file', 'captions'];
  return (
    <div id="files" data-upload-words={wordsOf(uploadWords, props.say)}>
      <link rel="stylesheet" href={assetUrl('lesson-upload.css')} />
      <Grid>
        {(['hi', 'en'] as const).map((language) => (
          <Card
            key={language}
            title={t(language === 'hi' ? 'catalogue.authorFilesHi' : 'catalogue.authorFilesEn')}
          >
            {slots.map((slot) => (
              <Slot key={slot} {...props} slot={slot} language={language} />
            ))}
          </Card>
        ))}
      </Grid>
    </div>
  );
}

function Slot(props: Props & FileSlot) {
  const { desk, lesson, files, language, slot, say } = props;
  const { t } = say;
  const content = contentOf(lesson, language);
  const fileId = slot === 'file' ? content.fileId : content.captionsFileId;
  const file = fileId ? files.get(fileId) : undefined;
  const canEdit = desk.hasDraft && desk.mayEdit;
  return (
    <>
      {fileId && file ? <Attached {...props} fileId={fileId} file={file} /> : null}
      {!file && slot === 'file' && content.assetReference ? (
        <p>{t('catalogue.authorStillToCome', { name: content.assetReference })}</p>
      ) : null}
      {canEdit ? <UploadField {...props} hasFile={file !== undefined} /> : null}
      {canEdit && slot === 'captions' && !fileId ? (
        <Button variant="quiet" href={captionsHref(desk.course.code, lesson.code, { language })}>
          {t('workflow.writeCaptions')}
        </Button>
      ) : null}
    </>
  );
}

function Attached(props: Props & FileSlot & { fileId: string; file: { name: string; bytes: number } }) {
  const { desk, lesson, language, slot, fileId, file, say } = props;
  const content = contentOf(lesson, language);
  const seconds = slot === 'file' ? content.fileSeconds : undefined;
  const isUnread = slot === 'file' && isRecording(lesson) && !seconds && content.fileExaminedAt;
  const { t } = say;
  return (
    <>
      <SummaryList
        rows={[
          {
            label: t(slot === 'file' ? 'catalogue.authorFile' : 'catalogue.authorCaptions'),
            value: (
              <>
                <a href={`/media/${fileId}`}>{file.name}</a> · {megabytesText(file.bytes)}
                {seconds ? ` · ${lengthText(seconds, say)}` : ''}
              </>
            ),
          },
        ]}
      />
      {slot === 'file' && Math.min(file.bytes, ...ownSizes(props.renditions, fileId)) > lightBytes ? (
        <Notice tone="needs-you">
          <p>{t('catalogue.authorHeavyText', { size: megabytesText(file.bytes) })}</p>
        </Notice>
      ) : null}
      {slot === 'file' && isRecording(lesson) ? <Renditions {...props} /> : null}
      {slot === 'file' && lesson.kind === 'pdf' ? <Pages content={content} say={say} /> : null}
      {isUnread ? (
        <Notice tone="needs-you" title={t('catalogue.authorUnread')}>
          <p>{t('catalogue.authorUnreadAdvice')}</p>
        </Notice>
      ) : null}
      {desk.hasDraft && desk.mayEdit ? (
        <Button variant="quiet" name="action" value={`detach-${slot}-${language}`}>
          {t('catalogue.authorDetach')}
          <span class="hidden-text">: {file.name}</span>
        </Button>
      ) : null}
      {slot === 'captions' ? (
        <Button variant="quiet" href={captionsHref(desk.course.code, lesson.code, { language })}>
          {t('workflow.captions')}
        </Button>
      ) : null}
      {slot === 'captions' && desk.hasDraft && desk.mayEdit && !content.transcript?.trim() ? (
        <Button variant="quiet" name="action" value={`transcript-${language}`}>
          {t('media.makeTranscript')}
        </Button>
      ) : null}
    </>
  );
}

function wordsOf(keys: typeof uploadWords, { t }: Say): string {
  return JSON.stringify(Object.fromEntries(keys.map((key) => [key, t(`media.${key}`)])));
}

function ownSizes(renditions: RenditionRow[], fileId: string): number[] {
  return renditions.flatMap((one) => (one.fileId === fileId && one.bytes ? [one.bytes] : []));
}

/** The lighter copies of a recording, and how far they are; said plainly where none can be made. */
function Renditions({ renditions, fileId, desk, say }: Props & { fileId: string }) {
  const { t } = say;
  const own = renditions.filter((one) => one.fileId === fileId);
  if (own.length === 0) return <p class="soft">{t('media.onlyOriginal')}</p>;
  const fault = own.find((one) => one.state === 'failed');
  return (
    <>
      <SummaryList
        rows={own.map((one) => ({
          label: t(`media.${one.kind}`),
          value:
            one.state === 'made'
              ? megabytesText(one.bytes ?? 0)
              : t(`media.rendition_${one.state}`, { percent: one.progress }),
        }))}
      />
      {fault ? (
        <Notice tone="needs-you" title={t('media.copyFailed')}>
          <p>{t('media.copyFailedWhy', { reason: fault.fault || t('media.noReason') })}</p>
          {desk.hasDraft && desk.mayEdit ? (
            <Button variant="secondary" name="action" value={`retry-${fileId}`}>
              {t('media.again')}
            </Button>
          ) : null}
        </Notice>
      ) : null}
    </>
  );
}

/** How many pages a PDF has and how many are drawn for the phone; or why they cannot be read. */
function Pages({ content, say: { t } }: { content: ContentRow; say: Say }) {
  const { filePages: count, drawnPages: drawn = 0, pagesFault } = content;
  if (pagesFault)
    return (
      <Notice tone="needs-you" title={t('media.pagesUnread')}>
        <p>{t(pagesFault === 'locked' ? 'media.pdfLocked' : 'media.pdfUnreadable')}</p>
      </Notice>
    );
  return count ? <p class="soft">{t('media.pagesDrawn', { count, drawn })}</p> : null;
}

/** Sends the whole lesson: what is typed above is saved with the file. */
function UploadField(props: Props & FileSlot & { hasFile: boolean }) {
  const { lesson, language, slot, hasFile, state, say } = props;
  const { t } = say;
  const name = `${slot}-${language}`;
  const kind: FileKind = slot === 'captions' ? 'captions' : (lesson.kind as FileKind);
  const label = slot === 'captions' ? 'catalogue.authorUploadCaptions' : 'catalogue.authorUploadFile';
  return (
    <>
      <div data-megabytes={largestBytes[kind] / 1_000_000} data-type={types[kind]}>
        <FileField
          name={name}
          label={t(hasFile ? 'catalogue.authorReplaceFile' : label)}
          accept={endings[kind]}
          maximumMegabytes={largestBytes[kind] / 1_000_000}
          error={errorFor(state.errors, name)}
        />
      </div>
      <ButtonRow>
        <Button variant="secondary" icon="upload" name="action" value={`upload-${name}`}>
          {t('catalogue.authorUpload')}
        </Button>
      </ButtonRow>
    </>
  );
}
