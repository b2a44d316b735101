import { formatDay } from '../../kernel/dates.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import { pick } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  Details,
  EmptyState,
  ErrorSummary,
  errorFor,
  Form,
  FormPage,
  Notice,
  PageHeading,
  SelectField,
  Stat,
  StatStrip,
  Tag,
  TextField,
} from '../../shell/index.ts';
import type { Missing } from '../rules/compliance.ts';
import type { PlanRow, PlanVersionRow, ShownLine } from '../stores/plans.ts';
import type { Say } from '../words.ts';
import { DiscardDraft } from './confirm-page.tsx';
import { SisterPages } from './frame.tsx';
import { Check } from './programmes-page.tsx';
import { removalColumn } from './removal-column.tsx';
import { addressOf, officeOf, planHref, titleOf } from './words.ts';

const quarters = [1, 2, 3, 4] as const;

type ListProps = { items: PlanRow[]; next: string | null; year?: string; mayPlan: boolean; say: Say };

export function PlansPage({ items, next, year, mayPlan, say }: ListProps) {
  const { t, language } = say;
  const add = mayPlan ? (
    <Button href={addressOf('/plans/new')} icon="plus">
      {t('curriculum.planNew')}
    </Button>
  ) : null;
  return (
    <>
      <PageHeading title={t('curriculum.kinds_plan')} lead={t('curriculum.plansLead')} actions={add} />
      <SisterPages active="/plans" say={say} />
      <Card>
        <DataTable
          caption={t('curriculum.kinds_plan')}
          isCaptionHidden
          isCountHidden={next !== null}
          rows={items}
          rowKey={(row) => row.planId}
          nextHref={next ? addressOf('/plans', { year, after: next }) : undefined}
          empty={
            <EmptyState title={t('curriculum.plansNone')} icon="calendar" action={add}>
              {t('curriculum.plansNoneAdvice')}
            </EmptyState>
          }
          columns={[
            {
              key: 'office',
              label: t('curriculum.office'),
              kind: 'link',
              isRowHeading: true,
              value: (row) => officeOf(row, language),
              href: (row) => planHref(row.officeCode, row.year),
            },
            { key: 'year', label: t('curriculum.year'), value: (row) => row.year },
            {
              key: 'lines',
              label: t('curriculum.lines'),
              kind: 'number',
              value: (row) => (row.approvedOn ? row.lines : null),
            },
            {
              key: 'headcount',
              label: t('curriculum.headcount'),
              kind: 'number',
              value: (row) => (row.approvedOn ? row.headcount : null),
            },
            {
              key: 'state',
              label: t('curriculum.state'),
              value: (row) => (
                <>
                  {row.approvedOn ? (
                    <Tag tone="done">
                      {t('curriculum.approvedOn', { day: formatDay(row.approvedOn, language) })}
                    </Tag>
                  ) : null}{' '}
                  {row.hasDraft ? <Tag tone="draft">{t('curriculum.stateDraft')}</Tag> : null}
                </>
              ),
            },
          ]}
        />
      </Card>
    </>
  );
}

export function PlanForm({ state, say: { t } }: { state: FormState; say: Say }) {
  const field = (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
  return (
    <FormPage
      title={t('curriculum.planNew')}
      lead={t('curriculum.planNewLead')}
      action={addressOf('/plans')}
      submit={t('curriculum.goOn')}
      cancelHref={addressOf('/plans')}
      state={state}
    >
      <TextField {...field('officeCode')} label={t('curriculum.officeTyped')} />
      <TextField
        {...field('year')}
        label={t('curriculum.year')}
        hint={t('curriculum.yearHint')}
        width="short"
      />
    </FormPage>
  );
}

type Props = {
  plan: PlanRow;
  versions: PlanVersionRow[];
  missing: Missing[] | 'nothing' | undefined;
  mayPlan: boolean;
  /** Whether the reader wrote on the draft and a second person is wanted. */
  isOwn: boolean;
  state: FormState;
  say: Say;
};

/** One plan: the draft for who writes and approves it, the approved one, and those before. */
export function PlanPage(props: Props) {
  const { plan, versions, mayPlan, state, say } = props;
  const { t, language } = say;
  const draft = mayPlan ? versions.find((one) => one.state === 'draft') : undefined;
  const [inForce, ...earlier] = versions.filter((one) => one.state === 'approved');
  return (
    <>
      <ErrorSummary
        errors={state.errors}
        labels={{
          course: t('curriculum.course'),
          programme: t('curriculum.orProgramme'),
          role: t('curriculum.role'),
          quarter: t('curriculum.quarter'),
          headcount: t('curriculum.headcount'),
          owner: t('curriculum.owner'),
          ownerEn: t('curriculum.ownerEn'),
          amendmentReason: t('curriculum.amendmentReason'),
        }}
      />
      <PageHeading title={t('curriculum.planTitle', { year: plan.year })} lead={officeOf(plan, language)} />
      <Check missing={props.missing} isDraft={draft !== undefined} say={say} />
      {draft ? <DraftCards {...props} draft={draft} mayDiscard={inForce !== undefined} /> : null}
      {!mayPlan && plan.hasDraft ? <Notice tone="info" title={t('curriculum.planDraftThere')} /> : null}
      {inForce ? (
        <Card title={t('curriculum.planInForce')} lead={aboutText(inForce, say)}>
          <LinesTable lines={inForce.lines} say={say} />
          <QuarterStrip lines={inForce.lines} say={say} />
        </Card>
      ) : null}
      {mayPlan && inForce && !draft ? <AmendCard {...props} /> : null}
      {earlier.length > 0 ? (
        <Details summary={t('curriculum.earlier')}>
          {earlier.map((one) => (
            <Card
              key={one.version}
              headingLevel={3}
              title={t('curriculum.syllabusVersion', { n: one.version })}
              lead={aboutText(one, say)}
            >
              <LinesTable lines={one.lines} say={say} />
            </Card>
          ))}
        </Details>
      ) : null}
    </>
  );
}

function aboutText(one: PlanVersionRow, { t, language }: Say): string {
  const said = [t('curriculum.syllabusVersion', { n: one.version })];
  if (one.amendmentReason) said.push(t('curriculum.amendedFor', { reason: one.amendmentReason }));
  const writers = language === 'hi' ? one.writersHi : one.writersEn;
  if (writers.length > 0) said.push(t('curriculum.planDraftBy', { names: writers.join(', ') }));
  const approver = pick({ hi: one.approverHi, en: one.approverEn }, language);
  if (one.approvedOn) {
    const day = formatDay(one.approvedOn, language);
    said.push(
      approver ? t('curriculum.approvedBy', { day, name: approver }) : t('curriculum.approvedOn', { day }),
    );
  }
  return said.join(' · ');
}

/** How many people by quarter: the plan's own sum beside its lines. */
function QuarterStrip({ lines, say: { t } }: { lines: ShownLine[]; say: Say }) {
  if (lines.length === 0) return null;
  return (
    <StatStrip>
      {quarters.map((quarter) => (
        <Stat
          key={quarter}
          label={t(`curriculum.q${quarter}`)}
          value={lines
            .filter((line) => line.quarter === quarter)
            .reduce((sum, line) => sum + line.headcount, 0)}
          detail={t('curriculum.persons')}
        />
      ))}
    </StatStrip>
  );
}

type LinesProps = { lines: ShownLine[]; removeFrom?: string; say: Say };

function LinesTable({ lines, removeFrom, say }: LinesProps) {
  const { t, language } = say;
  return (
    <DataTable
      caption={t('curriculum.lines')}
      isCaptionHidden
      isCountHidden
      rows={lines}
      rowKey={(line) => String(line.ordinal)}
      empty={
        <EmptyState title={t('curriculum.lineNone')} icon="calendar" headingLevel={3}>
          {t('curriculum.lineNoneAdvice')}
        </EmptyState>
      }
      columns={[
        {
          key: 'what',
          label: t('curriculum.what'),
          kind: 'link',
          isRowHeading: true,
          value: (line) => titleOf(line, language),
          href: (line) => (line.courseCode ? `/courses/${encodeURIComponent(line.courseCode)}` : undefined),
        },
        {
          key: 'role',
          label: t('curriculum.role'),
          value: (line) => pick({ hi: line.roleHi, en: line.roleEn }, language) || t('curriculum.everyRole'),
        },
        {
          key: 'quarter',
          label: t('curriculum.quarter'),
          value: (line) => t(`curriculum.q${line.quarter}`),
        },
        {
          key: 'headcount',
          label: t('curriculum.headcount'),
          kind: 'number',
          value: (line) => line.headcount,
        },
        {
          key: 'owner',
          label: t('curriculum.owner'),
          value: (line) => pick({ hi: line.owner, en: line.ownerEn }, language),
        },
        ...removalColumn(removeFrom, (line: ShownLine) => titleOf(line, language), say),
      ]}
    />
  );
}

type DraftProps = Props & { draft: PlanVersionRow; mayDiscard: boolean };

function DraftCards({ plan, draft, isOwn, mayDiscard, state, say }: DraftProps) {
  const { t } = say;
  const here = planHref(plan.officeCode, plan.year);
  return (
    <>
      <Card title={t('curriculum.planDraft')} lead={aboutText(draft, say)}>
        <LinesTable lines={draft.lines} removeFrom={`${here}/lines`} say={say} />
        <QuarterStrip lines={draft.lines} say={say} />
        {mayDiscard ? <DiscardDraft action={`${here}/draft-removal`} say={say} /> : null}
      </Card>
      <Card title={t('curriculum.addLine')}>
        <LineForm action={`${here}/lines`} state={state} say={say} />
      </Card>
      {isOwn ? (
        <Notice tone="info" title={t('curriculum.approveOther')} />
      ) : (
        <Card>
          <p>{t('curriculum.approveLead')}</p>
          <Form action={`${here}/approval`}>
            <ButtonRow>
              <Button icon="check">{t('curriculum.approve')}</Button>
            </ButtonRow>
          </Form>
        </Card>
      )}
    </>
  );
}

type FormProps = { action: string; state: FormState; say: Say };

function LineForm({ action, state, say: { t } }: FormProps) {
  const field = (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
  return (
    <Form action={action}>
      <TextField {...field('course')} label={t('curriculum.course')} width="medium" isOptional />
      <TextField {...field('programme')} label={t('curriculum.orProgramme')} width="medium" isOptional />
      <TextField
        {...field('role')}
        label={t('curriculum.role')}
        hint={t('curriculum.roleHint')}
        width="full"
        isOptional
      />
      <SelectField
        {...field('quarter')}
        label={t('curriculum.quarter')}
        options={quarters.map((one) => ({ value: String(one), label: t(`curriculum.q${one}`) }))}
      />
      <TextField
        {...field('headcount')}
        label={t('curriculum.headcount')}
        inputmode="numeric"
        width="short"
      />
      <TextField {...field('owner')} label={t('curriculum.owner')} width="full" maxLength={200} />
      <TextField
        {...field('ownerEn')}
        label={t('curriculum.ownerEn')}
        width="full"
        maxLength={200}
        lang="en"
        isOptional
      />
      <Button variant="secondary" icon="plus">
        {t('curriculum.addLine')}
      </Button>
    </Form>
  );
}

function AmendCard({ plan, state, say: { t } }: Props) {
  return (
    <Card title={t('curriculum.amend')} lead={t('curriculum.approveLead')}>
      <Form action={`${planHref(plan.officeCode, plan.year)}/amendments`}>
        <TextField
          name="amendmentReason"
          label={t('curriculum.amendmentReason')}
          value={state.values['amendmentReason']}
          error={errorFor(state.errors, 'amendmentReason')}
          width="full"
          maxLength={500}
        />
        <Button variant="secondary">{t('curriculum.amend')}</Button>
      </Form>
    </Card>
  );
}
