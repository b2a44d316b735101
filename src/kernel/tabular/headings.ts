import { foldText } from '../text/fold.ts';
import { isBlank, trimCell } from './cell.ts';
import { TableFault } from './faults.ts';

/**
 * A column that the caller understands. `aliases` are other headings for it, in any language. `required` is
 * true, or the name of a group of which one column must be there.
 */
export type ColumnSpec = { name: string; aliases?: readonly string[]; required?: boolean | string };

export type HeadingMatch = {
  /** All headings as the file writes them, in its order. */
  headings: string[];
  /** The columns found, in the order of the specification, with the heading as the file writes it. */
  header: { column: string; heading: string }[];
  unknownHeadings: string[];
  /** What is needed and not there; each entry lists columns of which one would do. */
  missing: string[][];
  /** Where in a row each column of the specification stands; -1 for an absent one. */
  places: number[];
};

/** Case, spaces, underscores, dots, hyphens and the ways of writing a nasal make no difference. */
export function headingKey(heading: string): string {
  return foldText(heading).replaceAll(' ', '');
}

export function matchHeadings(cells: readonly string[], columns: readonly ColumnSpec[]): HeadingMatch {
  const headings = cells.map(trimCell);
  const known = new Map(
    columns.flatMap((spec) => namesOf(spec).map((name) => [headingKey(name), spec.name])),
  );
  const found = new Map<string, number>();
  const unknownHeadings: string[] = [];
  for (const [place, heading] of headings.entries()) {
    const column = known.get(headingKey(heading));
    if (column === undefined) {
      if (!isBlank(heading)) unknownHeadings.push(heading);
    } else if (found.has(column)) {
      throw new TableFault('repeated_heading', { column, heading });
    } else {
      found.set(column, place);
    }
  }
  const places = columns.map((spec) => found.get(spec.name) ?? -1);
  const present = columns.filter((spec) => found.has(spec.name));
  const header = present.map(({ name }) => ({
    column: name,
    heading: headings[found.get(name) ?? 0] ?? name,
  }));
  return { headings, header, unknownHeadings, missing: missingOf(columns, found), places };
}

function namesOf(spec: ColumnSpec): string[] {
  return [spec.name, ...(spec.aliases ?? [])];
}

function missingOf(columns: readonly ColumnSpec[], found: ReadonlyMap<string, number>): string[][] {
  const groups = new Map<string, string[]>();
  for (const { name, required } of columns) {
    if (!required) continue;
    const group = required === true ? `column ${name}` : `group ${required}`;
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return [...groups.values()].filter((names) => !names.some((name) => found.has(name)));
}
