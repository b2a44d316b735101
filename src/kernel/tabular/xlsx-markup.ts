import { daysBetween, isDay } from '../dates.ts';
import type { Cell } from './csv-writer.ts';
import { cellStyle as style } from './xlsx-parts.ts';
import { declaration, escapeXml, spreadsheet } from './xml-text.ts';

/** A `day` column takes YYYY-MM-DD and shows a date; `percent` takes a fraction; `text` keeps codes as they are. */
export type XlsxColumn = { heading: string; width?: number; type?: 'text' | 'number' | 'percent' | 'day' };

export function sheetHead(columns: readonly XlsxColumn[], preface: readonly string[]): string {
  const frozen = preface.length + 1;
  const widths = columns.map(({ heading, width }, index) => {
    const characters = width ?? Math.min(Math.max([...heading].length + 2, 10), 40);
    return `<col min="${index + 1}" max="${index + 1}" width="${characters}" customWidth="1"/>`;
  });
  const pane = `<pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/>`;
  const lines = preface.map(
    (text, index) => `<row r="${index + 1}">${textCell(text, style.plain, `A${index + 1}`)}</row>`,
  );
  const headings = columns.map(({ heading }, index) =>
    textCell(heading, style.heading, columnName(index) + frozen),
  );
  return (
    `${declaration}<worksheet xmlns="${spreadsheet}">` +
    `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>` +
    (widths.length > 0 ? `<cols>${widths.join('')}</cols>` : '') +
    `<sheetData>${lines.join('')}<row r="${frozen}">${headings.join('')}</row>`
  );
}

export const sheetTail = '</sheetData></worksheet>';

/** Cells carry their reference, which the format leaves open but some readers cannot do without. */
export function xlsxRow(values: readonly Cell[], columns: readonly XlsxColumn[], line: number): string {
  let cells = '';
  for (let index = 0; index < columns.length; index += 1) {
    const value = values[index];
    if (value === null || value === undefined || value === '') continue;
    cells += cellXml(value, columns[index]?.type, columnName(index) + line);
  }
  return `<row r="${line}">${cells}</row>`;
}

type Filled = Exclude<Cell, null | undefined>;

function cellXml(value: Filled, type: XlsxColumn['type'], at: string): string {
  if (typeof value === 'boolean') return `<c r="${at}" t="b"><v>${value ? 1 : 0}</v></c>`;
  if (typeof value !== 'string' && type !== 'text') return numberCell(Number(value), type, at);
  if (type === 'day' && typeof value === 'string' && isDay(value)) return dayCell(value, at);
  return textCell(String(value), style.plain, at);
}

function numberCell(value: number, type: XlsxColumn['type'], at: string): string {
  if (!Number.isFinite(value)) return '';
  const numeric = Number.isInteger(value) ? style.grouped : style.decimal;
  return `<c r="${at}" s="${type === 'percent' ? style.percent : numeric}"><v>${value}</v></c>`;
}

/** Excel counts a 29 February 1900 that never was: serials are right from 1 March 1900 on. */
function dayCell(day: string, at: string): string {
  if (day < '1900-03-01') return textCell(day, style.plain, at);
  return `<c r="${at}" s="${style.day}"><v>${daysBetween('1899-12-30', day)}</v></c>`;
}

function textCell(text: string, styleIndex: number, at: string): string {
  const styled = styleIndex === style.plain ? '' : ` s="${styleIndex}"`;
  return `<c r="${at}" t="inlineStr"${styled}><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

/** 0 is A, 27 is AB. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}
