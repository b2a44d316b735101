import type { FastifyReply, FastifyRequest } from 'fastify';
import { disposition } from '../../kernel/http/disposition.ts';
import { sheetPdf } from '../files/sheet-pdf.ts';
import { sheetCsv, sheetXlsx } from '../files/sheet-table.ts';
import type { Sheet } from '../sheet/shape.ts';

const types: Record<string, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
};

type SheetFile = { sheet: Sheet; format: 'csv' | 'xlsx' | 'pdf'; name: string };

/** The sheet of the page, with the very same figures, as a file. */
export async function sendSheetFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { sheet, format, name }: SheetFile,
) {
  const { language, clock } = request.ctx;
  const file = `${name}-review.${format}`;
  if (format === 'csv') return sendFile(reply, file, sheetCsv(sheet, language));
  if (format === 'xlsx') return sendFile(reply, file, sheetXlsx(sheet, language));
  return sendFile(reply, file, await sheetPdf(sheet, language, clock.now()));
}

export function sendFile(reply: FastifyReply, name: string, body: unknown) {
  return reply
    .type(types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream')
    .header('cache-control', 'no-store')
    .header('content-disposition', disposition('attachment', name))
    .send(body);
}
