import type { ComponentChildren } from 'preact';
import { formatDay, indiaDay } from '../../kernel/dates.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import { type Language, type MessageKey, pick, type Translate } from '../../kernel/i18n.ts';
import type { Listed } from '../../kernel/lists.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  DateField,
  ErrorSummary,
  errorFor,
  Form,
  Notice,
  PageHeading,
  SummaryList,
  Tag,
  useFrame,
} from '../../shell/index.ts';
import { ClaimState, WaitingClaims, Withdraw } from '../claims/pages.tsx';
import type { ClaimRow } from '../claims/store.ts';
import { DecisionCard } from '../decision-card.tsx';
import { MandateName, ReasonField } from '../service/pages.tsx';
import type { RequestToDecide } from './decide-extension.ts';
import type { ExtensionRow } from './store.ts';

type AskProps = {
  mandateId: string;
  name: string;
  number: string;
  due: string | null;
  requests: ExtensionRow[];
  state: FormState;
  status: string;
};

/** The person asks for more time, and reads what became of former requests. */
export function AskPage({ mandateId, name, number, due, requests, state, status }: AskProps) {
  const { t } = useFrame();
  const base = `/orders/${mandateId}/extension`;
  const waits = requests.find((one) => one.state === 'asked');
  const isOpen = status === 'open' || status === 'overdue';
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading
        title={t('service.askExtension')}
        lead={`${name} · ${number}${due ? ` · ${t('service.dueOn', { day: due })}` : ''}`}
      />
      {requests.map((one) => (
        <RequestCard
          key={one.requestId}
          row={one}
          withdrawal={one === waits ? `${base}/${one.requestId}/withdrawal` : undefined}
        />
      ))}
      {waits || !isOpen ? null : (
        <Card>
          <Form action={base}>
            <DateField
              name="until"
              label={t('service.until')}
              value={state.values['until']}
              error={errorFor(state.errors, 'until')}
            />
            <ReasonField state={state} hint={t('service.extensionReasonHint')} />
            <ButtonRow>
              <Button>{t('service.sendExtension')}</Button>
              <Button variant="quiet" href="/orders">
                {t('common.cancel')}
              </Button>
            </ButtonRow>
          </Form>
        </Card>
      )}
      {waits || isOpen ? null : (
        <Notice tone="done">
          <p>{t('service.notNeeded')}</p>
        </Notice>
      )}
    </>
  );
}

export function RequestState({ row }: { row: ExtensionRow }) {
  const { t } = useFrame();
  if (row.isTakenBack) return <Tag tone="overdue">{t('service.stateGrantTakenBack')}</Tag>;
  const tones = { asked: 'due', granted: 'done', refused: 'overdue', withdrawn: 'neutral' } as const;
  return <Tag tone={tones[row.state]}>{t(`service.state_${row.state}` as MessageKey)}</Tag>;
}

function RequestCard({ row, withdrawal }: { row: ExtensionRow; withdrawal?: string }) {
  const { t, language } = useFrame();
  return (
    <Card
      title={t('service.requestUntil', { day: formatDay(row.askedUntil, language) })}
      aside={<RequestState row={row} />}
    >
      <p>{row.reason}</p>
      {row.grantedUntil && !row.isTakenBack ? (
        <p>{t('service.grantedUntil', { day: formatDay(row.grantedUntil, language) })}</p>
      ) : null}
      {row.decisionReason ? <p>{t('service.decisionReason', { reason: row.decisionReason })}</p> : null}
      {withdrawal ? <Withdraw action={withdrawal} lead="service.withdrawExtensionLead" /> : null}
    </Card>
  );
}

/** What waits for a nodal officer's decision: more time, and courses done elsewhere. */
type DecisionsProps = {
  requests: Listed<ExtensionRow>;
  claims: Listed<ClaimRow>;
  decided: Decided;
};
type Decided = { requests: ExtensionRow[]; claims: ClaimRow[] };

/** The two lists go by pages of their own: the next page of one begins the other again. */
export function DecisionsPage({ requests, claims, decided }: DecisionsProps) {
  const { t, language } = useFrame();
  return (
    <>
      <PageHeading
        title={t('service.decisions')}
        lead={t('service.decisionsLead')}
        actions={
          <Button variant="secondary" href="/office/exemptions">
            {t('service.exemptionList')}
          </Button>
        }
      />
      <Card>
        <DataTable
          caption={t('service.waitingExtensions')}
          rows={requests.items}
          rowKey={(row) => row.requestId}
          isCountHidden={requests.next !== null}
          pageKey="requestsAfter"
          nextHref={requests.next ? `/office/decisions?requestsAfter=${requests.next}` : undefined}
          empty={<p class="soft">{t('service.noWaitingExtensions')}</p>}
          columns={[
            {
              ...{ key: 'who', label: t('service.person'), kind: 'link', isRowHeading: true },
              value: (row) =>
                [pick({ hi: row.nameHi, en: row.nameEn }, language), row.code].filter(Boolean).join(' · '),
              href: (row) => `/office/extensions/${row.personId}/${row.requestId}`,
            },
            { key: 'order', label: t('service.mandate'), value: (row) => <MandateName row={row} /> },
            { key: 'until', label: t('service.until'), kind: 'date', value: (row) => row.askedUntil },
            { key: 'asked', label: t('service.askedOn'), kind: 'date', value: (row) => row.recordedAt },
          ]}
        />
      </Card>
      <Card>
        <WaitingClaims
          claims={claims.items}
          nextHref={claims.next ? `/office/decisions?claimsAfter=${claims.next}` : undefined}
        />
      </Card>
      <DecidedCard {...decided} />
    </>
  );
}

type DecidedRow = {
  key: string;
  href: string;
  who: string;
  what: string;
  at: Date | null;
  state: ComponentChildren;
};

/** What was decided lately, of both kinds, the newest first. */
function DecidedCard({ requests, claims }: Decided) {
  const { t, language } = useFrame();
  const who = (row: ExtensionRow | ClaimRow) =>
    [pick({ hi: row.nameHi, en: row.nameEn }, language), row.code].filter(Boolean).join(' · ');
  const rows: DecidedRow[] = [
    ...requests.map((row) => ({
      ...{ key: row.requestId, href: `/office/extensions/${row.personId}/${row.requestId}`, who: who(row) },
      ...{ what: pick({ hi: row.titleHi, en: row.titleEn }, language), at: row.decidedAt },
      state: <RequestState row={row} />,
    })),
    ...claims.map((row) => ({
      ...{ key: row.claimId, href: `/office/claims/${row.personId}/${row.claimId}`, who: who(row) },
      ...{ what: row.title, at: row.decidedAt, state: <ClaimState claim={row} /> },
    })),
  ].toSorted((a, b) => Number(b.at) - Number(a.at));
  if (rows.length === 0) return null;
  return (
    <Card>
      <DataTable
        caption={t('service.decidedLately')}
        rows={rows}
        rowKey={(row) => row.key}
        columns={[
          {
            ...{ key: 'who', label: t('service.person'), kind: 'link', isRowHeading: true },
            value: (row) => row.who,
            href: (row) => row.href,
          },
          { key: 'what', label: t('service.decidedWhat'), value: (row) => row.what },
          { key: 'state', label: t('service.decisionTaken'), value: (row) => row.state },
          { key: 'at', label: t('service.decidedOn'), kind: 'date', value: (row) => row.at },
        ]}
      />
    </Card>
  );
}

/** What was decided, on which day and by whom, with the reason that the person reads. */
function decisionRows(row: ExtensionRow, t: Translate, language: Language) {
  if (!row.decidedAt) return [];
  const by = pick({ hi: row.deciderHi, en: row.deciderEn }, language);
  const told = [formatDay(indiaDay(row.decidedAt), language), by].filter(Boolean).join(', ');
  return [
    {
      label: t('service.decisionTaken'),
      value: (
        <>
          <RequestState row={row} /> {told}
        </>
      ),
    },
    ...(row.decisionReason ? [{ label: t('service.reasonOfDecision'), value: row.decisionReason }] : []),
  ];
}

export function DecideExtensionPage({ row, state }: { row: RequestToDecide; state: FormState }) {
  const { t, language } = useFrame();
  const { values, errors } = state;
  const name = pick({ hi: row.nameHi, en: row.nameEn }, language);
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('service.decideExtension')} lead={[name, row.code].filter(Boolean).join(' · ')} />
      <Card>
        <SummaryList
          rows={[
            { label: t('service.mandate'), value: <MandateName row={row} /> },
            {
              label: t('service.dueNow'),
              value: row.dueOn ? formatDay(row.dueOn, language) : t('service.noDueNow'),
            },
            { label: t('service.until'), value: formatDay(row.askedUntil, language) },
            ...(row.grantedUntil
              ? [{ label: t('service.grantUntil'), value: formatDay(row.grantedUntil, language) }]
              : []),
            { label: t('service.reason'), value: row.reason ?? '–' },
            ...decisionRows(row, t, language),
          ]}
        />
      </Card>
      {row.state === 'asked' ? (
        <DecisionCard
          action={`/office/extensions/${row.personId}/${row.requestId}`}
          outcomes={['granted', 'refused']}
          state={state}
        >
          <DateField
            name="until"
            label={t('service.grantUntil')}
            hint={t('service.grantUntilHint')}
            value={values['until'] ?? row.askedUntil}
            error={errorFor(errors, 'until')}
          />
        </DecisionCard>
      ) : null}
      {row.state === 'granted' && !row.isTakenBack ? (
        <Card title={t('service.takeBackExtension')}>
          <Form action={`/office/extensions/${row.personId}/${row.requestId}/withdrawal`}>
            <ReasonField state={state} hint={t('service.takeBackHint')} />
            <Button variant="danger">{t('service.takeBackExtension')}</Button>
          </Form>
        </Card>
      ) : null}
    </>
  );
}
