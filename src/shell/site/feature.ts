import { z } from 'zod';
import type { Feature } from '../../kernel/feature.ts';
import { serveAssets } from './assets.ts';
import { localPath, preparePages, seeOther } from './send-page.tsx';

const languageQuery = z.object({
  to: z.enum(['hi', 'en']).catch('hi'),
  back: z.string().max(2000).optional(),
});

export const shell: Feature = {
  name: 'shell',
  prepare: preparePages,
  http(app) {
    serveAssets(app);
    app.get(
      '/language',
      { config: { access: 'public' }, schema: { querystring: languageQuery, hide: true } },
      async (request, reply) => {
        reply.setCookie('language', request.query.to, {
          path: '/',
          sameSite: 'lax',
          maxAge: 31_536_000,
          httpOnly: true,
        });
        return seeOther(reply, localPath(request.query.back));
      },
    );
  },
};
