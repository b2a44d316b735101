import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { scopesOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { officeCodeIn, suggestedOffices } from '../../organisations/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { announceCampaign } from '../announce-campaign.ts';
import { cancelCampaign } from '../cancel-campaign.ts';
import { requireCampaign, rolesCampaigning } from '../policy.ts';
import { createCampaign, editCampaign } from '../save-campaign.ts';
import { campaignInput, cancellationInput } from '../schema.ts';
import { stateOf } from '../state.ts';
import { campaignsWithin, courseTags } from '../stores/campaigns.ts';
import { CampaignForm } from './campaign-form.tsx';
import { OfficeCampaignPage, OfficeCampaigns } from './office-pages.tsx';
import { campaignHref, sayIn, titleOf } from './words.ts';

const config = { access: { roles: rolesCampaigning } };
const base = '/office/campaigns';
const params = z.object({ code: z.string().max(60) });
const hidden = { config, schema: { hide: true } };
const byCode = { config, schema: { params, hide: true } };

export function officeRoutes(app: App): void {
  app.get(base, hidden, sendList);
  app.get(`${base}/new`, hidden, (request, reply) => sendForm(request, reply, { state: emptyForm }));
  app.post(base, hidden, (request, reply) =>
    answerForm(request, reply, {
      schema: campaignInput,
      read: bodyOf,
      submit: async (input) => {
        const code = await createCampaign(request.ctx, input);
        flash(reply, { kind: 'success', key: 'campaigns.saved' });
        return seeOther(reply, `/office${campaignHref(code)}`);
      },
      redraw: (state) => sendForm(request, reply, { state }),
    }),
  );
  app.get(`${base}/:code`, byCode, (request, reply) => sendOne(request, reply, emptyForm));
  app.get(`${base}/:code/editing`, byCode, (request, reply) =>
    sendForm(request, reply, { state: emptyForm, code: request.params.code }),
  );
  app.post(`${base}/:code`, byCode, (request, reply) =>
    answerForm(request, reply, {
      schema: campaignInput,
      read: (body) => ({ ...bodyOf(body), code: request.params.code }),
      submit: async (input) => {
        const code = await editCampaign(request.ctx, request.params.code, input);
        flash(reply, { kind: 'success', key: 'campaigns.saved' });
        return seeOther(reply, `/office${campaignHref(code)}`);
      },
      redraw: (state) => sendForm(request, reply, { state, code: request.params.code }),
    }),
  );
  changes(app);
}

function changes(app: App): void {
  app.post(`${base}/:code/announcement`, byCode, (request, reply) =>
    answerForm(request, reply, {
      schema: z.object({ sure: z.literal('yes').optional() }),
      submit: async ({ sure }) => {
        if (!sure) return sendOne(request, reply, { ...emptyForm, values: { asks: 'announcement' } });
        await announceCampaign(request.ctx, request.params.code);
        flash(reply, { kind: 'success', key: 'campaigns.announcedFlash' });
        return seeOther(reply, `/office${campaignHref(request.params.code)}`);
      },
      redraw: (state) => sendOne(request, reply, state),
    }),
  );
  app.post(`${base}/:code/cancellation`, byCode, (request, reply) =>
    answerForm(request, reply, {
      schema: cancellationInput,
      submit: async (input) => {
        await cancelCampaign(request.ctx, request.params.code, input);
        flash(reply, { kind: 'success', key: 'campaigns.cancelledFlash' });
        return seeOther(reply, `/office${campaignHref(request.params.code)}`);
      },
      redraw: (state) => sendOne(request, reply, state),
    }),
  );
}

/** The ticked topics; an office is chosen by code or by name. */
function bodyOf(body: Record<string, unknown>): Record<string, unknown> {
  return { ...officeCodeIn(body), tags: [body['tags'] ?? []].flat().map(String) };
}

async function sendList(request: FastifyRequest, reply: FastifyReply) {
  const { ctx } = request;
  const say = sayIn(ctx.language);
  const campaigns = await campaignsWithin(ctx.db.read, scopesOf(ctx.actor, rolesCampaigning));
  return sendPage(
    request,
    reply,
    { title: say.t('campaigns.nav'), area: 'office', activeLink: 'campaigns' },
    <OfficeCampaigns campaigns={campaigns} today={todayInIndia(ctx.clock)} say={say} />,
  );
}

async function sendOne(
  request: FastifyRequest<{ Params: { code: string } }>,
  reply: FastifyReply,
  state: FormState,
) {
  const { ctx } = request;
  const say = sayIn(ctx.language);
  const campaign = await requireCampaign(ctx, request.params.code);
  const title = titleOf(campaign, say);
  const breadcrumbs = [{ label: say.t('campaigns.nav'), href: base }, { label: title }];
  return sendPage(
    request,
    reply,
    { title, area: 'office', activeLink: 'campaigns', breadcrumbs, hasErrors: state.errors.length > 0 },
    <OfficeCampaignPage
      campaign={campaign}
      state={stateOf(campaign, todayInIndia(ctx.clock))}
      form={state}
      say={say}
    />,
  );
}

async function sendForm(
  request: FastifyRequest,
  reply: FastifyReply,
  { state, code }: { state: FormState; code?: string },
) {
  const { ctx } = request;
  const say = sayIn(ctx.language);
  const [known, tags, offices] = await Promise.all([
    code ? requireCampaign(ctx, code) : undefined,
    courseTags(ctx.db.read),
    suggestedOffices(ctx, rolesCampaigning),
  ]);
  const title = say.t(known ? 'campaigns.edit' : 'campaigns.new');
  const breadcrumbs = [{ label: say.t('campaigns.nav'), href: base }, { label: title }];
  return sendPage(
    request,
    reply,
    { title, area: 'office', activeLink: 'campaigns', breadcrumbs, hasErrors: state.errors.length > 0 },
    <CampaignForm {...{ state, known, tags, offices, title, say }} chosen={tagsSent(request)} />,
  );
}

function tagsSent({ body }: FastifyRequest): string[] | undefined {
  const { tags } = (body ?? {}) as { tags?: unknown };
  return body ? [tags ?? []].flat().map(String) : undefined;
}
