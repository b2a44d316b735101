import type { App } from '../../kernel/feature.ts';
import { pullDocument } from './pull-document.ts';
import { largestRequestBytes } from './read-request.ts';

const config = { access: 'public' as const, rateLimit: { max: 600, timeWindow: '1 minute' } };

/** The two calls of DigiLocker's issuer interface; not there until the installation is configured for it. */
export function digilockerApi(app: App): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The HMAC is over the bytes as they came.
    const options = { parseAs: 'buffer' as const, bodyLimit: largestRequestBytes };
    scope.addContentTypeParser('*', options, (_request, body, done) => done(null, body));
    for (const [path, root] of [
      ['pull-uri', 'PullURIRequest'],
      ['pull-doc', 'PullDocRequest'],
    ] as const)
      scope.post(
        `/digilocker/${path}`,
        { config, bodyLimit: largestRequestBytes, schema: { hide: true } },
        async (request, reply) => {
          const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
          const hmac = request.headers['x-digilocker-hmac'];
          const answer = await pullDocument(request.ctx, { root, body, hmac });
          return reply
            .type('application/xml; charset=utf-8')
            .header('cache-control', 'no-store')
            .send(answer);
        },
      );
  });
}
