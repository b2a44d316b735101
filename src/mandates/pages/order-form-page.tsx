import type { MessageKey, Translate } from '../../kernel/i18n.ts';
import type { OfficeRow } from '../../organisations/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  Checkbox,
  CheckboxGroup,
  DateField,
  Details,
  ErrorSummary,
  errorFor,
  Form,
  HiddenFields,
  PageHeading,
  RadioGroup,
  SelectField,
  TextArea,
  TextField,
} from '../../shell/index.ts';
import { WhatCard } from './condition-fields.tsx';
import type { OrderForm } from './order-form.ts';
import type { FormPageProps } from './order-form-props.ts';
import { officeText } from './words.ts';

export const newOrderHref = '/office/orders/new';

/** An order in plain words: no file, no script; every button keeps what was typed. */
export function OrderFormPage(props: FormPageProps) {
  const { form, errors, say } = props;
  const { t } = say;
  return (
    <>
      <ErrorSummary errors={errors} labels={labelsOf(form, t)} />
      <PageHeading
        title={t(form.seen ? 'orders.editTitle' : form.amends ? 'orders.amendTitle' : 'orders.newTitle')}
        lead={form.amends ? t('orders.amendLead', { number: form.amends }) : t('orders.newLead')}
      />
      <Form action={newOrderHref}>
        <HiddenFields values={{ amends: form.amends || undefined, seen: form.seen || undefined }} />
        <HeadCard {...props} />
        <WhoCard {...props} />
        <WhenCard {...props} />
        <WhatCard {...props} />
        <RulesCard {...props} />
        <ButtonRow>
          <Button name="step" value="review">
            {t('orders.review')}
          </Button>
          <Button variant="quiet" href="/office/orders">
            {t('common.cancel')}
          </Button>
        </ButtonRow>
      </Form>
    </>
  );
}

const fieldLabels: Record<string, MessageKey> = {
  number: 'orders.number',
  orderDate: 'orders.orderDate',
  effectiveOn: 'orders.effectiveOn',
  from: 'orders.from',
  to: 'orders.to',
  days: 'orders.days',
  serviceMin: 'orders.serviceMin',
  serviceMax: 'orders.serviceMax',
  graceDays: 'orders.graceDays',
  joinersMinimumDays: 'orders.joinersDays',
  leaveDays: 'orders.leaveDays',
  retirementMonths: 'orders.retirementMonths',
  remindBefore: 'orders.remindBeforeField',
  remindAfter: 'orders.remindAfterField',
  designations: 'orders.designations',
  cadres: 'orders.cadres',
  sources: 'orders.sources',
};

/** What the summary of errors calls each field: several may say the same. */
function labelsOf(form: OrderForm, t: Translate): Record<string, string> {
  const lines = form.conditions.flatMap((group, at) =>
    group.flatMap((_, line) =>
      ['n', 'percent', 'hours', 'list', 'tag'].map((part) => [
        `c.${at}.${line}.${part}`,
        t('orders.conditionN', { n: at + 1 }),
      ]),
    ),
  );
  const known = Object.entries(fieldLabels).map(([name, key]) => [name, t(key)]);
  return Object.fromEntries([...known, ...lines]);
}

function HeadCard({ form, errors, say: { t } }: FormPageProps) {
  const text = (
    name: 'number' | 'issuer' | 'issuerEn' | 'titleHi' | 'titleEn',
    label: MessageKey,
    more = {},
  ) => (
    <TextField {...{ name, label: t(label), value: form[name], error: errorFor(errors, name), ...more }} />
  );
  return (
    <Card title={t('orders.stepOrder')}>
      {text('number', 'orders.number', { maxLength: 200, hint: t('orders.numberHint') })}
      <DateField
        name="orderDate"
        label={t('orders.orderDate')}
        value={form.orderDate}
        error={errorFor(errors, 'orderDate')}
      />
      {text('issuer', 'orders.issuer', { maxLength: 300 })}
      {text('issuerEn', 'orders.issuerEn', { maxLength: 300, lang: 'en', isOptional: true })}
      {text('titleHi', 'orders.titleHi', { maxLength: 500, lang: 'hi' })}
      {text('titleEn', 'orders.titleEn', { maxLength: 500, lang: 'en', isOptional: true })}
      {form.amends ? (
        <DateField
          name="effectiveOn"
          label={t('orders.effectiveOn')}
          hint={t('orders.effectiveHint')}
          value={form.effectiveOn}
          error={errorFor(errors, 'effectiveOn')}
          isOptional
        />
      ) : null}
      <KnownFrom {...{ form, errors, t }} />
    </Card>
  );
}

const knownFields = ['sources', 'doubtsHi', 'doubtsEn'] as const;

/** Of an order that is known only from reports: shown with it wherever it is read. */
function KnownFrom({ form, errors, t }: Pick<FormPageProps, 'form' | 'errors'> & { t: Translate }) {
  const area = (name: (typeof knownFields)[number], label: MessageKey, hint?: MessageKey) => (
    <TextArea
      {...{ name, label: t(label), hint: hint && t(hint), value: form[name], error: errorFor(errors, name) }}
      rows={3}
      isOptional
    />
  );
  const isOpen = knownFields.some((name) => form[name] !== '') || hasError(errors, [...knownFields]);
  return (
    <Details summary={t('orders.knownFrom')} isOpen={isOpen}>
      {area('doubtsHi', 'orders.doubtsHi', 'orders.doubtsHint')}
      {area('doubtsEn', 'orders.doubtsEn')}
      {area('sources', 'orders.sources', 'orders.sourcesHint')}
    </Details>
  );
}

function WhoCard({ form, errors, chosen, found, say }: FormPageProps) {
  const { t, language } = say;
  const taken = new Set(chosen.map((office) => office.code));
  const offered = found?.filter((office) => !taken.has(office.code)) ?? [];
  const options = (offices: OfficeRow[]) =>
    offices.map((office) => ({ value: office.code, label: officeText(office, language), hint: office.code }));
  return (
    <Card title={t('orders.stepWho')} lead={t('orders.stepWhoLead')}>
      {chosen.length > 0 ? (
        <CheckboxGroup
          name="office"
          id="office-chosen"
          label={t('orders.officesChosen')}
          values={chosen.map((office) => office.code)}
          options={options(chosen)}
        />
      ) : null}
      <TextField
        name="find"
        id="office"
        type="search"
        label={t('orders.officeFind')}
        hint={t('orders.officeFindHint')}
        value={form.find}
        error={errorFor(errors, 'office')}
        maxLength={100}
      />
      <ButtonRow>
        <Button variant="secondary" icon="search" name="step" value="find">
          {t('orders.officeSearch')}
        </Button>
      </ButtonRow>
      {found && found.length === 0 ? <p>{t('orders.officeNone')}</p> : null}
      {offered.length > 0 ? (
        <CheckboxGroup
          name="office"
          id="office-found"
          label={t('orders.officesFound')}
          options={options(offered)}
        />
      ) : null}
      <CheckboxGroup
        name="groups"
        label={t('orders.groups')}
        hint={t('orders.groupsHint')}
        isInline
        values={form.groups}
        options={['A', 'B', 'C', 'D'].map((group) => ({
          value: group,
          label: t(`people.group_${group}` as MessageKey),
        }))}
      />
      <CheckboxGroup
        name="engagements"
        label={t('orders.engagements')}
        hint={t('orders.engagementsHint')}
        values={form.engagements}
        options={engagementOptions(t)}
      />
      <Details
        summary={t('orders.whoMore')}
        isOpen={narrows(form) || hasError(errors, ['serviceMin', 'serviceMax'])}
      >
        <TextArea
          name="designations"
          label={t('orders.designations')}
          hint={t('orders.oneALine')}
          value={form.designations}
          rows={2}
          isOptional
        />
        <TextArea
          name="cadres"
          label={t('orders.cadres')}
          hint={t('orders.oneALine')}
          value={form.cadres}
          rows={2}
          isOptional
        />
        <NumberField name="serviceMin" label="orders.serviceMin" {...{ form, errors, t }} isOptional />
        <NumberField name="serviceMax" label="orders.serviceMax" {...{ form, errors, t }} isOptional />
      </Details>
    </Card>
  );
}

function narrows(form: OrderForm): boolean {
  return [form.designations, form.cadres, form.serviceMin, form.serviceMax].some((one) => one !== '');
}

function hasError(errors: FormPageProps['errors'], names: string[]): boolean {
  return errors.some((error) => names.includes(error.field));
}

const engagements = ['permanent', 'temporary', 'contract', 'outsourced', 'trainee', 'honorary', 'elected'];

function engagementOptions(t: Translate) {
  return engagements.map((one) => ({ value: one, label: t(`people.engagement_${one}` as MessageKey) }));
}

type NumberName =
  | 'serviceMin'
  | 'serviceMax'
  | 'days'
  | 'graceDays'
  | 'joinersMinimumDays'
  | 'leaveDays'
  | 'retirementMonths';
type NumberProps = {
  name: NumberName;
  label: MessageKey;
  hint?: MessageKey;
  form: OrderForm;
  errors: FormPageProps['errors'];
  t: Translate;
  isOptional?: boolean;
};

function NumberField({ name, label, hint, form, errors, t, isOptional }: NumberProps) {
  return (
    <TextField
      {...{ name, isOptional, label: t(label), hint: hint && t(hint), value: form[name] }}
      error={errorFor(errors, name)}
      inputmode="numeric"
      width="short"
      maxLength={4}
    />
  );
}

function WhenCard({ form, errors, say: { t } }: FormPageProps) {
  return (
    <Card title={t('orders.stepWhen')}>
      <RadioGroup
        name="window"
        label={t('orders.window')}
        value={form.window}
        options={[
          { value: 'fixed', label: t('orders.windowIsFixed') },
          { value: 'relative', label: t('orders.windowIsRelative') },
        ]}
      />
      <DateField
        name="from"
        label={t('orders.from')}
        value={form.from}
        error={errorFor(errors, 'from')}
        hint={t('orders.onlyFixed')}
      />
      <DateField
        name="to"
        label={t('orders.to')}
        value={form.to}
        error={errorFor(errors, 'to')}
        hint={t('orders.onlyFixed')}
      />
      <Details summary={t('orders.relative')} isOpen={form.window === 'relative'}>
        <NumberField name="days" label="orders.days" hint="orders.onlyRelative" {...{ form, errors, t }} />
        <SelectField
          name="after"
          label={t('orders.after')}
          value={form.after}
          options={[
            { value: 'joining', label: t('orders.afterJoining') },
            { value: 'posting', label: t('orders.afterPosting') },
            { value: 'assignment', label: t('orders.afterAssignment') },
          ]}
        />
      </Details>
    </Card>
  );
}

const ruleFields = [
  'graceDays',
  'joinersMinimumDays',
  'remindBefore',
  'remindAfter',
  'leaveDays',
  'retirementMonths',
];

function ReminderFields({ form, errors, say: { t } }: Pick<FormPageProps, 'form' | 'errors' | 'say'>) {
  const field = (name: 'remindBefore' | 'remindAfter', hint: MessageKey) => (
    <TextField
      {...{ name, value: form[name], error: errorFor(errors, name), isOptional: true }}
      label={t(`orders.${name}Field`)}
      hint={t(hint)}
      width="medium"
      maxLength={100}
    />
  );
  return (
    <>
      {field('remindBefore', 'orders.remindBeforeHint')}
      <Checkbox name="remindOn" label={t('orders.remindOnField')} isChecked={form.remindOn} />
      {field('remindAfter', 'orders.remindAfterHint')}
    </>
  );
}

function RulesCard({ form, errors, say }: FormPageProps) {
  const { t } = say;
  const number = { form, errors, t };
  return (
    <Card title={t('orders.stepRules')} lead={t('orders.stepRulesLead')}>
      <Details summary={t('orders.rulesShow')} isOpen={hasError(errors, ruleFields)}>
        <Checkbox name="renewals" label={t('orders.renewals')} isChecked={form.renewals} />
        <Checkbox name="claims" label={t('orders.claims')} isChecked={form.claims} />
        <Checkbox
          name="proportional"
          label={t('orders.proportional')}
          hint={t('orders.proportionalHint')}
          isChecked={form.proportional}
        />
        <NumberField name="graceDays" label="orders.graceDays" hint="orders.graceHint" {...number} />
        <NumberField
          name="joinersMinimumDays"
          label="orders.joinersDays"
          hint="orders.joinersHint"
          {...number}
        />
        <ReminderFields {...{ form, errors, say }} />
        <CheckboxGroup
          name="stop"
          label={t('orders.stop')}
          values={form.stop}
          options={[
            { value: 'long_leave', label: t('orders.stopLeave') },
            { value: 'suspension', label: t('orders.stopSuspension') },
          ]}
        />
        <NumberField name="leaveDays" label="orders.leaveDays" {...number} />
        <RadioGroup
          name="deputation"
          label={t('orders.deputation')}
          value={form.deputation}
          options={[
            { value: 'notBound', label: t('orders.deputationNot') },
            { value: 'bound', label: t('orders.deputationBound') },
          ]}
        />
        <NumberField
          name="retirementMonths"
          label="orders.retirementMonths"
          hint="orders.retirementHint"
          {...number}
          isOptional
        />
      </Details>
    </Card>
  );
}
