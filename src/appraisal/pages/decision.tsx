import { formatDay } from '../../kernel/dates.ts';
import { type Language, pick, translator } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  DataTable,
  Form,
  HiddenFields,
  PageHeading,
  SummaryList,
  useFrame,
} from '../../shell/index.ts';
import type { DecisionInput, DecisionPreview } from '../objections/decide-objection.ts';
import { totalsOf } from '../render-statement.ts';
import type { MandateLine, StatementContent, StatementItem } from '../statements/content.ts';
import { durationText, groupText, titleText } from '../words.ts';
import { deskAddress } from './office.tsx';

type Props = { input: DecisionInput; preview: DecisionPreview };

/** What the new statement will say otherwise, before it is issued for good. */
export function ConfirmDecisionPage({ input, preview }: Props) {
  const { t, language } = useFrame();
  const { objectionId, verdict, reason, orderNumber } = input;
  const rows = changesOf(preview, language);
  return (
    <>
      <PageHeading title={t('appraisal.confirmDecision')} lead={t('appraisal.confirmDecisionLead')} />
      <SummaryList
        rows={[
          { label: t('appraisal.name'), value: pick(preview.after.person.name, language) },
          { label: t('appraisal.verdict'), value: t(`appraisal.objection_${verdict}`) },
          { label: t('appraisal.reason'), value: reason },
          ...(orderNumber ? [{ label: t('appraisal.orderNumber'), value: orderNumber }] : []),
        ]}
      />
      <Card title={t('appraisal.decisionChanges')}>
        <DataTable
          caption={t('appraisal.decisionChanges')}
          isCaptionHidden
          isCountHidden
          rows={rows}
          rowKey={(row) => `${row.what} ${row.before} ${row.after}`}
          empty={<p>{t('appraisal.decisionWords')}</p>}
          columns={[
            { key: 'what', label: t('appraisal.decisionWhat'), isRowHeading: true, value: (row) => row.what },
            { key: 'before', label: t('appraisal.decisionBefore'), value: (row) => row.before ?? '–' },
            { key: 'after', label: t('appraisal.decisionAfter'), value: (row) => row.after ?? '–' },
          ]}
        />
      </Card>
      <Form action={`${deskAddress}/objections/${objectionId}`}>
        <HiddenFields values={{ verdict, reason, ...(orderNumber ? { orderNumber } : {}) }} />
        <ButtonRow>
          <Button name="sure" value="yes">
            {t('appraisal.confirmDecisionButton')}
          </Button>
          <Button name="sure" value="back" variant="secondary">
            {t('appraisal.confirmBack')}
          </Button>
        </ButtonRow>
      </Form>
    </>
  );
}

type Change = { what: string; before: string | null; after: string | null };

/** Line by line what differs, in words: name and post, totals, what was learnt, orders. */
export function changesOf({ before, after }: DecisionPreview, language: Language): Change[] {
  const t = translator(language);
  return [
    ...changed(headOf(before, language), headOf(after, language)),
    ...changed(new Map(totalsOf(before, language)), new Map(totalsOf(after, language))),
    ...changed(itemsOf(before, language), itemsOf(after, language)),
    ...changed(ordersOf(before, language), ordersOf(after, language)),
    ...(JSON.stringify(before.postings) === JSON.stringify(after.postings)
      ? []
      : [{ what: t('appraisal.postings'), before: null, after: t('appraisal.decisionOtherwise') }]),
  ];
}

function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Change[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return keys
    .map((what) => ({ what, before: before.get(what) ?? null, after: after.get(what) ?? null }))
    .filter((one) => one.before !== one.after);
}

function headOf({ person, post }: StatementContent, language: Language): Map<string, string> {
  const t = translator(language);
  return new Map([
    [t('appraisal.name'), [person.name.hi, person.name.en].filter(Boolean).join(' · ')],
    [t('appraisal.code'), person.code ?? '–'],
    [t('appraisal.designation'), post?.designation ? pick(post.designation, language) : '–'],
    [t('appraisal.group'), groupText(post?.group ?? null, language)],
    [t('appraisal.office'), post ? pick(post.office, language) : '–'],
  ]);
}

/** Two of one title and one day, such as the sessions of a morning and an afternoon, are one line. */
function itemsOf({ items }: StatementContent, language: Language): Map<string, string> {
  const text = (item: StatementItem) =>
    [
      durationText(item.minutes, language),
      translator(language)(`appraisal.mode_${item.mode}`),
      item.certificateNo,
      ...(item.isCounted || item.isRenewal ? [] : [translator(language)('orders.isCountedElsewhere')]),
    ]
      .filter(Boolean)
      .join(', ');
  const lines = new Map<string, string>();
  for (const item of items) {
    const what = `${titleText(item, language)}, ${formatDay(item.completedOn, language)}`;
    const beside = lines.get(what);
    lines.set(what, beside ? `${beside}; ${text(item)}` : text(item));
  }
  return lines;
}

function ordersOf({ mandates }: StatementContent, language: Language): Map<string, string> {
  const t = translator(language);
  const text = ({ status, dueOn }: MandateLine) =>
    dueOn
      ? `${t(`appraisal.status_${status}`)}, ${formatDay(dueOn, language)}`
      : t(`appraisal.status_${status}`);
  return new Map(mandates.map((line) => [`${pick(line.title, language)} (${line.number})`, text(line)]));
}
