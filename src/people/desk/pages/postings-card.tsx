import { Button, ButtonRow, Card, DataTable, EmptyState, Tag, useFrame } from '../../../shell/index.ts';
import type { PersonView } from '../person-view.ts';
import type { PostingRecord } from '../stores/person-record.ts';
import { dayOrNull, designationOf, officeOf, word } from '../words.ts';

/** The timeline of postings, with what may be done to each. */
export function PostingsCard({ view }: { view: PersonView }) {
  const { t, language } = useFrame();
  const { person } = view;
  return (
    <Card title={t('people.postings')}>
      <DataTable<PostingRecord>
        caption={t('people.postings')}
        isCaptionHidden
        isCountHidden
        rows={person.postings}
        rowKey={(row) => row.postingId}
        empty={
          <EmptyState icon="building" headingLevel={3} title={t('people.noPosting')}>
            {t('people.noPostingText')}
          </EmptyState>
        }
        columns={[
          {
            key: 'office',
            label: t('people.officeColumn'),
            isRowHeading: true,
            value: (row) => officeOf(row, language),
          },
          {
            key: 'designation',
            label: t('people.designationColumn'),
            value: (row) => <Post posting={row} />,
          },
          {
            key: 'engagement',
            label: t('people.engagementField'),
            value: (row) => word(t, 'engagement', row.engagement),
          },
          {
            key: 'kind',
            label: t('people.kindColumn'),
            value: (row) => <Kind posting={row} isAlone={person.postings.length === 1} />,
          },
          { key: 'from', label: t('people.fromColumn'), value: (row) => dayOrNull(row.startsOn, language) },
          { key: 'until', label: t('people.untilColumn'), value: (row) => <Until posting={row} /> },
          {
            key: 'state',
            label: t('people.stateColumn'),
            value: (row) => <State posting={row} today={view.today} />,
          },
          ...(view.mayManage && !person.mergedInto ? [actions(view)] : []),
        ]}
      />
      {view.mayManage && !person.mergedInto ? (
        <ButtonRow>
          <Button variant="secondary" icon="plus" href={`/office/persons/${person.personId}/further-posting`}>
            {t('people.furtherPosting')}
          </Button>
          <Button variant="quiet" icon="people" href={`/office/persons/${person.personId}/merge`}>
            {t('people.merge')}
          </Button>
        </ButtonRow>
      ) : null}
    </Card>
  );

  function actions({ ownPostingIds }: PersonView) {
    return {
      key: 'actions',
      label: t('people.actionsColumn'),
      kind: 'actions' as const,
      value: (row: PostingRecord) =>
        ownPostingIds.includes(row.postingId) ? <Actions personId={person.personId} posting={row} /> : null,
    };
  }
}

function Post({ posting }: { posting: PostingRecord }) {
  const { t, language } = useFrame();
  const group = word(t, 'group', posting.serviceGroup);
  return (
    <>
      {designationOf(posting, language) ?? '–'}
      {group ? <span class="soft"> · {t('people.groupOf', { group })}</span> : null}
    </>
  );
}

/** The main one is marked only where it could be another. */
function Kind({ posting, isAlone }: { posting: PostingRecord; isAlone: boolean }) {
  const { t } = useFrame();
  return (
    <>
      {word(t, 'kind', posting.kind)}
      {posting.isPrimary && !isAlone ? <span class="soft"> · {t('people.primary')}</span> : null}
    </>
  );
}

function Until({ posting }: { posting: PostingRecord }) {
  const { t, language } = useFrame();
  const reason = word(t, 'end', posting.endReason);
  return (
    <>
      {dayOrNull(posting.endsOn, language) ?? t('people.tillNow')}
      {reason ? <span class="soft"> · {reason}</span> : null}
    </>
  );
}

function State({ posting, today }: { posting: PostingRecord; today: string }) {
  const { t } = useFrame();
  if (posting.startsOn > today) return <Tag tone="progress">{t('people.coming')}</Tag>;
  if (posting.endsOn !== null && posting.endsOn < today) return <Tag>{t('people.ended')}</Tag>;
  return <Tag tone="done">{t('people.now')}</Tag>;
}

function Actions({ personId, posting }: { personId: string; posting: PostingRecord }) {
  const { t, language } = useFrame();
  const base = `/office/persons/${personId}/postings/${posting.postingId}`;
  const about = <span class="hidden-text"> ({officeOf(posting, language)})</span>;
  return (
    <>
      <a href={`${base}/end`}>
        {t('people.endPosting')}
        {about}
      </a>{' '}
      <a href={`${base}/correction`}>
        {t('people.correctPosting')}
        {about}
      </a>
    </>
  );
}
