import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseDay, todayInIndia } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import type { FieldError } from '../../shell/index.ts';
import { addSiteLink, flash, seeOther } from '../../shell/site/index.ts';
import { drawPage, orDrawAgain } from '../sign-in/routes/draw.tsx';
import { endRole, requireEndable } from './end-role.ts';
import { grantRole } from './grant-role.ts';
import { EndRolePage, GrantRolePage, RolesPage } from './pages/roles.tsx';
import { grantableRoles, listedScopes, mayGrant, rolesGranting } from './policy.ts';
import { grantsIn, grantsPerPage } from './store.ts';

const listQuery = z.object({ after: z.uuid().optional(), ended: z.string().optional() });
const params = z.object({ id: z.uuid() });
const text = z.string().max(200).default('');
const grantForm = z.object({
  employeeCode: text,
  role: text,
  officeCode: text,
  kind: z.enum(['charge', 'open', 'link']).default('charge'),
  startsOn: text,
  endsOn: text,
  maySeeNames: z.string().max(10).optional(),
});

const reading = { access: { roles: [...rolesGranting, 'auditor'] } };
const granting = { access: { roles: [...rolesGranting] } };
const list = '/office/roles';

export function addRoleLinks(): void {
  addSiteLink({
    key: 'roles',
    area: 'office',
    label: 'signin.rolesTitle',
    href: list,
    icon: 'lock',
    roles: [...rolesGranting, 'auditor'],
    order: 65,
  });
}

export function roleRoutes(app: App): void {
  app.get(list, { config: reading, schema: { querystring: listQuery, hide: true } }, showRoles);
  app.get(`${list}/new`, { config: granting, schema: { hide: true } }, (request, reply) =>
    drawForm(request, reply, { errors: [], values: { startsOn: todayInIndia(request.ctx.clock) } }),
  );
  app.post(list, { config: granting, schema: { body: grantForm, hide: true } }, (request, reply) =>
    orDrawAgain(request, () => give(request, reply, request.body), {
      field: 'employeeCode',
      draw: (errors, status) => drawForm(request, reply, { errors, status, values: request.body }),
    }),
  );
  const one = { config: granting, schema: { params, hide: true } };
  app.get(`${list}/:id/ending`, one, async (request, reply) => {
    const grant = await requireEndable(request.ctx, request.params.id);
    const options = { title: 'signin.roleEndTitle', area: 'office', activeLink: 'roles' } as const;
    return drawPage({ request, reply }, options, <EndRolePage grant={grant} />);
  });
  app.post(`${list}/:id/ending`, one, async (request, reply) => {
    await endRole(request.ctx, request.params.id);
    flash(reply, { kind: 'success', key: 'signin.roleEnded' });
    return seeOther(reply, list);
  });
}

async function give(request: FastifyRequest, reply: FastifyReply, form: z.infer<typeof grantForm>) {
  const startsOn = parseDay(form.startsOn) ?? form.startsOn;
  const endsOn = parseDay(form.endsOn) ?? form.endsOn;
  await grantRole(request.ctx, { ...form, startsOn, endsOn, maySeeNames: form.maySeeNames !== undefined });
  flash(reply, { kind: 'success', key: 'signin.roleGiven' });
  return seeOther(reply, list);
}

type ListRequest = FastifyRequest<{ Querystring: z.infer<typeof listQuery> }>;

async function showRoles(request: ListRequest, reply: FastifyReply) {
  const { ctx, query } = request;
  const withEnded = query.ended ? 'with' : 'without';
  const found = await grantsIn(ctx, { scopes: listedScopes(ctx), withEnded, after: query.after });
  const rows = found.slice(0, grantsPerPage);
  const last = found.length > grantsPerPage ? rows.at(-1) : undefined;
  return drawPage(
    { request, reply },
    { title: 'signin.rolesTitle', area: 'office', activeLink: 'roles' },
    <RolesPage
      rows={rows}
      nextHref={last ? `${list}?after=${last.grantId}${query.ended ? '&ended=1' : ''}` : undefined}
      canGrant={grantableRoles(ctx).length > 0}
      mayEnd={(row) => mayGrant(ctx, row)}
    />,
  );
}

type Drawing = { errors: FieldError[]; status?: number; values: Record<string, string | undefined> };

function drawForm(request: FastifyRequest, reply: FastifyReply, { errors, status, values }: Drawing) {
  return drawPage(
    { request, reply, errors, status },
    { title: 'signin.rolesGrant', area: 'office', activeLink: 'roles', width: 'reading' },
    <GrantRolePage roles={grantableRoles(request.ctx)} errors={errors} values={values} />,
  );
}
