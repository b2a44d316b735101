import { formatDay, indiaDay } from '../../../kernel/dates.ts';
import { officeName } from '../../../organisations/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  EmptyState,
  ErrorSummary,
  errorFor,
  type FieldError,
  FilterBar,
  Notice,
  PageHeading,
  PersonLine,
  SelectField,
  Tabs,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import type { ListQuery, PersonListing } from '../list-query.ts';
import type { ListedPerson } from '../stores/person-list.ts';
import { designationOf, engagementChoices, groupChoices, officeOf, personName, word } from '../words.ts';

type Props = { query: ListQuery; listing: PersonListing; errors: FieldError[]; mayAdd: boolean };

export function PersonsPage({ query, listing, errors, mayAdd }: Props) {
  const { t } = useFrame();
  return (
    <>
      <ErrorSummary
        errors={errors}
        labels={{
          state: t('people.statesLabel'),
          office: t('people.filterOffice'),
          group: t('people.groupField'),
          engagement: t('people.engagementField'),
        }}
      />
      <PageHeading
        title={t('people.persons')}
        lead={t('people.personsLead')}
        actions={
          mayAdd ? (
            <Button icon="plus" href="/office/persons/new">
              {t('people.addPerson')}
            </Button>
          ) : undefined
        }
      />
      <Tabs
        id="state"
        label={t('people.statesLabel')}
        tabs={(['posted', 'former'] as const).map((state) => ({
          label: t(state === 'posted' ? 'people.statePosted' : 'people.stateFormer'),
          href: hrefOf({ ...query, state }),
          isActive: query.state === state,
        }))}
      />
      <Filters {...{ query, listing, errors }} />
      <OfficeChoices query={query} listing={listing} />
      {errors.length > 0 ? null : (
        <Card>
          <PersonsTable {...{ query, listing, mayAdd }} />
        </Card>
      )}
      {listing.persons.length > 0 ? <Exports query={query} /> : null}
    </>
  );
}

/** The list's address; the key of a page belongs to its own filter only. */
export function hrefOf(query: Partial<ListQuery>, path = '/office/persons'): string {
  const words = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const params = new URLSearchParams(words.map(([key, value]) => [key, String(value)]));
  if (params.get('state') === 'posted') params.delete('state');
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

function isFiltered(query: ListQuery): boolean {
  return Boolean(query.q || query.office || query.designation || query.group || query.engagement);
}

function Filters({ query, listing, errors }: Omit<Props, 'mayAdd'>) {
  const { t, language } = useFrame();
  const meant = listing.office;
  const state = query.state === 'former' ? query.state : undefined;
  return (
    <FilterBar
      action="/office/persons"
      hidden={{ state }}
      resetHref={isFiltered(query) ? hrefOf({ state: query.state }) : undefined}
    >
      <TextField name="q" label={t('people.searchLabel')} type="search" value={query.q} />
      <TextField
        name="office"
        label={t('people.filterOffice')}
        hint={meant && query.office ? `${officeName(meant, language)} · ${meant.code}` : undefined}
        value={query.office}
        width="medium"
        error={errorFor(errors, 'office')}
      />
      <TextField
        name="designation"
        label={t('people.filterDesignation')}
        value={query.designation}
        width="medium"
      />
      <SelectField
        name="group"
        label={t('people.groupField')}
        emptyLabel={t('people.allGroups')}
        value={query.group}
        options={groupChoices(t)}
        error={errorFor(errors, 'group')}
      />
      <SelectField
        name="engagement"
        label={t('people.engagementField')}
        emptyLabel={t('people.allEngagements')}
        value={query.engagement}
        options={engagementChoices(t)}
        error={errorFor(errors, 'engagement')}
      />
    </FilterBar>
  );
}

/** A name that fits several offices, or is like some: each of them narrows the list by one touch. */
function OfficeChoices({ query, listing }: Pick<Props, 'query' | 'listing'>) {
  const { t, language } = useFrame();
  if (!query.office || listing.others.length === 0) return null;
  const first = { ...query, after: undefined, before: undefined };
  return (
    <Notice tone="needs-you" title={t('organisations.pickerFound')}>
      <ul>
        {listing.others.map((office) => (
          <li key={office.code}>
            <a href={hrefOf({ ...first, office: office.code })}>{officeName(office, language)}</a>{' '}
            <span class="soft">· {office.code}</span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function PersonsTable({ query, listing, mayAdd }: Omit<Props, 'errors'>) {
  const { t, language } = useFrame();
  const name = (row: ListedPerson) => personName(row, language);
  return (
    <DataTable
      caption={t('people.persons')}
      isCaptionHidden
      rows={listing.persons}
      rowKey={(row) => row.personId}
      total={listing.count}
      isCountHidden={listing.isMore}
      empty={<NobodyFound query={query} mayAdd={mayAdd} />}
      previousHref={listing.previous && hrefOf({ ...query, after: undefined, before: listing.previous })}
      nextHref={listing.next && hrefOf({ ...query, before: undefined, after: listing.next })}
      columns={[
        {
          key: 'name',
          label: t('people.nameColumn'),
          isRowHeading: true,
          value: (row) => (
            <PersonLine
              name={name(row)}
              href={`/office/persons/${row.personId}`}
              code={row.code ?? undefined}
            />
          ),
        },
        { key: 'office', label: t('people.officeColumn'), value: (row) => officeOf(row, language) || null },
        {
          key: 'designation',
          label: t('people.designationColumn'),
          value: (row) => designationOf(row, language),
        },
        { key: 'group', label: t('people.groupField'), value: (row) => word(t, 'group', row.serviceGroup) },
        {
          key: 'engagement',
          label: t('people.engagementField'),
          value: (row) => word(t, 'engagement', row.engagement),
        },
        {
          key: 'signIn',
          label: t('people.signInColumn'),
          value: (row) =>
            row.lastSignedInAt
              ? formatDay(indiaDay(row.lastSignedInAt), language)
              : t('people.neverSignedIn'),
        },
      ]}
    />
  );
}

function NobodyFound({ query, mayAdd }: Pick<Props, 'query' | 'mayAdd'>) {
  const { t } = useFrame();
  const isFirst = !isFiltered(query) && query.state === 'posted';
  const text = isFiltered(query)
    ? t('people.emptyPersonsSearch')
    : t(isFirst ? 'people.emptyPersonsFirst' : 'people.emptyFormer');
  return (
    <EmptyState
      icon="people"
      title={t('people.emptyPersons')}
      action={
        isFirst && mayAdd ? <Button href="/office/persons/new">{t('people.addPerson')}</Button> : undefined
      }
    >
      {text}
    </EmptyState>
  );
}

function Exports({ query }: { query: ListQuery }) {
  const { t } = useFrame();
  const plain = { ...query, after: undefined, before: undefined };
  return (
    <ButtonRow>
      <Button
        variant="secondary"
        icon="download"
        href={hrefOf(plain, '/office/persons/export.xlsx')}
        isDownload
      >
        {t('people.exportXlsx')}
      </Button>
      <Button
        variant="secondary"
        icon="download"
        href={hrefOf(plain, '/office/persons/export.csv')}
        isDownload
      >
        {t('people.exportCsv')}
      </Button>
    </ButtonRow>
  );
}
