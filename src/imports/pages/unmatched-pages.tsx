import { formatDay } from '../../kernel/dates.ts';
import { pick } from '../../kernel/i18n.ts';
import type { Candidate, GivenIdentity, UnmatchedRow } from '../../learning/index.ts';
import { maskEmail, maskMobile } from '../../people/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  EmptyState,
  ErrorSummary,
  type FieldError,
  FilterBar,
  Form,
  HiddenFields,
  PageHeading,
  PersonLine,
  SummaryList,
  TextField,
  useFrame,
} from '../../shell/index.ts';

type ListProps = { items: UnmatchedRow[]; next: string | null; total: number };

export function UnmatchedList({ items, next, total }: ListProps) {
  const { t, language } = useFrame();
  const given = useGiven();
  return (
    <>
      <PageHeading title={t('imports.unmatched')} lead={t('imports.unmatchedLead')} />
      <Card>
        <DataTable
          caption={t('imports.unmatched')}
          isCaptionHidden
          rows={items}
          total={total}
          rowKey={(row) => row.unmatchedId}
          nextHref={next ? `/office/imports/unmatched?after=${next}` : undefined}
          empty={
            <EmptyState title={t('imports.unmatchedEmpty')} icon="check">
              {t('imports.unmatchedEmptyLead')}
            </EmptyState>
          }
          columns={[
            {
              key: 'given',
              label: t('imports.given'),
              kind: 'link',
              isRowHeading: true,
              value: (row) => given(row.given),
              href: (row) => `/office/imports/unmatched/${row.unmatchedId}`,
            },
            { key: 'course', label: t('imports.course'), value: (row) => pick(titleOf(row), language) },
            { key: 'day', label: t('imports.completedOn'), kind: 'date', value: (row) => row.completedDay },
            {
              key: 'reason',
              label: t('imports.reason'),
              value: (row) => t(`imports.unmatchedReason_${row.reason}`),
            },
          ]}
        />
      </Card>
    </>
  );
}

type MatchProps = { row: UnmatchedRow; candidates: Candidate[]; code?: string; errors?: FieldError[] };

export function MatchPage({ row, candidates, code, errors = [] }: MatchProps) {
  const { t } = useFrame();
  const base = `/office/imports/unmatched/${row.unmatchedId}`;
  return (
    <>
      <ErrorSummary errors={errors} />
      <PageHeading title={t('imports.matchTitle')} lead={t(`imports.unmatchedReason_${row.reason}`)} />
      <Card>
        <RowFacts row={row} />
      </Card>
      <Card title={t('imports.candidates')}>
        {candidates.length === 0 && <p>{t(noCandidatesKey(row, code))}</p>}
        {candidates.map((candidate) => (
          <CandidateForm key={candidate.personId} candidate={candidate} action={`${base}/match`} />
        ))}
        <FilterBar action={base} submitLabel={t('imports.search')} resetHref={code ? base : undefined}>
          <TextField name="code" label={t('imports.searchByCode')} value={code} width="medium" />
        </FilterBar>
      </Card>
      <Card title={t('imports.noneOfThese')} lead={t('imports.noneHint')}>
        <Form action={`${base}/dismissal`}>
          <ButtonRow>
            <Button variant="secondary">{t('imports.noneOfThese')}</Button>
          </ButtonRow>
        </Form>
      </Card>
    </>
  );
}

function noCandidatesKey({ reason }: UnmatchedRow, code: string | undefined) {
  if (code) return 'imports.noCandidatesFor';
  return reason === 'several_persons' ? 'imports.noCandidatesSeveral' : 'imports.noCandidates';
}

function RowFacts({ row }: { row: UnmatchedRow }) {
  const { t, language } = useFrame();
  const given = useGiven();
  const rows = [
    { label: t('imports.given'), value: given(row.given) },
    { label: t('imports.course'), value: `${pick(titleOf(row), language)} (${row.courseCode})` },
    { label: t('imports.completedOn'), value: formatDay(row.completedDay, language) },
    {
      label: t('imports.source'),
      value: row.source === 'import' ? t('imports.sourceImport') : (row.source ?? '–'),
    },
    { label: t('imports.certificateNo'), value: row.certificateNo ?? '–' },
  ];
  return <SummaryList rows={rows} />;
}

function CandidateForm({ candidate, action }: { candidate: Candidate; action: string }) {
  const { t, language } = useFrame();
  const name = pick({ hi: candidate.nameHi, en: candidate.nameEn }, language);
  const office = pick({ hi: candidate.officeHi, en: candidate.officeEn }, language);
  return (
    <Form action={action} label={name}>
      <HiddenFields values={{ personId: candidate.personId }} />
      <PersonLine
        name={name}
        code={candidate.code ?? undefined}
        detail={[candidate.designation, office].filter(Boolean).join(' · ')}
      />
      <ButtonRow>
        <Button variant="secondary">{t('imports.thisPerson', { name })}</Button>
      </ButtonRow>
    </Form>
  );
}

function titleOf(row: UnmatchedRow) {
  return { hi: row.courseTitleHi, en: row.courseTitleEn };
}

/** What the file gave to know the person by, in words. */
function useGiven(): (given: GivenIdentity) => string {
  const { t } = useFrame();
  return ({ code, mobile, email }) =>
    [
      code && t('imports.givenCode', { value: code }),
      mobile && t('imports.givenMobile', { value: maskMobile(mobile) }),
      email && t('imports.givenEmail', { value: maskEmail(email) }),
    ]
      .filter(Boolean)
      .join(', ') || '–';
}
