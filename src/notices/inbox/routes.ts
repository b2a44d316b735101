import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { seeOther } from '../../shell/site/index.ts';
import { openNotice } from './open-notices.ts';

const params = z.object({ noticeId: z.uuid() });

/** A notice on the home page leads through here, so that it is not shown again. */
export function inboxRoutes(app: App): void {
  app.get(
    '/notices/:noticeId',
    { config: { access: 'person' }, schema: { params, hide: true } },
    async (request, reply) => seeOther(reply, await openNotice(request.ctx, request.params.noticeId)),
  );
}
