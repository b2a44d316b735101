import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDayTime } from '../../../kernel/dates.ts';
import { Button, ButtonRow, Card, DataTable, EmptyState, Form, PageHeading } from '../../../shell/index.ts';
import { assetUrl, sendPage } from '../../../shell/site/index.ts';
import { renderMarkdown } from '../../markdown.ts';
import type { CourseDesk } from '../course-desk.ts';
import { type LessonValues, valuesOfLesson } from '../lesson-values.ts';
import { markedHtml, plainHtml } from '../marked-html.ts';
import type { RevisionAction, RevisionLine } from '../stores/revisions.ts';
import { frameOf } from './publication-page.tsx';
import { lessonHref, type Say, sayOf, titleOf } from './words.ts';

type View = { desk: CourseDesk; lesson: string; lines: RevisionLine[] };

const actionKeys = {
  begun: 'editor.wasBegun',
  saved: 'editor.wasSaved',
  autosaved: 'editor.wasAutosaved',
  merged: 'editor.wasMerged',
  restored: 'editor.wasRestored',
  removed: 'editor.wasRemoved',
  aside: 'editor.wasAside',
} as const satisfies Record<RevisionAction, string>;

/** Every state of a lesson's draft: who, when, what kind of change. */
export function sendHistory(request: FastifyRequest, reply: FastifyReply, { desk, lesson, lines }: View) {
  const say = sayOf(request);
  const { t } = say;
  return sendPage(
    request,
    reply,
    { ...frameOf(desk, say), title: t('editor.history') },
    <>
      <PageHeading
        title={t('editor.history')}
        lead={lines[0] ? titleOf(lines[0].snapshot, say.language) : ''}
      />
      <DataTable
        caption={t('editor.history')}
        isCaptionHidden
        isCountHidden
        rows={lines}
        rowKey={(line) => line.id}
        columns={[
          {
            key: 'at',
            label: t('editor.when'),
            kind: 'link',
            isRowHeading: true,
            value: (line) => formatDayTime(line.at, say.language),
            href: (line) => lessonHref(desk.course.code, lesson, `/history/${line.id}`),
          },
          { key: 'who', label: t('editor.who'), value: (line) => nameOf(line, say) },
          { key: 'what', label: t('editor.what'), value: (line) => t(actionKeys[line.action]) },
        ]}
        empty={
          <EmptyState icon="clock" title={t('editor.noHistory')}>
            {t('editor.noHistoryText')}
          </EmptyState>
        }
      />
      <ButtonRow>
        <Button variant="secondary" href={lessonHref(desk.course.code, lesson)}>
          {t('editor.toLesson')}
        </Button>
      </ButtonRow>
    </>,
  );
}

function nameOf(line: RevisionLine, { t, language }: Say): string {
  return (language === 'en' ? line.nameEn : line.nameHi) ?? line.nameHi ?? t('catalogue.authorSomebody');
}

type StateView = { desk: CourseDesk; lesson: string; line: RevisionLine; before: RevisionLine | undefined };

/** One state: what changed in it, word by word, and the way to bring it back. */
export function sendState(request: FastifyRequest, reply: FastifyReply, view: StateView) {
  const say = sayOf(request);
  const { t } = say;
  const { desk, lesson, line, before } = view;
  const now = valuesOfLesson(line.snapshot);
  const old: LessonValues = before ? valuesOfLesson(before.snapshot) : {};
  const changed = Object.keys(now).filter((field) => now[field] !== (old[field] ?? ''));
  return sendPage(
    request,
    reply,
    { ...frameOf(desk, say), title: t('editor.state') },
    <>
      <PageHeading
        title={t('editor.state')}
        lead={`${formatDayTime(line.at, say.language)} · ${nameOf(line, say)} · ${t(actionKeys[line.action])}`}
      />
      <link rel="stylesheet" href={assetUrl('compare.css')} />
      {changed.length === 0 ? (
        <p>{t('editor.noDifference')}</p>
      ) : (
        <p class="compared">
          <ins>{t('editor.added')}</ins> · <del>{t('editor.takenOut')}</del>
        </p>
      )}
      {changed.map((field) => (
        <Card key={field} title={fieldLabel(field, say)}>
          <Difference field={field} old={old[field] ?? ''} text={now[field] ?? ''} />
        </Card>
      ))}
      <ButtonRow>
        {desk.hasDraft && desk.mayEdit ? (
          <Form action={lessonHref(desk.course.code, lesson, `/history/${line.id}/restoration`)}>
            <Button>{t('editor.restore')}</Button>
          </Form>
        ) : null}
        <Button variant="secondary" href={lessonHref(desk.course.code, lesson, '/history')}>
          {t('editor.toHistory')}
        </Button>
      </ButtonRow>
    </>,
  );
}

/** The lesson as it was then, with what was put in and taken out marked in it. */
function Difference({ field, old, text }: { field: string; old: string; text: string }) {
  const html = (source: string) => (field.startsWith('body') ? renderMarkdown(source) : plainHtml(source));
  const marked = { __html: markedHtml(html(old), html(text)) };
  return (
    <div class="prose compared" lang={field.endsWith('En') ? 'en' : 'hi'} dangerouslySetInnerHTML={marked} />
  );
}

function fieldLabel(field: string, { t }: Say): string {
  const names: Record<string, string> = {
    title: t('catalogue.authorTitle'),
    body: t('catalogue.authorBody'),
    transcript: t('catalogue.authorTranscript'),
    alt: t('catalogue.authorAlt'),
    durationMinutes: t('catalogue.authorMinutes'),
    minimumSeconds: t('catalogue.authorSeconds'),
    seenPercent: t('media.shareSeen'),
  };
  const [, name = field, end] = /^(.*?)(Hi|En)$/.exec(field) ?? [];
  const language = end === 'En' ? t('catalogue.authorEnglish') : t('catalogue.authorHindi');
  return end ? `${names[name] ?? name} (${language})` : (names[field] ?? field);
}
