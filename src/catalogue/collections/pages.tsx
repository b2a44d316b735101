import type { FormState } from '../../kernel/http/answer-form.ts';
import { type Language, pick, type Translate } from '../../kernel/i18n.ts';
import {
  Button,
  Card,
  CourseCard,
  CourseList,
  DataTable,
  EmptyState,
  ErrorSummary,
  errorFor,
  FormPage,
  Notice,
  PageHeading,
  RadioGroup,
  Tag,
  TextArea,
  TextField,
} from '../../shell/index.ts';
import { ChosenCourses, OfferedCourses } from '../course-list/picker.tsx';
import type { FoundCourse } from '../stores/course-search.ts';
import type { CollectedCourse, CollectionRow } from './store.ts';

type Say = { t: Translate; language: Language };
export const collectionHref = (code: string) => `/collections/${encodeURIComponent(code)}`;
export const editHref = (code: string) => `/office/collections/${encodeURIComponent(code)}`;
export const titleIn = (row: { titleHi: string | null; titleEn: string | null }, language: Language) =>
  pick({ hi: row.titleHi ?? '', en: row.titleEn ?? '' }, language);

/** Lists of courses in an order, for everybody. */
export function CollectionsPage({ rows, say: { t, language } }: { rows: CollectionRow[]; say: Say }) {
  return (
    <>
      <PageHeading title={t('catalogue.collections')} lead={t('catalogue.collectionsLead')} />
      {rows.length === 0 ? (
        <EmptyState
          title={t('catalogue.collectionsNone')}
          icon="course"
          action={<Button href="/courses">{t('catalogue.title')}</Button>}
        >
          {t('catalogue.collectionsNoneAdvice')}
        </EmptyState>
      ) : (
        <Card>
          <CourseList>
            {rows.map((row) => (
              <CourseCard
                headingLevel={2}
                key={row.code}
                title={titleIn(row, language)}
                href={collectionHref(row.code)}
                detail={[
                  t('catalogue.count', { n: row.courses }),
                  pick({ hi: row.officeHi ?? '', en: row.officeEn ?? '' }, language),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              />
            ))}
          </CourseList>
        </Card>
      )}
    </>
  );
}

type OneProps = { row: CollectionRow; courses: CollectedCourse[]; mayEdit: boolean; say: Say };

export function CollectionPage({ row, courses, mayEdit, say: { t, language } }: OneProps) {
  const summary = pick({ hi: row.summaryHi ?? '', en: row.summaryEn ?? '' }, language);
  return (
    <>
      <PageHeading
        title={titleIn(row, language)}
        lead={summary || undefined}
        actions={
          mayEdit ? (
            <Button href={editHref(row.code)} variant="secondary">
              {t('catalogue.collectionEdit')}
            </Button>
          ) : null
        }
      />
      {courses.length === 0 ? (
        <EmptyState title={t('catalogue.collectionNothing')} icon="course">
          {t(mayEdit ? 'catalogue.collectionEmpty' : 'catalogue.collectionsNoneAdvice')}
        </EmptyState>
      ) : (
        <Card title={t('catalogue.collectionOrder')}>
          <CourseList>
            {courses.map((course, at) => (
              <CourseCard
                key={course.code}
                title={`${at + 1}. ${titleIn(course, language)}`}
                href={`/courses/${encodeURIComponent(course.code)}`}
                minutes={course.durationMinutes || undefined}
                languages={course.languages}
              />
            ))}
          </CourseList>
        </Card>
      )}
    </>
  );
}

export function CollectionDesk({ rows, say: { t, language } }: { rows: CollectionRow[]; say: Say }) {
  return (
    <>
      <PageHeading
        title={t('catalogue.collections')}
        lead={t('catalogue.collectionsLead')}
        actions={<Button href="/office/collections/new">{t('catalogue.collectionNew')}</Button>}
      />
      <DataTable
        caption={t('catalogue.collections')}
        isCaptionHidden
        rows={rows}
        rowKey={(row) => row.code}
        empty={
          <EmptyState title={t('catalogue.collectionsNone')} icon="course">
            {t('catalogue.collectionDeskNone')}
          </EmptyState>
        }
        columns={[
          {
            key: 'title',
            label: t('catalogue.collectionTitle'),
            kind: 'link',
            isRowHeading: true,
            value: (row) => titleIn(row, language),
            href: (row) => editHref(row.code),
          },
          {
            key: 'courses',
            label: t('catalogue.collectionCourses'),
            kind: 'number',
            value: (row) => row.courses,
          },
          {
            key: 'state',
            label: t('catalogue.collectionState'),
            value: (row) => t(`catalogue.collection_${row.state}`),
          },
        ]}
      />
    </>
  );
}

type FormProps = { code?: string; values: Record<string, string>; state: FormState; say: Say };

/** What a collection says of itself; its courses have a page of their own. */
export function CollectionForm({ code, values, state, say }: FormProps) {
  const { t } = say;
  const field = (name: string) => ({ name, value: values[name], error: errorFor(state.errors, name) });
  return (
    <FormPage
      title={t(code ? 'catalogue.collectionDetails' : 'catalogue.collectionNew')}
      lead={code ?? t('catalogue.collectionNewLead')}
      action={code ? editHref(code) : '/office/collections'}
      submit={t(code ? 'common.save' : 'catalogue.collectionGoOn')}
      cancelHref={code ? editHref(code) : '/office/collections'}
      state={state}
    >
      {code ? null : (
        <TextField
          {...field('code')}
          label={t('catalogue.collectionCode')}
          hint={t('catalogue.collectionCodeHint')}
        />
      )}
      <TextField
        {...field('titleHi')}
        label={t('catalogue.collectionTitleHi')}
        lang="hi"
        width="full"
        maxLength={200}
      />
      <TextField
        {...field('titleEn')}
        label={t('catalogue.collectionTitleEn')}
        lang="en"
        width="full"
        maxLength={200}
        isOptional
      />
      <TextArea
        {...field('summaryHi')}
        label={t('catalogue.collectionSummaryHi')}
        lang="hi"
        rows={2}
        isOptional
      />
      <TextArea
        {...field('summaryEn')}
        label={t('catalogue.collectionSummaryEn')}
        lang="en"
        rows={2}
        isOptional
      />
      {code ? <StateChoice values={values} state={state} say={say} /> : null}
    </FormPage>
  );
}

function StateChoice({ values, state, say: { t } }: FormProps) {
  return (
    <RadioGroup
      name="state"
      label={t('catalogue.collectionState')}
      value={values['state'] ?? 'draft'}
      error={errorFor(state.errors, 'state')}
      options={[
        {
          value: 'draft',
          label: t('catalogue.collection_draft'),
          hint: t('catalogue.collectionDraftHint'),
        },
        { value: 'published', label: t('catalogue.collection_published') },
      ]}
    />
  );
}

type EditProps = {
  row: CollectionRow;
  courses: CollectedCourse[];
  q: string;
  found: FoundCourse[] | undefined;
  /** What an order asks of it and is not there. */
  note?: string;
  state: FormState;
  say: Say;
};

/** An editor's page of one collection: its courses in order, a search for more, and what it says of itself. */
export function CollectionEdit({ row, courses, q, found, note, state, say }: EditProps) {
  const { t, language } = say;
  const here = editHref(row.code);
  const action = `${here}/courses`;
  const step = { up: t('catalogue.authorUp'), down: t('catalogue.authorDown') };
  const isShown = row.state === 'published';
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading
        title={titleIn(row, language)}
        lead={
          <>
            <Tag tone={isShown ? 'done' : 'draft'}>{t(`catalogue.collection_${row.state}`)}</Tag>{' '}
            {t(isShown ? 'catalogue.collectionShownNow' : 'catalogue.collectionDraftHint')}
          </>
        }
        actions={
          <>
            <Button href={`${here}/details`} variant="secondary">
              {t('catalogue.collectionDetails')}
            </Button>
            <Button href={collectionHref(row.code)} variant="quiet">
              {t('catalogue.collectionSee')}
            </Button>
          </>
        }
      />
      {note ? <Notice tone="needs-you" title={note} /> : null}
      <ChosenCourses
        title={t('catalogue.collectionCourses')}
        empty={t('catalogue.collectionEmpty')}
        courses={courses}
        action={action}
        q={q}
        steps={(_, index) => [
          ...(index > 0 ? [{ value: 'up', label: step.up }] : []),
          ...(index < courses.length - 1 ? [{ value: 'down', label: step.down }] : []),
          { value: 'remove', label: t('catalogue.listRemove') },
        ]}
        say={say}
      />
      <OfferedCourses
        here={here}
        action={action}
        q={q}
        found={found}
        taken={new Set(courses.map((one) => one.code))}
        adding={[{ value: 'add', label: t('catalogue.listAdd') }]}
        error={errorFor(state.errors, 'course')}
        say={say}
      />
    </>
  );
}
