import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { personIdOf } from '../../kernel/context.ts';
import type { FieldError as Fault } from '../../kernel/errors.ts';
import type { App, Runtime } from '../../kernel/feature.ts';
import { languages } from '../../kernel/i18n.ts';
import type { Storage } from '../../kernel/storage.ts';
import { seeOther } from '../../shell/site/index.ts';
import { config, sendRows } from '../api.ts';
import { askRun, listRuns } from '../ask-run.ts';
import { formats, schedules } from '../definition.ts';
import {
  copyReport,
  deleteReport,
  isOwn,
  setSchedule,
  shareReport,
  unshareReport,
  visibleReport,
} from '../keep-report.ts';
import { nameTyped } from '../names.ts';
import { byId } from '../saved-api.ts';
import { addressOf } from '../schedule.ts';
import { done, faultsAt, fieldOf, send, tryPreview } from './answers.tsx';
import { home } from './query.ts';
import { SavedPage } from './saved-page.tsx';

/** Its pages run the report that they show. */
const heavy = { ...config, load: 'reports' } as const;

/** `wrong`: at its field, what a form of the page asked for in vain; then the answer is 422. */
type SavedShown = { storage: Storage; reportId: string; wrong?: Fault[]; copyName?: string };

async function showSaved(
  request: FastifyRequest,
  reply: FastifyReply,
  { storage, reportId, wrong = [], copyName }: SavedShown,
) {
  const { ctx } = request;
  const report = await visibleReport(ctx, reportId);
  const { preview, errors } = await tryPreview(request, reply, report.definition);
  reply.status(wrong.length > 0 ? 422 : 200);
  const runs = personIdOf(ctx.actor) ? await listRuns(ctx, storage, report.reportId) : [];
  const told = wrong.map((one) => fieldOf(one, ctx));
  // The page has no fields of the report itself: what is wrong with it leads to where it is changed.
  const others = errors
    .filter(({ text }) => told.every((one) => one.text !== text))
    .map(({ text }) => ({ field: 'about', text }));
  const props = {
    ...{ report, preview, runs, isOwn: isOwn(ctx, report), copyName },
    ...{ errors: [...told, ...others], hasAddress: (await addressOf(ctx)) !== null },
  };
  const framed = { title: report.name, hasErrors: told.length > 0, isBelow: true } as const;
  return send(request, reply, framed, <SavedPage {...props} />);
}

/** A saved report: what it gives, and what can be done with it. */
export function savedRoutes(app: App, { storage }: Runtime): void {
  const one = { config, schema: { params: byId, hide: true } };
  const at = `${home}/:id`;
  app.get(at, { ...one, config: heavy }, (request, reply) =>
    showSaved(request, reply, { storage, reportId: request.params.id }),
  );
  app.get(`${at}/rows.csv`, { ...one, config: { ...config, file: 'report' } }, async (request, reply) => {
    const report = await visibleReport(request.ctx, request.params.id);
    return sendRows(request, reply, report);
  });
  app.post(`${at}/sharing`, one, async ({ ctx, params }, reply) => {
    await shareReport(ctx, params.id);
    return done(reply, { to: `${home}/${params.id}`, said: 'reports.wasShared' });
  });
  app.post(`${at}/sharing/end`, one, async ({ ctx, params }, reply) => {
    await unshareReport(ctx, params.id);
    return done(reply, { to: `${home}/${params.id}`, said: 'reports.wasUnshared' });
  });
  app.post(`${at}/removal`, one, async ({ ctx, params }, reply) => {
    await deleteReport(ctx, params.id);
    return done(reply, { to: home, said: 'reports.wasRemoved' });
  });
  app.post(
    `${at}/copies`,
    { config, schema: { params: byId, body: z.object({ name: z.string().max(2000) }), hide: true } },
    async (request, reply) => {
      const { ctx, params, body } = request;
      const { name = '', faults } = nameTyped(body.name, 'required');
      const again = (wrong: Fault[]) =>
        showSaved(request, reply, { storage, reportId: params.id, wrong, copyName: body.name });
      if (faults.length > 0) return again(faults);
      try {
        const copyId = await copyReport(ctx, params.id, name);
        return done(reply, { to: `${home}/${copyId}`, said: 'reports.wasCopied' });
      } catch (error) {
        return again(faultsAt('name', error));
      }
    },
  );
  const schedule = z.object({
    schedule: z.enum(schedules),
    format: z.enum(formats),
    language: z.enum(languages),
    isMailed: z.literal('yes').optional(),
  });
  app.post(
    `${at}/schedule`,
    { config, schema: { params: byId, body: schedule, hide: true } },
    async (request, reply) => {
      const { ctx, params, body } = request;
      try {
        await setSchedule(ctx, params.id, { ...body, isMailed: body.isMailed === 'yes' });
        return done(reply, { to: `${home}/${params.id}`, said: 'reports.wasScheduled' });
      } catch (error) {
        return showSaved(request, reply, {
          storage,
          reportId: params.id,
          wrong: faultsAt('schedule', error),
        });
      }
    },
  );
  app.post(
    `${at}/files`,
    { config, schema: { params: byId, body: z.object({ format: z.enum(formats) }), hide: true } },
    async (request, reply) => {
      const { ctx, params, body } = request;
      const { name, definition, reportId } = await visibleReport(ctx, params.id);
      const { language } = ctx;
      try {
        const runId = await askRun(ctx, { name, definition, reportId, format: body.format, language });
        return seeOther(reply, `${home}/files/${runId}`);
      } catch (error) {
        return showSaved(request, reply, { storage, reportId, wrong: faultsAt('format', error) });
      }
    },
  );
}
