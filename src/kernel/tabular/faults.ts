/** Why one row could not be read; the others are. */
export type RowFaultCode =
  | 'stray_quote'
  | 'unclosed_quote'
  | 'too_many_cells'
  | 'row_too_long'
  | 'invalid_utf8'
  | 'invalid_character';

/** `values` is the best guess at the row's cells, for a person to look at, not to be imported. */
export type RowFault = { line: number; code: RowFaultCode; values: string[] };

/** Why a file could not be read at all, or no further. */
export type FileFaultCode =
  | 'empty_file'
  | 'not_a_table'
  | 'unknown_format'
  | 'old_or_locked_excel'
  | 'invalid_encoding'
  | 'file_too_large'
  | 'repeated_heading'
  | 'damaged_file';

export class TableFault extends Error {
  readonly code: FileFaultCode;
  readonly details: Record<string, string | number>;

  constructor(code: FileFaultCode, details: Record<string, string | number> = {}) {
    super(code);
    this.name = 'TableFault';
    this.code = code;
    this.details = details;
  }
}
