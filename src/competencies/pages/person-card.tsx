import type { ComponentChildren } from 'preact';
import type { Ctx } from '../../kernel/context.ts';
import { formatDay, indiaDay } from '../../kernel/dates.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { Card, DataTable, Details, Tag } from '../../shell/index.ts';
import { levelNames } from '../dictionary/tree.ts';
import { competenciesNeeded } from '../needs/competencies-needed.ts';
import { passbookOfPerson } from '../passbook/passbook-view.ts';
import type { PassbookEntry } from '../passbook/rules.ts';
import { Rules } from './passbook-page.tsx';
import { levelText, nameOf, type Say, strengthName, strengthTone } from './words.ts';

/** A person's passbook on the office's page of the person. */
export async function personCard(ctx: Ctx, personId: string): Promise<ComponentChildren> {
  const [{ entries }, needs, levels] = await Promise.all([
    passbookOfPerson(ctx, personId),
    competenciesNeeded(ctx, personId),
    levelNames(ctx),
  ]);
  const missing = needs.filter((need) => !need.isMet);
  const say: Say = { t: translator(ctx.language), language: ctx.language, levels };
  const { t } = say;
  return (
    <Card title={t('competencies.passbook')}>
      <DataTable<PassbookEntry>
        caption={t('competencies.passbook')}
        isCaptionHidden
        isCountHidden
        rows={entries}
        rowKey={(row) => row.competency.key}
        empty={<p class="soft">{t('competencies.passbookNone')}</p>}
        columns={[
          {
            key: 'name',
            label: t('competencies.competency'),
            isRowHeading: true,
            value: (row) => nameOf(row.competency, ctx.language),
          },
          { key: 'level', label: t('competencies.level'), value: (row) => levelText(row.level, say) },
          {
            key: 'strength',
            label: t('competencies.shownBy'),
            value: (row) => <Tag tone={strengthTone[row.strength]}>{strengthName(row.strength, say)}</Tag>,
          },
          { key: 'evidence', label: t('competencies.evidence'), value: (row) => evidenceText(row, say) },
        ]}
      />
      {needs.length > 0 ? (
        <p>
          {t(missing.length > 0 ? 'competencies.personMissing' : 'competencies.personAllMet', {
            list: missing
              .map((need) => `${nameOf(need, ctx.language)} (${levelText(need.level, say)})`)
              .join(', '),
          })}
        </p>
      ) : null}
      <Details summary={t('competencies.rulesTitle')}>
        <Rules say={say} />
      </Details>
    </Card>
  );
}

/** The strongest evidence in words; how many more there are. */
function evidenceText({ evidence, declaration }: PassbookEntry, { t, language }: Say): string {
  const [first, ...more] = evidence;
  if (!first)
    return declaration ? `${formatDay(indiaDay(declaration.declaredAt), language)}: ${declaration.note}` : '';
  const title = pick({ hi: first.course.titleHi, en: first.course.titleEn }, language);
  const rest = more.length > 0 ? ` ${t('competencies.andMore', { count: more.length })}` : '';
  return `${title}, ${formatDay(first.day, language)}${rest}`;
}
