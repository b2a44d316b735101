import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireRole } from '../../../kernel/context.ts';
import { notFound, Refusal } from '../../../kernel/errors.ts';
import type { App } from '../../../kernel/feature.ts';
import type { FormState } from '../../../kernel/http/answer-form.ts';
import { disposition } from '../../../kernel/http/disposition.ts';
import { pick, translator } from '../../../kernel/i18n.ts';
import {
  findOffices,
  noSuchOffice,
  OfficePicker,
  officeById,
  officeName,
  suggestedOffices,
} from '../../../organisations/index.ts';
import { FilterBar } from '../../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../../shell/site/index.ts';
import { endTemplate, officeTemplates, putTemplateIntoForce, saveTemplateDraft } from '../change-template.ts';
import { type Look, plainLook } from '../look.ts';
import { templateRoles } from '../policy.ts';
import { renderSample } from '../render-sample.ts';
import { officesWithTemplates } from '../store.ts';
import { TemplateForm } from './form-page.tsx';
import { lookOfForm, type SentTemplate, sentTemplate, valuesOfLook } from './form-values.ts';
import { OfficeTemplatePage, TemplateListPage, templatesAddress } from './office-page.tsx';

const config = { access: { roles: templateRoles } };
const byOffice = z.object({ officeCode: z.string().max(100) });
const schema = { params: byOffice, hide: true };
const one = `${templatesAddress}/:officeCode`;
const frame = { area: 'office', activeLink: 'certificates' } as const;

export function templatePages(app: App): void {
  const query = z.object({
    officeQuery: z.string().max(200).optional(),
    officeCode: z.string().max(100).optional(),
  });
  app.get(templatesAddress, { config, schema: { querystring: query, hide: true } }, (request, reply) =>
    sendList(request, reply, request.query),
  );
  app.get(one, { config, schema }, async (request, reply) =>
    sendOffice(request, reply, request.params.officeCode),
  );
  app.get(
    `${one}/:file`,
    {
      config: { ...config, file: 'content' },
      schema: { params: byOffice.extend({ file: z.string() }), hide: true },
    },
    sendFile,
  );
  app.post(`${one}/draft`, { config, schema, bodyLimit: 2_000_000 }, (request, reply) =>
    saveDraft(request, reply, request.params.officeCode),
  );
  changes(app);
}

function changes(app: App): void {
  const acts = {
    publication: { key: 'credentials.templateUsed', act: putTemplateIntoForce },
    'draft-removal': {
      key: 'credentials.templateDropped',
      act: (ctx: FastifyRequest['ctx'], officeCode: string) =>
        endTemplate(ctx, { officeCode, what: 'draft' }),
    },
    ending: {
      key: 'credentials.templateEnded',
      act: (ctx: FastifyRequest['ctx'], officeCode: string) =>
        endTemplate(ctx, { officeCode, what: 'in_force' }),
    },
  } as const;
  for (const [path, { key, act }] of Object.entries(acts))
    app.post(`${one}/${path}`, { config, schema }, async (request, reply) => {
      await act(request.ctx, request.params.officeCode);
      flash(reply, { kind: 'success', key });
      return seeOther(reply, `${templatesAddress}/${encodeURIComponent(request.params.officeCode)}`);
    });
}

async function sendList(
  request: FastifyRequest,
  reply: FastifyReply,
  query: { officeQuery?: string; officeCode?: string },
) {
  const { ctx } = request;
  const scopes = requireRole(ctx, templateRoles);
  const text = query.officeCode || query.officeQuery?.trim() || '';
  const matches = await findOffices(ctx, { text, scopes });
  const exact = matches.find((office) => office.code === text);
  if (exact) return seeOther(reply, `${templatesAddress}/${encodeURIComponent(exact.code)}`);
  const rows = await officesWithTemplates(ctx.db.read, scopes);
  const t = translator(ctx.language);
  const fault = text && matches.length === 0 ? pick(noSuchOffice(text), ctx.language) : undefined;
  if (fault) reply.status(422);
  return sendPage(
    request,
    reply,
    { ...frame, title: t('credentials.templatesTitle'), hasErrors: fault !== undefined },
    <TemplateListPage
      errors={fault ? [{ field: 'officeCode', text: fault }] : []}
      rows={rows.map((row) => ({
        ...row,
        name: officeName(row, ctx.language),
        isInForce: row.inForceAt !== null,
      }))}
      chooser={
        <FilterBar action={templatesAddress} submitLabel={t('credentials.templatesOpen')}>
          <OfficePicker
            label={t('credentials.templatesOffice')}
            values={{ officeQuery: text }}
            suggestions={await suggestedOffices(ctx, templateRoles)}
            matches={matches}
            {...(fault ? { error: fault } : {})}
          />
        </FilterBar>
      }
    />,
  );
}

async function sendOffice(request: FastifyRequest, reply: FastifyReply, officeCode: string) {
  const { ctx } = request;
  const t = translator(ctx.language);
  const found = await officeTemplates(ctx, officeCode);
  const isInherited = found.inForce && found.inForce.officeId !== found.office.officeId;
  const above = isInherited ? await officeById(ctx, found.inForce?.officeId ?? '') : undefined;
  return sendPage(
    request,
    reply,
    { ...frame, title: t('credentials.templatesTitle'), width: 'reading', breadcrumbs: crumbs(t) },
    <OfficeTemplatePage {...found} inheritedFrom={above && officeName(above, ctx.language)} />,
  );
}

function crumbs(t: ReturnType<typeof translator>) {
  return [{ label: t('credentials.templatesTitle'), href: templatesAddress }];
}

type FileRequest = FastifyRequest<{ Params: { officeCode: string; file: string } }>;

/** The form of the draft, or a sample certificate by the draft or by what is in force. */
async function sendFile(request: FileRequest, reply: FastifyReply) {
  const { officeCode, file } = request.params;
  const { office, draft, inForce } = await officeTemplates(request.ctx, officeCode);
  const look = draft?.look ?? inForce?.look ?? plainLook;
  if (file === 'draft')
    return sendForm(request, reply, { officeCode, look, state: { values: valuesOfLook(look), errors: [] } });
  const drawn =
    file === 'draft.pdf' ? draft?.look : file === 'in-force.pdf' ? (inForce?.look ?? plainLook) : undefined;
  if (!drawn) throw notFound();
  return reply
    .type('application/pdf')
    .header('cache-control', 'private, no-store')
    .header('content-disposition', disposition('inline', 'sample.pdf'))
    .send(await renderSample(request.ctx, { office, look: drawn }));
}

type Drawing = { officeCode: string; look: Look; state: FormState };

async function sendForm(request: FastifyRequest, reply: FastifyReply, { officeCode, look, state }: Drawing) {
  const { office } = await officeTemplates(request.ctx, officeCode);
  const t = translator(request.ctx.language);
  const address = `${templatesAddress}/${encodeURIComponent(officeCode)}`;
  return sendPage(
    request,
    reply,
    {
      ...frame,
      title: t('credentials.templateEdit'),
      width: 'reading',
      hasErrors: state.errors.length > 0,
      breadcrumbs: [...crumbs(t), { label: officeName(office, request.ctx.language), href: address }],
    },
    <TemplateForm
      state={state}
      look={look}
      officeName={officeName(office, request.ctx.language)}
      action={`${address}/draft`}
      cancelHref={address}
    />,
  );
}

async function saveDraft(request: FastifyRequest, reply: FastifyReply, officeCode: string) {
  const { draft, inForce } = await officeTemplates(request.ctx, officeCode);
  const before = draft?.look ?? inForce?.look ?? plainLook;
  let sent: SentTemplate = { values: valuesOfLook(before), pictures: {} };
  try {
    sent = await sentTemplate(request);
    const pictures = Object.values(sent.pictures);
    await saveTemplateDraft(request.ctx, { officeCode, look: lookOfForm(sent, before), pictures });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid') throw error;
    const { language } = request.ctx;
    const errors = error.fields.map(({ path, text }) => ({ field: path, text: pick(text, language) }));
    reply.status(error.status);
    return sendForm(request, reply, { officeCode, look: before, state: { values: sent.values, errors } });
  }
  flash(reply, { kind: 'success', key: 'credentials.templateSaved' });
  return seeOther(reply, `${templatesAddress}/${encodeURIComponent(officeCode)}`);
}
