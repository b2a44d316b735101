import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  Button,
  ButtonRow,
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  PageHeading,
  SelectField,
  Tag,
  TextField,
} from '../../../shell/index.ts';
import { sendPage } from '../../../shell/site/index.ts';
import { WaitingCard } from '../../review/pages/waiting-card.tsx';
import type { WaitingRow } from '../../review/store.ts';
import type { DeskRow, DeskSearch } from '../stores/courses.ts';
import {
  courseHref,
  languageLabel,
  listHref,
  packagesHref,
  type Say,
  sayOf,
  stateLook,
  titleOf,
} from './words.ts';

type View = {
  search: DeskSearch;
  items: DeskRow[];
  total: number;
  next: string | null;
  mayMake: boolean;
  waiting: WaitingRow[];
};

export function sendCourses(request: FastifyRequest, reply: FastifyReply, view: View) {
  const say = sayOf(request);
  const { t } = say;
  const isFiltered = Boolean(view.search.q || view.search.state);
  return sendPage(
    request,
    reply,
    { title: t('catalogue.authorCourses'), area: 'office', activeLink: 'courses' },
    <>
      <PageHeading
        title={t('catalogue.authorCourses')}
        lead={t('catalogue.authorCoursesLead')}
        actions={
          view.mayMake ? (
            <ButtonRow>
              <Button variant="secondary" href={`${packagesHref}/new`} icon="upload">
                {t('workflow.packageBring')}
              </Button>
              <Button href={`${listHref}/new`} icon="plus">
                {t('catalogue.authorNew')}
              </Button>
            </ButtonRow>
          ) : null
        }
      />
      <WaitingCard waiting={view.waiting} say={say} />
      <Filters search={view.search} say={say} />
      <DataTable
        caption={t('catalogue.authorCourses')}
        isCaptionHidden
        columns={columns(say)}
        rows={view.items}
        total={view.total}
        rowKey={(row) => row.code}
        nextHref={view.next ? nextHref(view.search, view.next) : undefined}
        empty={
          <EmptyState
            icon="course"
            title={t(isFiltered ? 'catalogue.authorNothingFound' : 'catalogue.authorNoCourses')}
          >
            {t(isFiltered ? 'catalogue.authorNothingFoundText' : 'catalogue.authorNoCoursesText')}
          </EmptyState>
        }
      />
    </>,
  );
}

function Filters({ search, say: { t } }: { search: DeskSearch; say: Say }) {
  return (
    <FilterBar
      action={listHref}
      submitLabel={t('common.search')}
      resetHref={search.q || search.state ? listHref : undefined}
    >
      <TextField
        name="q"
        label={t('catalogue.authorSearch')}
        value={search.q}
        type="search"
        maxLength={200}
      />
      <SelectField
        name="state"
        label={t('catalogue.authorState')}
        value={search.state}
        emptyLabel={t('catalogue.authorStateAny')}
        options={[
          { value: 'draft', label: t('catalogue.authorStateDraft') },
          { value: 'published', label: t('catalogue.authorStatePublished') },
          { value: 'waiting', label: t('catalogue.authorStateWaiting') },
          { value: 'retired', label: t('catalogue.authorStateRetired') },
        ]}
      />
    </FilterBar>
  );
}

function columns(say: Say): Column<DeskRow>[] {
  const { t, language } = say;
  return [
    {
      key: 'title',
      label: t('catalogue.authorCourse'),
      kind: 'link',
      isRowHeading: true,
      value: (row) => titleOf(row, language),
      href: (row) => courseHref(row.code, '/edit'),
    },
    { key: 'code', label: t('catalogue.authorCode'), value: (row) => row.code },
    { key: 'state', label: t('catalogue.authorState'), value: (row) => <States row={row} say={say} /> },
    { key: 'version', label: t('catalogue.authorVersion'), kind: 'number', value: (row) => row.version },
    { key: 'lessons', label: t('catalogue.authorLessons'), kind: 'number', value: (row) => row.lessons },
    {
      key: 'languages',
      label: t('catalogue.authorLanguages'),
      value: (row) => row.languages.map((one) => languageLabel(one, say)).join(', '),
    },
    {
      key: 'office',
      label: t('catalogue.authorOffice'),
      value: (row) =>
        (language === 'en' ? row.officeEn : row.officeHi) ?? row.officeHi ?? t('catalogue.authorEverywhere'),
    },
    { key: 'changed', label: t('catalogue.authorChanged'), kind: 'date', value: (row) => row.changedAt },
  ];
}

function States({ row, say }: { row: DeskRow; say: Say }) {
  const look = stateLook(row.state, say);
  return (
    <>
      <Tag tone={look.tone}>{look.label}</Tag>
      {row.isInReview ? (
        <>
          {' '}
          <Tag tone="progress">{say.t('workflow.inReview')}</Tag>
        </>
      ) : null}
      {row.state !== 'draft' && row.draftVersion ? (
        <>
          {' '}
          <Tag tone="draft">{say.t('catalogue.authorDraftOf', { version: row.draftVersion })}</Tag>
        </>
      ) : null}
    </>
  );
}

function nextHref(search: DeskSearch, after: string): string {
  const query = new URLSearchParams({ after });
  if (search.q) query.set('q', search.q);
  if (search.state) query.set('state', search.state);
  return `${listHref}?${query}`;
}
