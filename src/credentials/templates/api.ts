import { z } from 'zod';
import type { Ctx } from '../../kernel/context.ts';
import { requireRole } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { endTemplate, officeTemplates, putTemplateIntoForce, saveTemplateDraft } from './change-template.ts';
import { type Look, lookSchema } from './look.ts';
import { templateRoles } from './policy.ts';
import { readPng } from './read-png.ts';
import { renderSample } from './render-sample.ts';
import { officesWithTemplates, type Picture, type Template } from './store.ts';

const tags = ['certificates'];
const config = { access: { roles: templateRoles } };
const one = '/api/v1/offices/:officeCode/certificate-template';
const params = z.object({ officeCode: z.string().max(100) });
const templateShape = z.object({ look: lookSchema, createdAt: z.string(), inForceAt: z.string().nullable() });
const officeShape = z.object({
  officeCode: z.string(),
  draft: templateShape.nullable(),
  /** What counts today; null: the plain one. */
  inForce: templateShape.extend({ isOwn: z.boolean() }).nullable(),
});
/** A look as it is kept; a picture by its SHA-256 is one that was sent before, as base64 a new PNG. */
const png = z.string().max(410_000).nullable();
const text = z.string().trim().max(200).nullable();
const names = z.object({ hi: text, en: text });
const draftInput = lookSchema.extend({
  issuer: names,
  issuerThird: text,
  title: names,
  titleThird: text,
  logo: png,
  signatories: z.array(z.object({ name: names, designation: names, picture: png })).max(2),
});

/** Looks of certificates, for programs: the same commands as the pages. */
export function templatesApi(app: App): void {
  app.get(
    '/api/v1/certificate-templates',
    {
      config,
      schema: {
        tags,
        summary: 'Offices of mine that have a certificate template of their own (nodal officer, operator)',
        response: {
          200: z.object({
            items: z.array(
              z.object({ officeCode: z.string(), hasDraft: z.boolean(), inForceAt: z.string().nullable() }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const rows = await officesWithTemplates(request.ctx.db.read, requireRole(request.ctx, templateRoles));
      const items = rows.map(({ code, hasDraft, inForceAt }) => ({
        officeCode: code,
        hasDraft,
        inForceAt: inForceAt?.toISOString() ?? null,
      }));
      return { items };
    },
  );
  app.get(
    one,
    {
      config,
      schema: {
        tags,
        summary: 'How certificates of an office look today, and the draft that is prepared',
        params,
        response: { 200: officeShape },
      },
    },
    (request) => answer(request.ctx, request.params.officeCode),
  );
  samples(app);
  drafts(app);
  inForce(app);
}

function samples(app: App): void {
  const query = z.object({ of: z.enum(['draft', 'inForce']).default('draft') });
  app.get(
    `${one}/sample`,
    {
      config: { ...config, file: 'content' },
      schema: {
        tags,
        summary: 'A certificate of nobody in the draft, or in the look of today (PDF)',
        params,
        querystring: query,
        response: { 200: { description: 'PDF', content: { 'application/pdf': { schema: z.any() } } } },
      },
    },
    async (request, reply) => {
      const { office, draft, inForce } = await officeTemplates(request.ctx, request.params.officeCode);
      const template = request.query.of === 'draft' ? draft : inForce;
      if (!template) throw notFound();
      return reply
        .type('application/pdf')
        .header('cache-control', 'private, no-store')
        .send(await renderSample(request.ctx, { office, look: template.look }));
    },
  );
}

function drafts(app: App): void {
  app.put(
    `${one}/draft`,
    {
      config,
      bodyLimit: 2_000_000,
      schema: {
        tags,
        summary: 'Keep a draft; pictures as base64 PNG, or by the SHA-256 of one kept before',
        params,
        body: draftInput,
        response: { 200: officeShape },
      },
    },
    async (request) => {
      const { officeCode } = request.params;
      const { draft, inForce } = await officeTemplates(request.ctx, officeCode);
      const { look, pictures } = withPictures(request.body, [draft?.look, inForce?.look]);
      await saveTemplateDraft(request.ctx, { officeCode, look, pictures });
      return answer(request.ctx, officeCode);
    },
  );
  app.delete(
    `${one}/draft`,
    { config, schema: { tags, summary: 'Throw the draft away', params, response: { 200: officeShape } } },
    async (request) => {
      await endTemplate(request.ctx, { officeCode: request.params.officeCode, what: 'draft' });
      return answer(request.ctx, request.params.officeCode);
    },
  );
}

function inForce(app: App): void {
  app.post(
    `${one}/publication`,
    {
      config,
      schema: {
        tags,
        summary: 'Put the draft into force; certificates issued before keep their look',
        params,
        response: { 200: officeShape },
      },
    },
    async (request) => {
      await putTemplateIntoForce(request.ctx, request.params.officeCode);
      return answer(request.ctx, request.params.officeCode);
    },
  );
  app.post(
    `${one}/ending`,
    {
      config,
      schema: {
        tags,
        summary: "End the office's own template; then the nearest above counts",
        params,
        response: { 200: officeShape },
      },
    },
    async (request) => {
      await endTemplate(request.ctx, { officeCode: request.params.officeCode, what: 'in_force' });
      return answer(request.ctx, request.params.officeCode);
    },
  );
}

async function answer(ctx: Ctx, officeCode: string): Promise<z.input<typeof officeShape>> {
  const { office, draft, inForce } = await officeTemplates(ctx, officeCode);
  return {
    officeCode: office.code,
    draft: draft ? shapeOf(draft) : null,
    inForce: inForce ? { ...shapeOf(inForce), isOwn: inForce.officeId === office.officeId } : null,
  };
}

function shapeOf({ look, createdAt, inForceAt }: Template) {
  return { look, createdAt: createdAt.toISOString(), inForceAt: inForceAt?.toISOString() ?? null };
}

/** Only pictures of the looks that the office has before it may be named: no signature is borrowed elsewhere. */
function withPictures(draft: z.output<typeof draftInput>, before: (Look | undefined)[]) {
  const kept = new Set(before.flatMap((look) => (look ? picturesOf(look) : [])));
  const pictures: Picture[] = [];
  const shaOf = (path: string, value: string | null): string | null => {
    if (value === null || kept.has(value)) return value;
    const picture = readPng(path, Buffer.from(value, 'base64'));
    pictures.push(picture);
    return picture.sha256;
  };
  const look: Look = {
    ...draft,
    logo: shaOf('logo', draft.logo),
    signatories: draft.signatories.map((one, at) => ({
      ...one,
      picture: shaOf(`signatories.${at}.picture`, one.picture),
    })),
  };
  return { look, pictures };
}

function picturesOf(look: Look): (string | null)[] {
  return [look.logo, ...look.signatories.map((one) => one.picture)];
}
