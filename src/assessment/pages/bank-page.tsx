import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Question, questionKindLabel, WritingAids } from '../../catalogue/index.ts';
import { pick } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  PageHeading,
  SelectField,
  Tag,
  TextField,
} from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import type { BankRow, QuestionRow, QuestionSearch } from '../stores/banks.ts';
import { languagesOf } from '../twins.ts';
import { bankHref, banksHref, difficultyLabel, nameOf, questionHref, type Say, sayOf } from './words.ts';

export const bankKinds: Question['kind'][] = [
  'single',
  'multiple',
  'truth',
  'matching',
  'ordering',
  'fill',
  'numeric',
  'short',
];

type TagCount = { tag: string; difficulty: number; count: number };
type View = {
  bank: BankRow;
  questions: QuestionRow[];
  tags: TagCount[];
  next: string | null;
  mayEdit: boolean;
  search: QuestionSearch;
};

/** A bank: what it holds by tag and difficulty, its questions, and what can be done with them. */
export function sendBank(request: FastifyRequest, reply: FastifyReply, view: View) {
  const say = sayOf(request);
  const { t, language } = say;
  const { bank, mayEdit } = view;
  const title = nameOf(bank, language);
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'banks',
      breadcrumbs: [{ label: t('assessment.banks'), href: banksHref }],
    },
    <>
      {mayEdit ? <WritingAids ctx={request.ctx} /> : null}
      <PageHeading
        title={title}
        lead={`${bank.code} · ${t('assessment.questionCount', { n: bank.questions })}`}
        actions={
          <ButtonRow>
            <Button href={bankHref(bank.code, '/analysis')} variant="secondary">
              {t('assessment.analysis')}
            </Button>
            <Button href={bankHref(bank.code, '/exchange')} variant="secondary">
              {t('assessment.exchange')}
            </Button>
            {mayEdit ? (
              <Button href={bankHref(bank.code, '/edit')} variant="quiet">
                {t('assessment.editBank')}
              </Button>
            ) : null}
          </ButtonRow>
        }
      />
      {mayEdit ? <AddQuestion bank={bank} say={say} /> : null}
      <Filters {...view} say={say} />
      <DataTable<QuestionRow>
        caption={t('assessment.questions')}
        isCaptionHidden
        rows={view.questions}
        rowKey={(row) => row.code}
        nextHref={view.next ? nextHref(view) : undefined}
        empty={
          <EmptyState icon="quiz" title={t('assessment.noQuestions')}>
            {t('assessment.noQuestionsText')}
          </EmptyState>
        }
        columns={columns(bank, say)}
      />
      <Contents tags={view.tags} say={say} />
    </>,
  );
}

function AddQuestion({ bank, say }: { bank: BankRow; say: Say }) {
  return (
    <Card title={say.t('assessment.addQuestion')} lead={say.t('assessment.addQuestionLead')}>
      <ButtonRow>
        {bankKinds.map((kind) => (
          <Button key={kind} href={bankHref(bank.code, `/questions/new?kind=${kind}`)} variant="secondary">
            {questionKindLabel(kind, say)}
          </Button>
        ))}
      </ButtonRow>
    </Card>
  );
}

function Filters({ bank, search, tags, say }: View & { say: Say }) {
  const { t } = say;
  const names = [...new Set(tags.map((one) => one.tag))].filter(Boolean);
  const isFiltered = Boolean(search.q || search.tag || search.difficulty || search.state);
  return (
    <FilterBar
      action={bankHref(bank.code)}
      submitLabel={t('common.search')}
      resetHref={isFiltered ? bankHref(bank.code) : undefined}
    >
      <TextField name="q" label={t('assessment.searchText')} value={search.q} type="search" maxLength={100} />
      <SelectField
        name="tag"
        label={t('assessment.tag')}
        value={search.tag}
        emptyLabel={t('assessment.all')}
        options={names.map((tag) => ({ value: tag, label: tag }))}
      />
      <SelectField
        name="difficulty"
        label={t('assessment.difficulty')}
        value={search.difficulty ? String(search.difficulty) : undefined}
        emptyLabel={t('assessment.all')}
        options={[1, 2, 3].map((one) => ({ value: String(one), label: difficultyLabel(one, say) }))}
      />
      <SelectField
        name="state"
        label={t('assessment.state')}
        value={search.state}
        emptyLabel={t('assessment.inUse')}
        options={[
          { value: 'stale', label: t('assessment.stale') },
          { value: 'retired', label: t('assessment.retired') },
        ]}
      />
    </FilterBar>
  );
}

function columns(bank: BankRow, say: Say): Column<QuestionRow>[] {
  const { t, language } = say;
  return [
    {
      key: 'text',
      label: t('catalogue.authorQuestion'),
      kind: 'link',
      isRowHeading: true,
      value: (row) => pick(row.content.text, language),
      href: (row) => questionHref(bank.code, row.code),
    },
    { key: 'code', label: t('assessment.code'), value: (row) => row.code },
    { key: 'kind', label: t('assessment.kind'), value: (row) => questionKindLabel(row.kind, say) },
    {
      key: 'difficulty',
      label: t('assessment.difficulty'),
      value: (row) => difficultyLabel(row.difficulty, say),
    },
    { key: 'tags', label: t('assessment.tags'), value: (row) => row.tags.join(', ') },
    { key: 'twins', label: t('assessment.twins'), value: (row) => <Twins row={row} say={say} /> },
  ];
}

/** Which languages a question speaks, and which of them has not followed. */
function Twins({ row, say: { t } }: { row: QuestionRow; say: Say }) {
  const labels = { hi: t('catalogue.authorHindi'), en: t('catalogue.authorEnglish') };
  const languages = languagesOf(row.content);
  return (
    <>
      {languages.map((one) => labels[one]).join(', ')}
      {row.staleLanguage ? (
        <>
          {' '}
          <Tag tone="due">{t('assessment.staleLanguage', { language: labels[row.staleLanguage] })}</Tag>
        </>
      ) : null}
    </>
  );
}

function nextHref({ bank, search, next }: View): string {
  const query = new URLSearchParams({ after: next ?? '' });
  for (const name of ['q', 'tag', 'difficulty', 'state'] as const)
    if (search[name]) query.set(name, String(search[name]));
  return `${bankHref(bank.code)}?${query}`;
}

function Contents({ tags, say }: { tags: TagCount[]; say: Say }) {
  const { t } = say;
  const names = [...new Set(tags.map((one) => one.tag))];
  if (names.length === 0) return null;
  const countOf = (tag: string, difficulty: number) =>
    tags.find((one) => one.tag === tag && one.difficulty === difficulty)?.count ?? 0;
  return (
    <Card title={t('assessment.contents')} lead={t('assessment.contentsLead')}>
      <DataTable<string>
        caption={t('assessment.contents')}
        isCaptionHidden
        isCountHidden
        rows={names}
        rowKey={(tag) => tag}
        columns={[
          {
            key: 'tag',
            label: t('assessment.tag'),
            isRowHeading: true,
            value: (tag) => tag || t('assessment.noTag'),
          },
          ...[1, 2, 3].map((difficulty) => ({
            key: String(difficulty),
            label: difficultyLabel(difficulty, say),
            kind: 'number' as const,
            value: (tag: string) => countOf(tag, difficulty),
          })),
        ]}
      />
    </Card>
  );
}
