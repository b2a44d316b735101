import type { FormState } from '../../kernel/http/answer-form.ts';
import { pick } from '../../kernel/i18n.ts';
import {
  Button,
  Card,
  CheckboxGroup,
  DateField,
  Details,
  EmptyState,
  errorFor,
  Form,
  FormPage,
  PageHeading,
  RadioGroup,
  Tag,
  TextField,
} from '../../shell/index.ts';
import { kinds } from '../rules/compliance.ts';
import type { RuleRow } from '../stores/rules.ts';
import type { Say } from '../words.ts';
import { SisterPages } from './frame.tsx';
import { TagChoice } from './tag-choice.tsx';
import { addressOf, ruleSource, ruleText, titleOf } from './words.ts';

type ListProps = {
  rules: RuleRow[];
  today: string;
  mayEnd(rule: RuleRow): boolean;
  mayAdd: boolean;
  say: Say;
};

export function RulesPage({ rules, today, mayEnd, mayAdd, say }: ListProps) {
  const { t, language } = say;
  const add = mayAdd ? (
    <Button href={addressOf('/rules/new')} icon="plus">
      {t('curriculum.ruleNew')}
    </Button>
  ) : null;
  return (
    <>
      <PageHeading title={t('curriculum.rulesTitle')} lead={t('curriculum.rulesLead')} actions={add} />
      <SisterPages active="/rules" say={say} />
      {rules.length === 0 ? (
        <EmptyState title={t('curriculum.rulesListNone')} icon="order" action={add}>
          {t('curriculum.rulesListNoneAdvice')}
        </EmptyState>
      ) : null}
      {rules.map((rule) => (
        <Card
          key={rule.ruleId}
          title={titleOf(rule, language)}
          aside={
            <Tag tone={rule.enforcement === 'blocking' ? 'overdue' : 'due'}>
              {t(`curriculum.${rule.enforcement}`)}
            </Tag>
          }
        >
          <p>
            <b>{ruleText(rule, say)}</b>
          </p>
          <p class="soft">{ruleSource(rule, say)}</p>
          <Doubts rule={rule} say={say} />
          {mayEnd(rule) && (rule.validUntil === null || rule.validUntil >= today) && !rule.endOrderNumber ? (
            <Details summary={t('curriculum.ruleEnd')}>
              <Form action={addressOf(`/rules/${rule.ruleId}/ending`)}>
                <DateField
                  name="lastDay"
                  id={`last-${rule.ruleId}`}
                  label={t('curriculum.lastDay')}
                  min={rule.validFrom}
                />
                <TextField
                  name="orderNumber"
                  id={`order-${rule.ruleId}`}
                  label={t('curriculum.orderNumber')}
                  width="medium"
                />
                <Button variant="secondary">{t('curriculum.ruleEnd')}</Button>
              </Form>
            </Details>
          ) : null}
        </Card>
      ))}
    </>
  );
}

/** Nothing of a rule is surer on the screen than in its source. */
export function Doubts({ rule, say: { t, language } }: { rule: RuleRow; say: Say }) {
  if (rule.doubts.length === 0) return null;
  return (
    <p class="soft">
      {t('curriculum.doubts')}: {rule.doubts.map((doubt) => pick(doubt, language)).join(' ')}
    </p>
  );
}

type FormProps = {
  state: FormState;
  chosen: { kinds: string[]; tags: string[] };
  tags: string[];
  say: Say;
};

export function RuleForm({ state, chosen, tags, say }: FormProps) {
  const { t } = say;
  const field = (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
  return (
    <FormPage
      title={t('curriculum.ruleNew')}
      lead={t('curriculum.rulesLead')}
      action={addressOf('/rules')}
      submit={t('curriculum.ruleLook')}
      cancelHref={addressOf('/rules')}
      state={state}
      labels={labelsOf(say)}
    >
      <TextField {...field('orderNumber')} label={t('curriculum.orderNumber')} width="medium" />
      <DateField {...field('orderDate')} label={t('curriculum.orderDate')} />
      <TextField {...field('issuer')} label={t('curriculum.issuer')} width="full" />
      <TextField {...field('titleHi')} label={t('curriculum.titleHi')} lang="hi" width="full" />
      <TextField {...field('titleEn')} label={t('curriculum.titleEn')} lang="en" width="full" isOptional />
      <TextField {...field('officeCode')} label={t('curriculum.ruleOfficeTyped')} />
      <CheckboxGroup
        name="kinds"
        label={t('curriculum.ruleKinds')}
        values={chosen.kinds}
        error={errorFor(state.errors, 'kinds')}
        options={kinds.map((kind) => ({ value: kind, label: t(`curriculum.kinds_${kind}`) }))}
      />
      <TagChoice
        label={t('curriculum.ruleTags')}
        values={chosen.tags}
        error={errorFor(state.errors, 'tags')}
        {...{ tags, say }}
      />
      <TextField
        {...field('otherTags')}
        label={t('curriculum.otherTags')}
        hint={t('curriculum.otherTagsHint')}
        width="medium"
        isOptional
      />
      <TextField
        {...field('minimumHours')}
        label={t('curriculum.minimumHours')}
        hint={t('curriculum.minimumHoursHint')}
        inputmode="decimal"
        width="short"
        isOptional
      />
      <RadioGroup
        {...field('enforcement')}
        label={t('curriculum.enforcement')}
        value={state.values['enforcement'] ?? 'warning'}
        options={(['warning', 'blocking'] as const).map((one) => ({
          value: one,
          label: t(`curriculum.choose_${one}`),
        }))}
      />
      <TextField
        {...field('staleAfterYears')}
        label={t('curriculum.staleYears')}
        inputmode="numeric"
        width="short"
        isOptional
      />
      <DateField {...field('validFrom')} label={t('curriculum.validFrom')} />
      <DateField {...field('validUntil')} label={t('curriculum.validUntil')} isOptional />
      <TextField
        {...field('doubts.0.hi')}
        label={t('curriculum.doubtsHi')}
        hint={t('curriculum.doubtsHint')}
        lang="hi"
        width="full"
        isOptional
      />
      <TextField
        {...field('doubts.0.en')}
        label={t('curriculum.doubtsEn')}
        lang="en"
        width="full"
        isOptional
      />
    </FormPage>
  );
}

function labelsOf({ t }: Say): Record<string, string> {
  return {
    orderNumber: t('curriculum.orderNumber'),
    orderDate: t('curriculum.orderDate'),
    issuer: t('curriculum.issuer'),
    titleHi: t('curriculum.titleHi'),
    'doubts.0.hi': t('curriculum.doubtsHi'),
    'doubts.0.en': t('curriculum.doubtsEn'),
    officeCode: t('curriculum.ruleOffice'),
    kinds: t('curriculum.ruleKinds'),
    tags: t('curriculum.ruleTags'),
    minimumHours: t('curriculum.minimumHours'),
    staleAfterYears: t('curriculum.staleYears'),
    validFrom: t('curriculum.validFrom'),
    validUntil: t('curriculum.validUntil'),
  };
}
