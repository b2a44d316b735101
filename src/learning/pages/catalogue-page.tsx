import type { CourseSummary } from '../../catalogue/index.ts';
import { megabytes } from '../../catalogue/index.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import {
  Button,
  ButtonRow,
  Card,
  CourseCard,
  CourseList,
  EmptyState,
  HiddenFields,
  PageHeading,
  Pagination,
  TextField,
} from '../../shell/index.ts';
import { whyText } from '../assignments/words.ts';
import { type CatalogueEntry, type CatalogueView, chosenFilters, hrefOf } from '../catalogue-view.ts';
import { ChosenFilters, FilterSheet, Orders } from './catalogue-filters.tsx';
import { courseHref, languageName, minutesText, ratingText, type Say, tagName } from './words.ts';

type CataloguePageProps = { view: CatalogueView; say: Say };

export function CataloguePage({ view, say }: CataloguePageProps) {
  const { t } = say;
  const here = view.entries.filter((entry) => entry.course.isPlayable);
  const elsewhere = view.entries.filter((entry) => !entry.course.isPlayable);
  return (
    <>
      <PageHeading
        title={t('catalogue.title')}
        lead={t('catalogue.lead')}
        actions={
          <Button href="/collections" variant="quiet">
            {t('catalogue.collections')}
          </Button>
        }
      />
      <SearchForm view={view} say={say} />
      <ChosenFilters view={view} say={say} />
      {view.entries.length === 0 ? <NothingFound view={view} say={say} /> : <Orders view={view} say={say} />}
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
      <Pagination nextHref={view.nextHref} />
    </>
  );
}

function isAsking({ query }: CatalogueView): boolean {
  return Boolean(query.q) || chosenFilters(query).length > 0;
}

/** A GET form: the address holds the whole search, and it works without script. */
function SearchForm({ view, say }: CataloguePageProps) {
  const { query } = view;
  const { t } = say;
  return (
    <search class="filter-bar">
      <form action="/courses" method="get" aria-label={t('catalogue.searchForm')}>
        <HiddenFields values={{ sort: query.sort }} />
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
        <FilterSheet view={view} say={say} />
      </form>
    </search>
  );
}

function NothingFound({ view, say: { t } }: CataloguePageProps) {
  if (!isAsking(view))
    return (
      <EmptyState title={t('catalogue.none')} icon="course">
        {t('catalogue.noneAdvice')}
      </EmptyState>
    );
  const { q, sort } = view.query;
  if (q && [...q.trim()].length < 2)
    return (
      <EmptyState title={t('catalogue.moreLetters')} icon="search">
        {t('catalogue.moreLettersAdvice')}
      </EmptyState>
    );
  const isNarrowed = chosenFilters(view.query).length > 0;
  const title = q ? t('catalogue.nothingFor', { q }) : t('catalogue.nothing');
  return (
    <EmptyState
      title={title}
      icon="search"
      action={
        <ButtonRow>
          {q && isNarrowed ? (
            <Button href={hrefOf({ q, sort })}>{t('catalogue.withoutFilters')}</Button>
          ) : null}
          <Button href="/courses" variant={q && isNarrowed ? 'secondary' : 'primary'}>
            {t('catalogue.showAll')}
          </Button>
        </ButtonRow>
      }
    >
      {t(isNarrowed ? 'catalogue.nothingNarrowed' : 'catalogue.nothingAdvice')}
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
      detail={
        <>
          {factsText(entry, say)}
          {status ? null : <Reason entry={entry} say={say} />}
        </>
      }
      tags={course.tags.slice(0, 4).map((tag) => tagName(tag, t))}
      progressPercent={standing && !standing.isCompleted ? standing.percent : undefined}
      status={status}
    />
  );
}

/** Why this course is this person's: said where he chooses, not only on the home. */
function Reason({ entry: { asked, needed }, say }: { entry: CatalogueEntry; say: Say }) {
  const text = asked
    ? whyText(asked, say)
    : needed
      ? say.t('learning.reasonPost', { name: say.language === 'hi' ? needed.nameHi : needed.nameEn })
      : '';
  return text ? (
    <>
      <br />
      <b>{text}</b>
    </>
  ) : null;
}

/** 25 मिनट · हिन्दी 0.6 MB · English 0.6 MB · 5 में से 4.3 (12 मूल्यांकन) */
function factsText(entry: CatalogueEntry, say: Say): string {
  const { course } = entry;
  const minutes = course.durationMinutes > 0 ? minutesText(course.durationMinutes, say) : '';
  return [minutes, weightsText(entry, say), ratingText(entry.rating, say)].filter(Boolean).join(' · ');
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
