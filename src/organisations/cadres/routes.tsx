import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { translator } from '../../kernel/i18n.ts';
import { addSiteLink, flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { rolesKeepingOffices } from '../desk/policy.ts';
import { keepFieldCadres, listCadres } from './keep-field-cadres.ts';
import { cadreInput, nameCadre, readCadre } from './name-cadre.ts';
import { CadrePage, CadresPage, cadreHref, cadresHref, href } from './pages.tsx';

const ids = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.uuid()).max(2000),
);
const input = z.object({ shown: ids, field: ids });
const query = z.object({ q: z.string().max(100).optional(), after: z.uuid().optional().catch(undefined) });

export function addCadreLinks(): void {
  addSiteLink({
    key: 'cadres',
    area: 'office',
    label: 'organisations.cadres',
    href,
    icon: 'person',
    // A nodal officer of a root finds it on the root's page, as the designations.
    roles: ['operator'],
    group: 'setup',
    order: 97,
  });
}

/** Which cadres work in the field. */
export function cadreRoutes(app: App): void {
  const page = {
    config: { access: { roles: rolesKeepingOffices } },
    schema: { querystring: query, hide: true },
  };
  app.get(href, page, (request, reply) => draw(request, reply, emptyForm));
  app.post(href, page, (request, reply) =>
    answerForm(request, reply, {
      schema: input,
      submit: async (chosen) => {
        await keepFieldCadres(request.ctx, chosen);
        flash(reply, { kind: 'success', key: 'organisations.cadresSaved' });
        return seeOther(reply, cadresHref(request.query));
      },
      redraw: (state) => draw(request, reply, state),
    }),
  );
  const one = { config: page.config, schema: { params: z.object({ cadreId: z.uuid() }), hide: true } };
  app.get(`${href}/:cadreId`, one, (request, reply) =>
    drawOne(request, reply, { cadreId: request.params.cadreId, state: emptyForm }),
  );
  app.post(`${href}/:cadreId`, one, (request, reply) => {
    const { cadreId } = request.params;
    return answerForm(request, reply, {
      schema: cadreInput,
      clearable: ['nameEn'],
      submit: async (input) => {
        await nameCadre(request.ctx, { ...input, cadreId });
        flash(reply, { kind: 'success', key: 'organisations.cadreSaved' });
        return seeOther(reply, href);
      },
      redraw: (state) => drawOne(request, reply, { cadreId, state }),
    });
  });
}

type Drawn = { cadreId: string; state: FormState };

async function drawOne(request: FastifyRequest, reply: FastifyReply, { cadreId, state }: Drawn) {
  const { name, nameEn } = await readCadre(request.ctx, cadreId);
  const values = { nameEn: nameEn ?? '', ...state.values };
  const label = translator(request.ctx.language)('organisations.cadres');
  const hasErrors = state.errors.length > 0;
  return sendPage(
    request,
    reply,
    {
      ...{ title: name, area: 'office', activeLink: 'cadres', width: 'reading', hasErrors },
      breadcrumbs: [{ label, href }, { label: name }],
    },
    <CadrePage title={name} action={cadreHref(cadreId)} state={{ ...state, values }} />,
  );
}

async function draw(
  request: FastifyRequest<{ Querystring: z.output<typeof query> }>,
  reply: FastifyReply,
  state: FormState,
) {
  const { q, after } = request.query;
  const found = await listCadres(request.ctx, { search: q, after });
  const title = translator(request.ctx.language)('organisations.cadres');
  return sendPage(
    request,
    reply,
    { title, area: 'office', activeLink: 'cadres', width: 'reading', hasErrors: state.errors.length > 0 },
    <CadresPage title={title} found={found} errors={state.errors} />,
  );
}
