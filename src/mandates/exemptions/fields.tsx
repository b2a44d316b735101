import type { FormState } from '../../kernel/http/answer-form.ts';
import { pick } from '../../kernel/i18n.ts';
import { DateField, errorFor, SelectField, TextField, useFrame } from '../../shell/index.ts';
import { ReasonField } from '../service/pages.tsx';
import { classWord } from '../service/words.ts';
import { reasonClasses } from './schema.ts';
import type { OrderChoice } from './store.ts';

export function ExemptionFields({ state, orders }: { state: FormState; orders: OrderChoice[] }) {
  const { t, language } = useFrame();
  const { values, errors } = state;
  return (
    <>
      <SelectField
        name="mandate"
        label={t('service.exemptFrom')}
        hint={orders.length === 0 ? t('service.noOrders') : undefined}
        options={orders.map((one) => ({
          value: one.number,
          label: `${one.number} · ${pick({ hi: one.titleHi, en: one.titleEn }, language)}`,
        }))}
        emptyLabel
        value={values['mandate']}
        error={errorFor(errors, 'mandate')}
      />
      <SelectField
        name="reasonClass"
        label={t('service.reasonClass')}
        options={reasonClasses.map((one) => ({ value: one, label: classWord(one, { t }) }))}
        emptyLabel
        value={values['reasonClass']}
        error={errorFor(errors, 'reasonClass')}
      />
      <TextField
        name="orderNumber"
        label={t('service.exemptionOrder')}
        hint={t('service.exemptionOrderHint')}
        value={values['orderNumber']}
        error={errorFor(errors, 'orderNumber')}
        maxLength={200}
      />
      <DateField
        name="startsOn"
        label={t('service.startsOn')}
        value={values['startsOn']}
        error={errorFor(errors, 'startsOn')}
      />
      <DateField
        name="endsOn"
        label={t('service.endsOn')}
        hint={t('service.exemptionEndHint')}
        value={values['endsOn']}
        error={errorFor(errors, 'endsOn')}
        isOptional
      />
      <ReasonField state={state} hint={t('service.exemptionReasonHint')} isOptional />
    </>
  );
}
