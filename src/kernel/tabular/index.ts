export { type Cell, type CellRows, csvStream, guardCell, toCsvLine } from './csv-writer.ts';
export { detectFormat, type TableFormat } from './detect.ts';
export { type FileFaultCode, type RowFault, type RowFaultCode, TableFault } from './faults.ts';
export { type ColumnSpec, headingKey } from './headings.ts';
export { openTable, type Table, type TableChunk, type TableOptions, type TableRow } from './table.ts';
export type { XlsxColumn } from './xlsx-markup.ts';
export { type XlsxOptions, xlsxStream } from './xlsx-writer.ts';
