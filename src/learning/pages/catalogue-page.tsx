import type { CourseSummary } from '../../catalogue/index.ts';
import { megabytes } from '../../catalogue/index.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import {
  Button,
  ButtonRow,
  Card,
  CourseCard,
  CourseList,
  Details,
  EmptyState,
  PageHeading,
  Pagination,
  SelectField,
  TextField,
} from '../../shell/index.ts';
import type { CatalogueEntry, CatalogueView } from '../catalogue-view.ts';
import { courseHref, languageName, minutesText, type Say, tagName } from './words.ts';

type CataloguePageProps = { view: CatalogueView; say: Say };

export function CataloguePage({ view, say }: CataloguePageProps) {
  const { t } = say;
  const here = view.entries.filter((entry) => entry.course.isPlayable);
  const elsewhere = view.entries.filter((entry) => !entry.course.isPlayable);
  return (
    <>
      <PageHeading title={t('catalogue.title')} lead={t('catalogue.lead')} />
      <SearchForm view={view} say={say} />
      {view.entries.length === 0 ? <NothingFound view={view} say={say} /> : null}
      {here.length > 0 ? (
        <Card title={t(isAsking(view) ? 'catalogue.found' : 'catalogue.newest')}>
          <Entries entries={here} say={say} />
        </Card>
      ) : null}
      {elsewhere.length > 0 ? (
        <Card title={t('catalogue.elsewhere')} lead={t('catalogue.elsewhereLead')}>
          <Entries entries={elsewhere} say={say} />
        </Card>
      ) : null}
      {view.nextHref ? <Pagination nextHref={view.nextHref} previousHref={view.firstHref} /> : null}
    </>
  );
}

function isAsking({ query }: CatalogueView): boolean {
  return Boolean(query.q || query.tag || query.language);
}

/** A GET form: the address holds the whole search, and it works without script. */
function SearchForm({ view, say }: CataloguePageProps) {
  const { query } = view;
  const { t } = say;
  return (
    <search class="filter-bar">
      <form action="/courses" method="get" aria-label={t('catalogue.searchForm')}>
        <TextField
          name="q"
          label={t('catalogue.searchLabel')}
          hint={t('catalogue.searchHint')}
          type="search"
          value={query.q}
          maxLength={200}
        />
        <ButtonRow>
          <Button icon="search">{t('common.search')}</Button>
          {isAsking(view) ? (
            <Button href="/courses" variant="quiet">
              {t('catalogue.showAll')}
            </Button>
          ) : null}
        </ButtonRow>
        <Narrowing view={view} say={say} />
      </form>
    </search>
  );
}

/** Subject and language, folded away until they are used: on a phone the courses come first. */
function Narrowing({ view: { query, tags }, say: { t } }: CataloguePageProps) {
  return (
    <Details summary={t('catalogue.narrow')} isOpen={Boolean(query.tag || query.language)}>
      <SelectField
        name="tag"
        label={t('catalogue.tag')}
        value={query.tag ?? ''}
        emptyLabel={t('catalogue.everyTag')}
        options={tags.map((tag) => ({ value: tag, label: tagName(tag, t) }))}
      />
      <SelectField
        name="language"
        label={t('catalogue.language')}
        value={query.language ?? ''}
        emptyLabel={t('catalogue.everyLanguage')}
        options={['hi', 'en'].map((language) => ({ value: language, label: languageName(language, t) }))}
      />
    </Details>
  );
}

function NothingFound({ view, say: { t } }: CataloguePageProps) {
  if (!isAsking(view))
    return (
      <EmptyState title={t('catalogue.none')} icon="course">
        {t('catalogue.noneAdvice')}
      </EmptyState>
    );
  const title = view.query.q ? t('catalogue.nothingFor', { q: view.query.q }) : t('catalogue.nothing');
  return (
    <EmptyState
      title={title}
      icon="search"
      action={<Button href="/courses">{t('catalogue.showAll')}</Button>}
    >
      {t('catalogue.nothingAdvice')}
    </EmptyState>
  );
}

function Entries({ entries, say }: { entries: CatalogueEntry[]; say: Say }) {
  return (
    <CourseList>
      {entries.map((entry) => (
        <Entry key={entry.course.code} entry={entry} say={say} />
      ))}
    </CourseList>
  );
}

function Entry({ entry, say }: { entry: CatalogueEntry; say: Say }) {
  const { t, language } = say;
  const { course, standing } = entry;
  const title = course.title[language] || course.title[language === 'hi' ? 'en' : 'hi'] || course.code;
  const other = language === 'hi' ? 'en' : 'hi';
  const status = standing?.isCompleted
    ? ({ tone: 'done', label: t('learning.completed') } as const)
    : undefined;
  return (
    <CourseCard
      title={title}
      titleLanguage={course.title[language] ? undefined : other}
      href={courseHref(course.code)}
      detail={[minutesText(course.durationMinutes, say), weightsText(entry, say)].filter(Boolean).join(' · ')}
      tags={course.tags.slice(0, 4).map((tag) => tagName(tag, t))}
      progressPercent={standing && !standing.isCompleted ? standing.percent : undefined}
      status={status}
    />
  );
}

/** हिन्दी 0.6 MB · English 0.6 MB: languages, each with what it weighs. */
function weightsText({ course, bytes }: { course: CourseSummary; bytes: Record<string, number> }, say: Say) {
  const { t, language } = say;
  return course.languages
    .map((code) => {
      const name = languageName(code, t);
      const weight = bytes[code];
      return weight
        ? `${name} ${t('shell.megabytes', { size: formatNumber(megabytes(weight), language) })}`
        : name;
    })
    .join(' · ');
}
