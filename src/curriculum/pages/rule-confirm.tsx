import { formatDay } from '../../kernel/dates.ts';
import { pick } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import { Notice, SummaryList } from '../../shell/index.ts';
import type { RulePreview } from '../rules/preview-rule.ts';
import { type Say, tagText } from '../words.ts';
import { ConfirmPage } from './confirm-page.tsx';
import { addressOf, ruleText } from './words.ts';

type Props = {
  preview: RulePreview;
  sent: Record<string, string>;
  lists: Record<string, string[]>;
  say: Say;
};

/** A rule in words, with how much of what is in force would not comply. */
export function RuleConfirm({ preview, say, ...form }: Props) {
  const { t, language } = say;
  const { rule, office, day, figures, tagsWithoutCourse } = preview;
  const n = (value: number) => formatNumber(value, language);
  return (
    <ConfirmPage
      {...form}
      title={t('curriculum.ruleConfirm')}
      lead={t('curriculum.ruleConfirmLead')}
      action={addressOf('/rules')}
      verb={t('curriculum.ruleNew')}
      say={say}
    >
      {tagsWithoutCourse.length > 0 ? (
        <Notice
          tone="needs-you"
          title={t('curriculum.tagsWithoutCourse', {
            tags: tagsWithoutCourse.map((tag) => tagText(tag, language)).join(', '),
          })}
        />
      ) : null}
      <SummaryList
        rows={[
          { label: t('curriculum.rule'), value: ruleText(rule, say) },
          { label: t('curriculum.enforcement'), value: t(`curriculum.${rule.enforcement}`) },
          {
            label: t('curriculum.ruleWhere'),
            value: t('curriculum.ruleScope', {
              office: pick({ hi: office.nameHi, en: office.nameEn }, language),
            }),
          },
          { label: t('curriculum.validFrom'), value: formatDay(rule.validFrom, language) },
          ...figures.map(({ kind, underRule, failing }) => ({
            label: t(`curriculum.kinds_${kind}`),
            value: t('curriculum.ruleFinds', { under: n(underRule), failing: n(failing) }),
          })),
        ]}
      />
      <p class="soft">{t('curriculum.ruleFindsOn', { day: formatDay(day, language) })}</p>
    </ConfirmPage>
  );
}
