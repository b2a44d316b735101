import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  answerText,
  hasRows,
  keyText,
  type Question,
  QuestionEditor,
  questionKindLabel,
  valuesOfQuestion,
  WritingAids,
} from '../../catalogue/index.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import { pick } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  Checkbox,
  ErrorSummary,
  Form,
  HiddenFields,
  Notice,
  PageHeading,
  RadioGroup,
  TextField,
} from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { authorRoles, holdsOver } from '../policy.ts';
import type { BankRow, QuestionRow } from '../stores/banks.ts';
import { bankHref, banksHref, difficultyLabel, nameOf, questionHref, type Say, sayOf } from './words.ts';

type View = {
  bank: BankRow;
  question?: QuestionRow;
  kind: Question['kind'];
  state: FormState;
  rows?: number;
  isTyped?: boolean;
};

export function sendQuestion(request: FastifyRequest, reply: FastifyReply, view: View) {
  const say = sayOf(request);
  const { t, language } = say;
  const { bank, question, state } = view;
  const mayEdit = holdsOver(request.ctx, authorRoles, bank);
  const title = question
    ? t('assessment.questionTitle', { code: question.code })
    : t('catalogue.authorAddQuestion');
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'banks',
      hasErrors: state.errors.length > 0,
      breadcrumbs: [
        { label: t('assessment.banks'), href: banksHref },
        { label: nameOf(bank, language), href: bankHref(bank.code) },
      ],
    },
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} lead={questionKindLabel(view.kind, say)} />
      {question?.staleLanguage ? <Stale question={question} say={say} /> : null}
      {mayEdit ? <WritingAids ctx={request.ctx} /> : null}
      {mayEdit ? <Editor view={view} say={say} /> : <Reading question={question} say={say} />}
    </>,
  );
}

function Stale({ question, say: { t } }: { question: QuestionRow; say: Say }) {
  const language = t(question.staleLanguage === 'hi' ? 'catalogue.authorHindi' : 'catalogue.authorEnglish');
  return (
    <Notice tone="needs-you" title={t('assessment.staleLanguage', { language })}>
      <p>{t('assessment.staleText')}</p>
    </Notice>
  );
}

function Editor({ view, say }: { view: View; say: Say }) {
  const { bank, question, kind, state, rows, isTyped } = view;
  const { t } = say;
  const saved: Record<string, string> = question
    ? {
        ...valuesOfQuestion(question.content),
        tags: question.tags.join('; '),
        difficulty: String(question.difficulty),
        revision: String(question.revision),
      }
    : { points: '1', difficulty: '2', revision: '0' };
  const values = state.errors.length > 0 || isTyped ? state.values : saved;
  const action = question
    ? questionHref(bank.code, question.code)
    : bankHref(bank.code, `/questions/new?kind=${kind}`);
  return (
    <>
      <Form action={action}>
        <HiddenFields values={{ revision: values['revision'] }} />
        <QuestionEditor kind={kind} values={values} errors={state.errors} rows={rows} />
        <Card title={t('assessment.findable')}>
          <TextField
            name="tags"
            label={t('assessment.tags')}
            hint={t('assessment.tagsHint')}
            value={values['tags']}
            maxLength={400}
            isOptional
          />
          <RadioGroup
            name="difficulty"
            label={t('assessment.difficulty')}
            value={values['difficulty']}
            isInline
            options={[1, 2, 3].map((one) => ({ value: String(one), label: difficultyLabel(one, say) }))}
          />
          {question ? (
            <Checkbox
              name="twinsAgree"
              label={t('assessment.twinsAgree')}
              hint={t('assessment.twinsAgreeHint')}
              isChecked={Boolean(values['twinsAgree'])}
            />
          ) : null}
        </Card>
        <ButtonRow>
          <Button name="action" value="save">
            {t('common.save')}
          </Button>
          {hasRows(kind) ? (
            <Button variant="secondary" name="action" value="more" icon="plus">
              {t(kind === 'short' ? 'assessment.morePoints' : 'catalogue.authorMoreOptions')}
            </Button>
          ) : null}
          <Button variant="quiet" href={bankHref(bank.code)}>
            {t('common.cancel')}
          </Button>
        </ButtonRow>
      </Form>
      {question ? <Retirement bank={bank} question={question} say={say} /> : null}
    </>
  );
}

function Retirement({ bank, question, say: { t } }: { bank: BankRow; question: QuestionRow; say: Say }) {
  const isRetired = question.retiredAt !== null;
  const act = isRetired ? '/restoration' : '/retirement';
  return (
    <Card title={t(isRetired ? 'assessment.retired' : 'assessment.retireQuestion')}>
      <p>{t('assessment.retireQuestionText')}</p>
      <Form action={questionHref(bank.code, question.code, act)}>
        <Button variant="secondary">
          {t(isRetired ? 'assessment.restoreQuestion' : 'assessment.retireQuestion')}
        </Button>
      </Form>
    </Card>
  );
}

/** For whoever may read banks and not change them. */
function Reading({ question, say: { t, language } }: { question: QuestionRow | undefined; say: Say }) {
  if (!question) return null;
  const { content } = question;
  const shown = 'options' in content ? content.options.map((one) => one.code) : [];
  return (
    <Card title={pick(content.text, language)}>
      {shown.length > 0 ? <p>{answerText(content, shown, language)}</p> : null}
      <p>{t('assessment.rightIs', { text: keyText(content, language) })}</p>
      {content.explanation ? <p>{pick(content.explanation, language)}</p> : null}
    </Card>
  );
}
