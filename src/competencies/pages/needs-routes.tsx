import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { chosenCompetencies } from '../../catalogue/index.ts';
import { type Ctx, scopesOf } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { pick } from '../../kernel/i18n.ts';
import { type OfficeRow, officeById } from '../../organisations/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { competencyTree, levelNames } from '../dictionary/tree.ts';
import { needsOfPost, postsWithNeeds, setNeeds } from '../needs/set-needs.ts';
import { rolesSettingNeeds } from '../policy.ts';
import { NeedsForm, NeedsPage } from './needs-pages.tsx';
import { needsHref, sayOf } from './words.ts';

const config = { access: { roles: rolesSettingNeeds } };
const query = z.object({
  office: z.string().max(100).optional(),
  q: z.string().trim().max(100).default('').catch(''),
});
const params = z.object({ office: z.string().max(100), designationId: z.uuid() });
const form = z.object({ chosen: z.array(z.string().max(120)).max(200) });

/** What posts ask for: set by the nodal officer of an office, for it and all below. */
export function needsRoutes(app: App): void {
  app.get(needsHref, { config, schema: { querystring: query, hide: true } }, async (request, reply) => {
    const { ctx } = request;
    const offices = await ownOffices(ctx);
    const officeCode = request.query.office ?? offices[0]?.code;
    if (!officeCode) throw notFound();
    const found = await postsWithNeeds(ctx, { officeCode, q: request.query.q });
    const say = sayOf(request, []);
    return sendPage(
      request,
      reply,
      { title: say.t('competencies.needs'), area: 'office', activeLink: 'needs' },
      <NeedsPage {...found} offices={offices} q={request.query.q} say={say} />,
    );
  });
  const one = { config, schema: { params, hide: true } };
  app.get(`${needsHref}/:office/:designationId`, one, (request, reply) => draw(request, reply, emptyForm));
  app.post(`${needsHref}/:office/:designationId`, one, (request, reply) => {
    const { office, designationId } = request.params;
    return answerForm(request, reply, {
      schema: form,
      read: (body) => ({ chosen: chosenCompetencies(body) }),
      redraw: (state) => draw(request, reply, state),
      async submit({ chosen }) {
        await setNeeds(request.ctx, { officeCode: office, designationId }, chosen);
        flash(reply, { kind: 'success', key: 'competencies.needsSaved' });
        return seeOther(reply, `${needsHref}?office=${encodeURIComponent(office)}`);
      },
    });
  });
}

/** The offices that the actor's roles stand at. */
async function ownOffices(ctx: Ctx): Promise<OfficeRow[]> {
  const ids = [...new Set(scopesOf(ctx.actor, rolesSettingNeeds))].filter((id) => id !== '*');
  const found = await Promise.all(ids.slice(0, 20).map((id) => officeById(ctx, id)));
  return found.filter((office) => office !== undefined);
}

async function draw(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const { ctx } = request;
  const { office, designationId } = params.parse(request.params);
  const [post, tree, levels] = await Promise.all([
    needsOfPost(ctx, { officeCode: office, designationId }),
    competencyTree(ctx),
    levelNames(ctx),
  ]);
  const say = sayOf(request, levels);
  const title = pick({ hi: post.designation.name, en: post.designation.nameEn }, ctx.language);
  return sendPage(
    request,
    reply,
    {
      title,
      area: 'office',
      activeLink: 'needs',
      width: 'reading',
      hasErrors: state.errors.length > 0,
      breadcrumbs: [
        { label: say.t('competencies.needs'), href: `${needsHref}?office=${encodeURIComponent(office)}` },
        { label: title },
      ],
    },
    <NeedsForm post={post} tree={tree} state={state} say={say} />,
  );
}
