import type { Readable } from 'node:stream';
import { monthName } from '../../insight/index.ts';
import { formatDay } from '../../kernel/dates.ts';
import { type Language, translator } from '../../kernel/i18n.ts';
import { wholeHours } from '../../kernel/numbers.ts';
import { type Cell, csvStream, type XlsxColumn, xlsxStream } from '../../kernel/tabular/index.ts';
import { nameOf, nodalText, orderTitle, placeName, type Say, sayIn } from '../pages/words.ts';
import { changeOf, hoursPerHead, perHead, reachOf } from '../sheet/ratios.ts';
import type { BoardLine, Line, OrderLine, Sheet } from '../sheet/shape.ts';
import { languageName, postsReason } from './headline-words.ts';
import { placeNotes, sectionNotes } from './section-words.ts';

type Row = {
  section: string;
  code: string;
  name: string;
  line?: Line;
  order?: OrderLine;
  board?: BoardLine;
  /** Of a figure that is neither a unit's nor an order's. */
  value?: number | null;
};
type Field = XlsxColumn & { value(row: Row): Cell };

/** All figures of a sheet in one table, a row for each unit, class, order and department; CSV for programs. */
export function sheetCsv(sheet: Sheet, language: Language): Readable {
  const fields = fieldsOf(sheet, language);
  const t = translator(language);
  const headings = [...fields.map((field) => field.heading), t('review.asOfLabel'), t('review.compareLabel')];
  const days = [sheet.asOf, sheet.compareOn];
  const rows = rowsOf(sheet, language).map((row) => [...fields.map((field) => field.value(row)), ...days]);
  return csvStream(headings, [rows], { bom: true });
}

export function sheetXlsx(sheet: Sheet, language: Language): Readable {
  const columns = fieldsOf(sheet, language);
  const rows = rowsOf(sheet, language).map((row) => columns.map((field) => field.value(row)));
  const sheetName = translator(language)('review.title');
  return xlsxStream(
    { sheetName, columns, preface: [...prefaceOf(sheet, language), ...notesOf(sheet, language)] },
    [rows],
  );
}

export function countRows(sheet: Sheet, language: Language): number {
  return rowsOf(sheet, language).length;
}

/** What an area leaves out; then which table each sentence belongs to, and when it was counted, why it does not add up. */
function notesOf(sheet: Sheet, language: Language): string[] {
  const say = sayIn(language);
  return [
    ...placeNotes(sheet, say),
    ...postsReason(sheet, say),
    ...sheet.sections.flatMap((section) =>
      sectionNotes(section, sheet, say).map((text) => `${say.t(`review.section_${section.key}`)}: ${text}`),
    ),
  ];
}

/** What it is, as of when, compared with what: files travel without their page. */
export function prefaceOf(sheet: Sheet, language: Language): string[] {
  const t = translator(language);
  const compared = sheet.compareOn
    ? ` · ${t('review.comparedWith', { day: formatDay(sheet.compareOn, language) })}`
    : '';
  return [
    t('review.titleOf', { office: placeName(sheet.place, { t, language }) }),
    `${t('review.asOf', { day: formatDay(sheet.asOf, language) })}${compared} · ${t('review.rankedBy', { measure: t(`review.by_${sheet.rankedBy}`) })}`,
    ...(sheet.isExact ? [] : [t('review.maskedNotice')]),
  ];
}

function rowsOf(sheet: Sheet, language: Language): Row[] {
  const t = translator(language);
  const row = (section: string, line: Line): Row => ({
    ...{ section, code: line.code, name: nameOf(line, language), line },
  });
  return [
    row(t('review.theWhole'), wholeLine(sheet)),
    ...factRows(sheet, sayIn(language)),
    ...sheet.sections.flatMap(({ key, lines }) => lines.map((line) => row(t(`review.section_${key}`), line))),
    ...notesOf(sheet, language).map((name) => ({ section: t('review.noteRow'), code: '', name })),
    ...sheet.orders.map((order) => ({
      section: t('review.orders'),
      code: order.number,
      name: orderTitle(order, language),
      order,
    })),
    ...(sheet.board?.lines ?? []).map((board) => ({
      ...{ section: t('review.board'), code: board.code ?? '', name: nameOf(board, language), board },
    })),
  ];
}

/** What stands on the page beside the units: changes, the day, new people, courses, months, the curriculum's rule. */
function factRows(sheet: Sheet, say: Say): Row[] {
  const { t, language } = say;
  const { figures, before, curriculum } = sheet;
  const rows = (section: string, facts: [name: string, value: number | null][]): Row[] =>
    facts.flatMap(([name, value]) => (value === null ? [] : [{ section, code: '', name, value }]));
  const change = (name: 'atLeastOne' | 'aiReach' | 'cyberReach'): [string, number | null] => [
    `${t(`review.${name}`)}: ${t('review.changeColumn')}`,
    changeOf(figures, before, name),
  ];
  return [
    ...rows(t('review.theWhole'), [
      change('atLeastOne'),
      change('aiReach'),
      change('cyberReach'),
      [t('review.onThisDay'), sheet.completionsOnDay],
      [t('review.onboarded'), sheet.onboarded],
      [t('review.rosterTotal'), sheet.roster],
    ]),
    ...rows(t('review.courses'), [
      [t('review.allCourses'), sheet.courses.total],
      ...sheet.courses.languages.map(({ language: code, count }): [string, number] => [
        languageName(code, say),
        count,
      ]),
    ]),
    ...rows(
      t('review.trend'),
      sheet.trend.map((month) => [monthName(month.period, language, 'long'), month.completions]),
    ),
    ...(curriculum
      ? rows(t('review.curriculum'), [
          [t('review.ruleUnder'), curriculum.underRule],
          [t('review.ruleComplying'), curriculum.complying],
          [t('review.ruleFailing'), curriculum.failing],
          [t('review.ruleReasoned'), curriculum.reasoned],
          [t('review.ruleDepartments'), curriculum.departmentsFailing],
        ])
      : []),
  ];
}

function wholeLine({ place, figures, before, masked, strength, posts }: Sheet): Line {
  const { code, nameHi, nameEn, node } = place;
  return {
    ...{ code, nameHi, nameEn, opens: { node, code }, figures, masked, strength },
    postsShare: posts?.share ?? null,
    reach: reachOf(figures),
    perHead: perHead(figures.completions, figures.registered),
    change: changeOf(figures, before),
    ...{ place: null, addedUp: null },
  };
}

function fieldsOf(sheet: Sheet, language: Language): Field[] {
  const t = translator(language);
  const text = (heading: string, value: (row: Row) => Cell, width?: number): Field => ({
    ...{ heading, type: 'text', value },
    ...(width ? { width } : {}),
  });
  const number = (heading: string, value: (row: Row) => Cell): Field => ({ heading, type: 'number', value });
  return [
    text(t('review.section'), (row) => row.section, 24),
    text(t('review.code'), (row) => row.code),
    text(t('review.unit'), (row) => row.name, 44),
    number(t('review.value'), (row) => row.value ?? null),
    ...figureFields(language),
    number(t('review.strength'), ({ line, board }) => line?.strength ?? board?.strength ?? null),
    number(t('review.reachColumn'), ({ line, board }) => line?.reach ?? board?.reach ?? null),
    number(t('review.perHeadColumn'), ({ line }) => line?.perHead ?? null),
    number(t('review.rank_hours'), ({ line }) => (line ? hoursPerHead(line.figures) : null)),
    ...(sheet.compareOn ? [number(t('review.changeColumn'), ({ line }) => line?.change ?? null)] : []),
    number(t('review.place'), ({ line }) => line?.place ?? null),
    ...orderFields(language),
    ...(sheet.board ? boardFields(language) : []),
  ];
}

function figureFields(language: Language): Field[] {
  const t = translator(language);
  const figure = (heading: string, of: (line: Line) => number | null): Field => ({
    heading,
    type: 'number',
    value: ({ line }) => (line ? (of(line) ?? t('shell.masked')) : null),
  });
  return [
    {
      heading: t('review.registered'),
      type: 'number',
      value: ({ line, board }) =>
        line ? (line.figures.registered ?? t('shell.masked')) : (board?.registered ?? null),
    },
    figure(t('review.signedInColumn'), ({ figures }) => figures.signedIn),
    figure(t('review.atLeastOne'), ({ figures }) => figures.atLeastOne),
    figure(t('review.threeOrMore'), ({ figures }) => figures.threeOrMore),
    figure(t('review.bandNone'), ({ figures }) => figures.bands.none),
    figure(t('review.bandOneTwo'), ({ figures }) => figures.bands.oneOrTwo),
    figure(t('review.completions'), ({ figures }) => figures.completions),
    figure(t('review.renewals'), ({ figures }) => figures.renewals),
    figure(t('review.minutes'), ({ figures }) => figures.learningMinutes),
    figure(t('review.hoursColumn'), ({ figures: { learningMinutes } }) =>
      learningMinutes === null ? null : wholeHours(learningMinutes),
    ),
    figure(t('review.aiReach'), ({ figures }) => figures.aiReach),
    figure(t('review.cyberReach'), ({ figures }) => figures.cyberReach),
  ];
}

function orderFields(language: Language): Field[] {
  const t = translator(language);
  const names = ['bound', 'met', 'metLate', 'open', 'overdue', 'exempt'] as const;
  return names.map((name) => ({
    heading: t(name === 'bound' ? 'review.boundColumn' : `review.${name}`),
    type: 'number',
    value: ({ order }) => (order ? (order[name] ?? t('shell.masked')) : null),
  }));
}

function boardFields(language: Language): Field[] {
  const t = translator(language);
  return [
    {
      heading: t('review.joined'),
      type: 'text',
      value: ({ board }) => (board ? t(board.hasJoined ? 'review.isIn' : 'review.isOut') : null),
    },
    {
      heading: t('review.nodal'),
      type: 'text',
      value: ({ board }) => (board ? nodalText(board, t) : null),
    },
    { heading: t('review.rosterOn'), type: 'day', value: ({ board }) => board?.rosterOn ?? null },
  ];
}
