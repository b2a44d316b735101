import { isUtf8 } from 'node:buffer';
import { detectDelimiter, splitQuoted } from './csv-record.ts';
import type { RowFault, RowFaultCode } from './faults.ts';

export type RawRow = { line: number; cells: string[] };
export type RawChunk = { rows: RawRow[]; faults: RowFault[] };

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

/**
 * Reads CSV (RFC 4180, and its common departures) in chunks of rows. csv-parse reads as fast from a stream but
 * cannot go on after a stray quote: it swallows what follows up to the next one. Here a record that is not
 * well-formed costs its own line only, and reading goes on with the line below it.
 *
 * Bytes are searched for line ends, one line is decoded at a time: no string outlives its row by holding on
 * to a whole block.
 */
export async function* readCsv(
  source: AsyncIterable<Uint8Array>,
  limits: { chunkRows: number; rowBytes: number },
): AsyncGenerator<RawChunk> {
  const scanner = new CsvScanner(limits.rowBytes);
  for await (const block of source) {
    scanner.feed(block);
    for (let chunk = scanner.next(limits.chunkRows); chunk; chunk = scanner.next(limits.chunkRows))
      yield chunk;
  }
  scanner.end();
  for (let chunk = scanner.next(limits.chunkRows); chunk; chunk = scanner.next(limits.chunkRows)) yield chunk;
  yield scanner.rest();
}

class CsvScanner {
  private buffer: Buffer = Buffer.alloc(0);
  private position = 0;
  private line = 1;
  private ended = false;
  private skipping = false;
  private clean = false;
  private lineEnd: number | undefined;
  private delimiter: string | undefined;
  private rows: RawRow[] = [];
  private faults: RowFault[] = [];
  private readonly rowBytes: number;

  constructor(rowBytes: number) {
    this.rowBytes = rowBytes;
  }

  feed(block: Uint8Array): void {
    const fresh = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
    const rest = this.buffer.subarray(this.position);
    this.buffer = rest.length === 0 ? fresh : Buffer.concat([rest, fresh]);
    this.position = 0;
    this.lineEnd ??= detectLineEnd(this.buffer) ?? (this.buffer.length > this.rowBytes ? LF : undefined);
    const lastLine = this.buffer.lastIndexOf(this.lineEnd ?? LF) + 1;
    this.clean = isCleanText(this.buffer.subarray(0, lastLine));
  }

  end(): void {
    this.ended = true;
    this.lineEnd ??= this.buffer.includes(CR) ? CR : LF;
    this.clean = isCleanText(this.buffer.subarray(this.position));
  }

  /** A full chunk, or undefined when more input is needed first. */
  next(chunkRows: number): RawChunk | undefined {
    if (this.lineEnd === undefined) return undefined;
    while (this.rows.length + this.faults.length < chunkRows) {
      if (!this.readRecord(this.lineEnd)) return undefined;
    }
    return this.rest();
  }

  rest(): RawChunk {
    const chunk = { rows: this.rows, faults: this.faults };
    this.rows = [];
    this.faults = [];
    return chunk;
  }

  /** Takes one record off the buffer; false when it is not wholly there yet, or at the end. */
  private readRecord(lineEnd: number): boolean {
    if (this.position >= this.buffer.length) return false;
    const found = this.buffer.indexOf(lineEnd, this.position);
    if (found < 0 && !this.ended) return this.dropIfTooLong();
    const end = found < 0 ? this.buffer.length : found;
    if (this.skipping || end - this.position > this.rowBytes) return this.skipLine(end);
    const text = this.lineText(end);
    if (this.delimiter === undefined && text !== '') {
      this.delimiter = detectDelimiter(text);
      if (/^sep=.$/i.test(text)) return this.advance(end);
    }
    if (text.includes('"')) return this.readQuoted(end, lineEnd);
    this.take(text === '' ? undefined : text.split(this.delimiter ?? ','), end);
    return true;
  }

  /** A record with quotes ends at the first line end before which the number of quotes is even. */
  private readQuoted(firstEnd: number, lineEnd: number): boolean {
    let end = firstEnd;
    let from = this.position;
    let open = false;
    for (;;) {
      open = countQuotes(this.buffer, from, end) % 2 === 1 ? !open : open;
      if (!open) break;
      from = end;
      const found = this.buffer.indexOf(lineEnd, end + 1);
      const next = found < 0 ? this.buffer.length : found;
      if (next - this.position > this.rowBytes) return this.fail('unclosed_quote', firstEnd);
      if (found < 0 && !this.ended) return false;
      if (end >= this.buffer.length) return this.fail('unclosed_quote', firstEnd);
      end = next;
    }
    const cells = splitQuoted(this.lineText(end), this.delimiter ?? ',');
    if (typeof cells === 'string') return this.fail(cells, firstEnd);
    const lines = end === firstEnd ? 1 : countOf(this.buffer, lineEnd, this.position, end) + 1;
    this.take(cells, end, lines);
    return true;
  }

  private take(cells: string[] | undefined, end: number, lines = 1): void {
    if (cells && !this.clean) {
      const code = textFault(this.buffer.subarray(this.position, end));
      if (code) this.faults.push({ line: this.line, code, values: cells });
      else this.rows.push({ line: this.line, cells });
    } else if (cells) {
      this.rows.push({ line: this.line, cells });
    }
    this.position = end + 1;
    this.line += lines;
  }

  private fail(code: RowFaultCode, end: number): boolean {
    const values = this.lineText(end).split(this.delimiter ?? ',');
    this.faults.push({ line: this.line, code, values });
    return this.advance(end);
  }

  private advance(end: number): boolean {
    this.position = end + 1;
    this.line += 1;
    return true;
  }

  /** A line that is already too long is not collected any further; what follows of it is skipped. */
  private dropIfTooLong(): boolean {
    if (this.buffer.length - this.position <= this.rowBytes) return false;
    if (!this.skipping) this.reportTooLong();
    this.skipping = true;
    this.position = this.buffer.length;
    return false;
  }

  private skipLine(end: number): boolean {
    if (!this.skipping) this.reportTooLong();
    this.skipping = false;
    return this.advance(end);
  }

  private reportTooLong(): void {
    const start = this.buffer.toString('utf8', this.position, this.position + 200);
    this.faults.push({ line: this.line, code: 'row_too_long', values: start.split(this.delimiter ?? ',') });
  }

  private lineText(end: number): string {
    const isCrLf = end > this.position && this.lineEnd === LF && this.buffer[end - 1] === CR;
    return this.buffer.toString('utf8', this.position, isCrLf ? end - 1 : end);
  }
}

/** LF also stands for CR LF; a lone CR, as old Macintosh programs wrote, only where it comes first. */
function detectLineEnd(buffer: Buffer): number | undefined {
  for (let at = 0; at < buffer.length; at += 1) {
    if (buffer[at] === LF) return LF;
    if (buffer[at] === CR && at + 1 < buffer.length) return buffer[at + 1] === LF ? LF : CR;
  }
  return undefined;
}

function isCleanText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

function textFault(bytes: Buffer): RowFaultCode | undefined {
  if (!isUtf8(bytes)) return 'invalid_utf8';
  return bytes.includes(0) ? 'invalid_character' : undefined;
}

function countQuotes(buffer: Buffer, from: number, to: number): number {
  return countOf(buffer, QUOTE, from, to);
}

function countOf(buffer: Buffer, byte: number, from: number, to: number): number {
  let count = 0;
  for (let at = buffer.indexOf(byte, from); at >= 0 && at < to; at = buffer.indexOf(byte, at + 1)) count += 1;
  return count;
}
