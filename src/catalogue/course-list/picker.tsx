import { type Language, pick, type Translate } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  CheckboxGroup,
  type Column,
  DataTable,
  FilterBar,
  Form,
  HiddenFields,
  Tag,
  TextField,
} from '../../shell/index.ts';

type Say = { t: Translate; language: Language };
type Titled = { code: string; titleHi: string | null; titleEn: string | null };
export type ListedCourse = Titled & { state: 'draft' | 'published' | 'retired'; note?: string };
export type OfferedCourse = Titled & { durationMinutes: number | null; languages: string[] };
/** A button: its word, and what the form says when it is pressed. */
export type ListStep = { value: string; label: string };

const titleIn = ({ titleHi, titleEn, code }: Titled, language: Language) =>
  pick({ hi: titleHi ?? '', en: titleEn ?? '' }, language) || code;

type ListProps = {
  title: string;
  lead?: string;
  /** What stands here where nothing is chosen yet. */
  empty: string;
  courses: ListedCourse[];
  /** Where a button's form goes; it sends `course` and `step`. */
  action: string;
  q: string;
  steps(course: ListedCourse, index: number): ListStep[];
  say: Say;
};

/** Chosen courses, each with its buttons; works without script. */
export function ChosenCourses({ title, lead, empty, courses, action, q, steps, say }: ListProps) {
  const { t, language } = say;
  return (
    <Card title={title} lead={lead} id="chosen">
      <DataTable
        caption={title}
        isCaptionHidden
        isCountHidden
        rows={courses}
        rowKey={(course) => course.code}
        empty={<p class="soft">{empty}</p>}
        columns={[
          {
            key: 'title',
            label: t('catalogue.listCourse'),
            kind: 'link',
            isRowHeading: true,
            value: (course) => `${courses.indexOf(course) + 1}. ${titleIn(course, language)}`,
            href: (course) => `/courses/${encodeURIComponent(course.code)}`,
          },
          ...(courses.some((course) => course.note || course.state === 'retired') ? [noteColumn(say)] : []),
          {
            key: 'steps',
            label: t('catalogue.authorOrder'),
            kind: 'actions',
            value: (course) => (
              <Form action={action}>
                <HiddenFields values={{ course: course.code, q: q || undefined }} />
                <ButtonRow>
                  {steps(course, courses.indexOf(course)).map((step) => (
                    <Button key={step.value} variant="quiet" name="step" value={step.value}>
                      {step.label}
                      <span class="hidden-text">: {titleIn(course, language)}</span>
                    </Button>
                  ))}
                </ButtonRow>
              </Form>
            ),
          },
        ]}
      />
    </Card>
  );
}

function noteColumn({ t }: Say): Column<ListedCourse> {
  return {
    key: 'note',
    label: t('catalogue.listNote'),
    value: (course) => (
      <>
        {course.note} {course.state === 'retired' ? <Tag>{t('catalogue.authorStateRetired')}</Tag> : null}
      </>
    ),
  };
}

type OfferProps = {
  /** The page itself: the search stays in its address. */
  here: string;
  action: string;
  q: string;
  /** What the search found; undefined where nothing was asked. */
  found: OfferedCourse[] | undefined;
  taken: ReadonlySet<string>;
  adding: ListStep[];
  error?: string;
  say: Say;
};

/** A search and what it found, to be ticked and added. */
export function OfferedCourses({ here, action, q, found, taken, adding, error, say }: OfferProps) {
  const { t } = say;
  const offered = found?.filter((course) => !taken.has(course.code)) ?? [];
  return (
    <Card title={t('catalogue.listAddTitle')} id="add">
      <FilterBar action={`${here}#add`} submitLabel={t('common.search')}>
        <TextField name="q" label={t('catalogue.listSearch')} type="search" value={q} maxLength={200} />
      </FilterBar>
      {found && offered.length === 0 ? (
        <p>{t(found.length > 0 ? 'catalogue.listAllTaken' : 'catalogue.nothingAdvice')}</p>
      ) : null}
      {offered.length > 0 ? (
        <Form action={action}>
          <HiddenFields values={{ q }} />
          <CheckboxGroup
            name="course"
            label={t('catalogue.listFound')}
            error={error}
            options={offered.map((course) => ({
              value: course.code,
              label: titleIn(course, say.language),
              hint: factsOf(course, say),
            }))}
          />
          <ButtonRow>
            {adding.map((step, index) => (
              <Button
                key={step.value}
                variant={index === 0 ? 'primary' : 'secondary'}
                name="step"
                value={step.value}
              >
                {step.label}
              </Button>
            ))}
          </ButtonRow>
        </Form>
      ) : null}
    </Card>
  );
}

function factsOf({ code, durationMinutes, languages }: OfferedCourse, { t }: Say): string {
  const minutes = durationMinutes ? t('catalogue.authorMinutesOf', { n: durationMinutes }) : '';
  const names = languages.map((one) => t(one === 'en' ? 'catalogue.authorEnglish' : 'catalogue.authorHindi'));
  return [minutes, ...names, code].filter(Boolean).join(' · ');
}
