import { formatDay } from '../../../kernel/dates.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import { pick } from '../../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  EmptyState,
  ErrorSummary,
  errorFor,
  Form,
  PageHeading,
  PersonLine,
  RadioGroup,
  Tabs,
  TextArea,
  useFrame,
} from '../../../shell/index.ts';
import { longDuration } from '../../pages/words.ts';
import type { CaseWithEvents } from '../review-case-views.ts';
import type { DeskCase } from '../store.ts';
import { CaseEvents, CaseFacts, CaseTag } from './case-parts.tsx';

export const deskHref = '/office/review-cases';
const hrefOf = (row: DeskCase) => `${deskHref}/${row.personId}/${row.reviewCaseId}`;

type ListProps = { title: string; tab: 'open' | 'closed'; rows: DeskCase[] };

export function DeskCasesPage({ title, tab, rows }: ListProps) {
  const { t, language } = useFrame();
  const say = { t, language };
  return (
    <>
      <PageHeading title={title} lead={t('learning.casesLead')} />
      <Tabs
        label={title}
        tabs={[
          { label: t('learning.casesOpen'), href: deskHref, isActive: tab === 'open' },
          { label: t('learning.casesClosed'), href: `${deskHref}?tab=closed`, isActive: tab === 'closed' },
        ]}
      />
      <Card>
        <DataTable<DeskCase>
          caption={title}
          isCaptionHidden
          rows={rows}
          rowKey={(row) => row.reviewCaseId}
          empty={
            <EmptyState icon="check" title={t('learning.casesNone')}>
              {t('learning.casesNoneText')}
            </EmptyState>
          }
          columns={[
            {
              key: 'who',
              label: t('learning.casePerson'),
              isRowHeading: true,
              value: (row) => personLine(row, language),
              href: hrefOf,
            },
            { key: 'day', label: t('learning.caseDay'), value: (row) => formatDay(row.day, language) },
            {
              key: 'claimed',
              label: t('learning.caseClaimed'),
              value: (row) => longDuration(row.claimedSeconds, say),
            },
            {
              key: 'clock',
              label: t('learning.caseClock'),
              value: (row) => longDuration(row.claimedSeconds - row.excessSeconds, say),
            },
            tab === 'open'
              ? {
                  key: 'until',
                  label: t('learning.caseLapsesOn'),
                  value: (row) => formatDay(row.lapsesOn, language),
                }
              : {
                  key: 'state',
                  label: t('learning.caseState'),
                  value: (row) => <CaseTag state={row.state} />,
                },
          ]}
        />
      </Card>
    </>
  );
}

function personLine(row: DeskCase, language: 'hi' | 'en') {
  return (
    <PersonLine
      name={pick({ hi: row.nameHi, en: row.nameEn }, language)}
      code={row.code ?? undefined}
      detail={pick({ hi: row.officeHi, en: row.officeEn }, language)}
    />
  );
}

type CaseProps = { title: string; shown: CaseWithEvents<DeskCase>; state: FormState };

export function DeskCasePage({ title, shown, state }: CaseProps) {
  const { language } = useFrame();
  const { found, events } = shown;
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} lead={<CaseTag state={found.state} />} />
      <Card>{personLine(found, language)}</Card>
      <CaseFacts found={found} />
      <CaseEvents events={events} />
      {found.state === 'open' ? <DecisionForm found={found} state={state} /> : null}
    </>
  );
}

function DecisionForm({ found, state }: { found: DeskCase; state: FormState }) {
  const { t } = useFrame();
  const options = [
    { value: 'cleared', label: t('learning.decideCleared') },
    { value: 'upheld', label: t('learning.decideUpheld') },
  ];
  return (
    <Card title={t('learning.decideTitle')}>
      <Form action={`${hrefOf(found)}/decision`}>
        <p class="soft">{t('learning.decideEffect')}</p>
        <RadioGroup
          name="decision"
          label={t('learning.decision')}
          options={options}
          value={state.values['decision']}
          error={errorFor(state.errors, 'decision')}
        />
        <TextArea
          name="reason"
          label={t('learning.decideReason')}
          hint={t('learning.decideReasonHint')}
          rows={4}
          maxLength={4000}
          value={state.values['reason']}
          error={errorFor(state.errors, 'reason')}
        />
        <ButtonRow>
          <Button>{t('learning.decide')}</Button>
        </ButtonRow>
      </Form>
    </Card>
  );
}
