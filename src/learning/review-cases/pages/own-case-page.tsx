import { formatDay } from '../../../kernel/dates.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  ErrorSummary,
  errorFor,
  Form,
  Notice,
  PageHeading,
  TextArea,
  useFrame,
} from '../../../shell/index.ts';
import type { CaseWithEvents } from '../review-case-views.ts';
import { CaseEvents, CaseFacts, CaseTag } from './case-parts.tsx';

type Props = { title: string; shown: CaseWithEvents; state: FormState };

/** In plain words what is asked, what it does not do, and a place to answer. */
export function OwnCasePage({ title, shown, state }: Props) {
  const { t, language } = useFrame();
  const { found, events } = shown;
  return (
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} lead={<CaseTag state={found.state} />} />
      {found.state === 'open' ? (
        <Notice title={t('learning.caseNoBlame')}>
          <p>{t('learning.caseWhat')}</p>
          <p>{t('learning.caseEffect', { day: formatDay(found.lapsesOn, language) })}</p>
        </Notice>
      ) : null}
      <CaseFacts found={found} />
      <CaseEvents events={events} />
      {found.state === 'open' ? <AnswerForm id={found.reviewCaseId} state={state} /> : null}
    </>
  );
}

function AnswerForm({ id, state }: { id: string; state: FormState }) {
  const { t } = useFrame();
  return (
    <Card title={t('learning.caseAnswerTitle')}>
      <Form action={`/review-cases/${id}/answers`}>
        <TextArea
          name="text"
          label={t('learning.caseAnswer')}
          hint={t('learning.caseAnswerHint')}
          rows={4}
          maxLength={4000}
          value={state.values['text']}
          error={errorFor(state.errors, 'text')}
        />
        <ButtonRow>
          <Button>{t('learning.caseSendAnswer')}</Button>
        </ButtonRow>
      </Form>
    </Card>
  );
}
