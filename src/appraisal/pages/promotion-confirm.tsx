import { formatDay } from '../../kernel/dates.ts';
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
import { ruleTitle } from '../promotion/words.ts';
import { promotionStates } from '../stores/promotion.ts';
import { promotionAddress, RuleCard } from './promotion.tsx';

type Props = { preview: RulePreview; sent: Record<string, string>; lists: Record<string, string[]> };

/** A rule as it would be, with whom it would find where; entered when that has been read. */
export function ConfirmRulePage({ preview, sent, lists }: Props) {
  const { t, language } = useFrame();
  const { rule, counts, isMore, instead } = preview;
  const total = promotionStates.reduce((sum, state) => sum + counts[state], 0);
  const n = (value: number) =>
    isMore ? t('appraisal.atLeastSo', { n: formatNumber(value, language) }) : formatNumber(value, language);
  return (
    <>
      <PageHeading title={t('appraisal.confirmRule')} lead={t('appraisal.confirmRuleLead')} />
      <RuleCard rule={rule} />
      {total === 0 ? <Notice tone="needs-you" title={t('appraisal.confirmRuleNobody')} /> : null}
      <SummaryList
        rows={[
          { label: t('appraisal.promotionAll'), value: n(total) },
          ...promotionStates.map((state) => ({
            label: t(`appraisal.promotion_${state}`),
            value: n(counts[state]),
          })),
          {
            label: t('appraisal.confirmRuleInstead'),
            value: instead
              ? `${ruleTitle(instead, language)} (${instead.orderNumber})`
              : t('appraisal.confirmRuleOff'),
          },
          { label: t('appraisal.ruleStartsOn'), value: formatDay(rule.startsOn, language) },
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
