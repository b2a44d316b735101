import { formatNumber } from '../../kernel/numbers.ts';
import {
  Button,
  ButtonRow,
  Form,
  HiddenFields,
  Notice,
  PageHeading,
  SummaryList,
  useFrame,
} from '../../shell/index.ts';
import type { JobInput, WorkPreview } from '../statements/run-job.ts';
import { deskAddress } from './office.tsx';

/** What is about to be done, over how many, before it is: nothing of it can be taken back. */
export function ConfirmPage({ input, preview }: { input: JobInput; preview: WorkPreview }) {
  const { t, language } = useFrame();
  const { kind, year, officeCode } = input;
  const n = (value: number) => formatNumber(value, language);
  const { total, standing, changed } = preview;
  const rows =
    kind === 'freeze'
      ? [
          { label: t('appraisal.confirmPosted'), value: n(total) },
          { label: t('appraisal.confirmStanding'), value: n(standing) },
        ]
      : [
          { label: t('appraisal.confirmStanding'), value: n(standing) },
          {
            label: t('appraisal.confirmChanged'),
            value: changed === undefined ? t('appraisal.confirmUncounted') : n(changed),
          },
          { label: t('appraisal.orderNumber'), value: input.orderNumber },
          { label: t('appraisal.reason'), value: input.reason },
        ];
  const { kind: _, ...values } = input;
  const isIdle = kind === 'correct' && changed === 0;
  return (
    <>
      <PageHeading
        title={t(`appraisal.confirm_${kind}`, { year, office: officeCode })}
        lead={t(`appraisal.confirmLead_${kind}`)}
      />
      <SummaryList rows={rows} />
      {isIdle ? (
        <Notice title={t('appraisal.confirmIdle')}>
          <p>{t('appraisal.confirmIdleText')}</p>
        </Notice>
      ) : null}
      <Form action={`${deskAddress}/${kind === 'freeze' ? 'freezes' : 'corrections'}`}>
        <HiddenFields values={{ ...values, sure: 'yes' }} />
        <ButtonRow>
          {isIdle ? null : <Button>{t(`appraisal.confirmButton_${kind}`)}</Button>}
          <Button
            href={`${deskAddress}?${new URLSearchParams({ year, office: officeCode })}`}
            variant="secondary"
          >
            {t('appraisal.confirmBack')}
          </Button>
        </ButtonRow>
      </Form>
    </>
  );
}
