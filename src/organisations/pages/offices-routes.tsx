import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { translator } from '../../kernel/i18n.ts';
import { sendPage } from '../../shell/site/index.ts';
import { officeTree, searchOffices, viewOffice } from '../desk/office-view.ts';
import { rolesReadingOffices } from '../desk/policy.ts';
import { codeParams } from '../desk/schema.ts';
import type { PathStep } from '../stores/desk.ts';
import { OfficePage } from './office-page.tsx';
import { officeName } from './office-picker.tsx';
import { OfficesPage } from './offices-page.tsx';

const config = { access: { roles: rolesReadingOffices } };
const query = z.object({ q: z.string().trim().max(200).optional() });

export function officesRoutes(app: App): void {
  app.get(
    '/office/offices',
    { config, schema: { querystring: query, hide: true } },
    async (request, reply) => {
      const text = request.query.q || undefined;
      const found = text ? await searchOffices(request.ctx, text) : undefined;
      const tree = await officeTree(request.ctx);
      const title = translator(request.ctx.language)('organisations.offices');
      return sendPage(
        request,
        reply,
        { title, area: 'office', activeLink: 'offices' },
        <OfficesPage title={title} text={text} tree={tree} found={found} />,
      );
    },
  );
  app.get(
    '/office/offices/:code',
    { config, schema: { params: codeParams, hide: true } },
    async (request, reply) => {
      const view = await viewOffice(request.ctx, request.params.code);
      const title = officeName(view.office, request.ctx.language);
      return sendOfficePage(
        request,
        reply,
        { title, path: view.path.slice(0, -1) },
        <OfficePage title={title} view={view} />,
      );
    },
  );
}

type Framed = { title: string; path: PathStep[]; hasErrors?: boolean; width?: 'reading' | 'wide' };

/** A page below an office, with the way down to it. */
export function sendOfficePage(
  request: FastifyRequest,
  reply: FastifyReply,
  { title, path, hasErrors, width }: Framed,
  body: Parameters<typeof sendPage>[3],
) {
  const { language } = request.ctx;
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'offices',
      hasErrors,
      width,
      breadcrumbs: [
        { label: translator(language)('organisations.offices'), href: '/office/offices' },
        ...path.map((step) => ({
          label: officeName(step, language),
          href: `/office/offices/${encodeURIComponent(step.code)}`,
        })),
        { label: title },
      ],
    },
    body,
  );
}
