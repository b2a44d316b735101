import type { FastifyReply, FastifyRequest } from 'fastify';
import { WritingAids } from '../../catalogue/index.ts';
import type { FormState } from '../../kernel/http/answer-form.ts';
import {
  Button,
  ButtonRow,
  Card,
  Checkbox,
  ErrorSummary,
  errorFor,
  Form,
  HiddenFields,
  PageHeading,
  TextField,
} from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import type { BankRow } from '../stores/banks.ts';
import { bankHref, banksHref, sayOf } from './words.ts';

/** A new bank, or the title of one that is there. */
export function sendBankForm(
  request: FastifyRequest,
  reply: FastifyReply,
  { bank, state }: { bank?: BankRow; state: FormState },
) {
  const { t } = sayOf(request);
  const title = t(bank ? 'assessment.editBank' : 'assessment.newBank');
  const isTyped = state.errors.length > 0;
  const values: Record<string, string> = isTyped
    ? state.values
    : { titleHi: bank?.titleHi ?? '', titleEn: bank?.titleEn ?? '', isRetired: bank?.retiredAt ? 'yes' : '' };
  const back = bank ? bankHref(bank.code) : banksHref;
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'banks',
      hasErrors: isTyped,
      breadcrumbs: [{ label: t('assessment.banks'), href: banksHref }],
    },
    <>
      <ErrorSummary errors={state.errors} />
      <PageHeading title={title} />
      <WritingAids ctx={request.ctx} />
      <Form action={bank ? bankHref(bank.code, '/edit') : banksHref}>
        <Card>
          {bank ? (
            <HiddenFields values={{ revision: values['revision'] ?? bank.revision }} />
          ) : (
            <TextField
              name="code"
              label={t('assessment.code')}
              hint={t('assessment.codeHint')}
              value={values['code']}
              error={errorFor(state.errors, 'code')}
              maxLength={64}
              width="medium"
              isRequired
            />
          )}
          <TextField
            name="titleHi"
            label={t('assessment.titleHi')}
            value={values['titleHi']}
            error={errorFor(state.errors, 'titleHi')}
            lang="hi"
            maxLength={200}
          />
          <TextField
            name="titleEn"
            label={t('assessment.titleEn')}
            value={values['titleEn']}
            lang="en"
            maxLength={200}
          />
          {bank ? (
            <Checkbox
              name="isRetired"
              label={t('assessment.retireBank')}
              hint={t('assessment.retireBankHint')}
              isChecked={Boolean(values['isRetired'])}
            />
          ) : null}
        </Card>
        <ButtonRow>
          <Button>{t('common.save')}</Button>
          <Button href={back} variant="quiet">
            {t('common.cancel')}
          </Button>
        </ButtonRow>
      </Form>
    </>,
  );
}
