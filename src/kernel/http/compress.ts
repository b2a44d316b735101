import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../feature.ts';

const smallestWorthwhile = 1000;
const compressible = /^(text\/|application\/(json|problem\+json|xml|javascript)|image\/svg)/;

/** Compresses text replies that are whole in memory; streams and files keep their own form. */
export function compressReplies(app: App): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    done(null, compressed(request, reply, payload));
  });
}

/** Quality 3 costs half of quality 4 and sends a fiftieth more; pages are smaller than the window. */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 3, [constants.BROTLI_PARAM_LGWIN]: 17 } };

function compressed(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if (typeof payload !== 'string' || payload.length < smallestWorthwhile) return payload;
  if (reply.getHeader('content-encoding') || !compressible.test(String(reply.getHeader('content-type'))))
    return payload;
  return inForm(reply, formOf(request, reply), payload);
}

const forms = {
  br: (text: string) => brotliCompressSync(text, brotli),
  gzip: (text: string) => gzipSync(text, { level: 4 }),
  plain: (text: string) => Buffer.from(text),
};
type Form = keyof typeof forms;

function formOf(request: FastifyRequest, reply: FastifyReply): Form {
  const told = [reply.getHeader('vary') ?? []].flat().join(', ');
  if (!told.includes('Accept-Encoding'))
    reply.header('vary', told ? `${told}, Accept-Encoding` : 'Accept-Encoding');
  const accepted = request.headers['accept-encoding'] ?? '';
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : 'plain';
}

function inForm(reply: FastifyReply, form: Form, text: string): unknown {
  if (form === 'plain') return text;
  reply.header('content-encoding', form).removeHeader('content-length');
  return forms[form](text);
}

const made = new WeakMap<object, Map<Form, Buffer>>();

/** An answer of JSON that several readers get, written and compressed once for as long as `value` is kept. */
export function sendJsonOnce(request: FastifyRequest, reply: FastifyReply, value: object) {
  const form = formOf(request, reply);
  const known = made.get(value) ?? new Map<Form, Buffer>();
  made.set(value, known);
  const body = known.get(form) ?? forms[form](JSON.stringify(value));
  known.set(form, body);
  if (form !== 'plain') reply.header('content-encoding', form);
  return reply.type('application/json; charset=utf-8').send(body);
}
