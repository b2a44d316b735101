import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { channelsOf } from '../../../kernel/channels/index.ts';
import { parseDay } from '../../../kernel/dates.ts';
import type { App } from '../../../kernel/feature.ts';
import type { FieldError } from '../../../shell/index.ts';
import { flash, seeOther } from '../../../shell/site/index.ts';
import { askNewMobile } from '../ask-new-mobile.ts';
import { FirstUsePage, HelpPage, SlipPage } from '../pages/first-use.tsx';
import { requestFirstUse } from '../request-code.ts';
import { useSlip } from '../use-slip.ts';
import { browserOf } from './browser-of.ts';
import { drawPage, orDrawAgain } from './draw.tsx';
import { keepFlow } from './sign-in.tsx';

const text = z.string().max(200).default('');
const identityForm = z.object({ employeeCode: text, joinedOn: text });
const slipForm = identityForm.extend({ key: text });
const mobileForm = identityForm.extend({ mobile: text });

const pages = {
  first: { title: 'signin.firstTitle', Page: FirstUsePage },
  slip: { title: 'signin.slipTitle', Page: SlipPage },
  help: { title: 'signin.helpTitle', Page: HelpPage },
} as const;

const config = { access: 'public' as const };

/** The ways in for who has no password yet, no phone, or another number than the roster's. */
export function firstUseRoutes(app: App): void {
  app.get('/sign-in/first-use', { config, schema: { hide: true } }, draw('first'));
  app.get('/sign-in/slip', { config, schema: { hide: true } }, draw('slip'));
  app.get('/sign-in/help', { config, schema: { hide: true } }, draw('help'));
  app.post('/sign-in/first-use', { config, schema: { body: identityForm, hide: true } }, (request, reply) =>
    orDrawAgain(request, () => beginFirstUse(request, reply, request.body), drawing('first', request, reply)),
  );
  app.post('/sign-in/slip', { config, schema: { body: slipForm, hide: true } }, (request, reply) =>
    orDrawAgain(request, () => beginWithSlip(request, reply, request.body), drawing('slip', request, reply)),
  );
  app.post('/sign-in/requests', { config, schema: { body: mobileForm, hide: true } }, (request, reply) =>
    orDrawAgain(request, () => askMobile(request, reply, request.body), drawing('help', request, reply)),
  );
}

type Identity = z.infer<typeof identityForm>;

async function beginFirstUse(request: FastifyRequest, reply: FastifyReply, form: Identity) {
  const secret = await requestFirstUse(request.ctx, { ...readDay(form), browser: browserOf(request) });
  keepFlow(request, reply, secret);
  return seeOther(reply, '/sign-in/code');
}

async function beginWithSlip(request: FastifyRequest, reply: FastifyReply, form: z.infer<typeof slipForm>) {
  const secret = await useSlip(request.ctx, { ...readDay(form), browser: browserOf(request) });
  keepFlow(request, reply, secret);
  return seeOther(reply, '/sign-in/setup');
}

async function askMobile(request: FastifyRequest, reply: FastifyReply, form: z.infer<typeof mobileForm>) {
  await askNewMobile(request.ctx, { ...readDay(form), browser: browserOf(request) });
  flash(reply, { kind: 'success', key: 'signin.helpSent' });
  return seeOther(reply, '/sign-in/help');
}

function readDay<Form extends Identity>(form: Form): Form {
  return { ...form, joinedOn: parseDay(form.joinedOn) ?? '' };
}

function draw(which: keyof typeof pages) {
  return (request: FastifyRequest, reply: FastifyReply) => drawing(which, request, reply).draw([]);
}

function drawing(which: keyof typeof pages, request: FastifyRequest, reply: FastifyReply) {
  const { title, Page } = pages[which];
  const { mail, sms } = channelsOf(request.ctx.config);
  const values = (request.body ?? {}) as Record<string, string | undefined>;
  return {
    field: 'employeeCode',
    draw: (errors: FieldError[], status?: number) =>
      drawPage(
        { request, reply, errors, status },
        { title, area: 'public' },
        <Page errors={errors} values={values} canSendCodes={mail || sms} />,
      ),
  };
}
