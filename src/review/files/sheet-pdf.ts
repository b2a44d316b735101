import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MetricId, metricOf, metricRules, monthName } from '../../insight/index.ts';
import { formatDay, formatDayTime } from '../../kernel/dates.ts';
import type { Language } from '../../kernel/i18n.ts';
import { pick } from '../../kernel/i18n.ts';
import { projectRoot } from '../../kernel/project-root.ts';
import { renderPdf } from '../../kernel/typst.ts';
import { sentencesOf } from '../briefing/sentences.ts';
import { endTitle, factText } from '../pages/notable-card.tsx';
import { nameOf, nodalText, orderTitle, placeName, type Say, sayIn } from '../pages/words.ts';
import { endsShown } from '../sheet/notable.ts';
import { hoursPerHead } from '../sheet/ratios.ts';
import type { Line, Notable, OrderLine, Section, Sheet } from '../sheet/shape.ts';
import { boardPosts, headlineOf } from './headline-words.ts';
import {
  curriculumText,
  failingText,
  leadOf,
  placeNotes,
  sectionNotes,
  sectionTitle,
} from './section-words.ts';
import { prefaceOf } from './sheet-table.ts';

const templates = new Map<string, string>();

function template(name: string): string {
  const known = templates.get(name) ?? readFileSync(join(projectRoot(), 'src/review/files', name), 'utf8');
  templates.set(name, known);
  return known;
}

/** The sheet on paper: the same figures, the definitions at the end. */
export function sheetPdf(sheet: Sheet, language: Language, madeAt: Date): Promise<Buffer> {
  const say = sayIn(language);
  const { t } = say;
  const [title = '', ...lines] = prefaceOf(sheet, language);
  return renderPdf(template('review-sheet.typ'), {
    ...{ language, title },
    lines: [...lines, ...placeNotes(sheet, say)],
    path: sheet.path.map((place) => placeName(place, say)).join(' › '),
    stats: headlineOf(sheet, say),
    orders: { title: t('review.orders'), lines: sheet.orders.map((order) => orderOf(order, say)) },
    notable: endsShown(sheet).flatMap(({ key, best, worst }) => [
      { title: endTitle(sheet, { key, end: 'best' }, say), lines: best.map((one) => notableOf(one, say)) },
      { title: endTitle(sheet, { key, end: 'worst' }, say), lines: worst.map((one) => notableOf(one, say)) },
    ]),
    bands: bandsOf(sheet, say),
    curriculum: curriculumOf(sheet, say),
    trend: trendOf(sheet, say),
    tables: sheet.sections.map((section) => tableOf(section, sheet, say)),
    board: boardOf(sheet, say),
    definitionsTitle: t('review.definitions'),
    definitions: definedOn(sheet).map((id) => {
      const metric = metricOf(id);
      return { name: pick(metric.name, language), text: pick(metric.definition, language) };
    }),
    rules: metricRules.map((rule) => pick(rule, language)),
    footer: t('review.madeAt', { when: formatDayTime(madeAt, language) }),
  });
}

/** One page of sentences for whoever goes into the review. */
export function briefingPdf(sheet: Sheet, language: Language, madeAt: Date): Promise<Buffer> {
  const say = sayIn(language);
  const { t } = say;
  const [, ...lines] = prefaceOf(sheet, language);
  return renderPdf(template('briefing.typ'), {
    language,
    lines: [...lines, ...placeNotes(sheet, say)],
    title: t('review.briefingTitle', { office: placeName(sheet.place, say) }),
    paragraphs: sentencesOf(sheet, language),
    footer: t('review.madeAt', { when: formatDayTime(madeAt, language) }),
  });
}

/** The definitions of what this sheet shows, and of nothing else. */
function definedOn({ onboarded, orders, figures }: Sheet): MetricId[] {
  return [
    ...(['registered', 'signed_in', 'at_least_one', 'three_or_more', 'completions'] as const),
    ...(['learning_minutes', 'reach', 'per_head', 'ai_reach', 'cyber_reach'] as const),
    ...(figures.bands.none === null ? [] : (['band_none', 'band_one_two', 'band_three_plus'] as const)),
    ...(onboarded === null ? [] : (['onboarded_in'] as const)),
    ...(orders.length === 0 ? [] : (['mandate_status', 'bound', 'met_share'] as const)),
    'courses_available',
  ];
}

function bandsOf({ figures }: Sheet, { t, number }: Say) {
  const { bands, begun, registered, fewerThanThree } = figures;
  if (bands.none === null || bands.oneOrTwo === null || bands.threeOrMore === null) return null;
  const begunText = t('review.begun', { count: number(begun) });
  return {
    title: t('review.bands'),
    lead: t('review.bandsLead', { total: number(registered) }),
    parts: [
      { label: t('review.bandNone'), count: bands.none, text: `${number(bands.none)} (${begunText})` },
      { label: t('review.bandOneTwo'), count: bands.oneOrTwo, text: number(bands.oneOrTwo) },
      { label: t('review.bandThree'), count: bands.threeOrMore, text: number(bands.threeOrMore) },
    ],
    note: t('review.fewerThanThree', { count: number(fewerThanThree), none: number(bands.none) }),
  };
}

function curriculumOf({ curriculum }: Sheet, say: Say) {
  if (!curriculum) return null;
  const failing = curriculum.failing > 0 ? [failingText(curriculum, say)] : [];
  return { title: say.t('review.curriculum'), lines: [curriculumText(curriculum, say), ...failing] };
}

function orderOf(order: OrderLine, say: Say) {
  const { t, language } = say;
  const due = order.dueOn ? t('review.dueOn', { day: formatDay(order.dueOn, language) }) : t('review.dueOwn');
  const names = ['met', 'metLate', 'open', 'overdue', 'exempt'] as const;
  return {
    title: orderTitle(order, language),
    detail: `${order.number} · ${due} · ${t('review.bound')} ${say.number(order.bound)}`,
    parts: names.map((name) => ({
      label: t(`review.${name}`),
      count: order[name] ?? 0,
      text: say.number(order[name]),
    })),
  };
}

function notableOf(one: Notable, say: Say) {
  return {
    name: nameOf(one, say.language),
    place: say.t('review.placeOf', { place: one.place, of: one.of }),
    facts: one.facts.map((fact) => factText(fact, say)).join('; '),
  };
}

function trendOf({ trend }: Sheet, { t, language, number }: Say) {
  if (trend.length === 0) return null;
  return {
    title: t('review.trend'),
    lead: t('review.trendLead'),
    months: trend.map((month, at) => {
      const year = month.period.slice(0, 4);
      return {
        ...{ label: monthName(month.period, language, 'short'), count: month.completions },
        // Told once, where it begins.
        year: year === trend[at - 1]?.period.slice(0, 4) ? '\u00a0' : year,
        ...{ text: number(month.completions), isUnfinished: month.isUnfinished },
      };
    }),
  };
}

function tableOf(section: Section, sheet: Sheet, say: Say) {
  const { key, lines } = section;
  const { t } = say;
  const hasPlaces = lines.some((line) => line.place !== null);
  return {
    title: sectionTitle(key, sheet, say),
    lead: leadOf(section, sheet, say),
    note: sectionNotes(section, sheet, say).join(' '),
    nameAt: hasPlaces ? 1 : 0,
    columns: [
      ...(hasPlaces ? [t('review.place')] : []),
      ...[
        t('review.unit'),
        t('review.people'),
        t('review.atLeastOne'),
        t('review.reach'),
        t(sheet.rankedBy === 'hours' ? 'review.rank_hours' : 'review.perHeadColumn'),
      ],
      ...(sheet.compareOn ? [t('review.changeColumn')] : []),
    ],
    rows: lines.map((line) => [
      ...(hasPlaces ? [line.place === null ? '–' : String(line.place)] : []),
      ...cellsOf(line, sheet, say),
      ...(sheet.compareOn ? [say.change(line.change) ?? '–'] : []),
    ]),
  };
}

function cellsOf(line: Line, { rankedBy }: Sheet, say: Say): string[] {
  const { registered, atLeastOne, completions } = line.figures;
  const hours = hoursPerHead(line.figures);
  return [
    nameOf(line, say.language),
    say.number(registered),
    say.number(atLeastOne),
    say.share(atLeastOne, registered),
    rankedBy === 'hours' ? (hours?.toFixed(1) ?? '–') : say.ratio(completions, registered),
  ];
}

function boardOf({ board }: Sheet, say: Say) {
  if (!board) return null;
  const { t, language, number } = say;
  return {
    title: t('review.board'),
    lead: t(board.listed > 0 ? 'review.boardLead' : 'review.boardLeadTree', {
      ...{ listed: number(board.listed), joined: number(board.joined), withNodal: number(board.withNodal) },
    }),
    columns: [
      t('review.department'),
      t('review.joined'),
      t('review.nodal'),
      t('review.rosterOn'),
      t('review.ofPosts'),
      t('review.reach'),
    ],
    rows: board.lines.map((line) => [
      nameOf(line, language),
      t(line.hasJoined ? 'review.isIn' : 'review.isOut'),
      nodalText(line, t) ?? '–',
      line.rosterOn ? formatDay(line.rosterOn, language) : '–',
      line.code ? boardPosts(line, say) : '–',
      line.reach === null ? '–' : `${line.reach.toFixed(1)}%`,
    ]),
  };
}
