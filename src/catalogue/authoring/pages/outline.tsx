import type { FormState } from '../../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  type Column,
  DataTable,
  Details,
  EmptyState,
  errorFor,
  Form,
  RadioGroup,
  Tag,
  TextField,
} from '../../../shell/index.ts';
import { assetUrl } from '../../../shell/site/index.ts';
import type { LessonRow } from '../../course-store.ts';
import { lessonKinds } from '../../schema.ts';
import type { CourseDesk } from '../course-desk.ts';
import { modulesOf } from '../set-module.ts';
import {
  courseHref,
  kindLabel,
  lengthText,
  lessonBytes,
  lessonHref,
  lightBytes,
  megabytesText,
  type Say,
  titleOf,
} from './words.ts';

type Props = { desk: CourseDesk; state: FormState; say: Say };

export function Outline({ desk, state, say }: Props) {
  const { t } = say;
  const canEdit = desk.hasDraft && desk.mayEdit;
  const modules = desk.lessons.length > 0 ? modulesOf(desk.lessons) : [{ hi: null, en: null, lessons: [] }];
  return (
    <>
      <Card title={t('catalogue.authorLessons')} id="lessons">
        {canEdit && desk.lessons.length > 1 ? <DragWords say={say} /> : null}
        {modules.map((module) => (
          <LessonTable key={module.lessons[0]?.code ?? ''} desk={desk} module={module} say={say} />
        ))}
        {canEdit ? <Removed desk={desk} say={say} /> : null}
      </Card>
      {canEdit ? <AddLesson desk={desk} state={state} say={say} /> : null}
    </>
  );
}

type Module = ReturnType<typeof modulesOf<LessonRow>>[number];

/** The lessons of one module; without modules there is one table and no heading. */
function LessonTable({ desk, module, say }: { desk: CourseDesk; module: Module; say: Say }) {
  const { t, language } = say;
  const title = (language === 'en' ? module.en : module.hi) ?? module.hi ?? module.en;
  return (
    <DataTable
      caption={title ?? t('catalogue.authorLessons')}
      isCaptionHidden={!title}
      isCountHidden
      rows={module.lessons}
      rowKey={(lesson) => lesson.code}
      columns={columns(desk, say)}
      empty={
        <EmptyState icon="text" title={t('catalogue.authorNoLessons')} headingLevel={3}>
          {t('catalogue.authorNoLessonsText')}
        </EmptyState>
      }
    />
  );
}

/** For the island that lets lessons be dragged; the buttons beside each lesson work without it. */
function DragWords({ say: { t } }: { say: Say }) {
  return (
    <>
      <link rel="stylesheet" href={assetUrl('outline-drag.css')} />
      <script type="module" src={assetUrl('outline-drag.js')} />
      <div id="outline-words" data-drag={t('editor.drag')} data-hint={t('editor.dragHint')} hidden />
    </>
  );
}

/** What was taken out can be put back. */
function Removed({ desk, say }: { desk: CourseDesk; say: Say }) {
  if (desk.removed.length === 0) return null;
  const { t, language } = say;
  return (
    <div id="removed">
      <Details summary={t('editor.removedLessons', { n: desk.removed.length })} isOpen>
        {desk.removed.map((lesson) => (
          <Form
            key={lesson.id}
            action={lessonHref(desk.course.code, lesson.code, `/history/${lesson.id}/restoration`)}
          >
            <ButtonRow>
              <span>{titleOf(lesson, language)}</span>
              <Button variant="quiet">
                {t('editor.putBack')}
                <span class="hidden-text">: {titleOf(lesson, language)}</span>
              </Button>
              <a href={lessonHref(desk.course.code, lesson.code, '/history')}>{t('editor.history')}</a>
            </ButtonRow>
          </Form>
        ))}
      </Details>
    </div>
  );
}

function columns(desk: CourseDesk, say: Say): Column<LessonRow>[] {
  const { t, language } = say;
  const code = desk.course.code;
  const faulty = new Set(desk.missing.map((part) => part.lesson));
  const shown: Column<LessonRow>[] = [
    {
      key: 'title',
      label: t('catalogue.authorLesson'),
      kind: 'link',
      isRowHeading: true,
      value: (lesson) => `${desk.lessons.indexOf(lesson) + 1}. ${titleOf(lesson, language)}`,
      href: (lesson) => lessonHref(code, lesson.code),
    },
    {
      key: 'kind',
      label: t('catalogue.authorKind'),
      value: (lesson) => <KindAndState lesson={lesson} say={say} isFaulty={faulty.has(lesson.code)} />,
    },
    {
      key: 'minutes',
      label: t('editor.length'),
      value: (lesson) => lengthText(lesson.durationMinutes * 60, say),
    },
  ];
  if (!desk.hasDraft || !desk.mayEdit) return shown;
  return [
    ...shown,
    {
      key: 'place',
      label: t('catalogue.authorOrder'),
      kind: 'actions',
      value: (lesson) => <Place desk={desk} lesson={lesson} say={say} />,
    },
  ];
}

function KindAndState({ lesson, isFaulty, say }: { lesson: LessonRow; isFaulty: boolean; say: Say }) {
  const bytes = lessonBytes(lesson);
  return (
    <>
      {kindLabel(lesson.kind, say)}
      {bytes > 0 ? ` · ${megabytesText(bytes)}` : ''}{' '}
      {isFaulty ? <Tag tone="due">{say.t('catalogue.authorIncomplete')}</Tag> : null}
      {bytes > lightBytes ? <Tag>{say.t('catalogue.authorHeavy')}</Tag> : null}
    </>
  );
}

function Place({ desk, lesson, say: { t, language } }: { desk: CourseDesk; lesson: LessonRow; say: Say }) {
  const code = desk.course.code;
  const index = desk.lessons.indexOf(lesson);
  const forEar = <span class="hidden-text">: {titleOf(lesson, language)}</span>;
  return (
    <Form action={lessonHref(code, lesson.code, '/position')}>
      <ButtonRow>
        {index > 0 ? (
          <Button variant="quiet" name="step" value="up">
            {t('catalogue.authorUp')}
            {forEar}
          </Button>
        ) : null}
        {index < desk.lessons.length - 1 ? (
          <Button variant="quiet" name="step" value="down">
            {t('catalogue.authorDown')}
            {forEar}
          </Button>
        ) : null}
        <Button variant="quiet" href={lessonHref(code, lesson.code, '/removal')}>
          {t('catalogue.authorRemove')}
          {forEar}
        </Button>
      </ButtonRow>
    </Form>
  );
}

function AddLesson({ desk, state, say }: Props) {
  const { t } = say;
  return (
    <Card title={t('catalogue.authorAddLesson')} lead={t('catalogue.authorAddLessonLead')}>
      <Form action={courseHref(desk.course.code, '/lessons')}>
        <RadioGroup
          name="kind"
          label={t('catalogue.authorKind')}
          isInline
          value={state.values['kind'] ?? 'text'}
          error={errorFor(state.errors, 'kind')}
          options={lessonKinds.map((kind) => ({ value: kind, label: kindLabel(kind, say) }))}
        />
        <TextField
          name="titleHi"
          label={t('catalogue.authorTitleHi')}
          value={state.values['titleHi']}
          error={errorFor(state.errors, 'titleHi')}
          lang="hi"
          maxLength={400}
        />
        <TextField
          name="titleEn"
          label={t('catalogue.authorTitleEn')}
          value={state.values['titleEn']}
          lang="en"
          maxLength={400}
          isOptional
        />
        <Button variant="secondary" icon="plus">
          {t('catalogue.authorAddLesson')}
        </Button>
      </Form>
    </Card>
  );
}
