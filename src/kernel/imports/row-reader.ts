import { dayCell, integerCell } from './cells.ts';
import type { ReadEnv, ReadRow } from './kind.ts';

/** Reads the cells of one row to values and gathers what is wrong with them, in the order they are read. */
export class RowReader {
  readonly faults: string[] = [];
  private readonly env: ReadEnv;

  constructor(env: ReadEnv) {
    this.env = env;
  }

  needed(fault: string, cell: string): string | null {
    if (cell === '') this.faults.push(fault);
    return cell || null;
  }

  /** A whole number, zero or more; an empty cell is none. */
  count(column: string, cell: string): number | null {
    const value = integerCell(cell);
    if (value === undefined) this.faults.push(`not_a_number:${column}`);
    return value ?? null;
  }

  day(column: string, cell: string): string | null {
    const { value, fault } = dayCell(cell, this.env.format);
    if (fault) this.faults.push(`${fault}:${column}`);
    return value;
  }

  refuseLonger(most: number, cells: Readonly<Record<string, string>>): void {
    for (const [column, text] of Object.entries(cells))
      if (text.length > most) this.faults.push(`too_long:${column}`);
  }

  row(values: (string | number | null)[]): ReadRow {
    const texts = values.map((value) => (typeof value === 'number' ? String(value) : value));
    return { values: texts, faults: this.faults, warnings: [] };
  }
}
