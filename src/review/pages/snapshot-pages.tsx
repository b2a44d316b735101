import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDay, formatDayTime } from '../../kernel/dates.ts';
import { holdsRoleOver, type OfficeRow, officeByCode } from '../../organisations/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  Form,
  Notice,
  PageHeading,
  SelectField,
  TextField,
} from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { rolesPublishing, sheetNotFound } from '../policy.ts';
import { type Compared, type ComparedUnit, compareSheets } from '../snapshots/compare.ts';
import type { Snapshot } from '../snapshots/read-snapshots.ts';
import { changeText, nameOf, reviewHref, type Say, sayIn } from './words.ts';

type Listed = Omit<Snapshot, 'sheet'>;

/** What was published of an office; two can be laid side by side. */
export function sendSnapshotList(
  request: FastifyRequest,
  reply: FastifyReply,
  {
    office,
    items,
    next,
    mayPublish,
  }: { office: OfficeRow; items: Listed[]; next: string | null; mayPublish: boolean },
) {
  const say = sayIn(request.ctx.language);
  const { t, language } = say;
  const title = t('review.snapshotsOf', { office: nameOf(office, language) });
  const base = listHref(office.code);
  return sendPage(
    request,
    reply,
    { title, area: 'office', activeLink: 'reviewSheet', breadcrumbs: [sheetCrumb(office.code, say)] },
    <>
      <PageHeading title={title} lead={t('review.snapshotsLead')} />
      {mayPublish ? <PublishForm action={base} say={say} /> : null}
      <Card title={t('review.published')}>
        {items.length === 0 ? (
          <EmptyState title={t('review.snapshotsNone')} headingLevel={3}>
            {t('review.snapshotsNoneText')}
          </EmptyState>
        ) : (
          <DataTable
            caption={t('review.published')}
            isCaptionHidden
            rows={items}
            rowKey={(row) => row.id}
            columns={listColumns(say)}
            nextHref={next ? `${base}?after=${next}` : undefined}
          />
        )}
      </Card>
      {items.length > 1 ? <CompareForm items={items} say={say} /> : null}
    </>,
  );
}

function listColumns(say: Say): Column<Listed>[] {
  const { t, language } = say;
  return [
    {
      key: 'at',
      label: t('review.publishedAt'),
      isRowHeading: true,
      kind: 'link',
      value: (row) => formatDayTime(row.publishedAt, language),
      href: sheetHref,
    },
    { key: 'asOf', label: t('review.asOfLabel'), kind: 'date', value: (row) => row.asOf },
    {
      key: 'by',
      label: t('review.publishedBy'),
      value: (row) => publisherOf(row, say) ?? t('review.bySystem'),
    },
    { key: 'note', label: t('review.note'), value: (row) => row.note },
  ];
}

function PublishForm({ action, say: { t } }: { action: string; say: Say }) {
  return (
    <Card title={t('review.publishTitle')} lead={t('review.publishLead')}>
      <Form action={action}>
        <TextField
          name="note"
          label={t('review.note')}
          hint={t('review.noteHint')}
          maxLength={300}
          isOptional
        />
        <Button type="submit">{t('review.publish')}</Button>
      </Form>
    </Card>
  );
}

/** What is published stays for good: it is asked first. */
export async function sendPublicationAsked(
  request: FastifyRequest,
  reply: FastifyReply,
  { code, note }: { code: string; note: string | undefined },
) {
  const say = sayIn(request.ctx.language);
  const { t } = say;
  const office = await officeByCode(request.ctx, code);
  if (!office || !holdsRoleOver(request.ctx, rolesPublishing, office.path)) throw sheetNotFound();
  const base = listHref(office.code);
  const title = t('review.publishAsk', { office: nameOf(office, say.language) });
  return sendPage(
    request,
    reply,
    { title, area: 'office', activeLink: 'reviewSheet', breadcrumbs: [sheetCrumb(office.code, say)] },
    <>
      <PageHeading title={title} lead={t('review.publishLead')} />
      <Card>
        {note ? (
          <p>
            {t('review.note')}: {note}
          </p>
        ) : null}
        <Form action={base}>
          <input type="hidden" name="sure" value="yes" />
          {note ? <input type="hidden" name="note" value={note} /> : null}
          <ButtonRow>
            <Button type="submit">{t('review.publishSure')}</Button>
            <Button href={base} variant="secondary">
              {t('review.publishBack')}
            </Button>
          </ButtonRow>
        </Form>
      </Card>
    </>,
  );
}

function CompareForm({ items, say }: { items: Listed[]; say: Say }) {
  const { t, language } = say;
  const options = items.map((row) => ({
    value: row.id,
    label: row.note
      ? `${formatDay(row.asOf, language)} · ${row.note}`
      : formatDayTime(row.publishedAt, language),
  }));
  return (
    <Card title={t('review.compareTwo')}>
      <FilterBar action="/office/review-snapshots/comparison" submitLabel={t('review.compare')}>
        <SelectField name="first" label={t('review.first')} options={options} value={items[1]?.id} />
        <SelectField name="second" label={t('review.second')} options={options} value={items[0]?.id} />
      </FilterBar>
    </Card>
  );
}

/** Above a published sheet: that it is one, whose, when, and the digest of what is kept. */
export function SnapshotNotice({ snapshot, say }: { snapshot: Listed; say: Say }) {
  const { t, language } = say;
  return (
    <Notice title={t('review.isSnapshot')}>
      {t('review.snapshotText', {
        at: formatDayTime(snapshot.publishedAt, language),
        by: publisherOf(snapshot, say) ?? t('review.bySystem'),
      })}
      {snapshot.note ? ` · ${snapshot.note}` : ''} ·{' '}
      <a href={listHref(snapshot.placeCode)}>{t('review.allSnapshots')}</a>
      <br />
      <code>SHA-256 {snapshot.digest}</code>
    </Notice>
  );
}

export function sendComparison(
  request: FastifyRequest,
  reply: FastifyReply,
  { first, second }: { first: Snapshot; second: Snapshot },
) {
  const say = sayIn(request.ctx.language);
  const { t, language } = say;
  const title = t('review.comparisonOf', { office: nameOf(second.sheet.place, language) });
  const { figures, orders, units } = compareSheets(first.sheet, second.sheet);
  const head = (one: Snapshot) => (first.asOf === second.asOf ? occasionOf(one, say) : dayAndNote(one, say));
  return sendPage(
    request,
    reply,
    {
      ...{ title, area: 'office', activeLink: 'reviewSheet' },
      breadcrumbs: [
        sheetCrumb(second.placeCode, say),
        { label: t('review.snapshots'), href: listHref(second.placeCode) },
      ],
    },
    <>
      <PageHeading
        title={title}
        lead={
          <>
            <a href={sheetHref(first)}>{occasionOf(first, say)}</a> –{' '}
            <a href={sheetHref(second)}>{occasionOf(second, say)}</a>
          </>
        }
      />
      <Card title={t('review.theWhole')}>
        <DataTable
          caption={t('review.theWhole')}
          isCaptionHidden
          isCountHidden
          rows={figures}
          rowKey={(row) => row.metric}
          columns={figureColumns([head(first), head(second)], say)}
        />
      </Card>
      {orders.length > 0 ? (
        <Card title={t('review.comparedOrders')} lead={t('review.ordersLead')}>
          <DataTable
            caption={t('review.comparedOrders')}
            isCaptionHidden
            isCompact
            rows={orders}
            rowKey={(row) => row.code}
            columns={unitColumns([head(first), head(second)], say)}
          />
        </Card>
      ) : null}
      {units.length > 0 ? (
        <Card title={t('review.section_units')} lead={t('review.reachColumn')}>
          <DataTable
            caption={t('review.section_units')}
            isCaptionHidden
            isCompact
            rows={units}
            rowKey={(row) => row.code}
            columns={unitColumns([head(first), head(second)], say)}
          />
        </Card>
      ) : null}
    </>,
  );
}

/** "मासिक समीक्षा, नवंबर (23 नवंबर 2026, 00:41)". */
function occasionOf({ note, publishedAt }: Listed, { language }: Say): string {
  const at = formatDayTime(publishedAt, language);
  return note ? `${note} (${at})` : at;
}

function dayAndNote({ asOf, note }: Listed, { language }: Say): string {
  const day = formatDay(asOf, language);
  return note ? `${day} · ${note}` : day;
}

type Heads = [first: string, second: string];

function figureColumns([first, second]: Heads, say: Say): Column<Compared>[] {
  const { t } = say;
  const shown = (row: Compared, value: number | null) => {
    if (value === null) return null;
    if (row.isShare) return `${value.toFixed(1)}%`;
    return row.metric === 'perHead' ? value.toFixed(1) : say.number(value);
  };
  const difference = ({ metric, isShare, change }: Compared) => {
    if (change === null) return null;
    if (isShare) return changeText(change, say);
    if (metric === 'perHead') return say.change(change);
    const text = say.number(Math.abs(change));
    return change === 0 ? text : `${change > 0 ? '+' : '−'}${text}`;
  };
  return [
    {
      key: 'metric',
      label: t('review.figure'),
      isRowHeading: true,
      value: (row) => t(`review.compared_${row.metric}`),
    },
    { key: 'first', label: first, kind: 'number', value: (row) => shown(row, row.first) },
    { key: 'second', label: second, kind: 'number', value: (row) => shown(row, row.second) },
    { key: 'change', label: t('review.difference'), kind: 'number', value: difference },
  ];
}

function unitColumns([first, second]: Heads, say: Say): Column<ComparedUnit>[] {
  const { t, language } = say;
  const percent = (value: number | null) => (value === null ? null : `${value.toFixed(1)}%`);
  return [
    { key: 'name', label: t('review.unit'), isRowHeading: true, value: (row) => nameOf(row, language) },
    { key: 'first', label: first, kind: 'number', value: (row) => percent(row.first) },
    { key: 'second', label: second, kind: 'number', value: (row) => percent(row.second) },
    {
      key: 'change',
      label: t('review.changeColumn'),
      kind: 'number',
      value: (row) => say.change(row.change),
    },
  ];
}

function listHref(code: string): string {
  return `/office/review/${encodeURIComponent(code)}/snapshots`;
}

function sheetHref({ id }: Pick<Listed, 'id'>): string {
  return `/office/review-snapshots/${id}`;
}

function publisherOf({ publisherHi, publisherEn }: Listed, { language }: Say): string | null {
  return publisherHi ? nameOf({ nameHi: publisherHi, nameEn: publisherEn }, language) : null;
}

function sheetCrumb(code: string, { t }: Say) {
  return { label: t('review.title'), href: reviewHref({ node: 'office', code }) };
}
