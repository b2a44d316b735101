import { pick } from '../../../kernel/i18n.ts';
import { formatNumber } from '../../../kernel/numbers.ts';
import {
  Button,
  ButtonRow,
  Card,
  ConfirmPanel,
  DataTable,
  EmptyState,
  FilterBar,
  Grid,
  Notice,
  PageHeading,
  PersonLine,
  SummaryList,
  Tag,
  TextField,
  useFrame,
} from '../../../shell/index.ts';
import { overlaps } from '../add-posting.ts';
import { maskEmail, maskMobile } from '../contact.ts';
import type { MergePreview } from '../merge-persons.ts';
import type { ListedPerson } from '../stores/person-list.ts';
import type { PersonRecord } from '../stores/person-record.ts';
import { dayOrNull, designationOf, officeOf, personName } from '../words.ts';

type SearchProps = { title: string; person: PersonRecord; words: string; others: ListedPerson[] };

export function MergeSearchPage({ title, person, words, others }: SearchProps) {
  const { t, language } = useFrame();
  const base = `/office/persons/${person.personId}/merge`;
  return (
    <>
      <PageHeading title={title} lead={t('people.mergeLead')} />
      <FilterBar action={base} submitLabel={t('common.search')}>
        <TextField name="q" type="search" label={t('people.searchLabel')} value={words} />
      </FilterBar>
      <Card>
        <DataTable<ListedPerson>
          caption={t('people.mergeCandidates')}
          rows={others}
          rowKey={(row) => row.personId}
          empty={
            <EmptyState icon="people" title={t('people.emptyPersons')}>
              {t('people.mergeEmpty')}
            </EmptyState>
          }
          columns={[
            {
              key: 'name',
              label: t('people.nameColumn'),
              isRowHeading: true,
              value: (row) => <PersonLine name={personName(row, language)} code={row.code ?? undefined} />,
            },
            {
              key: 'mobile',
              label: t('people.mobileField'),
              value: (row) => row.mobile && maskMobile(row.mobile),
            },
            { key: 'office', label: t('people.officeColumn'), value: (row) => officeOf(row, language) },
            {
              key: 'designation',
              label: t('people.designationColumn'),
              value: (row) => designationOf(row, language),
            },
            {
              key: 'choose',
              label: t('people.actionsColumn'),
              kind: 'actions',
              value: (row) => (
                <a href={`${base}/${row.personId}`}>
                  {t('people.mergeChoose')}
                  <span class="hidden-text"> ({personName(row, language)})</span>
                </a>
              ),
            },
          ]}
        />
      </Card>
    </>
  );
}

type ConfirmProps = {
  title: string;
  preview: MergePreview;
  params: { personId: string; otherId: string };
  survivor: 'this' | 'other';
};

export function MergeConfirmPage({ title, preview, params, survivor }: ConfirmProps) {
  const { t, language } = useFrame();
  const base = `/office/persons/${params.personId}/merge/${params.otherId}`;
  const effects = preview.effects
    .filter((effect) => effect.count > 0)
    .map((effect) => `${pick(effect.label, language)}: ${formatNumber(effect.count, language)}`);
  return (
    <>
      <PageHeading title={title} lead={t('people.mergeConfirmLead')} />
      <Grid>
        <RecordCard
          title={t('people.mergeStays')}
          person={preview.survivor}
          other={preview.merged}
          tone="done"
        />
        <RecordCard
          title={t('people.mergeGoes')}
          person={preview.merged}
          other={preview.survivor}
          tone="plain"
        />
      </Grid>
      <Overlaps preview={preview} />
      <ButtonRow>
        <Button
          variant="secondary"
          icon="sort"
          href={`${base}?survivor=${survivor === 'this' ? 'other' : 'this'}`}
        >
          {t('people.mergeSwap')}
        </Button>
      </ButtonRow>
      <ConfirmPanel
        title={t('people.mergeHappens')}
        consequences={[...effects, t('people.mergeNoUndo')]}
        action={`${base}?survivor=${survivor}`}
        confirmLabel={t('people.mergeDo')}
        cancelHref={`/office/persons/${params.personId}`}
      />
    </>
  );
}

/** Two places on the same days: the one who stays will count at both, and that cannot be undone. */
function Overlaps({ preview }: { preview: MergePreview }) {
  const { t, language } = useFrame();
  const { survivor, merged } = preview;
  const pairs = survivor.postings.flatMap((own) =>
    merged.postings
      .filter((other) => other.officeId !== own.officeId && overlaps(own, other))
      .map((other) => ({ own, other })),
  );
  if (pairs.length === 0) return null;
  return (
    <Notice tone="needs-you" title={t('people.mergeOverlapTitle')}>
      <ul>
        {pairs.map(({ own, other }) => (
          <li key={own.postingId + other.postingId}>
            {t('people.mergeOverlapLine', {
              one: officeOf(own, language),
              other: officeOf(other, language),
              since: dayOrNull(own.startsOn > other.startsOn ? own.startsOn : other.startsOn, language) ?? '',
            })}
          </li>
        ))}
      </ul>
      <p>{t('people.mergeOverlapLead')}</p>
    </Notice>
  );
}

/** The value, with a word beside it where the other record says otherwise; what one lacks differs from nothing. */
function Compared({ shown, own, other }: { shown: string; own: string | null; other: string | null }) {
  const { t } = useFrame();
  if (!own || !other || own === other) return <>{shown}</>;
  return (
    <>
      {shown} <Tag tone="due">{t('people.mergeDiffers')}</Tag>
    </>
  );
}

type RecordProps = { title: string; person: PersonRecord; other: PersonRecord; tone: 'done' | 'plain' };

function RecordCard({ title, person, other, tone }: RecordProps) {
  const { t, language } = useFrame();
  const dash = '–';
  const compared = (
    key: 'nameHi' | 'nameEn' | 'mobile' | 'email' | 'joinedOn' | 'retiresOn',
    shown: string | null,
  ) => <Compared shown={shown ?? dash} own={person[key]} other={other[key]} />;
  return (
    <Card title={title} tone={tone}>
      <SummaryList
        rows={[
          { label: t('people.nameHiField'), value: compared('nameHi', person.nameHi) },
          { label: t('people.nameEnField'), value: compared('nameEn', person.nameEn) },
          { label: t('people.employeeCode'), value: person.code ?? dash },
          {
            label: t('people.mobileField'),
            value: compared('mobile', person.mobile && maskMobile(person.mobile)),
          },
          {
            label: t('people.emailField'),
            value: compared('email', person.email && maskEmail(person.email)),
          },
          {
            label: t('people.joinedOnField'),
            value: compared('joinedOn', dayOrNull(person.joinedOn, language)),
          },
          {
            label: t('people.retiresOnField'),
            value: compared('retiresOn', dayOrNull(person.retiresOn, language)),
          },
          {
            label: t('people.postings'),
            value: (
              <ul>
                {person.postings.map((posting) => (
                  <li key={posting.postingId}>
                    {officeOf(posting, language)}{' '}
                    <span class="soft">· {designationOf(posting, language) ?? dash}</span>
                    <span class="soft">
                      {' '}
                      · {dayOrNull(posting.startsOn, language)} –{' '}
                      {dayOrNull(posting.endsOn, language) ?? t('people.tillNow')}
                    </span>
                  </li>
                ))}
              </ul>
            ),
          },
          {
            label: t('people.signInState'),
            value: person.signedInDay ? dayOrNull(person.signedInDay, language) : t('people.neverSignedIn'),
          },
        ]}
      />
    </Card>
  );
}
