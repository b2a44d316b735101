import { Card, type Column, DataTable } from '../../shell/index.ts';
import { leadOf, sectionTitle } from '../files/section-words.ts';
import { hoursPerHead } from '../sheet/ratios.ts';
import type { Line, SectionKey } from '../sheet/shape.ts';
import { SectionNotes } from './section-notes.tsx';
import type { PartProps } from './sheet-page.tsx';
import { lineHref, nameOf, reviewHref } from './words.ts';

/** Shown at first; the files hold all. */
export const firstShown = 20;

/** The offices right below, in the order of their places, with what the place is reckoned from. */
export function UnitsCard(props: PartProps) {
  const { sheet, say } = props;
  const { t } = say;
  const section = sheet.sections.find((one) => one.key === 'units');
  if (!section || section.lines.length === 0) return null;
  const { lines } = section;
  const title = sectionTitle('units', sheet, say);
  const shown = props.showsAll ? lines : lines.slice(0, firstShown);
  return (
    <Card title={title} lead={leadOf(section, sheet, say)} id="units">
      <LinesTable {...props} of="units" lines={shown} total={lines.length} caption={title} />
      <SectionNotes section={section} sheet={sheet} say={say} />
      {shown.length < lines.length ? (
        <p class="screen-only">
          <a
            href={`${reviewHref(sheet.place, props.asked)}${Object.keys(props.asked).length ? '&' : '?'}rows=all#units`}
          >
            {t('review.showAll', { total: lines.length })}
          </a>
        </p>
      ) : null}
    </Card>
  );
}

type TableProps = PartProps & {
  of: SectionKey;
  lines: Line[];
  total?: number;
  caption: string;
  /** What the lines are parts of, at their end. */
  whole?: { label: string; line: Line };
};

export function LinesTable(props: TableProps) {
  const { of, lines, total, caption, whole, sheet, say, asked } = props;
  const { t, language } = say;
  const columns: Column<Line>[] = [
    { key: 'place', label: t('review.place'), kind: 'rank', value: (line) => line.place },
    {
      key: 'name',
      label: t('review.unit'),
      kind: 'link',
      isRowHeading: true,
      value: (line) => nameOf(line, language),
      href: (line) => lineHref(sheet, { of, line }, asked),
    },
    {
      key: 'registered',
      label: t('review.people'),
      kind: 'number',
      value: (line) => line.figures.registered ?? t('shell.masked'),
    },
    { key: 'reach', label: t('review.reach'), kind: 'meter', value: (line) => line.reach },
    sheet.rankedBy === 'hours'
      ? {
          key: 'hours',
          label: t('review.rank_hours'),
          kind: 'number',
          value: (line) => oneDecimal(hoursPerHead(line.figures)),
        }
      : {
          key: 'perHead',
          label: t('review.perHeadColumn'),
          kind: 'number',
          value: (line) => oneDecimal(line.perHead),
        },
    ...(sheet.compareOn
      ? [
          {
            key: 'change',
            label: t('review.changeColumn'),
            kind: 'number',
            value: (line: Line) => say.change(line.change),
          } as const,
        ]
      : []),
  ];
  return (
    <DataTable
      caption={caption}
      isCaptionHidden
      isCompact
      rows={lines}
      total={total}
      rowKey={(line) => line.code}
      columns={lines.some((line) => line.place !== null) ? columns : columns.slice(1)}
      {...(whole ? { footer: { label: whole.label, values: footValues(whole.line, props) } } : {})}
    />
  );
}

function footValues(
  { figures, reach, perHead, change }: Line,
  { sheet, say }: Pick<PartProps, 'sheet' | 'say'>,
) {
  const shown = {
    registered: say.number(figures.registered),
    reach: reach === null ? null : `${reach.toFixed(1)}%`,
    perHead: oneDecimal(perHead),
    hours: oneDecimal(hoursPerHead(figures)),
    change: sheet.compareOn ? say.change(change) : null,
  };
  return Object.fromEntries(Object.entries(shown).map(([key, value]) => [key, value ?? '–']));
}

function oneDecimal(value: number | null): string | null {
  return value === null ? null : value.toFixed(1);
}
