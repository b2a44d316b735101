import { formatDay, formatDayTime } from '../../kernel/dates.ts';
import { pick } from '../../kernel/i18n.ts';
import { Card, DataTable, KeyValue, SummaryList, Tag, type TagTone, useFrame } from '../../shell/index.ts';
import { competenciesText, daysNote, totalsOf, verifiedText } from '../render-statement.ts';
import type { MandateLine, StatementContent, StatementItem } from '../statements/content.ts';
import type { Progress } from '../statements/preview.ts';
import { durationText, groupText, progressLines, titleText } from '../words.ts';

/** All that a statement says, on a page; of a year that runs also how far each order is. */
export function StatementView({ content, progress }: { content: StatementContent; progress?: Progress }) {
  const { t } = useFrame();
  return (
    <>
      <PersonCard content={content} />
      <Totals content={content} />
      <Card title={t('appraisal.items')}>
        <Items items={content.items} />
      </Card>
      <Card title={t('appraisal.mandates')}>
        <Mandates mandates={content.mandates} progress={progress} />
      </Card>
      <Postings content={content} />
    </>
  );
}

export function Totals({ content }: { content: Pick<StatementContent, 'totals'> }) {
  const { language, t } = useFrame();
  const rows = totalsOf(content as StatementContent, language);
  return (
    <Card title={t('appraisal.totals')}>
      <KeyValue items={rows.map(([label, value]) => ({ label, value }))} />
      {daysNote(content, language).map((note) => (
        <p key={note} class="soft">
          {note}
        </p>
      ))}
    </Card>
  );
}

function PersonCard({ content }: { content: StatementContent }) {
  const { t, language } = useFrame();
  const { person, post, calendar, frozenAt, cutOff, period } = content;
  const days = { from: formatDay(period.from, language), to: formatDay(cutOff, language) };
  const names = [person.name.hi, person.name.en].filter(Boolean).join(' · ');
  return (
    <Card>
      <SummaryList
        rows={[
          { label: t('appraisal.name'), value: `${names} (${person.code ?? '–'})` },
          {
            label: t('appraisal.designation'),
            value: post?.designation ? pick(post.designation, language) : '–',
          },
          { label: t('appraisal.group'), value: groupText(post?.group ?? null, language) },
          { label: t('appraisal.office'), value: post ? pick(post.office, language) : '–' },
          { label: t('appraisal.period'), value: t('appraisal.periodText', days) },
          // Of a preview these say nothing to who reads his own.
          ...(frozenAt
            ? [{ label: t('appraisal.frozen'), value: formatDayTime(new Date(frozenAt), language) }]
            : []),
          ...(frozenAt || calendar.orderNumber
            ? [{ label: t('appraisal.calendarOrder'), value: calendar.orderNumber ?? t('appraisal.noOrder') }]
            : []),
        ]}
      />
    </Card>
  );
}

export function Items({ items }: { items: readonly StatementItem[] }) {
  const { t, language } = useFrame();
  return (
    <DataTable
      caption={t('appraisal.items')}
      isCaptionHidden
      isCountHidden
      rows={[...items]}
      rowKey={(item) =>
        `${item.completedOn} ${item.kind} ${item.code ?? item.title.hi} ${item.certificateNo}`
      }
      empty={<p class="soft">{t('appraisal.noItems')}</p>}
      columns={[
        {
          key: 'title',
          label: t('appraisal.item'),
          isRowHeading: true,
          value: (item) => (
            <>
              {titleText(item, language)}
              <ItemDetails item={item} />
            </>
          ),
        },
        { key: 'on', label: t('appraisal.completedOn'), kind: 'date', value: (item) => item.completedOn },
        { key: 'time', label: t('appraisal.time'), value: (item) => durationText(item.minutes, language) },
        { key: 'mode', label: t('appraisal.mode'), value: (item) => t(`appraisal.mode_${item.mode}`) },
        { key: 'verified', label: t('appraisal.verified'), value: (item) => verifiedText(item, language) },
      ]}
    />
  );
}

/** What not every item has, under its title. */
function ItemDetails({ item }: { item: StatementItem }) {
  const { t, language } = useFrame();
  const lines = [
    item.provider,
    competenciesText(item, language),
    item.scorePercent === null ? '' : `${t('appraisal.result')}: ${item.scorePercent}%`,
    item.certificateNo ? `${t('appraisal.certificate')}: ${item.certificateNo}` : '',
  ].filter(Boolean);
  return lines.length > 0 ? <span class="soft person-detail">{lines.join(' · ')}</span> : null;
}

const statusTones: Record<MandateLine['status'], TagTone> = {
  met: 'done',
  metLate: 'done',
  open: 'due',
  overdue: 'overdue',
  exempt: 'neutral',
};

type MandatesProps = { mandates: readonly MandateLine[]; progress?: Progress };

export function Mandates({ mandates, progress }: MandatesProps) {
  const { t, language } = useFrame();
  return (
    <DataTable
      caption={t('appraisal.mandates')}
      isCaptionHidden
      isCountHidden
      rows={[...mandates]}
      rowKey={(line) => line.number}
      empty={<p class="soft">{t('appraisal.noMandates')}</p>}
      columns={[
        {
          key: 'order',
          label: t('appraisal.order'),
          isRowHeading: true,
          value: (line) => (
            <>
              {`${pick(line.title, language)} (${line.number})`}
              {progressLines(progress, line.number, language).map((text) => (
                <span key={text} class="soft person-detail">
                  {text}
                </span>
              ))}
            </>
          ),
        },
        { key: 'due', label: t('appraisal.dueOn'), kind: 'date', value: (line) => line.dueOn },
        { key: 'reached', label: t('appraisal.reachedOn'), kind: 'date', value: (line) => line.reachedOn },
        {
          key: 'status',
          label: t('appraisal.status'),
          value: (line) => <Tag tone={statusTones[line.status]}>{t(`appraisal.status_${line.status}`)}</Tag>,
        },
      ]}
    />
  );
}

function Postings({ content }: { content: StatementContent }) {
  const { t, language } = useFrame();
  return (
    <Card title={t('appraisal.postings')}>
      <DataTable
        caption={t('appraisal.postings')}
        isCaptionHidden
        isCountHidden
        rows={content.postings}
        rowKey={(posting) => `${posting.office.code} ${posting.from} ${posting.kind}`}
        empty={<p class="soft">{t('appraisal.noPostings')}</p>}
        columns={[
          {
            key: 'office',
            label: t('appraisal.office'),
            isRowHeading: true,
            value: (posting) => pick(posting.office, language),
          },
          {
            key: 'designation',
            label: t('appraisal.designation'),
            value: (posting) => (posting.designation ? pick(posting.designation, language) : null),
          },
          { key: 'from', label: t('appraisal.from'), kind: 'date', value: (posting) => posting.from },
          {
            key: 'to',
            label: t('appraisal.to'),
            value: (posting) => (posting.to ? formatDay(posting.to, language) : t('appraisal.goesOn')),
          },
        ]}
      />
    </Card>
  );
}

export function StateTag({ state }: { state: 'frozen' | 'disputed' | 'replaced' }) {
  const { t } = useFrame();
  const tones = { frozen: 'done', disputed: 'overdue', replaced: 'neutral' } as const;
  return <Tag tone={tones[state]}>{t(`appraisal.state_${state}`)}</Tag>;
}
