import type { OrderFace } from '../../mandates/index.ts';
import {
  Card,
  type Column,
  DataTable,
  DateField,
  EmptyState,
  FilterBar,
  PageHeading,
  Tabs,
  Tag,
} from '../../shell/index.ts';
import type { LogRow, OfficerRow } from '../stores/log.ts';
import type { SendingState } from '../stores/sendings.ts';
import { titleOf } from '../texts.ts';
import { nameIn, remindersHref, type Say, stateText, stateTones, stepText } from './words.ts';

export type LogFilter = 'officers' | 'sent' | 'not' | 'unknown';
export type LogProps = {
  order: OrderFace;
  day: string | undefined;
  state: LogFilter | undefined;
  today: string;
  say: Say;
} & ({ items: LogRow[]; next: string | null } | { officers: OfficerRow[] });

const filters = [undefined, 'officers', 'sent', 'not', 'unknown'] as const;

/** To whom each step went, and what became of it. */
export function LogPage(props: LogProps) {
  const { order, day, state, today, say } = props;
  const { t, language } = say;
  const href = (more: Record<string, string | undefined>) => {
    const given = Object.entries({ day, state, ...more }).filter((one): one is [string, string] => !!one[1]);
    const query = given.length > 0 ? `?${new URLSearchParams(given)}` : '';
    return remindersHref(order.mandateId, `/log${query}`);
  };
  return (
    <>
      <PageHeading title={t('reminders.logTitle')} lead={titleOf(order, language)} />
      <Tabs
        label={t('reminders.logTitle')}
        tabs={filters.map((one) => ({
          label: t(`reminders.filter_${one ?? 'all'}`),
          href: href({ state: one }),
          isActive: one === state,
        }))}
      />
      <Card>
        <FilterBar
          action={remindersHref(order.mandateId, '/log')}
          submitLabel={t('reminders.show')}
          resetHref={day ? href({ day: undefined }) : undefined}
          hidden={state ? { state } : {}}
        >
          <DateField name="day" label={t('reminders.day')} value={day} max={today} />
        </FilterBar>
        {'officers' in props ? (
          <OfficersTable {...props} />
        ) : (
          <PeopleTable {...props} nextHref={props.next ? href({ after: props.next }) : undefined} />
        )}
      </Card>
    </>
  );
}

type PeopleProps = { items: LogRow[]; nextHref: string | undefined; say: Say };

function PeopleTable({ items, nextHref, say }: PeopleProps) {
  const { t, language } = say;
  return (
    <DataTable
      caption={t('reminders.logTitle')}
      isCaptionHidden
      isCountHidden={nextHref !== undefined}
      rows={items}
      rowKey={(row) => row.key}
      nextHref={nextHref}
      empty={<Nothing say={say} />}
      columns={[
        {
          key: 'name',
          label: t('reminders.about'),
          kind: 'link',
          isRowHeading: true,
          value: (row) => nameIn(row, language),
          href: (row) => `/office/persons/${row.personId}`,
        },
        ...logColumns(say).filter((column) => column.key !== 'to'),
      ]}
    />
  );
}

function OfficersTable({ officers, say }: { officers: OfficerRow[]; say: Say }) {
  const { t, language } = say;
  return (
    <DataTable
      caption={t('reminders.logTitle')}
      isCaptionHidden
      rows={officers}
      rowKey={(row) => row.key}
      empty={<Nothing say={say} />}
      columns={[
        {
          key: 'name',
          label: t('reminders.officer'),
          isRowHeading: true,
          value: (row) => nameIn({ nameHi: row.recipientHi, nameEn: row.recipientEn }, language),
        },
        { key: 'day', label: t('reminders.day'), kind: 'date', value: (row) => row.day },
        { key: 'people', label: t('reminders.ofPeople'), kind: 'number', value: (row) => row.people },
        {
          key: 'inbox',
          label: t('reminders.channel_inbox'),
          value: (row) => <Inbox isSeen={row.isSeen} say={say} />,
        },
        {
          key: 'mail',
          label: t('reminders.channel_mail'),
          value: (row) => <End state={row.mail} reason={row.mailReason} say={say} />,
        },
      ]}
    />
  );
}

function Nothing({ say: { t } }: { say: Say }) {
  return (
    <EmptyState title={t('reminders.logNoneTitle')} icon="text">
      {t('reminders.logNone')}
    </EmptyState>
  );
}

function Inbox({ isSeen, say: { t } }: { isSeen: boolean; say: Say }) {
  return (
    <Tag tone={isSeen ? 'done' : 'progress'}>
      {t(isSeen ? 'reminders.inboxSeen' : 'reminders.inboxThere')}
    </Tag>
  );
}

/** Day, step, recipient and what became of it: of an order's log and of one person's. */
export function logColumns(say: Say): Column<LogRow>[] {
  const { t, language } = say;
  return [
    { key: 'day', label: t('reminders.day'), kind: 'date', value: (row) => row.day },
    { key: 'step', label: t('reminders.step'), value: (row) => stepText(row.daysBefore, say) },
    {
      key: 'to',
      label: t('reminders.to'),
      value: (row) =>
        row.audience === 'person'
          ? t('reminders.audience_person')
          : nameIn({ nameHi: row.recipientHi, nameEn: row.recipientEn }, language),
    },
    {
      key: 'inbox',
      label: t('reminders.channel_inbox'),
      value: (row) => <Inbox isSeen={row.isSeen} say={say} />,
    },
    {
      key: 'mail',
      label: t('reminders.channel_mail'),
      value: (row) => <End state={row.mail} reason={row.mailReason} say={say} />,
    },
    {
      key: 'sms',
      label: t('reminders.channel_sms'),
      value: (row) =>
        row.audience === 'person' ? <End state={row.sms} reason={row.smsReason} say={say} /> : null,
    },
  ];
}

function End({ state, reason, say }: { state: SendingState | null; reason: string | null; say: Say }) {
  if (!state) return <>–</>;
  return <Tag tone={stateTones[state]}>{stateText(state, reason, say)}</Tag>;
}
