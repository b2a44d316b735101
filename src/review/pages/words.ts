import { dayRemarks, figureWords, withQuery } from '../../insight/index.ts';
import { formatDay, parseDay } from '../../kernel/dates.ts';
import { type Bilingual, type Language, pick, type Translate, translator } from '../../kernel/i18n.ts';
import { placeKey } from '../sheet/places.ts';
import type {
  BoardLine,
  Line,
  Named,
  NodeKind,
  OrderLine,
  Place,
  Ranking,
  SectionKey,
  Sheet,
} from '../sheet/shape.ts';
import { classReportHref } from './report-hrefs.ts';

export type Say = ReturnType<typeof figureWords> & { t: Translate; language: Language };

/** Everything a part of the sheet needs to speak; a masked figure says so. */
export function sayIn(language: Language): Say {
  const t = translator(language);
  return { ...figureWords(language, t('shell.masked')), t, language };
}

export function nameOf({ nameHi, nameEn }: Pick<Named, 'nameHi' | 'nameEn'>, language: Language): string {
  return pick({ hi: nameHi, en: nameEn } as Bilingual, language);
}

/** An area with what it is, since a state, a division and offices may share a name: "उत्तर प्रदेश (राज्य)". */
export function placeName(place: Place, { t, language }: Pick<Say, 't' | 'language'>): string {
  const name = nameOf(place, language);
  const kind = place.node === 'area' ? areaKinds.find((one) => one === place.kind) : undefined;
  return kind ? t(`review.area_${kind}`, { name }) : name;
}

const areaKinds = ['state', 'division', 'district'] as const;

/** In the other language where it has none in this one; an order without any title goes by its number. */
export function orderTitle({ titleHi, titleEn, number }: OrderLine, language: Language): string {
  return pick({ hi: titleHi, en: titleEn }, language) || number;
}

/** Whether a department of the board has a nodal officer; of one without an office nothing is said. */
export function nodalText({ code, nodalOfficers }: BoardLine, t: Translate): string | null {
  return code ? t(nodalOfficers > 0 ? 'review.named' : 'review.notNamed') : null;
}

/** What of the address differs from a sheet of today; `from`: the key of the place whose sheet led here. */
export type Asked = { asOf?: string; compare?: string; rank?: Ranking; from?: string };

export function reviewHref({ node, code }: Pick<Place, 'node' | 'code'>, asked: Asked = {}): string {
  return withQuery(pathOf(node, code), asked);
}

/**
 * Where a line of a sheet leads. Between offices and areas no path of places leads back to that sheet, so the address
 * says which one it was.
 */
export function opensHref(
  { place }: Pick<Sheet, 'place'>,
  opens: Pick<Place, 'node' | 'code'>,
  asked: Asked,
): string {
  const plain = withoutOrigin(asked);
  return reviewHref(opens, opens.node === place.node ? plain : { ...plain, from: placeKey(place) });
}

/**
 * Where a line of a table leads: to its own sheet; a district of several offices to these, on the same day; a class of
 * people to their report.
 */
export function lineHref(
  sheet: Sheet,
  { of, line }: { of: SectionKey; line: Pick<Line, 'opens' | 'code'> },
  asked: Asked,
): string | undefined {
  const { place, asOf } = sheet;
  if (line.opens) return opensHref(sheet, line.opens, asked);
  if (of === 'groups' || of === 'engagements' || of === 'fieldCadres')
    return classReportHref(sheet, { of, code: line.code });
  if (!(of === 'districts' || of === 'divisions') || place.node !== 'office') return undefined;
  return formHref(sheet, `/${of}/${encodeURIComponent(line.code)}`, { ...withoutOrigin(asked), asOf });
}

/** For a sheet that is not the next one on the way. */
export function withoutOrigin({ from: _from, ...asked }: Asked): Asked {
  return asked;
}

/** Its published sheets; a code of the place as it is now. */
export function snapshotsHref({ node, code }: Pick<Place, 'node' | 'code'>): string {
  return `${pathOf(node, code)}/snapshots`;
}

/** Of two of them, each by its id. */
export const comparisonPath = '/office/review-snapshots/comparison';

export function publishedHref({ id }: { id: string }): string {
  return `/office/review-snapshots/${id}`;
}

/** The same sheet in another form: `/office/review/UP/sheet.xlsx`, `/office/review/UP/presentation`. */
export function formHref({ place }: Pick<Sheet, 'place'>, form: string, asked: Asked): string {
  return withQuery(`${pathOf(place.node, place.code)}${form}`, asked);
}

function pathOf(node: NodeKind, code: string): string {
  const within = node === 'area' ? '/areas' : '';
  return `/office/review${within}/${encodeURIComponent(code)}`;
}

/** What is said where the sheet has other days than were asked for. */
export function daysTold(
  { asOf, compareOn, isExact }: Pick<Sheet, 'asOf' | 'compareOn' | 'isExact'>,
  asked: Asked,
  { say, today }: { say: Say; today: string },
): string[] {
  const { t, language } = say;
  const compared = parseDay(asked.compare ?? '');
  return [
    ...dayRemarks({ asked: asked.asOf, asOf, isExact, today }, language),
    ...(compareOn && compared && compared !== compareOn
      ? [
          t('review.compareNotBefore', {
            day: formatDay(compared, language),
            instead: formatDay(compareOn, language),
          }),
        ]
      : []),
  ];
}

/** +2.1 प्रतिशत अंक */
export function changeText(points: number | null, { t, change }: Say): string | null {
  const text = change(points);
  return text === null ? null : t('review.points', { points: text });
}
