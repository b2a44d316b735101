import { pick } from '../../../kernel/i18n.ts';
import { directionOf } from '../../../kernel/languages.ts';
import { Button, ButtonRow, Card, Details, Notice, SummaryList, Tag } from '../../../shell/index.ts';
import { contentIn } from '../../content.ts';
import type { ContentRow, LessonRow } from '../../course-store.ts';
import { keyText } from '../../key-text.ts';
import type { Question } from '../../quiz.ts';
import type { InSource } from '../../translation/translated-course.ts';
import { questionKindLabel } from './quiz-part.tsx';
import { languageLabel, megabytesText, type Say, titleOf } from './words.ts';

type Props = { lesson: LessonRow & { inSource?: InSource }; language: string; say: Say };

/** A lesson as a learner meets it, with the key of its questions, which only authors see. */
export function LessonContent({ lesson, language, say }: Props) {
  if (lesson.kind === 'quiz')
    return (
      <div lang={language} dir={directionOf(language)}>
        <QuizContent lesson={lesson} say={say} />
      </div>
    );
  const { inSource } = lesson;
  const bodyIn = inSource && !inSource.body ? language : (inSource?.from ?? '');
  const content = contentIn(lesson, language);
  if (!content)
    return (
      <Notice tone="needs-you">
        <p>{say.t('catalogue.authorNoContent')}</p>
      </Notice>
    );
  const isNotYet = inSource?.title || inSource?.body;
  const lang = inSource ? bodyIn : content.language;
  return (
    <>
      {isNotYet && inSource ? (
        <Notice>
          <p>{say.t('workflow.previewLeft', { language: languageLabel(inSource.from, say) })}</p>
        </Notice>
      ) : null}
      {inSource || content.language === language ? null : (
        <Notice>
          <p>{say.t('catalogue.authorOnlyIn', { language: languageLabel(content.language, say) })}</p>
        </Notice>
      )}
      <Media lesson={lesson} content={content} say={say} />
      {content.bodyHtml ? (
        <Card>
          <div
            class="prose"
            lang={lang}
            dir={directionOf(lang)}
            dangerouslySetInnerHTML={{ __html: content.bodyHtml }}
          />
        </Card>
      ) : null}
      {content.transcript ? (
        <Card>
          <Details summary={say.t('catalogue.authorTranscript')}>
            {content.transcript
              .split(/\n+/)
              .filter((text) => text.trim())
              .map((text) => (
                <p key={text}>{text}</p>
              ))}
          </Details>
        </Card>
      ) : null}
    </>
  );
}

function Media({ lesson, content, say }: { lesson: LessonRow; content: ContentRow; say: Say }) {
  if (!content.fileId) return null;
  const src = `/media/${content.fileId}`;
  const label = titleOf(lesson, content.language === 'en' ? 'en' : 'hi');
  const captions = content.captionsFileId ? (
    <track
      kind="captions"
      src={`/media/${content.captionsFileId}`}
      srclang={content.language}
      label={languageLabel(content.language, say)}
    />
  ) : null;
  if (lesson.kind === 'video')
    return (
      // biome-ignore lint/a11y/useMediaCaption: captions stand where there are some; else the transcript does
      <video class="lesson-media" controls preload="metadata" src={src} aria-label={label}>
        {captions}
      </video>
    );
  if (lesson.kind === 'audio')
    return (
      // biome-ignore lint/a11y/useMediaCaption: captions stand where there are some; else the transcript does
      <audio class="lesson-media" controls preload="metadata" src={src} aria-label={label}>
        {captions}
      </audio>
    );
  return (
    <>
      {content.altText ? <p>{content.altText}</p> : null}
      <ButtonRow>
        <Button href={src} icon="pdf" variant="secondary">
          {say.t('catalogue.authorOpenPdf', { size: megabytesText(content.fileBytes ?? 0) })}
        </Button>
      </ButtonRow>
    </>
  );
}

function QuizContent({ lesson, say }: { lesson: LessonRow; say: Say }) {
  const questions = lesson.quiz?.questions ?? [];
  return (
    <>
      <Notice>
        <p>{say.t('catalogue.authorKeyNotice')}</p>
      </Notice>
      {questions.map((question, index) => (
        <Card key={question.code} title={`${index + 1}. ${pick(question.text, say.language)}`}>
          <p class="soft">{questionKindLabel(question.kind, say)}</p>
          <Key question={question} say={say} />
          {question.explanation ? (
            <Details summary={say.t('catalogue.authorExplanation')} isOpen>
              <p>{pick(question.explanation, say.language)}</p>
            </Details>
          ) : null}
        </Card>
      ))}
    </>
  );
}

function Key({ question, say }: { question: Question; say: Say }) {
  const { t, language } = say;
  if (question.kind === 'numeric')
    return (
      <SummaryList
        rows={[
          { label: t('catalogue.authorRightNumber'), value: question.answer },
          { label: t('catalogue.authorTolerance'), value: question.tolerance },
        ]}
      />
    );
  if (question.kind === 'ordering')
    return (
      <>
        <p class="soft">{t('catalogue.authorOrderKey')}</p>
        <ol class="summary-list">
          {question.items.map((item, index) => (
            <li key={item.code}>
              {index + 1}. {pick(item.text, language)}
            </li>
          ))}
        </ol>
      </>
    );
  if (question.kind !== 'single' && question.kind !== 'multiple')
    return <p class="soft">{t('assessment.rightIs', { text: keyText(question, language) })}</p>;
  return (
    <ul class="summary-list">
      {question.options.map((option) => (
        <li key={option.code}>
          {pick(option.text, language)}{' '}
          {option.correct ? <Tag tone="done">{t('catalogue.authorRight')}</Tag> : null}
        </li>
      ))}
    </ul>
  );
}
