import { formatDay, indiaDay } from '../../kernel/dates.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import { pick } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  DateField,
  EmptyState,
  errorFor,
  PageHeading,
  RadioGroup,
  Tag,
  TextArea,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import { AttendanceCard } from '../attendance/attendance-card.tsx';
import type { AttendedSession } from '../attendance/store.ts';
import { ClaimState } from '../claims/pages.tsx';
import type { ClaimRow } from '../claims/store.ts';
import type { Exemption } from '../exemptions/exemptions.ts';
import { RequestState } from '../extensions/pages.tsx';
import type { ExtensionRow } from '../extensions/store.ts';
import { serviceHref } from '../person-form.tsx';
import { kindsOfOneDay, serviceKinds } from './schema.ts';
import type { RemovedEvent, ServiceEvent } from './service-events.ts';
import { classWord, kindWord, spellText } from './words.ts';

export type ServiceProps = {
  events: ServiceEvent[];
  removed: RemovedEvent[];
  exemptions: Exemption[];
  today: string;
};
type OfficeProps = ServiceProps & {
  personId: string;
  name: string;
  sessions: AttendedSession[];
  decided: Decided;
};
type Decided = { requests: ExtensionRow[]; claims: ClaimRow[] };

/** For the nodal officer: what is recorded of a person's service, and from which orders he is exempt. */
export function OfficeServicePage({ personId, name, sessions, decided, ...facts }: OfficeProps) {
  const { t } = useFrame();
  const base = serviceHref(personId);
  return (
    <>
      <PageHeading
        title={t('service.ofPerson', { name })}
        lead={t('service.lead')}
        actions={
          <>
            <Button variant="secondary" icon="plus" href={`/office/persons/${personId}/exemptions/new`}>
              {t('service.newExemption')}
            </Button>
            <Button icon="plus" href={`${base}/new`}>
              {t('service.newEvent')}
            </Button>
          </>
        }
      />
      <EventsCard events={facts.events} personId={personId} />
      <RemovedCard removed={facts.removed} />
      <ExemptionsCard {...facts} personId={personId} />
      {sessions.length > 0 ? <AttendanceCard sessions={sessions} title={t('service.attendance')} /> : null}
      <DecidedCard {...decided} />
    </>
  );
}

/** What was granted and accepted, each with the way to its page, where it can be taken back. */
function DecidedCard({ requests, claims }: Decided) {
  const { t, language } = useFrame();
  const rows = [
    ...requests.map((row) => ({
      ...{ id: row.requestId, href: `/office/extensions/${row.personId}/${row.requestId}` },
      what: t('service.moreTimeUnder', { number: row.mandateNumber }),
      ...{ day: row.grantedUntil ?? row.askedUntil, state: <RequestState row={row} /> },
    })),
    ...claims.map((claim) => ({
      ...{ id: claim.claimId, href: `/office/claims/${claim.personId}/${claim.claimId}`, what: claim.title },
      ...{ day: claim.completedOn, state: <ClaimState claim={claim} /> },
    })),
  ];
  if (rows.length === 0) return null;
  return (
    <Card title={t('service.requestsAndClaims')}>
      <DataTable
        caption={t('service.requestsAndClaims')}
        isCaptionHidden
        isCountHidden
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          {
            ...{ key: 'what', label: t('service.kindColumn'), kind: 'link', isRowHeading: true },
            value: (row) => row.what,
            href: (row) => row.href,
          },
          { key: 'day', label: t('service.dayColumn'), value: (row) => formatDay(row.day, language) },
          { key: 'state', label: t('service.stateColumn'), value: (row) => row.state },
        ]}
      />
    </Card>
  );
}

/** For the person himself. */
export function OwnServicePage(facts: ServiceProps) {
  const { t } = useFrame();
  return (
    <>
      <PageHeading title={t('service.title')} lead={t('service.ownLead')} />
      <EventsCard events={facts.events} />
      <RemovedCard removed={facts.removed} />
      <ExemptionsCard {...facts} />
    </>
  );
}

function EventsCard({ events, personId }: { events: ServiceEvent[]; personId?: string }) {
  const { t, language } = useFrame();
  const say = { t, language };
  if (events.length === 0)
    return <NothingYet title={t('service.noEvents')} lead={t('service.noEventsLead')} />;
  return (
    <Card title={t('service.events')}>
      <DataTable
        caption={t('service.events')}
        isCaptionHidden
        isCountHidden
        rows={events}
        rowKey={(row) => row.serviceEventId}
        columns={[
          {
            ...{ key: 'kind', label: t('service.kindColumn'), isRowHeading: true },
            value: (row) => kindWord(row.kind, say),
          },
          { key: 'days', label: t('service.days'), value: (row) => spellText(row, say) },
          { key: 'order', label: t('service.orderNumber'), value: (row) => row.orderNumber },
          { key: 'reason', label: t('service.reason'), value: (row) => <Reason row={row} /> },
          ...(personId
            ? [
                {
                  ...{ key: 'acts', label: t('service.acts'), kind: 'actions' as const },
                  value: (row: ServiceEvent) => <EventActs row={row} personId={personId} />,
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}

/** What was taken back, struck out, with the day and the reason. */
function RemovedCard({ removed }: { removed: RemovedEvent[] }) {
  const { t, language } = useFrame();
  const say = { t, language };
  if (removed.length === 0) return null;
  return (
    <Card title={t('service.removedEvents')}>
      <ul>
        {removed.map((row) => (
          <li key={row.serviceEventId}>
            <s>{`${kindWord(row.kind, say)}, ${spellText(row, say)}`}</s>{' '}
            {t('service.removedOn', { day: formatDay(indiaDay(row.removedAt), language) })}{' '}
            <Reason row={row} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function NothingYet({ title, lead }: { title: string; lead: string }) {
  return (
    <Card>
      <EmptyState title={title} icon="calendar">
        {lead}
      </EmptyState>
    </Card>
  );
}

function Reason({ row }: { row: { reason: string | null; mayReadReason: boolean } }) {
  const { t } = useFrame();
  if (row.mayReadReason) return <>{row.reason ?? '–'}</>;
  return <span class="soft">{t('service.reasonKept')}</span>;
}

function EventActs({ row, personId }: { row: ServiceEvent; personId: string }) {
  const { t } = useFrame();
  const href = `${serviceHref(personId)}/${row.serviceEventId}`;
  return (
    <ButtonRow>
      {row.endsOn === null && !kindsOfOneDay.includes(row.kind) ? (
        <Button variant="secondary" href={`${href}/end`}>
          {t('service.end')}
        </Button>
      ) : null}
      <Button variant="quiet" href={`${href}/withdrawal`}>
        {t('service.takeBack')}
      </Button>
    </ButtonRow>
  );
}

function ExemptionsCard({
  exemptions,
  today,
  personId,
}: Pick<ServiceProps, 'exemptions' | 'today'> & { personId?: string }) {
  const { t, language } = useFrame();
  const say = { t, language };
  if (exemptions.length === 0)
    return <NothingYet title={t('service.noExemptions')} lead={t('service.noExemptionsLead')} />;
  return (
    <Card title={t('service.exemptions')}>
      <DataTable
        caption={t('service.exemptions')}
        isCaptionHidden
        isCountHidden
        rows={exemptions}
        rowKey={(row) => row.exemptionId}
        columns={[
          {
            ...{ key: 'mandate', label: t('service.mandate'), isRowHeading: true },
            value: (row) => <MandateName row={row} />,
          },
          { key: 'class', label: t('service.reasonClass'), value: (row) => classWord(row.reasonClass, say) },
          {
            ...{ key: 'days', label: t('service.days') },
            value: (row) => (
              <>
                {spellText(row, say)} <ExemptionState row={row} today={today} />
              </>
            ),
          },
          { key: 'order', label: t('service.exemptionOrder'), value: (row) => row.orderNumber },
          {
            ...{ key: 'by', label: t('service.approver') },
            value: (row) => pick({ hi: row.byHi, en: row.byEn }, language) || null,
          },
          { key: 'reason', label: t('service.reason'), value: (row) => <Reason row={row} /> },
          ...(personId
            ? [
                {
                  ...{ key: 'acts', label: t('service.acts'), kind: 'actions' as const },
                  value: (row: Exemption) => (
                    <Button
                      variant="quiet"
                      href={`/office/persons/${personId}/exemptions/${row.exemptionId}/withdrawal`}
                    >
                      {t('service.takeBack')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}

type Titled = { mandateNumber: string; titleHi: string | null; titleEn: string | null };

export function MandateName({ row }: { row: Titled }) {
  const { language } = useFrame();
  return (
    <>
      {pick({ hi: row.titleHi, en: row.titleEn }, language)} <span class="soft">{row.mandateNumber}</span>
    </>
  );
}

/** An exemption ends by itself: the day after its last one the person is bound again. */
export function ExemptionState({
  row,
  today,
}: {
  row: { startsOn: string; endsOn: string | null };
  today: string;
}) {
  const { t } = useFrame();
  if (row.endsOn !== null && row.endsOn < today) return <Tag tone="neutral">{t('service.expired')}</Tag>;
  return row.startsOn > today ? (
    <Tag tone="due">{t('service.toCome')}</Tag>
  ) : (
    <Tag tone="done">{t('service.running')}</Tag>
  );
}

export function EventFields({ state }: { state: FormState }) {
  const { t } = useFrame();
  const { values, errors } = state;
  return (
    <>
      <RadioGroup
        name="kind"
        label={t('service.kind')}
        options={serviceKinds.map((kind) => ({ value: kind, label: kindWord(kind, { t }) }))}
        value={values['kind']}
        error={errorFor(errors, 'kind')}
      />
      <DateField
        name="startsOn"
        label={t('service.startsOn')}
        hint={t('service.startsOnHint')}
        value={values['startsOn']}
        error={errorFor(errors, 'startsOn')}
      />
      <DateField
        name="endsOn"
        label={t('service.endsOn')}
        hint={t('service.endsOnHint')}
        value={values['endsOn']}
        error={errorFor(errors, 'endsOn')}
        isOptional
      />
      <TextField
        name="orderNumber"
        label={t('service.orderNumber')}
        hint={t('service.orderNumberHint')}
        value={values['orderNumber']}
        error={errorFor(errors, 'orderNumber')}
        maxLength={200}
        isOptional
      />
      <ReasonField state={state} hint={t('service.reasonHint')} isOptional />
    </>
  );
}

export function ReasonField({
  state,
  hint,
  isOptional,
}: {
  state: FormState;
  hint: string;
  isOptional?: true;
}) {
  const { t } = useFrame();
  return (
    <TextArea
      name="reason"
      label={t('service.reason')}
      hint={hint}
      value={state.values['reason']}
      error={errorFor(state.errors, 'reason')}
      rows={3}
      maxLength={1000}
      isOptional={isOptional}
    />
  );
}
