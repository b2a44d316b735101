import type { Readable } from 'node:stream';
import { type Language, translator } from '../../kernel/i18n.ts';
import { type Cell, csvStream, type XlsxColumn, xlsxStream } from '../../kernel/tabular/index.ts';
import { dayAndOccasion, headsOf } from '../pages/comparison-words.ts';
import { nameOf, placeName, type Say, sayIn } from '../pages/words.ts';
import { bandKeys, type ComparedUnit, type Comparison, compareSheets } from '../snapshots/compare.ts';
import type { Snapshot } from '../snapshots/read-snapshots.ts';
import { sectionTitle } from './section-words.ts';

export type Pair = readonly [first: Snapshot, second: Snapshot];

type Row = {
  section: string;
  code: string;
  name: string;
  /** What the three numbers are. */
  figure: string;
  people: number | null;
  first: number | null;
  second: number | null;
  change: number | null;
};

/** Two published sheets beside each other, all that their page has in one table; with the days of both, for programs. */
export function comparisonCsv(pair: Pair, language: Language): Readable {
  const t = translator(language);
  const [first, second] = pair;
  const headings = [
    ...columnsOf(pair, language).map(({ heading }) => heading),
    ...[t('review.asOfLabel'), t('review.compareLabel')],
  ];
  const days = [second.asOf, first.asOf];
  return csvStream(headings, [rowsOf(pair, language).map((row) => [...cellsOf(row), ...days])], {
    bom: true,
  });
}

export function comparisonXlsx(pair: Pair, language: Language): Readable {
  const rows = rowsOf(pair, language).map(cellsOf);
  const sheetName = translator(language)('review.comparedSheet');
  return xlsxStream({ sheetName, columns: columnsOf(pair, language), preface: prefaceOf(pair, language) }, [
    rows,
  ]);
}

export function countCompared(pair: Pair, language: Language): number {
  return rowsOf(pair, language).length;
}

function prefaceOf([first, second]: Pair, language: Language): string[] {
  const say = sayIn(language);
  return [
    say.t('review.comparisonOf', { office: placeName(second.sheet.place, say) }),
    `${dayAndOccasion(first, say)} – ${dayAndOccasion(second, say)}`,
    say.t('review.comparedRounded'),
  ];
}

function columnsOf(pair: Pair, language: Language): XlsxColumn[] {
  const t = translator(language);
  const [first, second] = headsOf(pair, { language });
  return [
    { heading: t('review.section'), type: 'text', width: 24 },
    { heading: t('review.code'), type: 'text' },
    { heading: t('review.unit'), type: 'text', width: 44 },
    { heading: t('review.figure'), type: 'text', width: 30 },
    { heading: t('review.people'), type: 'number' },
    { heading: first, type: 'number' },
    { heading: second, type: 'number' },
    { heading: t('review.difference'), type: 'number' },
  ];
}

function cellsOf({ section, code, name, figure, people, first, second, change }: Row): Cell[] {
  return [section, code, name, figure, people, first, second, change];
}

/** What either sheet hides stands empty, as it has a dash on the page. */
function rowsOf(pair: Pair, language: Language): Row[] {
  const say = sayIn(language);
  const { t } = say;
  const [{ sheet: first }, { sheet: second }] = pair;
  const compared = compareSheets(first, second);
  const numbers = new Map([...first.orders, ...second.orders].map((one) => [one.mandateId, one.number]));
  const lines = (section: string, of: readonly ComparedUnit[], figure: string): Row[] =>
    of.map(({ code, people, first: was, second: is, change, ...names }) => ({
      ...{ section, code: numbers.get(code) ?? code, name: nameOf(names, language), figure },
      ...{ people, first: was, second: is, change },
    }));
  return [
    ...wholeRows(pair, compared, say),
    ...lines(t('review.orders'), compared.orders, t('review.comparedOrders')),
    ...compared.sections.flatMap(({ key, lines: units }) =>
      lines(sectionTitle(key, second, say), units, t('review.reachColumn')),
    ),
  ];
}

function wholeRows([, { sheet }]: Pair, { figures, bands }: Comparison, say: Say): Row[] {
  const { t } = say;
  const { code } = sheet.place;
  const place = { code, name: placeName(sheet.place, say), people: sheet.figures.registered };
  return [
    ...figures.map(({ code: metric, isShare, first, second, change }): Row => {
      const name = t(`review.compared_${metric}`);
      const figure = isShare ? t('review.inPerCent', { name }) : name;
      return { section: t('review.theWhole'), ...place, figure, first, second, change };
    }),
    ...bands.flatMap(({ code: band, first, second, change }): Row[] => {
      const name = t(`review.${bandKeys[band]}`);
      const section = t('review.bands');
      const [was, is] = [first.count, second.count];
      const counted = { first: was, second: is, change: was === null || is === null ? null : is - was };
      const shares = { first: first.share, second: second.share, change };
      return [
        { section, ...place, figure: name, ...counted },
        { section, ...place, figure: t('review.inPerCent', { name }), ...shares },
      ];
    }),
  ];
}
