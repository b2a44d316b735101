import { type Day, formatDay } from '../../kernel/dates.ts';
import type { Refusal } from '../../kernel/errors.ts';
import type { MessageKey } from '../../kernel/i18n.ts';
import { pick } from '../../kernel/i18n.ts';
import { formatNumber, formatPercent } from '../../kernel/numbers.ts';
import type { OfficeRow } from '../../organisations/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  Checkbox,
  ConfirmPanel,
  DataTable,
  Details,
  ErrorSummary,
  FileField,
  Form,
  Grid,
  Notice,
  PageHeading,
  PersonLine,
  Prose,
  Stat,
  StatStrip,
  Tag,
} from '../../shell/index.ts';
import type { FullPreview, Overlap } from '../preview-mandate.ts';
import type { Rules } from '../rules/rules.ts';
import type { OrderRow } from '../stores/orders.ts';
import type { BoundPart } from '../stores/preview.ts';
import { type Amended, ChangesCard } from './changes-card.tsx';
import { fitsForm } from './order-form.ts';
import { type Names, orderNotes, orderSentence } from './sentence.ts';
import { officeText, orderLine, type Say, titleOfOrder } from './words.ts';

type ReviewProps = {
  order: OrderRow;
  amended: Amended | undefined;
  today: Day;
  preview: FullPreview;
  names: Names;
  office: OfficeRow | undefined;
  unused: string[];
  say: Say;
};

/** A draft before anything is in force: what it says, whom it would bind, and what it meets. */
export function ReviewPage(props: ReviewProps) {
  const { order, preview, names, unused, say } = props;
  const { t } = say;
  const here = `/office/orders/${order.mandateId}`;
  return (
    <>
      <DraftHeading order={order} say={say} isPublishable />
      <SaysCard order={order} names={names} say={say} />
      {unused.length > 0 ? (
        <Notice tone="needs-you" title={t('orders.unusedTitle')}>
          <p>{t('orders.unused', { list: unused.join(', ') })}</p>
        </Notice>
      ) : null}
      <ChangesCard amended={props.amended} say={say} />
      <BoundCard preview={preview} today={props.today} say={say} />
      <OverlapCard overlaps={preview.overlaps} names={names} say={say} />
      <Parts {...props} />
      <Sample {...props} />
      <ScanCard order={order} here={here} say={say} />
    </>
  );
}

type HeadingProps = { order: OrderRow; say: Say; isPublishable?: boolean };

function DraftHeading({ order, say, isPublishable }: HeadingProps) {
  const { t, language } = say;
  const here = `/office/orders/${order.mandateId}`;
  return (
    <PageHeading
      title={titleOfOrder(order, language)}
      lead={
        <>
          {orderLine(order, say)} <Tag tone="draft">{t('orders.stateDraft')}</Tag>
        </>
      }
      actions={
        <>
          {isPublishable ? <Button href={`${here}/publication`}>{t('orders.toPublish')}</Button> : null}
          {fitsForm(order.rules) ? (
            <Button href={`${here}/edit`} variant="secondary">
              {t('orders.edit')}
            </Button>
          ) : null}
          <Button href={`${here}/deletion`} variant="quiet">
            {t('orders.deleteDraft')}
          </Button>
        </>
      }
    />
  );
}

type RefusedProps = { order: OrderRow; refusal: Refusal; names: Names; say: Say };

/** A draft that cannot be put in force as it stands: why, and what it says. */
export function RefusedPage({ order, refusal, names, say }: RefusedProps) {
  return (
    <>
      <DraftHeading order={order} say={say} />
      <Notice tone="refused" title={say.t('orders.refusedTitle')}>
        <p>{pick(refusal.text, say.language)}</p>
      </Notice>
      <SaysCard order={order} names={names} say={say} />
    </>
  );
}

/** The order in one sentence, then its rules, defaults included. */
export function SaysCard({ order, names, say }: { order: OrderRow; names: Names; say: Say }) {
  return (
    <Card title={say.t('orders.says')}>
      <Prose>
        <p>
          <b>{orderSentence(order.rules, names, say)}</b>
        </p>
        <ul>
          {orderNotes(order.rules, say).map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </Prose>
      <SourceNotes rules={order.rules} say={say} />
    </Card>
  );
}

/** Where an order is known from, and what is not sure about it. */
export function SourceNotes({ rules: { doubts, sources }, say }: { rules: Partial<Rules>; say: Say }) {
  const { t, language } = say;
  return (
    <>
      {doubts ? (
        <Notice tone="needs-you" title={t('orders.doubts')}>
          <p>{pick(doubts, language)}</p>
        </Notice>
      ) : null}
      {sources ? (
        <Details summary={t('orders.sources')}>
          <ul>
            {sources.map((source) => (
              <li key={source}>{/^https?:/.test(source) ? <a href={source}>{source}</a> : source}</li>
            ))}
          </ul>
        </Details>
      ) : null}
    </>
  );
}

type BoundProps = { preview: FullPreview; today: Day; say: Say };

function BoundCard({ preview, today, say }: BoundProps) {
  const { t, language } = say;
  const { bound, alreadyMet, exempt, overdue, asOf } = preview;
  const of = t('orders.ofBound', {
    total: formatNumber(bound, language),
    percent: formatPercent(alreadyMet, bound),
  });
  return (
    <Card
      title={t('orders.boundTitle')}
      lead={asOf > today ? t('orders.boundLater', { day: formatDay(asOf, language) }) : t('orders.boundLead')}
    >
      {bound === 0 ? <p>{t('orders.boundNobody')}</p> : null}
      <EstimateNote preview={preview} say={say} />
      <StatStrip>
        <Stat label={t('orders.bound')} value={bound} detail={t('orders.boundDetail')} />
        <Stat label={t('orders.alreadyMet')} value={alreadyMet} detail={of} />
        <Stat label={t('orders.statusExempt')} value={exempt} detail={t('orders.exemptDetail')} />
      </StatStrip>
      {overdue > 0 ? (
        <Notice tone="needs-you" headingLevel={3} title={t('orders.overdueTitle')}>
          <p>{t('orders.publishOver', { n: formatNumber(overdue, language) })}</p>
        </Notice>
      ) : null}
    </Card>
  );
}

/** Over lakhs the figures before publication are estimates; those after it are exact. */
function EstimateNote({ preview: { everyNth }, say: { t, language } }: { preview: FullPreview; say: Say }) {
  return everyNth > 1 ? <p>{t('orders.estimate', { n: formatNumber(everyNth, language) })}</p> : null;
}

function OverlapCard({ overlaps, names, say }: { overlaps: Overlap[]; names: Names; say: Say }) {
  const { t, language } = say;
  return (
    <Card title={t('orders.overlapTitle')} lead={t('orders.overlapLead')}>
      {overlaps.length === 0 ? <p>{t('orders.overlapNone')}</p> : null}
      <ul class="loose">
        {overlaps.map((one) => (
          <li key={one.number}>
            <b>{titleOfOrder(one, language)}</b> ({one.number}):{' '}
            {t('orders.overlapPersons', { n: formatNumber(one.persons, language) })} {sharedText(one, say)}{' '}
            <SharedCourses courses={one.anyCourse ? [] : one.courses} names={names} say={say} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function sharedText({ anyCourse, courses, sharesDays }: Overlap, { t }: Say): string {
  const shared = [anyCourse ? t('orders.overlapAny') : '', sharesDays ? t('orders.overlapDays') : ''].filter(
    Boolean,
  );
  if (shared.length === 0 && courses.length === 0) return t('orders.overlapNothing');
  return shared.join(' ');
}

const fewCourses = 4;

/** A few are named, many are behind their number. */
function SharedCourses({ courses, names, say: { t } }: { courses: string[]; names: Names; say: Say }) {
  const list = courses.map((code) => names.courses.get(code) ?? code).join('; ');
  if (courses.length === 0) return null;
  if (courses.length <= fewCourses) return <>{t('orders.overlapCourses', { list })}</>;
  return (
    <Details summary={t('orders.overlapMany', { n: courses.length })}>
      <p>{list}</p>
    </Details>
  );
}

function Parts({ order, preview, office, say }: ReviewProps) {
  const { t, language } = say;
  const isOne = order.rules.scope.offices.length === 1;
  const byOffice = (part: BoundPart) =>
    isOne && part.key === order.rules.scope.offices[0]
      ? t('orders.atOfficeItself', { office: officeText(part, language) })
      : officeText(part, language);
  const word = (list: 'group' | 'engagement') => (part: BoundPart) =>
    part.key ? t(`people.${list}_${part.key}` as MessageKey) : t('orders.notKnown');
  return (
    <>
      {preview.byOffice.length > 0 ? (
        <PartCard
          title={
            isOne
              ? t('orders.byOffice', { office: office ? officeText(office, language) : '' })
              : t('orders.byScope')
          }
          lead={t('orders.partsLead')}
          columnLabel={t('orders.office')}
          parts={preview.byOffice}
          name={byOffice}
          say={say}
        />
      ) : null}
      <Grid>
        <PartCard title={t('orders.byGroup')} parts={preview.byGroup} name={word('group')} say={say} />
        <PartCard
          title={t('orders.byEngagement')}
          parts={preview.byEngagement}
          name={word('engagement')}
          say={say}
        />
      </Grid>
    </>
  );
}

type PartProps = {
  title: string;
  lead?: string;
  columnLabel?: string;
  parts: BoundPart[];
  name(part: BoundPart): string;
  say: Say;
};

function PartCard({ title, lead, columnLabel, parts, name, say: { t } }: PartProps) {
  return (
    <Card title={title} lead={lead}>
      <DataTable
        caption={title}
        isCaptionHidden
        isCompact
        isCountHidden
        rows={parts}
        rowKey={(part) => part.key ?? '-'}
        columns={[
          { key: 'name', label: columnLabel ?? title, isRowHeading: true, value: name },
          { key: 'bound', label: t('orders.bound'), kind: 'number', value: (part) => part.bound },
          { key: 'met', label: t('orders.alreadyMet'), kind: 'number', value: (part) => part.alreadyMet },
          { key: 'exempt', label: t('orders.statusExempt'), kind: 'number', value: (part) => part.exempt },
        ]}
      />
    </Card>
  );
}

function Sample({ preview: { sample }, say }: ReviewProps) {
  const { t, language } = say;
  if (sample.length === 0) return null;
  return (
    <Card title={t('orders.sampleTitle')} lead={t('orders.sampleLead', { n: sample.length })}>
      <ul class="loose">
        {sample.map((one) => (
          <li key={one.personId}>
            <PersonLine
              name={officeText(one, language)}
              code={one.employeeCode ?? undefined}
              detail={officeText({ nameHi: one.officeHi, nameEn: one.officeEn }, language)}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The scanned order itself, to be read beside what was entered. */
export function ScanCard({ order, here, say: { t } }: { order: OrderRow; here: string; say: Say }) {
  return (
    <Card title={t('orders.scanTitle')} lead={t('orders.scanLead')}>
      {order.scanFileId ? (
        <p>
          <a href={`${here}/scan`}>{t('orders.scanOpen')}</a>
        </p>
      ) : null}
      <Form action={`${here}/scan`} hasFiles>
        {order.scanFileId && order.state === 'published' ? (
          <Checkbox name="replaces" label={t('orders.scanReplaces')} hint={t('orders.scanReplacesHint')} />
        ) : null}
        <FileField
          name="file"
          label={t(order.scanFileId ? 'orders.scanReplace' : 'orders.scanFile')}
          accept=".pdf,.jpg,.jpeg,.png"
          maximumMegabytes={20}
        />
        <ButtonRow>
          <Button variant="secondary" icon="upload">
            {t('orders.scanSave')}
          </Button>
        </ButtonRow>
      </Form>
    </Card>
  );
}

/** Asks once more, with the numbers, before the order binds anybody. */
export function PublishPage({
  order,
  preview,
  names,
  amended,
  isTickMissing,
  say,
}: Omit<ReviewProps, 'office' | 'unused' | 'today'> & { isTickMissing: boolean }) {
  const { t, language } = say;
  const { overdue } = preview;
  const error = isTickMissing ? t('orders.overdueTickNeeded') : undefined;
  const n = (value: number) => formatNumber(value, language);
  const here = `/office/orders/${order.mandateId}`;
  return (
    <>
      <ErrorSummary errors={error ? [{ field: 'overdueSeen', text: error }] : []} />
      <PageHeading title={t('orders.publishTitle', { number: order.number })} lead={orderLine(order, say)} />
      <SaysCard order={order} names={names} say={say} />
      <ChangesCard amended={amended} say={say} />
      <EstimateNote preview={preview} say={say} />
      <ConfirmPanel
        title={t('orders.publishAsk')}
        consequences={[
          t('orders.publishBinds', { n: n(preview.bound), met: n(preview.alreadyMet) }),
          ...(overdue > 0 ? [t('orders.publishOver', { n: n(overdue) })] : []),
          t('orders.publishShows'),
          t(order.scanFileId ? 'orders.publishScan' : 'orders.publishNoScan'),
          ...(order.cites ? [t('orders.publishReplaces', { number: order.cites })] : []),
          ...(preview.overlaps.length > 0
            ? [t('orders.publishOverlaps', { n: n(preview.overlaps.length) })]
            : []),
          t('orders.publishNoEdit'),
        ]}
        action={`${here}/publication?digest=${order.digest}${overdue > 0 ? '&overdue=1' : ''}`}
        confirmLabel={t('orders.publish')}
        cancelHref={here}
        isReversible
        variant="primary"
      >
        {overdue > 0 ? (
          <Checkbox name="overdueSeen" label={t('orders.overdueTick', { n: n(overdue) })} error={error} />
        ) : null}
      </ConfirmPanel>
    </>
  );
}
