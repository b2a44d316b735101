import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Ctx, scopesOf } from '../../kernel/context.ts';
import { parseDay, todayInIndia } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import {
  findOffices,
  type OfficeRow,
  officeCodeIn,
  rolesSeeingPersons,
  withoutOfficeFault,
} from '../../organisations/index.ts';
import type { FieldError } from '../../shell/index.ts';
import { addSiteLink, flash, seeOther } from '../../shell/site/index.ts';
import { findPersons } from '../desk/list-query.ts';
import type { ListedPerson } from '../desk/stores/person-list.ts';
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
  personCode: text,
  personAsked: text.optional(),
  officeQuery: text,
  officeAsked: text.optional(),
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
    group: 'people',
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
  const officeCode = String(officeCodeIn(form)['officeCode']);
  const employeeCode = chosenPerson(form);
  await grantRole(request.ctx, {
    ...form,
    officeCode,
    employeeCode,
    startsOn,
    endsOn,
    maySeeNames: form.maySeeNames !== undefined,
  });
  flash(reply, { kind: 'success', key: 'signin.roleGiven' });
  return seeOther(reply, list);
}

/** One of those found for the name, unless another name was typed since; else what was typed. */
function chosenPerson({ employeeCode, personCode, personAsked }: z.infer<typeof grantForm>): string {
  return personCode && personAsked === employeeCode ? personCode : employeeCode;
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

async function drawForm(request: FastifyRequest, reply: FastifyReply, { errors, status, values }: Drawing) {
  const { ctx } = request;
  const found = await foundFor(ctx, { errors, values });
  const state = withoutOfficeFault({ errors, values: values as Record<string, string> }, found.offices);
  const left = state.errors.filter((error) => error.field !== 'employeeCode' || found.persons.length === 0);
  return drawPage(
    { request, reply, errors: left, status },
    { title: 'signin.rolesGrant', area: 'office', activeLink: 'roles', width: 'reading' },
    <GrantRolePage roles={grantableRoles(ctx)} errors={left} values={values} found={found} />,
  );
}

export type Found = { offices: OfficeRow[]; persons: ListedPerson[] };

/** Whom and where the typed text may mean, where it is no code; persons only for who may see their names. */
async function foundFor(ctx: Ctx, { errors, values }: Pick<Drawing, 'errors' | 'values'>): Promise<Found> {
  const isWrong = (field: string) => errors.some((error) => error.field === field);
  const isAsked = errors.length > 0;
  const office = values['officeQuery'] ?? '';
  const person = values['employeeCode']?.trim();
  const maySee = scopesOf(ctx.actor, rolesSeeingPersons).length > 0;
  const wantsPersons =
    person && maySee && (isWrong('employeeCode') || values['personCode'] || (isAsked && !/\d/.test(person)));
  const [offices, listing] = await Promise.all([
    isAsked ? findOffices(ctx, { text: office, scopes: scopesOf(ctx.actor, rolesGranting), limit: 10 }) : [],
    wantsPersons ? findPersons(ctx, { q: person, state: 'posted', limit: 10 }) : undefined,
  ]);
  return { offices, persons: (listing?.persons ?? []).filter((one) => one.code !== null) };
}
