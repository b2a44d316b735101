import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { formatDay } from '../../kernel/dates.ts';
import { BandsBar } from '../../shell/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { headlineOf } from '../files/headline-words.ts';
import { sectionTitle } from '../files/section-words.ts';
import { endsShown } from '../sheet/notable.ts';
import type { Ends as EndsOfTable, Notable, OrderLine, Section, SectionKey, Sheet } from '../sheet/shape.ts';
import { BoardTable, inTree } from './board-card.tsx';
import { MapPlot, mapTitle } from './map-card.tsx';
import { endTitle, factText } from './notable-card.tsx';
import { OrderBar } from './orders-card.tsx';
import type { PartProps } from './sheet-page.tsx';
import { LinesTable } from './units-card.tsx';
import {
  formHref,
  nameOf,
  orderTitle,
  placeName,
  publishedHref,
  reviewHref,
  type Say,
  sayIn,
} from './words.ts';

type Slide = { id: string; title: string; body: ComponentChildren };

/**
 * One message a screen, big enough for the last row. The slides follow one another on one page and snap to the screen:
 * the links below each go on, and no script is needed; with one, the keys of a clicker do too.
 */
export function sendPresentation(
  request: FastifyRequest,
  reply: FastifyReply,
  { sheet, asked, snapshot }: Pick<PartProps, 'sheet' | 'asked'> & { snapshot?: { id: string } },
) {
  const say = sayIn(request.ctx.language);
  const home = snapshot ? publishedHref(snapshot) : reviewHref(sheet.place, asked);
  const after = snapshot ? undefined : formHref(sheet, '/briefing', asked);
  const title = say.t('review.titleOf', { office: placeName(sheet.place, say) });
  const props: PartProps = { sheet, say, asked, showsAll: false };
  const slides = slidesOf(props);
  return sendPage(
    request,
    reply,
    {
      ...{ title, area: 'office', activeLink: 'reviewSheet', asOf: formatDay(sheet.asOf, say.language) },
      scripts: ['presentation.js'],
    },
    <div class="slides" data-sheet={home}>
      {slides.map((slide, index) => (
        <section key={slide.id} id={slide.id} class="slide" aria-labelledby={`${slide.id}-title`}>
          <p class="slide-head">
            {placeName(sheet.place, say)} ·{' '}
            {say.t('review.asOf', { day: formatDay(sheet.asOf, say.language) })}
          </p>
          {index === 0 ? (
            <h1 id={`${slide.id}-title`} tabIndex={-1}>
              {slide.title}
            </h1>
          ) : (
            <h2 id={`${slide.id}-title`} tabIndex={-1}>
              {slide.title}
            </h2>
          )}
          <div class="slide-body">{slide.body}</div>
          {index === 0 ? (
            <p class="slide-keys soft" hidden>
              {say.t('review.slideKeys')}
            </p>
          ) : null}
          <SlideLinks {...{ slides, index, home, after, say }} />
        </section>
      ))}
    </div>,
  );
}

type LinksProps = {
  slides: Slide[];
  index: number;
  /** The sheet that is presented. */
  home: string;
  /** The briefing; a published sheet has none. */
  after: string | undefined;
  say: Say;
};

function SlideLinks({ slides, index, home, after, say }: LinksProps) {
  const { t } = say;
  const [previous, next] = [slides[index - 1], slides[index + 1]];
  return (
    <nav class="slide-links" aria-label={t('review.slideNav', { number: index + 1 })}>
      {previous ? <a href={`#${previous.id}`}>{t('review.previous')}</a> : <span />}
      <span>
        {index + 1} / {slides.length} · <a href={home}>{t('review.backToSheet')}</a>
      </span>
      {next ? (
        <a href={`#${next.id}`}>{t('review.next')}</a>
      ) : after ? (
        <a href={after}>{t('review.briefing')}</a>
      ) : (
        <span />
      )}
    </nav>
  );
}

function slidesOf(props: PartProps): Slide[] {
  const { sheet, say } = props;
  const { t } = say;
  const sectionOf = (wanted: SectionKey) => sheet.sections.find(({ key }) => key === wanted);
  // Where a government has offices in other states too, its districts are what is talked of.
  const map = sectionOf('districts') ?? sectionOf('states');
  return [
    ...figureSlides(sheet, say),
    ...(sheet.figures.bands.none === null
      ? []
      : [{ id: 'bands', title: t('review.bands'), body: <Bands sheet={sheet} say={say} /> }]),
    ...(map
      ? [{ id: 'map', title: mapTitle(map, sheet, say), body: <MapPlot {...props} section={map} isWide /> }]
      : []),
    ...sheet.orders.map((order, index) => orderSlide(order, index, say)),
    ...endsShown(sheet).flatMap(({ key, ...lists }) => endSlides({ sheet, key, say }, lists)),
    ...tableSlides(props, sectionOf('divisions')),
    ...boardSlides(props),
  ];
}

type EndsWords = { sheet: Sheet; key: SectionKey; say: Say };

function endSlides({ sheet, key, say }: EndsWords, lists: Pick<EndsOfTable, 'best' | 'worst'>): Slide[] {
  return (['best', 'worst'] as const).flatMap((end): Slide[] => {
    const list = lists[end];
    if (list.length === 0) return [];
    return [
      {
        id: `${key}-${end}`,
        title: endTitle(sheet, { key, end }, say),
        body: <Ends list={list} say={say} />,
      },
    ];
  });
}

function figureSlides(sheet: Sheet, say: Say): Slide[] {
  const [registered, reach, , completions, , ai, cyber] = headlineOf(sheet, say);
  const slide = (id: string, figure: typeof registered): Slide[] =>
    figure ? [{ id, title: figure.label, body: <Big value={figure.value} detail={figure.detail} /> }] : [];
  return [
    ...slide('registered', registered),
    ...slide('reach', reach),
    ...slide('completions', completions),
    ...slide('ai', ai),
    ...slide('cyber', cyber),
  ];
}

function Big({ value, detail }: { value: string; detail: string }) {
  return (
    <>
      <p class="slide-figure">{value}</p>
      <p class="slide-detail">{detail}</p>
    </>
  );
}

function Bands({ sheet, say }: { sheet: Sheet; say: Say }) {
  const { t } = say;
  const { none, oneOrTwo, threeOrMore } = sheet.figures.bands;
  return (
    <BandsBar
      label={t('review.bands')}
      totalLabel={t('review.registeredSum')}
      bands={[
        { label: t('review.bandNone'), value: none ?? 0 },
        { label: t('review.bandOneTwo'), value: oneOrTwo ?? 0 },
        { label: t('review.bandThree'), value: threeOrMore ?? 0 },
      ]}
    />
  );
}

function orderSlide(order: OrderLine, index: number, say: Say): Slide {
  const { bound, met, metLate, exempt } = order;
  const obliged = (bound ?? 0) - (exempt ?? 0);
  const done = met === null || metLate === null ? null : met + metLate;
  return {
    id: `order-${index + 1}`,
    title: orderTitle(order, say.language),
    body: (
      <>
        <Big
          value={say.share(done, bound === null ? null : obliged)}
          detail={say.t('review.metOf', {
            met: say.number(done),
            total: say.number(bound === null ? null : obliged),
          })}
        />
        <OrderBar order={order} say={say} />
      </>
    ),
  };
}

function Ends({ list, say }: { list: Notable[]; say: Say }) {
  return (
    <ol class="slide-list">
      {list.map((one) => (
        <li key={one.code}>
          <b>{nameOf(one, say.language)}</b>
          {one.facts.map((fact) => (
            <span key={fact.metric} class="fact">
              {factText(fact, say)}
            </span>
          ))}
        </li>
      ))}
    </ol>
  );
}

/** A table in as many slides as its rows need, none of them longer by more than a row than another. */
function tableSlides(props: PartProps, section: Section | undefined): Slide[] {
  if (!section) return [];
  const title = sectionTitle(section.key, props.sheet, props.say);
  return inParts(section.lines).map((lines, at, parts) => ({
    id: `${section.key}-${at + 1}`,
    title: parts.length > 1 ? `${title} (${at + 1}/${parts.length})` : title,
    body: <LinesTable {...props} of={section.key} lines={[...lines]} caption={title} />,
  }));
}

function boardSlides(props: PartProps): Slide[] {
  const { t, number } = props.say;
  const { board } = props.sheet;
  if (!board) return [];
  const { joined, listed, withNodal } = board;
  const value = listed > 0 ? `${number(joined)} / ${number(listed)}` : number(joined);
  const detail = t('review.slideBoard', { withNodal: number(withNodal) });
  const title = t('review.board');
  return [
    { id: 'board', title: t('review.joinedTitle'), body: <Big value={value} detail={detail} /> },
    ...inParts(inTree(board)).map((lines, at, parts) => ({
      id: `board-${at + 1}`,
      title: parts.length > 1 ? `${title} (${at + 1}/${parts.length})` : title,
      body: <BoardTable {...props} lines={[...lines]} />,
    })),
  ];
}

const mostRows = 10;

function inParts<T>(rows: readonly T[]): T[][] {
  const count = Math.ceil(rows.length / mostRows);
  const edge = (part: number) => Math.round((part * rows.length) / count);
  return Array.from({ length: count }, (_, part) => rows.slice(edge(part), edge(part + 1)));
}
