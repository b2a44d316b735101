import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ExportKind, exportKinds, hasKept, type NoExport } from '../exports.ts';
import type { App } from '../feature.ts';
import { disposition } from './disposition.ts';

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  zip: 'application/zip',
};
export type FileFormat = keyof typeof types;

type SentFile = {
  /** Without its ending. */
  name: string;
  format: FileFormat;
  body: unknown;
  bytes?: number | null;
  /** A paper that the browser shows instead of keeping it. */
  isShown?: boolean;
};

/** A file for whoever asked, kept by no cache. */
export function sendFile(reply: FastifyReply, { name, format, body, bytes, isShown }: SentFile) {
  // Fastify would send an undefined length as an empty one, which clients and proxies refuse.
  if (typeof bytes === 'number') reply.header('content-length', bytes);
  return reply
    .type(types[format])
    .header('cache-control', 'private, no-store')
    .header('content-disposition', disposition(isShown ? 'inline' : 'attachment', `${name}.${format}`))
    .send(body);
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What it sends, of a route that sends a file: one of the exports, or what need not be kept. */
    file?: ExportKind | NoExport;
  }
}

/**
 * No file leaves by a route that has not said what it is, nor one of people or figures of which no act was kept:
 * forgetting must not mean that nobody knows.
 */
export function guardFiles(app: App): void {
  // Asked for its head alone, a list would be read whole and kept as taken, and nobody would have it.
  app.addHook('onRequest', (request, reply, done) => {
    const { file } = request.routeOptions.config;
    if (request.method !== 'HEAD' || !file || !isExport(file)) return done();
    void reply.code(405).header('allow', 'GET').send();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const fault = isFile(reply) ? faultOf(request) : undefined;
    if (fault) done(fault);
    else done(null, payload);
  });
}

const tables = /^(text\/csv|application\/(pdf|zip|vnd\.openxmlformats))/;

function isFile(reply: FastifyReply): boolean {
  if (reply.statusCode !== 200) return false;
  return (
    String(reply.getHeader('content-disposition') ?? '').startsWith('attachment') ||
    tables.test(String(reply.getHeader('content-type') ?? ''))
  );
}

function faultOf({ ctx, routeOptions }: FastifyRequest): Error | undefined {
  const { file } = routeOptions.config;
  if (!file) return new Error(`Route ${routeOptions.url} sends a file and does not say what it is.`);
  if (!isExport(file) || hasKept(ctx, file)) return undefined;
  return new Error(`Route ${routeOptions.url} sends a file (${file}) of which no act was kept.`);
}

export function isExport(file: ExportKind | NoExport): file is ExportKind {
  return Object.hasOwn(exportKinds, file);
}
