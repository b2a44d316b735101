import type { FastifyReply, FastifyRequest } from 'fastify';
import { trainingHref } from '../../insight/index.ts';
import { formatDay, todayInIndia } from '../../kernel/dates.ts';
import { Button, Grid, MoreActions, Notice, PageHeading } from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { placeNotes } from '../files/section-words.ts';
import type { Place, SectionKey, Sheet } from '../sheet/shape.ts';
import type { Snapshot } from '../snapshots/read-snapshots.ts';
import { BandsCard } from './bands-card.tsx';
import { BoardCard } from './board-card.tsx';
import { CoverageStrip } from './coverage-strip.tsx';
import { CurriculumCard } from './curriculum-card.tsx';
import { DaysForm } from './days-form.tsx';
import { Headline } from './headline.tsx';
import { JumpList } from './jump-list.tsx';
import { keptBody } from './kept-body.tsx';
import { MapCard } from './map-card.tsx';
import { NotableCards } from './notable-card.tsx';
import { OrdersCard } from './orders-card.tsx';
import { SectionCard } from './section-card.tsx';
import { SnapshotNotice } from './snapshot-pages.tsx';
import { TrendCard } from './trend-card.tsx';
import { UnitsCard } from './units-card.tsx';
import {
  type Asked,
  daysTold,
  formHref,
  placeName,
  publishedHref,
  reviewHref,
  type Say,
  sayIn,
  snapshotsHref,
  withoutOrigin,
} from './words.ts';

/** What every part of the page is given. */
export type PartProps = {
  sheet: Sheet;
  say: Say;
  asked: Asked;
  showsAll: boolean;
  /** Kept as it was: what its rows lead to may have changed since. */
  isPublished?: boolean;
};

type Shown = Pick<PartProps, 'sheet' | 'asked' | 'showsAll'> & {
  /** Whose sheet led here. */
  cameFrom?: Place | undefined;
  /** Given where the sheet is one that was published and kept. */
  snapshot?: Omit<Snapshot, 'sheet'>;
};

export async function sendSheetPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { sheet, asked, showsAll, cameFrom, snapshot }: Shown,
) {
  const say = sayIn(request.ctx.language);
  const { t, language } = say;
  const props = { sheet, say, asked, showsAll, isPublished: snapshot !== undefined };
  const today = todayInIndia(request.ctx.clock);
  return sendPage(
    request,
    reply,
    {
      title: t('review.titleOf', { office: placeName(sheet.place, say) }),
      area: 'office',
      activeLink: 'reviewSheet',
      asOf: formatDay(sheet.asOf, language),
      breadcrumbs: sheet.path.map((place) => ({
        label: placeName(place, say),
        href: reviewHref(place, withoutOrigin(asked)),
      })),
    },
    keptBody(sheet, {
      language,
      form: JSON.stringify(['sheet', asked, showsAll, cameFrom, snapshot?.id, today]),
      draw: () => <SheetBody {...props} cameFrom={cameFrom} snapshot={snapshot} today={today} />,
    }),
  );
}

type BodyProps = PartProps & Pick<Shown, 'snapshot' | 'cameFrom'> & { today: string };

function SheetBody({ snapshot, cameFrom, today, ...props }: BodyProps) {
  const { sheet, say } = props;
  const { t } = say;
  return (
    <>
      {cameFrom ? <WayBack {...props} cameFrom={cameFrom} /> : null}
      <Heading {...props} snapshotId={snapshot?.id} />
      {snapshot ? <SnapshotNotice snapshot={snapshot} say={say} /> : null}
      {sheet.isExact ? null : <Notice>{t('review.maskedNotice')}</Notice>}
      {daysTold(sheet, props.asked, { say, today }).map((text) => (
        <Notice key={text}>{text}</Notice>
      ))}
      <JumpList {...props} />
      <Headline {...props} />
      <CoverageStrip {...props} />
      {placeNotes(sheet, say).map((text) => (
        <p key={text} class="soft">
          {text}
        </p>
      ))}
      {snapshot ? null : <Tools {...props} today={today} />}
      <Sections {...props} keys={['states', 'districts']} />
      <NotableCards {...props} />
      <OrdersCard {...props} />
      <Grid columns="main-side">
        <BandsCard {...props} />
        <TrendCard {...props} />
      </Grid>
      <CurriculumCard {...props} />
      <BoardCard {...props} />
      <UnitsCard {...props} />
      <Sections {...props} keys={['divisions']} />
      <Grid>
        <Sections {...props} keys={['groups', 'engagements', 'fieldCadres']} />
      </Grid>
    </>
  );
}

function Sections(props: PartProps & { keys: readonly SectionKey[] }) {
  const found = props.keys.flatMap(
    (key) => props.sheet.sections.find((section) => section.key === key) ?? [],
  );
  return (
    <>
      {found.map((section) =>
        section.key === 'districts' || section.key === 'states' ? (
          <MapCard key={section.key} {...props} section={section} />
        ) : (
          <SectionCard key={section.key} {...props} section={section} />
        ),
      )}
    </>
  );
}

/** To the sheet that led here, as it was asked for. */
function WayBack({ cameFrom, say: { t, language }, asked }: PartProps & { cameFrom: Place }) {
  return (
    <p class="screen-only">
      <a href={reviewHref(cameFrom, withoutOrigin(asked))}>
        {t('review.wayBack', { place: placeName(cameFrom, { t, language }) })}
      </a>
    </p>
  );
}

function Heading({ sheet, say, asked, snapshotId }: PartProps & { snapshotId: string | undefined }) {
  const { t, language } = say;
  return (
    <PageHeading
      title={placeName(sheet.place, say)}
      lead={
        <>
          {t('review.title')} · {t('review.asOf', { day: formatDay(sheet.asOf, language) })}
          {sheet.compareOn
            ? ` · ${t('review.comparedWith', { day: formatDay(sheet.compareOn, language) })}`
            : ''}{' '}
          · <a href="/office/definitions">{t('review.definitions')}</a>
        </>
      }
      actions={<Actions {...{ sheet, say, asked, snapshotId }} />}
    />
  );
}

type ActionProps = Pick<PartProps, 'sheet' | 'say' | 'asked'> & { snapshotId: string | undefined };

/** What most come for, and the rest behind one button: on a phone the figures come first. */
function Actions({ sheet, say: { t }, asked, snapshotId }: ActionProps) {
  const file = (format: string) =>
    snapshotId
      ? `${publishedHref({ id: snapshotId })}.${format}`
      : formHref(sheet, `/sheet.${format}`, asked);
  return (
    <>
      <Button
        href={
          snapshotId
            ? `${publishedHref({ id: snapshotId })}/presentation`
            : formHref(sheet, '/presentation', asked)
        }
      >
        {t('review.present')}
      </Button>
      <Button variant="secondary" icon="pdf" href={file('pdf')}>
        {t('review.pdf')}
      </Button>
      <MoreActions>
        {snapshotId ? null : (
          <Button variant="quiet" href={formHref(sheet, '/briefing', asked)}>
            {t('review.briefing')}
          </Button>
        )}
        <Button variant="quiet" href={file('xlsx')}>
          {t('review.excel')}
        </Button>
        <Button variant="quiet" href={file('csv')}>
          {t('review.csv')}
        </Button>
        {snapshotId ? null : <WaysOn {...{ sheet, t, asked }} />}
      </MoreActions>
    </>
  );
}

function WaysOn({
  sheet: { place, isExact },
  t,
  asked,
}: Pick<PartProps, 'sheet' | 'asked'> & Pick<Say, 't'>) {
  if (!isExact) return null;
  return (
    <>
      <Button variant="quiet" href={snapshotsHref(place)}>
        {t('review.snapshots')}
      </Button>
      {place.node === 'office' ? (
        <Button variant="quiet" href={trainingHref(place.code, { asOf: asked.asOf })}>
          {t('review.training')}
        </Button>
      ) : null}
    </>
  );
}

/** Below the figures, which come first. */
function Tools({ sheet, say, asked, today }: PartProps & { today: string }) {
  const { place, asOf, compareOn, rankedBy } = sheet;
  const days = { asOf, compare: compareOn ?? undefined, rank: rankedBy };
  return <DaysForm {...{ place, ...days, asked, today, say }} />;
}
