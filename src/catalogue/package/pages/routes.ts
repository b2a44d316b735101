import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../../../kernel/errors.ts';
import type { App, Runtime } from '../../../kernel/feature.ts';
import { answerForm, emptyForm } from '../../../kernel/http/answer-form.ts';
import { pick } from '../../../kernel/i18n.ts';
import { flash, seeOther } from '../../../shell/site/index.ts';
import { courseDesk } from '../../authoring/course-desk.ts';
import { courseHref, listHref, packagesHref, sayOf } from '../../authoring/pages/words.ts';
import { authorRoles } from '../../policy.ts';
import { code } from '../../schema.ts';
import { copyCourse } from '../copy-course.ts';
import { exportCourse } from '../export-package.ts';
import { freeCodeFor } from '../look-at-package.ts';
import { sendPackage } from '../send-package-http.ts';
import { largestPackage } from '../staged-file.ts';
import { bringPackage, discardPackage, lookAgain, takePackage } from '../waiting-packages.ts';
import { sendCopy } from './copy-page.tsx';
import { sendBring, sendReport } from './import-pages.tsx';

const config = { access: { roles: authorRoles } };
const byCode = z.object({ code: z.string().min(1).max(64) });
const byId = z.object({ id: z.uuid() });

/** Courses out as packages, in from packages, and doubled. */
export function packagePages(app: App, runtime: Runtime): void {
  const querystring = z.object({ version: z.coerce.number().int().min(1).optional().catch(undefined) });
  app.get(
    '/office/courses/:code/package',
    { config: { ...config, file: 'content' }, schema: { params: byCode, querystring, hide: true } },
    async (request, reply) => {
      const wanted = { code: request.params.code, version: request.query.version };
      return sendPackage(reply, await exportCourse(request.ctx, runtime.storage, wanted));
    },
  );
  copyRoutes(app);
  bringRoutes(app);
  waitingRoutes(app, runtime);
}

const title = z.string().trim().max(400, 'too_long').optional();
const copyForm = z
  .object({ code, titleHi: title, titleEn: title })
  .refine((form) => form.titleHi || form.titleEn, { path: ['titleHi'], message: 'text_needed' });

function copyRoutes(app: App): void {
  const options = { config, schema: { params: byCode, hide: true } };
  app.get('/office/courses/:code/copy', options, async (request, reply) => {
    const desk = await courseDesk(request.ctx, request.params.code);
    const freeCode = await freeCodeFor(request.ctx, desk.course.code);
    return sendCopy(request, reply, { desk, state: emptyForm, freeCode });
  });
  app.post('/office/courses/:code/copy', options, (request, reply) =>
    answerForm(request, reply, {
      schema: copyForm,
      async redraw(state) {
        const desk = await courseDesk(request.ctx, request.params.code);
        return sendCopy(request, reply, { desk, state, freeCode: '' });
      },
      async submit({ code: copy, titleHi, titleEn }) {
        const desk = await courseDesk(request.ctx, request.params.code);
        const made = await copyCourse(request.ctx, request.params.code, {
          code: copy,
          title: { hi: titleHi, en: titleEn },
          version: desk.version.number,
        });
        flash(reply, { kind: 'success', key: 'workflow.copyMade' });
        return seeOther(reply, courseHref(made.code, '/edit'));
      },
    }),
  );
}

function bringRoutes(app: App): void {
  app.get(`${packagesHref}/new`, { config, schema: { hide: true } }, (request, reply) =>
    sendBring(request, reply, { errors: [] }),
  );
  app.post(
    packagesHref,
    { config, bodyLimit: largestPackage + 1_000_000, schema: { hide: true } },
    async (request, reply) => {
      try {
        const packageId = await received(request);
        return seeOther(reply, `${packagesHref}/${packageId}`);
      } catch (error) {
        if (!(error instanceof Refusal) || !isAboutFile(error)) throw error;
        return sendRefused(request, reply.status(error.status), error);
      }
    },
  );
}

async function received(request: FastifyRequest): Promise<string> {
  const part = request.isMultipart()
    ? await request.file({ limits: { fileSize: largestPackage + 1_000_000 } })
    : undefined;
  if (!part?.filename) {
    part?.file.resume();
    const { t } = sayOf(request);
    const text = { hi: t('workflow.packageChoose'), en: t('workflow.packageChoose') };
    throw new Refusal('invalid', text, { reason: 'file_needed' });
  }
  const upload = { source: part.file, name: part.filename };
  return (await bringPackage(request.ctx, upload)).packageId;
}

function isAboutFile(refusal: Refusal): boolean {
  return ['invalid', 'unsupported_type', 'too_large'].includes(refusal.code);
}

function sendRefused(request: FastifyRequest, reply: FastifyReply, refusal: Refusal) {
  const texts = refusal.fields.length > 0 ? refusal.fields.map((field) => field.text) : [refusal.text];
  const errors = texts.map((text) => ({ field: 'file', text: pick(text, request.ctx.language) }));
  return sendBring(request, reply, { errors });
}

const draftForm = z.discriminatedUnion('as', [
  z.object({ as: z.literal('version') }),
  z.object({ as: z.literal('course'), code }),
]);

function waitingRoutes(app: App, runtime: Runtime): void {
  const options = { config, schema: { params: byId, hide: true } };
  app.get(`${packagesHref}/:id`, options, async (request, reply) =>
    sendReport(request, reply, { ...(await lookAgain(request.ctx, request.params.id)), state: emptyForm }),
  );
  app.post(`${packagesHref}/:id/draft`, options, (request, reply) => {
    const packageId = request.params.id;
    return answerForm(request, reply, {
      schema: draftForm,
      read: (body) => ({ as: 'course', ...body }),
      async redraw(state) {
        return sendReport(request, reply, { ...(await lookAgain(request.ctx, packageId)), state });
      },
      async submit(take) {
        const made = await takePackage(request.ctx, runtime.storage, { packageId, take });
        flash(reply, {
          kind: 'success',
          key: made.isNew ? 'workflow.packageMade' : 'workflow.packageHere',
        });
        return seeOther(reply, courseHref(made.code, '/edit'));
      },
    });
  });
  app.post(`${packagesHref}/:id/removal`, options, async (request, reply) => {
    await discardPackage(request.ctx, request.params.id);
    flash(reply, { kind: 'success', key: 'workflow.packageThrown' });
    return seeOther(reply, listHref);
  });
}
