import { formatDay } from '../../kernel/dates.ts';
import { languages, translator } from '../../kernel/i18n.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import type { OrderFace } from '../../mandates/index.ts';
import {
  Card,
  ConfirmPanel,
  DataTable,
  Details,
  EmptyState,
  PageHeading,
  SummaryList,
} from '../../shell/index.ts';
import type { Preview, PreviewStep } from '../preview-reminders.ts';
import { smsText, titleOf } from '../texts.ts';
import { daysText, nameIn, remindersHref, type Say, stepText } from './words.ts';

type Props = { order: OrderFace; preview: Preview; baseUrl: string; say: Say };

/** Who gets what and when; and, while reminders are not on, the button that switches them on. */
export function PreviewPage(props: Props) {
  const { order, preview, say } = props;
  const { t, language } = say;
  return (
    <>
      <PageHeading
        title={t('reminders.previewTitle')}
        lead={`${titleOf(order, language)} · ${t('reminders.previewAt', { day: formatDay(preview.today, language) })}`}
      />
      <WhoCard {...props} />
      <StepsTable {...props} />
      <SampleCard {...props} />
      <WordsCard {...props} />
      {preview.rule.state === 'on' ? null : <SwitchOn {...props} />}
    </>
  );
}

function WhoCard({ preview, say }: Props) {
  const { t, language } = say;
  const n = (value: number) => formatNumber(value, language);
  return (
    <Card title={t('reminders.whoTitle')}>
      <SummaryList
        rows={[
          { label: t('reminders.whoPeople'), value: n(preview.people) },
          { label: t('reminders.whoHeldBack'), value: n(preview.heldBack) },
          { label: t('reminders.whoOfficers'), value: n(preview.officers) },
          ...(preview.withoutOfficer > 0
            ? [{ label: t('reminders.whoWithout'), value: n(preview.withoutOfficer) }]
            : []),
        ]}
      />
      <p class="soft">{t('reminders.whoNot')}</p>
    </Card>
  );
}

function StepsTable({ preview, say }: Props) {
  const { t } = say;
  const number = (key: 'mails' | 'numbers', on: 'mail' | 'sms') => ({
    key,
    label: t(`reminders.step_${key}`),
    kind: 'number' as const,
    value: (row: PreviewStep) =>
      row.audience === 'person' && preview.channels.includes(on) ? row[key] : null,
  });
  return (
    <Card title={t('reminders.whenTitle')} lead={t('reminders.whenLead')}>
      <DataTable
        caption={t('reminders.whenTitle')}
        isCaptionHidden
        rows={preview.steps}
        rowKey={(row) => `${row.audience}.${row.daysBefore}`}
        empty={
          <EmptyState title={t('reminders.stepsNoneTitle')} icon="calendar">
            {t('reminders.stepsNone')}
          </EmptyState>
        }
        columns={[
          {
            key: 'day',
            label: t('reminders.day'),
            isRowHeading: true,
            value: (row) => daysText(row, say),
          },
          { key: 'step', label: t('reminders.step'), value: (row) => stepText(row.daysBefore, say) },
          { key: 'to', label: t('reminders.to'), value: (row) => t(`reminders.audience_${row.audience}`) },
          { key: 'people', label: t('reminders.stepPeople'), kind: 'number', value: (row) => row.people },
          number('mails', 'mail'),
          number('numbers', 'sms'),
        ]}
      />
    </Card>
  );
}

function SampleCard({ preview, say }: Props) {
  const { t, language } = say;
  const { sample } = preview;
  if (!sample || sample.length === 0) return null;
  const reach = (row: (typeof sample)[number]) =>
    [
      t('reminders.channel_inbox'),
      ...(row.hasMail && preview.channels.includes('mail') ? [t('reminders.channel_mail')] : []),
      ...(row.hasMobile && preview.channels.includes('sms') ? [t('reminders.channel_sms')] : []),
    ].join(', ');
  return (
    <Card title={t('reminders.sampleTitle')} lead={t('reminders.sampleLead')}>
      <DataTable
        caption={t('reminders.sampleTitle')}
        isCaptionHidden
        isCountHidden
        rows={sample}
        rowKey={(row) => row.personId}
        columns={[
          {
            key: 'name',
            label: t('reminders.name'),
            kind: 'link',
            isRowHeading: true,
            value: (row) => [nameIn(row, language), row.code].filter(Boolean).join(' · '),
            href: (row) => `/office/persons/${row.personId}`,
          },
          {
            key: 'office',
            label: t('reminders.office'),
            value: (row) => nameIn({ nameHi: row.officeHi, nameEn: row.officeEn }, language),
          },
          { key: 'due', label: t('reminders.due'), kind: 'date', value: (row) => row.dueOn },
          { key: 'by', label: t('reminders.by'), value: reach },
        ]}
      />
    </Card>
  );
}

function WordsCard({ order, preview, baseUrl, say }: Props) {
  const { t } = say;
  const dueOn = preview.sample?.[0]?.dueOn ?? preview.today;
  return (
    <Card>
      <Details summary={t('reminders.wordsTitle')}>
        {languages.map((language) => {
          const example = translator(language)('reminders.exampleName');
          const to = [{ nameHi: example, nameEn: example, language }];
          const orders = [titleOf(order, language)];
          return (
            <>
              <h3>{t(`reminders.wordsIn_${language}`)}</h3>
              <p lang={language}>{smsText({ to, orders, dueOn, language, config: { baseUrl } })}</p>
            </>
          );
        })}
      </Details>
    </Card>
  );
}

function SwitchOn({ order, preview, say }: Props) {
  const { t, language } = say;
  const [next] = preview.steps;
  const n = formatNumber(preview.people, language);
  return (
    <ConfirmPanel
      title={t('reminders.switchTitle')}
      consequences={[
        t('reminders.switchWho', { n }),
        next
          ? t('reminders.switchNext', { day: formatDay(next.mainDay, language) })
          : t('reminders.stepsNoneTitle'),
        t('reminders.switchPause'),
      ]}
      action={remindersHref(order.mandateId, '/activation')}
      confirmLabel={t('reminders.switchOn')}
      cancelHref={remindersHref(order.mandateId)}
      isReversible
    />
  );
}
