import { formatDay } from '../../kernel/dates.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  type Column,
  DataTable,
  DateField,
  EmptyState,
  errorFor,
  FormPage,
  SelectField,
  SummaryList,
  TextArea,
} from '../../shell/index.ts';
import { type Kind, kinds } from '../rules/compliance.ts';
import type { Failing, Finding } from '../rules/read-coverage.ts';
import type { StaleSyllabus } from '../rules/stale-syllabi.ts';
import type { Reason } from '../stores/rules.ts';
import type { ListedSubject } from '../stores/subjects.ts';
import { missingText, type Say } from '../words.ts';
import { DayRemark, Heading, PlaceFilter, SisterPages } from './frame.tsx';
import { addressOf, giverOf, officeOf, reasonText, subjectHref, subjectName } from './words.ts';

export type FailingProps = Failing & {
  kind?: Kind;
  asked: string | undefined;
  today: string;
  mayReason(subject: ListedSubject): boolean;
  say: Say;
};

/** What does not comply, what is missing, and why, as far as somebody said so. */
export function FailingPage(props: FailingProps) {
  const { office, asOf, items, kind, asked, today, mayReason, say } = props;
  const { t } = say;
  const params = { office: office.code, asOf: asOf === today ? undefined : asOf };
  return (
    <>
      <Heading
        title={t('curriculum.tabFailing')}
        lead={t('curriculum.failingLead')}
        office={office}
        asOf={asOf}
        say={say}
      />
      <SisterPages active="/failing" params={params} say={say} />
      <DayRemark {...{ asked, asOf, today, say }} />
      <PlaceFilter tab="/failing" {...{ office, asOf, today, say }}>
        <SelectField
          name="kind"
          label={t('curriculum.kind')}
          value={kind}
          emptyLabel={t('curriculum.kindAll')}
          options={kinds.map((one) => ({ value: one, label: t(`curriculum.kinds_${one}`) }))}
        />
      </PlaceFilter>
      <Card>
        <DataTable
          caption={t('curriculum.tabFailing')}
          isCaptionHidden
          rows={items}
          rowKey={(row) => row.subject.id}
          empty={
            <EmptyState title={t('curriculum.failingNone')} icon="check">
              {t('curriculum.failingNoneAdvice')}
            </EmptyState>
          }
          columns={[
            nameColumn(say),
            {
              key: 'kind',
              label: t('curriculum.kind'),
              value: (row) => t(`curriculum.kind_${row.subject.kind}`),
            },
            {
              key: 'office',
              label: t('curriculum.office'),
              value: (row) => officeOf(row.subject, say.language),
            },
            {
              key: 'missing',
              label: t('curriculum.missing'),
              value: (row) => missingText(row.missing, say),
            },
            {
              key: 'reason',
              label: t('curriculum.reason'),
              value: (row) => <ReasonCell finding={row} may={mayReason(row.subject)} say={say} />,
            },
          ]}
        />
        {items.length > 0 ? <CsvButton path="/failing.csv" params={{ ...params, kind }} say={say} /> : null}
      </Card>
    </>
  );
}

/** Both lists lead to what they name. */
function nameColumn(say: Say): Column<{ subject: ListedSubject }> {
  return {
    key: 'name',
    label: say.t('curriculum.name'),
    kind: 'link',
    isRowHeading: true,
    value: (row) => subjectName(row.subject, say),
    href: (row) => subjectHref(row.subject),
  };
}

function ReasonCell({ finding, may, say }: { finding: Finding; may: boolean; say: Say }) {
  const { subject, reason, isReasonRunning } = finding;
  const { t } = say;
  return (
    <>
      {reasonText(reason, isReasonRunning, say) ?? t('curriculum.reasonNone')}
      {may ? (
        <>
          <br />
          <a href={addressOf(`/reasons/${subject.kind}/${subject.id}`)}>
            {t('curriculum.giveReason')}
            <span class="hidden-text">: {subjectName(subject, say)}</span>
          </a>
        </>
      ) : null}
    </>
  );
}

function CsvButton(props: { path: string; params: Record<string, string | undefined>; say: Say }) {
  return (
    <ButtonRow>
      <Button href={addressOf(props.path, props.params)} variant="secondary" icon="download" isDownload>
        {props.say.t('curriculum.csv')}
      </Button>
    </ButtonRow>
  );
}

type StaleProps = {
  office: Failing['office'];
  asOf: string;
  items: StaleSyllabus[];
  asked: string | undefined;
  today: string;
  say: Say;
};

export function StalePage({ office, asOf, items, asked, today, say }: StaleProps) {
  const { t, language } = say;
  const params = { office: office.code, asOf: asOf === today ? undefined : asOf };
  return (
    <>
      <Heading
        title={t('curriculum.tabStale')}
        lead={t('curriculum.staleLead')}
        office={office}
        asOf={asOf}
        say={say}
      />
      <SisterPages active="/stale" params={params} say={say} />
      <DayRemark {...{ asked, asOf, today, say }} />
      <PlaceFilter tab="/stale" {...{ office, asOf, today, say }} />
      <Card>
        <DataTable
          caption={t('curriculum.tabStale')}
          isCaptionHidden
          rows={items}
          rowKey={(row) => row.subject.id}
          empty={
            <EmptyState title={t('curriculum.staleNone')} icon="check">
              {t('curriculum.staleNoneAdvice')}
            </EmptyState>
          }
          columns={[
            nameColumn(say),
            {
              key: 'office',
              label: t('curriculum.institute'),
              value: (row) => officeOf(row.subject, language),
            },
            {
              key: 'revised',
              label: t('curriculum.revisedOn'),
              kind: 'date',
              value: (row) => row.version.revisedOn,
            },
            {
              key: 'stale',
              label: t('curriculum.staleFrom'),
              kind: 'date',
              value: (row) => row.staleFrom,
            },
            {
              key: 'induction',
              label: t('curriculum.induction'),
              value: (row) => t(row.version.isInduction ? 'curriculum.yes' : 'curriculum.no'),
            },
            {
              key: 'order',
              label: t('curriculum.orderNumber'),
              value: (row) => row.rule.orderNumber,
            },
          ]}
        />
        {items.length > 0 ? <CsvButton path="/stale.csv" params={params} say={say} /> : null}
      </Card>
    </>
  );
}

type ReasonProps = { subject: ListedSubject; reasons: Reason[]; today: string; state: FormState; say: Say };

/** A form for one more reason, under what was said before. */
export function ReasonPage({ subject, reasons, today, state, say }: ReasonProps) {
  const { t, language } = say;
  const field = (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
  return (
    <>
      <FormPage
        title={`${subjectName(subject, say)}: ${t('curriculum.reasonTitle')}`}
        lead={t('curriculum.reasonLead')}
        action={addressOf(`/reasons/${subject.kind}/${subject.id}`)}
        submit={t('curriculum.giveReason')}
        cancelHref={addressOf('/failing')}
        state={state}
      >
        <TextArea {...field('reason')} label={t('curriculum.reason')} rows={3} maxLength={1000} />
        <DateField {...field('untilOn')} label={t('curriculum.reasonUntil')} min={today} />
      </FormPage>
      {reasons.length > 0 ? (
        <Card title={t('curriculum.reasonsBefore')}>
          {reasons.map((reason) => (
            <SummaryList
              key={reason.reason}
              rows={[
                { label: t('curriculum.reason'), value: reason.reason },
                { label: t('curriculum.givenBy'), value: giverOf(reason, say) },
                { label: t('curriculum.givenOn'), value: formatDay(reason.givenOn, language) },
                { label: t('curriculum.reasonUntil'), value: formatDay(reason.untilOn, language) },
              ]}
            />
          ))}
        </Card>
      ) : null}
    </>
  );
}
