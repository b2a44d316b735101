import type { RawChunk, RawRow } from './csv-reader.ts';
import { type RowFault, TableFault } from './faults.ts';
import { type CellContext, cellText, type RawCell } from './xlsx-values.ts';
import type { XmlHandlers } from './xml.ts';

const maxColumns = 16_384;

/** Collects the rows of one sheet from its XML. A row's line is the number that Excel shows beside it. */
export class SheetCollector implements XmlHandlers {
  private rows: RawRow[] = [];
  private faults: RowFault[] = [];
  private row: RawRow | undefined;
  private cell: (RawCell & { column: number }) | undefined;
  private lastLine = 0;
  private rowSize = 0;
  private isValue = false;
  private phonetic = 0;
  private readonly context: CellContext;
  private readonly rowBytes: number;

  constructor(context: CellContext, rowBytes: number) {
    this.context = context;
    this.rowBytes = rowBytes;
  }

  get size(): number {
    return this.rows.length + this.faults.length;
  }

  take(): RawChunk {
    const chunk = { rows: this.rows, faults: this.faults };
    this.rows = [];
    this.faults = [];
    return chunk;
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'row') this.openRow(attributes.r);
    else if (name === 'c' && this.row) this.openCell(this.row, attributes);
    else if (name === 'rPh') this.phonetic += 1;
    this.isValue = (name === 'v' || name === 't') && this.phonetic === 0;
  }

  text(text: string): void {
    if (this.isValue && this.cell) this.cell.text += text;
  }

  close(name: string): void {
    this.isValue = false;
    if (name === 'c') this.closeCell();
    else if (name === 'row') this.closeRow();
    else if (name === 'rPh') this.phonetic -= 1;
  }

  private openRow(number: string | undefined): void {
    const line = number === undefined ? this.lastLine + 1 : Number(number);
    if (!(line > this.lastLine)) throw new TableFault('damaged_file', { line });
    this.lastLine = line;
    this.rowSize = 0;
    this.row = { line, cells: [] };
  }

  private openCell(row: RawRow, { r, t, s }: Record<string, string>): void {
    const column = r === undefined ? row.cells.length : columnOf(r);
    if (!(column >= 0 && column < maxColumns)) throw new TableFault('damaged_file', { line: row.line });
    this.cell = { column, type: t, style: Number(s ?? 0), text: '' };
  }

  private closeCell(): void {
    const { row, cell } = this;
    this.cell = undefined;
    if (!row || !cell || this.rowSize > this.rowBytes) return;
    const text = cellText(cell, this.context);
    this.rowSize += text.length;
    while (row.cells.length < cell.column) row.cells.push('');
    row.cells[cell.column] = text;
  }

  private closeRow(): void {
    const { row } = this;
    this.row = undefined;
    if (!row) return;
    if (this.rowSize > this.rowBytes) {
      const values = row.cells.map((cell) => cell.slice(0, 200));
      this.faults.push({ line: row.line, code: 'row_too_long', values });
    } else if (row.cells.some((cell) => cell.includes('\0') || !cell.isWellFormed())) {
      this.faults.push({ line: row.line, code: 'invalid_character', values: row.cells });
    } else if (row.cells.length > 0) {
      this.rows.push(row);
    }
  }
}

/** A1 is column 0, AB7 is column 27. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const letter = (reference.charCodeAt(at) | 0x20) - 0x60;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}
