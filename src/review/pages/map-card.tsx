import { Card, Details, type Tile, TileMap } from '../../shell/index.ts';
import { measured } from '../sheet/ratios.ts';
import type { Line, Ranking, Section, Sheet } from '../sheet/shape.ts';
import { districtTiles, stateTiles, type TilePlace } from '../tiles/layout.ts';
import { SectionNotes } from './section-notes.tsx';
import type { PartProps } from './sheet-page.tsx';
import { LinesTable } from './units-card.tsx';
import { lineHref, nameOf, type Say } from './words.ts';

const layouts: Partial<Record<Section['key'], readonly TilePlace[]>> = {
  districts: districtTiles,
  states: stateTiles,
};

/** Districts, or states, as tiles that lie as on the ground, and the same figures as a table. */
export function MapCard(props: PartProps & { section: Section }) {
  const { section, sheet, say } = props;
  const { t } = say;
  return (
    <Card title={mapTitle(section, sheet, say)} id={section.key}>
      <MapPlot {...props} lead={leadOf(props)} />
      <SectionNotes section={section} sheet={sheet} say={say} />
      <Details summary={t('review.mapTable', { count: section.lines.length })}>
        <LinesTable
          {...props}
          of={section.key}
          lines={section.lines}
          caption={t(`review.section_${section.key}`)}
        />
      </Details>
    </Card>
  );
}

function leadOf({ section: { key }, sheet: { rankedBy }, say: { t } }: PartProps & { section: Section }) {
  return {
    map: (
      <>
        {t(key === 'states' ? 'review.mapLeadStates' : 'review.mapLead')}{' '}
        <span class="screen-only">{t('review.mapChoose')}</span>
      </>
    ),
    list: t('review.mapLeadList', { measure: t(`review.by_${rankedBy}`) }),
  };
}

/** "जनपद: पहुँच". */
export function mapTitle({ key }: Section, { rankedBy }: Sheet, { t }: Say): string {
  return t('review.mapTitle', { section: t(`review.section_${key}`), measure: t(`review.rank_${rankedBy}`) });
}

type PlotProps = PartProps & { section: Section; lead?: ReturnType<typeof leadOf>; isWide?: boolean };

/** The tiles alone. */
export function MapPlot({ lead, isWide, ...props }: PlotProps) {
  const { section, sheet, say } = props;
  const tiles = tilesOf(props, layouts[section.key] ?? []);
  if (tiles.length === 0) return null;
  const label = say.t(`review.rank_${sheet.rankedBy}`);
  const format = (value: number) => valueText(value, sheet.rankedBy);
  return <TileMap {...{ label, tiles, lead, format, isWide }} />;
}

function tilesOf(
  { section, sheet, say, asked }: PartProps & { section: Section },
  layout: readonly TilePlace[],
): Tile[] {
  const byCode = new Map(section.lines.map((line, place) => [line.code, { line, place }]));
  return layout.flatMap(([code, column, row]): Tile[] => {
    const found = byCode.get(code);
    if (!found) return [];
    const { line, place } = found;
    const value = shownValue(line, sheet.rankedBy);
    const name = nameOf(line, say.language);
    return [
      {
        ...{ key: code, column, row, place, name, value },
        text: value === null ? '–' : valueText(value, sheet.rankedBy),
        title: titleOf(line, name, say),
        href: lineHref(sheet, { of: section.key, line }, asked),
      },
    ];
  });
}

/** As it is printed: the shades must part where the printed figures do. */
function shownValue(line: Line, ranking: Ranking): number | null {
  const value = measured(line, ranking);
  if (value === null) return null;
  if (ranking === 'reach') return Math.round(value * 100);
  return Math.round((ranking === 'hours' ? value / 60 : value) * 10) / 10;
}

function valueText(value: number, ranking: Ranking): string {
  return ranking === 'reach' ? `${value}%` : value.toFixed(1);
}

function titleOf({ figures, code }: Line, name: string, { t, number, share }: Say): string {
  return t('review.tileTitle', {
    name,
    code,
    people: number(figures.registered),
    done: number(figures.atLeastOne),
    percent: share(figures.atLeastOne, figures.registered),
  });
}
