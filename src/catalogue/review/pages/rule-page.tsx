import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDayTime } from '../../../kernel/dates.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import { OfficePicker, type OfficeRow, officeName } from '../../../organisations/index.ts';
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
  RadioGroup,
  Tag,
} from '../../../shell/index.ts';
import { sendPage } from '../../../shell/site/index.ts';
import { sayOf } from '../../authoring/pages/words.ts';
import type { RuleRow } from '../store.ts';
import { nameOf } from './review-page.tsx';

type View = {
  rules: RuleRow[];
  state: FormState;
  suggestions: OfficeRow[];
  matches: OfficeRow[];
};

export const ruleHref = '/office/review-rules';

/** Which offices want a second person's review before their courses are published. */
export function sendRules(request: FastifyRequest, reply: FastifyReply, view: View) {
  const say = sayOf(request);
  const { t, language } = say;
  const { state } = view;
  return sendPage(
    request,
    reply,
    {
      title: t('workflow.rules'),
      area: 'office',
      activeLink: 'review-rules',
      hasErrors: state.errors.length > 0,
    },
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={t('workflow.rules')} lead={t('workflow.rulesLead')} />
      <Card title={t('workflow.setRule')}>
        <Form action={ruleHref}>
          <OfficePicker
            label={t('workflow.ruleOffice')}
            values={state.values}
            error={errorFor(state.errors, 'officeCode')}
            suggestions={view.suggestions}
            matches={view.matches}
          />
          <RadioGroup
            name="secondPerson"
            label={t('workflow.ruleChoice')}
            value={state.values['secondPerson'] ?? 'yes'}
            error={errorFor(state.errors, 'secondPerson')}
            options={[
              { value: 'yes', label: t('workflow.ruleYes'), hint: t('workflow.ruleYesHint') },
              { value: 'no', label: t('workflow.ruleNo'), hint: t('workflow.ruleNoHint') },
            ]}
          />
          <ButtonRow>
            <Button>{t('common.save')}</Button>
          </ButtonRow>
        </Form>
      </Card>
      <DataTable
        caption={t('workflow.rulesSet')}
        isCountHidden
        rows={view.rules}
        rowKey={(row) => row.code}
        empty={
          <EmptyState icon="text" title={t('workflow.noRules')}>
            {t('workflow.noRulesText')}
          </EmptyState>
        }
        columns={[
          {
            key: 'office',
            label: t('workflow.ruleOffice'),
            isRowHeading: true,
            value: (row) => officeName(row, language),
          },
          { key: 'code', label: t('catalogue.authorCode'), value: (row) => row.code },
          {
            key: 'rule',
            label: t('workflow.ruleChoice'),
            value: (row) => (
              <Tag tone={row.wantsSecondPerson ? 'done' : 'neutral'}>
                {t(row.wantsSecondPerson ? 'workflow.ruleYes' : 'workflow.ruleNo')}
              </Tag>
            ),
          },
          {
            key: 'set',
            label: t('workflow.ruleSet'),
            value: (row) => `${nameOf(row.setter, say)}, ${formatDayTime(row.setAt, language)}`,
          },
        ]}
      />
    </>,
  );
}
