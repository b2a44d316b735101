import { type Day, formatDay } from '../../kernel/dates.ts';
import type { Language, Translate } from '../../kernel/i18n.ts';
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
import type { RulePreview } from '../promotion/preview-rule.ts';
import type { RuleEnding } from '../promotion/save-rule.ts';
import { ruleTitle } from '../promotion/words.ts';
import { promotionStates } from '../stores/promotion.ts';
import { promotionAddress, RuleCard } from './promotion.tsx';

type Props = { preview: RulePreview; sent: Record<string, string>; lists: Record<string, string[]> };

/** A rule as it would be, with whom it would find where; entered when that has been read. */
export function ConfirmRulePage({ preview, sent, lists }: Props) {
  const { t, language } = useFrame();
  const { rule, counts } = preview;
  const total = promotionStates.reduce((sum, state) => sum + counts[state], 0);
  return (
    <>
      <PageHeading title={t('appraisal.confirmRule')} lead={t('appraisal.confirmRuleLead')} />
      <RuleCard rule={rule} />
      {total === 0 ? <Notice tone="needs-you" title={t('appraisal.confirmRuleNobody')} /> : null}
      <SummaryList
        rows={[
          ...countRows(preview, { t, language }),
          {
            label: t('appraisal.confirmRuleInstead'),
            value: insteadText(preview, { t, language }),
          },
          { label: t('appraisal.confirmRuleFrom'), value: formatDay(rule.startsOn, language) },
        ]}
      />
      <p class="soft">{t('appraisal.confirmRuleNote')}</p>
      <Form action={`${promotionAddress}/rules`}>
        <HiddenFields values={sent} />
        {Object.entries(lists).flatMap(([name, values]) =>
          values.map((value) => <input key={`${name}${value}`} type="hidden" name={name} value={value} />),
        )}
        <ButtonRow>
          <Button name="sure" value="yes">
            {t('appraisal.ruleSave')}
          </Button>
          <Button name="sure" value="back" variant="secondary">
            {t('appraisal.confirmRuleBack')}
          </Button>
        </ButtonRow>
      </Form>
    </>
  );
}

type EndingProps = { preview: RulePreview; ending: RuleEnding; today: Day };

/** Of whom the rule speaks and what is there after it, before an order ends it. */
export function ConfirmEndingPage({ preview, ending, today }: EndingProps) {
  const { t, language } = useFrame();
  const { rule } = preview;
  return (
    <>
      <PageHeading title={t('appraisal.confirmRuleEnd')} lead={t('appraisal.confirmRuleEndLead')} />
      <RuleCard rule={rule} />
      {ending.endsOn < today ? (
        <Notice
          tone="needs-you"
          title={t('appraisal.confirmRuleEndPast', { day: formatDay(ending.endsOn, language) })}
        />
      ) : null}
      <SummaryList
        rows={[
          ...countRows(preview, { t, language }),
          { label: t('appraisal.ruleLastDay'), value: formatDay(ending.endsOn, language) },
          { label: t('appraisal.orderNumber'), value: ending.orderNumber },
          { label: t('appraisal.confirmRuleAfter'), value: insteadText(preview, { t, language }) },
        ]}
      />
      <p class="soft">{t('appraisal.confirmRuleEndNote')}</p>
      <Form action={`${promotionAddress}/rules/${rule.ruleId}/ending`}>
        <HiddenFields values={{ endOrder: ending.orderNumber, endsOn: ending.endsOn, sure: 'yes' }} />
        <ButtonRow>
          <Button>{t('appraisal.ruleEndButton')}</Button>
          <Button href={`${promotionAddress}/rules`} variant="secondary">
            {t('appraisal.confirmBack')}
          </Button>
        </ButtonRow>
      </Form>
    </>
  );
}

type Say = { t: Translate; language: Language };

function countRows({ counts, isMore }: RulePreview, { t, language }: Say) {
  const total = promotionStates.reduce((sum, state) => sum + counts[state], 0);
  const n = (value: number) =>
    isMore ? t('appraisal.atLeastSo', { n: formatNumber(value, language) }) : formatNumber(value, language);
  return [
    { label: t('appraisal.promotionAll'), value: n(total) },
    ...promotionStates.map((state) => ({
      label: t(`appraisal.promotion_${state}`),
      value: n(counts[state]),
    })),
  ];
}

function insteadText({ instead }: RulePreview, { t, language }: Say): string {
  return instead ? `${ruleTitle(instead, language)} (${instead.orderNumber})` : t('appraisal.confirmRuleOff');
}
