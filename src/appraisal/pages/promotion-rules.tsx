import { pick, type Translate } from '../../kernel/i18n.ts';
import {
  Button,
  Checkbox,
  CheckboxGroup,
  DateField,
  Details,
  ErrorSummary,
  errorFor,
  Form,
  Notice,
  PageHeading,
  SelectField,
  TextArea,
  TextField,
  useFrame,
} from '../../shell/index.ts';
import type { PromotionRule } from '../promotion/rule.ts';
import { ruleTitle } from '../promotion/words.ts';
import { groupText } from '../words.ts';
import { promotionAddress, RuleCard } from './promotion.tsx';

export type RuleFormState = {
  values: Record<string, string>;
  lists: { groups: string[]; orders: string[] };
  errors: { field: string; text: string }[];
};

type Props = {
  rules: PromotionRule[];
  orders: { number: string; titleHi: string | null; titleEn: string | null }[];
  mayEnter: boolean;
  mayEnd(rule: PromotionRule): boolean;
  today: string;
  state: RuleFormState;
};

/** Every rule with its order, those that ended too; whoever may enter one finds the form below. */
export function RulesPage(props: Props) {
  const { t } = useFrame();
  const { rules, state } = props;
  return (
    <>
      <ErrorSummary errors={state.errors} labels={labelsOf(t)} />
      <PageHeading title={t('appraisal.rulesTitle')} lead={t('appraisal.rulesLead')} />
      {rules.length === 0 ? (
        <Notice title={t('appraisal.promotionOff')}>
          <p>{t('appraisal.rulesNone')}</p>
        </Notice>
      ) : null}
      {rules.map((rule) => (
        <div key={rule.ruleId}>
          <RuleCard rule={rule} />
          {props.mayEnd(rule) && !rule.endsOn ? <EndForm rule={rule} state={state} /> : null}
        </div>
      ))}
      {props.mayEnter ? <RuleForm {...props} /> : null}
    </>
  );
}

function labelsOf(t: Translate): Record<string, string> {
  return {
    orderNumber: t('appraisal.orderNumber'),
    orderDate: t('appraisal.orderDate'),
    titleHi: t('appraisal.ruleTitleHi'),
    titleEn: t('appraisal.ruleTitleEn'),
    startsOn: t('appraisal.ruleStartsOn'),
    officeCode: t('appraisal.officeCode'),
    cadres: t('appraisal.ruleCadre'),
    designations: t('appraisal.designation'),
    orders: t('appraisal.ruleOrdersMet'),
    atLeast: t('appraisal.ruleAtLeast'),
    inYears: t('appraisal.ruleInYears'),
    lastYears: t('appraisal.ruleLastYears'),
    endOrder: t('appraisal.orderNumber'),
    endsOn: t('appraisal.ruleLastDay'),
  };
}

function EndForm({ rule, state }: { rule: PromotionRule; state: RuleFormState }) {
  const { t } = useFrame();
  const isThis = state.values['endingOf'] === rule.ruleId;
  const value = (name: string) => (isThis ? state.values[name] : undefined);
  const error = (name: string) => (isThis ? errorFor(state.errors, name) : undefined);
  return (
    <Details summary={t('appraisal.ruleEnd')} isOpen={isThis}>
      <Form action={`${promotionAddress}/rules/${rule.ruleId}/ending`}>
        <TextField
          name="endOrder"
          id={`endOrder-${rule.ruleId}`}
          label={t('appraisal.orderNumber')}
          value={value('endOrder')}
          error={error('endOrder')}
        />
        <DateField
          name="endsOn"
          id={`endsOn-${rule.ruleId}`}
          label={t('appraisal.ruleLastDay')}
          value={value('endsOn')}
          error={error('endsOn')}
        />
        <Button variant="secondary">{t('appraisal.ruleEndButton')}</Button>
      </Form>
    </Details>
  );
}

function RuleForm({ rules, orders, mayEnd, state }: Props) {
  const { t, language } = useFrame();
  const isFresh = Object.keys(state.values).length === 0;
  const field = (name: string) => ({ name, value: state.values[name], error: errorFor(state.errors, name) });
  const list = (name: string) => ({
    ...field(name),
    rows: 3,
    isOptional: true,
    hint: t('appraisal.oneALine'),
  });
  return (
    <Details
      summary={t('appraisal.ruleEnter')}
      isOpen={Object.keys(state.values).length > 0 && !state.values['endingOf']}
    >
      <Form action={`${promotionAddress}/rules`}>
        <TextField {...field('orderNumber')} label={t('appraisal.orderNumber')} />
        <DateField {...field('orderDate')} label={t('appraisal.orderDate')} />
        <TextField {...field('titleHi')} label={t('appraisal.ruleTitleHi')} width="full" />
        <TextField {...field('titleEn')} label={t('appraisal.ruleTitleEn')} width="full" isOptional />
        <DateField {...field('startsOn')} label={t('appraisal.ruleStartsOn')} isOptional />
        <SelectField
          {...field('replacesId')}
          label={t('appraisal.ruleReplaces')}
          emptyLabel={t('appraisal.extendsNone')}
          options={rules
            .filter((one) => !one.endsOn && mayEnd(one))
            .map((one) => ({
              value: one.ruleId,
              label: `${ruleTitle(one, language)} (${one.orderNumber})`,
            }))}
        />
        <h3>{t('appraisal.ruleWhom')}</h3>
        <TextField {...field('officeCode')} label={t('appraisal.officeCode')} width="short" />
        <CheckboxGroup
          name="groups"
          label={t('appraisal.group')}
          hint={t('appraisal.noneIsAll')}
          isInline
          values={state.lists.groups}
          options={['A', 'B', 'C', 'D'].map((value) => ({ value, label: groupText(value, language) }))}
        />
        <TextArea {...list('cadres')} label={t('appraisal.ruleCadre')} />
        <TextArea {...list('designations')} label={t('appraisal.designation')} />
        <h3>{t('appraisal.ruleWhat')}</h3>
        <p class="soft">{t('appraisal.ruleWhatLead')}</p>
        {orders.length > 0 ? (
          <CheckboxGroup
            name="orders"
            label={t('appraisal.ruleOrdersMet')}
            error={errorFor(state.errors, 'orders')}
            values={state.lists.orders}
            options={orders.map((one) => ({
              value: one.number,
              label: pick({ hi: one.titleHi, en: one.titleEn }, language),
              hint: one.number,
            }))}
          />
        ) : (
          <p>{t('appraisal.ruleNoOrders')}</p>
        )}
        <Checkbox
          name="isLateAccepted"
          label={t('appraisal.ruleLate')}
          isChecked={isFresh || state.values['isLateAccepted'] === 'yes'}
        />
        <TextField
          {...field('atLeast')}
          label={t('appraisal.ruleAtLeast')}
          hint={t('appraisal.ruleAtLeastHint')}
          inputmode="numeric"
          width="short"
          isOptional
        />
        <SelectField
          {...field('measure')}
          label={t('appraisal.ruleMeasure')}
          options={(['hours', 'days'] as const).map((value) => ({
            value,
            label: t(`appraisal.measure_${value}`),
          }))}
        />
        <TextField
          {...field('inYears')}
          label={t('appraisal.ruleInYears')}
          inputmode="numeric"
          width="short"
          isOptional
        />
        <TextField
          {...field('lastYears')}
          label={t('appraisal.ruleLastYears')}
          inputmode="numeric"
          width="short"
          isOptional
        />
        <Button>{t('appraisal.ruleLook')}</Button>
      </Form>
    </Details>
  );
}
