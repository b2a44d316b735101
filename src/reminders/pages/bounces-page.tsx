import { maskEmail, maskMobile } from '../../people/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  EmptyState,
  Form,
  HiddenFields,
  PageHeading,
} from '../../shell/index.ts';
import type { BouncedPerson } from '../stores/bounces.ts';
import { nameIn, type Say } from './words.ts';

export const bouncesHref = '/office/addresses';

type Props = { items: BouncedPerson[]; next: string | null; say: Say };

/** People whom messages do not reach, and what to do about each. */
export function BouncesPage({ items, next, say }: Props) {
  const { t, language } = say;
  return (
    <>
      <PageHeading title={t('reminders.bouncesTitle')} lead={t('reminders.bouncesLead')} />
      <Card>
        <DataTable
          caption={t('reminders.bouncesTitle')}
          isCaptionHidden
          isCountHidden={next !== null}
          rows={items}
          rowKey={(row) => `${row.personId}.${row.channel}`}
          nextHref={next ? `${bouncesHref}?after=${next}` : undefined}
          empty={
            <EmptyState title={t('reminders.bouncesNoneTitle')} icon="check">
              {t('reminders.bouncesNone')}
            </EmptyState>
          }
          columns={[
            {
              key: 'name',
              label: t('reminders.name'),
              kind: 'link',
              isRowHeading: true,
              value: (row) => nameIn(row, language),
              href: (row) => `/office/persons/${row.personId}`,
            },
            {
              key: 'office',
              label: t('reminders.office'),
              value: (row) => nameIn({ nameHi: row.officeHi, nameEn: row.officeEn }, language),
            },
            {
              key: 'address',
              label: t('reminders.address'),
              value: (row) => (row.channel === 'mail' ? maskEmail(row.address) : maskMobile(row.address)),
            },
            { key: 'since', label: t('reminders.since'), kind: 'date', value: (row) => row.recordedAt },
            { key: 'do', label: t('reminders.whatToDo'), kind: 'actions', value: (row) => actions(row, say) },
          ]}
        />
      </Card>
    </>
  );
}

function actions(row: BouncedPerson, { t }: Say) {
  return (
    <ButtonRow>
      <Button variant="secondary" href={`/office/persons/${row.personId}/details`}>
        {t('reminders.correct')}
      </Button>
      <Form action={`${bouncesHref}/confirmations`}>
        <HiddenFields values={{ personId: row.personId, channel: row.channel }} />
        <Button variant="quiet">{t('reminders.isRight')}</Button>
      </Form>
    </ButtonRow>
  );
}
