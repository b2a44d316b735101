import { addDays } from '../../kernel/dates.ts';
import { pick } from '../../kernel/i18n.ts';
import { Card, DataTable, EmptyState, PageHeading, Tag, useFrame } from '../../shell/index.ts';
import { serviceHref } from '../person-form.tsx';
import { ExemptionState, MandateName } from '../service/pages.tsx';
import { classWord, spellText } from '../service/words.ts';
import type { ExemptionInScope } from './store.ts';

const soonDays = 30;

type Props = { exemptions: ExemptionInScope[]; today: string };

/** Who is exempt from which order until when, in the officer's offices: what ends first stands first. */
export function ExemptionListPage({ exemptions, today }: Props) {
  const { t, language } = useFrame();
  const say = { t, language };
  return (
    <>
      <PageHeading title={t('service.exemptionList')} lead={t('service.exemptionListLead')} />
      <Card>
        <DataTable
          caption={t('service.exemptionList')}
          isCaptionHidden
          rows={exemptions}
          rowKey={(row) => row.exemptionId}
          empty={
            <EmptyState title={t('service.exemptionListNone')} icon="calendar">
              {t('service.exemptionListNoneLead')}
            </EmptyState>
          }
          columns={[
            {
              ...{ key: 'who', label: t('service.person'), kind: 'link', isRowHeading: true },
              value: (row) =>
                [pick({ hi: row.nameHi, en: row.nameEn }, language), row.code].filter(Boolean).join(' · '),
              href: (row) => serviceHref(row.personId),
            },
            { key: 'mandate', label: t('service.mandate'), value: (row) => <MandateName row={row} /> },
            {
              key: 'class',
              label: t('service.reasonClass'),
              value: (row) => classWord(row.reasonClass, say),
            },
            {
              ...{ key: 'days', label: t('service.days') },
              value: (row) => (
                <>
                  {spellText(row, say)}{' '}
                  {endsSoon(row, today) ? (
                    <Tag tone="due">{t('service.endsSoon')}</Tag>
                  ) : (
                    <ExemptionState row={row} today={today} />
                  )}
                </>
              ),
            },
            { key: 'order', label: t('service.exemptionOrder'), value: (row) => row.orderNumber },
            {
              ...{ key: 'by', label: t('service.approver') },
              value: (row) => pick({ hi: row.byHi, en: row.byEn }, language) || null,
            },
          ]}
        />
      </Card>
    </>
  );
}

function endsSoon({ startsOn, endsOn }: ExemptionInScope, today: string): boolean {
  return startsOn <= today && endsOn !== null && endsOn <= addDays(today, soonDays);
}
