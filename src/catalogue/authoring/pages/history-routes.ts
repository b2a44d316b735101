import { z } from 'zod';
import { notFound } from '../../../kernel/errors.ts';
import type { App } from '../../../kernel/feature.ts';
import { flash, seeOther } from '../../../shell/site/index.ts';
import { authorRoles, readerRoles } from '../../policy.ts';
import { lessonHistory } from '../lesson-history.ts';
import { restoreLesson } from '../restore-lesson.ts';
import { sendHistory, sendState } from './history-page.tsx';
import { lessonHref } from './words.ts';

const byLesson = z.object({ code: z.string().min(1).max(64), lesson: z.string().min(1).max(64) });
const byState = byLesson.extend({ id: z.uuid() });

/** Earlier states of a lesson: the list, one with its difference, and bringing one back. */
export function historyRoutes(app: App): void {
  const reader = { access: { roles: readerRoles } };
  app.get(
    '/office/courses/:code/lessons/:lesson/history',
    { config: reader, schema: { params: byLesson, hide: true } },
    async (request, reply) => {
      const { desk, shown } = await lessonHistory(request.ctx, request.params);
      return sendHistory(request, reply, { desk, lesson: request.params.lesson, lines: shown });
    },
  );
  app.get(
    '/office/courses/:code/lessons/:lesson/history/:id',
    { config: reader, schema: { params: byState, hide: true } },
    async (request, reply) => {
      const { desk, all, shown } = await lessonHistory(request.ctx, request.params);
      const line = all.find((one) => one.id === request.params.id);
      if (!line) throw notFound();
      const older = all.slice(all.indexOf(line) + 1);
      const before = older.find((one) => one.action !== 'aside' && shown.includes(one));
      return sendState(request, reply, { desk, lesson: request.params.lesson, line, before });
    },
  );
  app.post(
    '/office/courses/:code/lessons/:lesson/history/:id/restoration',
    { config: { access: { roles: authorRoles } }, schema: { params: byState, hide: true } },
    async (request, reply) => {
      const { code, id } = request.params;
      const { lesson } = await restoreLesson(request.ctx, code, id);
      flash(reply, { kind: 'success', key: 'editor.restored' });
      return seeOther(reply, lessonHref(code, lesson));
    },
  );
}
