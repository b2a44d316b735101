import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatDay, formatDayTime } from '../../kernel/dates.ts';
import {
  Button,
  ButtonRow,
  Card,
  type Column,
  DataTable,
  EmptyState,
  ErrorSummary,
  errorFor,
  type FieldError,
  FilterBar,
  Form,
  Notice,
  PageHeading,
  SelectField,
  TextField,
} from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import type { Place } from '../sheet/shape.ts';
import type { Snapshot } from '../snapshots/read-snapshots.ts';
import {
  comparisonPath,
  nameOf,
  placeName,
  publishedHref,
  reviewHref,
  type Say,
  sayIn,
  snapshotsHref,
} from './words.ts';

type Listed = Omit<Snapshot, 'sheet'>;

/** What was published of an office or area; two can be laid side by side. `twice`: the one that was asked for as both. */
export function sendSnapshotList(
  request: FastifyRequest,
  reply: FastifyReply,
  {
    place,
    items,
    next,
    mayPublish,
    twice,
  }: { place: Place; items: Listed[]; next: string | null; mayPublish: boolean; twice?: string },
) {
  const say = sayIn(request.ctx.language);
  const { t } = say;
  const title = t('review.snapshotsOf', { office: placeName(place, say) });
  const base = snapshotsHref(place);
  const errors = twice ? [{ field: 'second', text: t('review.sameSheet') }] : [];
  return sendPage(
    request,
    reply,
    {
      ...{ title, area: 'office', activeLink: 'reviewSheet', breadcrumbs: [sheetCrumb(place, say)] },
      ...(twice ? { hasErrors: true, status: 422 } : {}),
    },
    <>
      <ErrorSummary errors={errors} labels={{ second: t('review.second') }} />
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
      {items.length > 1 || twice ? <CompareForm {...{ items, twice, errors, say }} /> : null}
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
      href: publishedHref,
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
export function sendPublicationAsked(
  request: FastifyRequest,
  reply: FastifyReply,
  { place, note }: { place: Place; note: string | undefined },
) {
  const say = sayIn(request.ctx.language);
  const { t } = say;
  const base = snapshotsHref(place);
  const title = t('review.publishAsk', { office: placeName(place, say) });
  return sendPage(
    request,
    reply,
    { title, area: 'office', activeLink: 'reviewSheet', breadcrumbs: [sheetCrumb(place, say)] },
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

type CompareProps = { items: Listed[]; twice: string | undefined; errors: FieldError[]; say: Say };

function CompareForm({ items, twice, errors, say }: CompareProps) {
  const { t, language } = say;
  const options = items.map((row) => ({
    value: row.id,
    label: row.note
      ? `${formatDay(row.asOf, language)} · ${row.note}`
      : formatDayTime(row.publishedAt, language),
  }));
  const [latest] = items;
  // Two of one day differ by nothing; the one before is of an earlier day where there is any.
  const before = items.find(({ asOf }) => latest && asOf < latest.asOf) ?? items[1];
  return (
    <Card title={t('review.compareTwo')}>
      <FilterBar action={comparisonPath} submitLabel={t('review.compare')}>
        <SelectField name="first" label={t('review.first')} options={options} value={twice ?? before?.id} />
        <SelectField
          name="second"
          label={t('review.second')}
          options={options}
          value={twice ?? latest?.id}
          error={errorFor(errors, 'second')}
        />
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
      <a href={snapshotsHref(keptOf(snapshot))}>{t('review.allSnapshots')}</a>
      <br />
      <code>SHA-256 {snapshot.digest}</code>
    </Notice>
  );
}

function publisherOf({ publisherHi, publisherEn }: Listed, { language }: Say): string | null {
  return publisherHi ? nameOf({ nameHi: publisherHi, nameEn: publisherEn }, language) : null;
}

/** As it is addressed now. */
export function keptOf({ node, placeCode }: Listed): Pick<Place, 'node' | 'code'> {
  return { node, code: placeCode };
}

export function sheetCrumb(place: Pick<Place, 'node' | 'code'>, { t }: Say) {
  return { label: t('review.title'), href: reviewHref(place) };
}
