import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { nameOrNothing } from '../../kernel/name-field.ts';
import type { FieldError } from '../../shell/index.ts';
import { addSiteLink, flash, seeOther } from '../../shell/site/index.ts';
import { drawPage, orDrawAgain } from '../sign-in/routes/draw.tsx';
import { makeToken } from './make-token.ts';
import { endToken, listTokens, rolesWithTokens, tokenRoles } from './own-tokens.ts';
import { TokensPage } from './tokens-page.tsx';

const text = z.string().trim().max(200).default('');
const tokenForm = z.object({
  name: nameOrNothing(100).default(''),
  role: text,
  officeCode: text,
  days: z.enum(['30', '90', '365']).catch('90').default('90'),
});
const params = z.object({ id: z.uuid() });
const config = { access: { roles: [...rolesWithTokens] } };
const list = '/office/tokens';

export function addTokenLinks(): void {
  addSiteLink({
    key: 'tokens',
    area: 'office',
    label: 'signin.tokensTitle',
    href: list,
    icon: 'lock',
    roles: rolesWithTokens,
    group: 'people',
    order: 67,
  });
}

/** Tokens for other programs: made (shown once), listed, ended. */
export function tokenRoutes(app: App): void {
  app.get(list, { config, schema: { hide: true } }, (request, reply) => draw(request, reply, {}));
  app.post(list, { config, schema: { body: tokenForm, hide: true } }, (request, reply) => {
    const { days, ...form } = request.body;
    return orDrawAgain(
      request,
      async () =>
        draw(request, reply, { made: await makeToken(request.ctx, { ...form, days: Number(days) }) }),
      {
        field: 'officeCode',
        draw: (errors, status) => draw(request, reply, { errors, status, values: request.body }),
      },
    );
  });
  const one = { config, schema: { params, hide: true } };
  app.get(`${list}/:id/ending`, one, (_request, reply) => seeOther(reply, list));
  app.post(`${list}/:id/ending`, one, async (request, reply) => {
    await endToken(request.ctx, request.params.id);
    flash(reply, { kind: 'success', key: 'signin.tokenEnded' });
    return seeOther(reply, list);
  });
}

type Drawing = {
  errors?: FieldError[];
  status?: number;
  values?: Record<string, string>;
  made?: string;
};

async function draw(request: FastifyRequest, reply: FastifyReply, drawing: Drawing) {
  const { errors = [], status, values = {}, made } = drawing;
  const rows = await listTokens(request.ctx);
  return drawPage(
    { request, reply, errors, status },
    { title: 'signin.tokensTitle', area: 'office', activeLink: 'tokens' },
    <TokensPage rows={rows} roles={tokenRoles(request.ctx)} {...{ errors, values, made }} />,
  );
}
