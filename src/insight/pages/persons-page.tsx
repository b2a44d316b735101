import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDayTime, todayInIndia } from '../../kernel/dates.ts';
import { type Language, pick, translator } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import {
  Button,
  Card,
  type Column,
  DataTable,
  DateField,
  EmptyState,
  FilterBar,
  Notice,
  PageHeading,
  SelectField,
  TextField,
} from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { type PersonsPage, personFilters } from '../list-persons.ts';
import { reasonOf } from '../report-table.ts';
import type { ListedPerson } from '../stores/roster.ts';
import {
  asOfText,
  dayRemarks,
  figureWords,
  filterKeys,
  personsHref,
  trainingHref,
  withQuery,
} from './words.ts';

/** The people behind a figure, as a list to work through. */
export function sendPersonsPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { page, asked }: { page: PersonsPage; asked: string | undefined },
) {
  const { language, clock } = request.ctx;
  const t = translator(language);
  const today = todayInIndia(clock);
  const { code } = page.office;
  const asOf = page.asOf === today ? undefined : page.asOf;
  const state = { show: page.filter, asOf, q: page.search || undefined };
  const paged = { ...state, numbers: page.numbers === 'full' ? '1' : undefined };
  const office = pick({ hi: page.office.nameHi, en: page.office.nameEn }, language);
  const title = t('insight.personsTitle', { office, filter: t(filterKeys[page.filter]) });
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'review',
      asOf: asOfText(page.asOf, language),
      breadcrumbs: [
        { label: office, href: trainingHref(code, { asOf }) },
        { label: t(filterKeys[page.filter]) },
      ],
    },
    <>
      <Heading
        {...{ title, language, page }}
        files={(kind) => withQuery(`${personsHref(code)}.${kind}`, state)}
      />
      {dayRemarks({ asked, asOf: page.asOf, isExact: true, today }, language).map((text) => (
        <Notice key={text}>{text}</Notice>
      ))}
      <Filters {...{ language, page, today }} />
      <Card
        lead={
          <NumbersToggle
            {...{ language, page }}
            href={(numbers) => personsHref(code, { ...state, numbers })}
          />
        }
      >
        <DataTable
          caption={title}
          isCaptionHidden
          rows={page.items}
          rowKey={(person) => person.personId}
          columns={columnsFor(page, language)}
          empty={
            <EmptyState title={t('insight.personsEmptyTitle')} icon="people">
              {t('insight.personsEmpty')}
            </EmptyState>
          }
          total={page.total}
          firstRow={page.first}
          nextHref={page.next ? personsHref(code, { ...paged, after: page.next }) : undefined}
        />
      </Card>
    </>,
  );
}

type HeadingProps = { title: string; language: Language; page: PersonsPage; files(kind: string): string };

function Heading({ title, language, page, files }: HeadingProps) {
  const t = translator(language);
  return (
    <PageHeading
      title={title}
      lead={
        <>
          <b>{t('insight.personsTotal', { total: formatNumber(page.total, language) })}</b> ·{' '}
          {t('insight.personsLead', { day: asOfText(page.asOf, language) })} · {t('insight.exportNote')}
        </>
      }
      actions={
        <>
          <Button variant="secondary" icon="download" href={files('csv')}>
            {t('insight.csv')}
          </Button>
          <Button variant="secondary" icon="download" href={files('xlsx')}>
            {t('insight.excel')}
          </Button>
        </>
      }
    />
  );
}

function Filters({ language, page, today }: { language: Language; page: PersonsPage; today: string }) {
  const t = translator(language);
  const { code } = page.office;
  return (
    <FilterBar
      action={personsHref(code)}
      submitLabel={t('insight.show')}
      resetHref={page.search ? personsHref(code, { show: page.filter }) : undefined}
    >
      <SelectField
        name="show"
        label={t('insight.filter')}
        value={page.filter}
        options={personFilters.map((filter) => ({ value: filter, label: t(filterKeys[filter]) }))}
      />
      <TextField name="q" label={t('insight.search')} value={page.search} type="search" spellcheck={false} />
      <DateField name="asOf" label={t('insight.asOfLabel')} value={page.asOf} max={today} />
    </FilterBar>
  );
}

type ToggleProps = { language: Language; page: PersonsPage; href(numbers: string | undefined): string };

/** Numbers stand masked, as on a person's page; whoever uncovers them is recorded. */
function NumbersToggle({ language, page, href }: ToggleProps) {
  const t = translator(language);
  const isFull = page.numbers === 'full';
  return (
    <>
      <a href={href(isFull ? undefined : '1')}>{t(isFull ? 'insight.numbersHide' : 'insight.numbersShow')}</a>
      {' · '}
      {t(isFull ? 'insight.numbersSeen' : 'insight.numbersNote')}
    </>
  );
}

function columnsFor(page: PersonsPage, language: Language): Column<ListedPerson>[] {
  const t = translator(language);
  const name: Column<ListedPerson>[] = [
    {
      key: 'name',
      label: t('insight.name'),
      kind: 'link',
      isRowHeading: true,
      value: (person) => pick({ hi: person.nameHi, en: person.nameEn }, language),
      href: (person) => `/office/persons/${person.personId}`,
    },
    { key: 'code', label: t('insight.employeeCode'), value: (person) => person.employeeCode },
    {
      key: 'designation',
      label: t('insight.designation'),
      value: (person) => pick({ hi: person.designation, en: person.designationEn }, language),
    },
    {
      key: 'office',
      label: t('insight.office'),
      value: (person) => pick({ hi: person.officeHi, en: person.officeEn }, language),
    },
    { key: 'mobile', label: t('insight.mobile'), value: (person) => person.mobile },
  ];
  return [...name, ...(page.filter === 'notOnRoster' ? endedColumns(language) : learningColumns(language))];
}

function learningColumns(language: Language): Column<ListedPerson>[] {
  const t = translator(language);
  return [
    { key: 'done', label: t('insight.coursesDone'), kind: 'number', value: (person) => person.completions },
    {
      key: 'hours',
      label: t('insight.hoursColumn'),
      kind: 'number',
      value: (person) => figureWords(language, '–').ratio(person.minutes + person.classroomMinutes, 60),
    },
    {
      key: 'begun',
      label: t('insight.begunColumn'),
      value: (person) => (person.hasBegun ? t('insight.yes') : null),
    },
    {
      key: 'signIn',
      label: t('insight.lastSignIn'),
      value: (person) =>
        person.lastSignedInAt
          ? formatDayTime(person.lastSignedInAt, language)
          : (person.signedInDay ?? t('insight.never')),
    },
  ];
}

function endedColumns(language: Language): Column<ListedPerson>[] {
  const t = translator(language);
  return [
    { key: 'ended', label: t('insight.endedOn'), kind: 'date', value: (person) => person.endedOn },
    {
      key: 'reason',
      label: t('insight.endReason'),
      value: (person) => reasonOf(person, language),
    },
    { key: 'done', label: t('insight.coursesDone'), kind: 'number', value: (person) => person.completions },
  ];
}
