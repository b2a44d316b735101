import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { App } from '../feature.ts';

const smallestWorthwhile = 1000;
const compressible = /^(text\/|application\/(json|problem\+json|xml|javascript)|image\/svg)/;

/** Compresses text replies that are whole in memory; streams and files keep their own form. */
export function compressReplies(app: App): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < smallestWorthwhile) return payload;
    if (reply.getHeader('content-encoding') || !compressible.test(String(reply.getHeader('content-type'))))
      return payload;
    reply.header('vary', 'Accept-Encoding');
    const accepted = request.headers['accept-encoding'] ?? '';
    if (/\bbr\b/.test(accepted)) {
      reply.header('content-encoding', 'br').removeHeader('content-length');
      return brotliCompressSync(payload, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
    }
    if (!/\bgzip\b/.test(accepted)) return payload;
    reply.header('content-encoding', 'gzip').removeHeader('content-length');
    return gzipSync(payload, { level: 4 });
  });
}
