import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { translator } from '../../kernel/i18n.ts';
import { addSiteLink, flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { rolesKeepingOffices } from '../desk/policy.ts';
import { designationInput, keepDesignation, listDesignations, readDesignation } from './keep-designation.ts';
import { DesignationPage, DesignationsPage } from './pages.tsx';
import { designationsPerPage } from './store.ts';

const list = '/office/designations';
const config = { access: { roles: rolesKeepingOffices } };
const query = z.object({
  q: z.string().trim().max(200).optional(),
  show: z.enum(['all', 'withoutEnglish']).catch('all').default('all'),
  after: z.string().max(200).optional(),
});
const params = z.object({ designationId: z.uuid() });

export function addDesignationLinks(): void {
  addSiteLink({
    key: 'designations',
    area: 'office',
    label: 'organisations.designations',
    href: list,
    icon: 'text',
    // A nodal officer of a root finds it on the root's page: most nodal officers have no root.
    roles: ['operator'],
    group: 'setup',
    order: 96,
  });
}

/** The list of designations, and both names of one. */
export function designationRoutes(app: App): void {
  app.get(list, { config, schema: { querystring: query, hide: true } }, async (request, reply) => {
    const found = await listDesignations(request.ctx, request.query);
    const rows = found.slice(0, designationsPerPage);
    const after = found.length > designationsPerPage ? rows.at(-1)?.name : undefined;
    const title = translator(request.ctx.language)('organisations.designations');
    return sendPage(
      request,
      reply,
      { title, area: 'office', activeLink: 'designations' },
      <DesignationsPage title={title} rows={rows} query={request.query} after={after} />,
    );
  });
  const one = { config, schema: { params, hide: true } };
  app.get(`${list}/:designationId`, one, (request, reply) =>
    draw(request, reply, request.params.designationId, emptyForm),
  );
  app.post(`${list}/:designationId`, one, (request, reply) => {
    const { designationId } = request.params;
    return answerForm(request, reply, {
      schema: designationInput,
      clearable: ['nameEn'],
      submit: async (input) => {
        await keepDesignation(request.ctx, { ...input, designationId });
        flash(reply, { kind: 'success', key: 'organisations.designationSaved' });
        return seeOther(reply, list);
      },
      redraw: (state) => draw(request, reply, designationId, state),
    });
  });
}

async function draw(request: FastifyRequest, reply: FastifyReply, id: string, state: FormState) {
  const found = await readDesignation(request.ctx, id);
  const t = translator(request.ctx.language);
  const values = { name: found.name, nameEn: found.nameEn ?? '', ...state.values };
  return sendPage(
    request,
    reply,
    {
      title: found.name,
      area: 'office',
      activeLink: 'designations',
      width: 'reading',
      hasErrors: state.errors.length > 0,
      breadcrumbs: [{ label: t('organisations.designations'), href: list }, { label: found.name }],
    },
    <DesignationPage title={found.name} action={`${list}/${id}`} state={{ ...state, values }} />,
  );
}
