import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import { requirePerson } from '../../../kernel/context.ts';
import { forbidden } from '../../../kernel/errors.ts';
import type { App } from '../../../kernel/feature.ts';
import type { FieldError } from '../../../shell/index.ts';
import { localPath, seeOther } from '../../../shell/site/index.ts';
import { enrolSecondFactor, giveSecondFactor, renewRecoveryCodes } from '../give-second-factor.ts';
import {
  EnrolmentPage,
  FactorSettingsPage,
  RecoveryCodesPage,
  SecondFactorPage,
} from '../pages/second-factor.tsx';
import { newEnrolment, sameEnrolment } from '../second-factor.ts';
import { signInPersons } from '../stores/persons.ts';
import { recoveryCodesLeft, secondFactorOf } from '../stores/secrets.ts';
import { browserOf } from './browser-of.ts';
import { drawPage, orDrawAgain } from './draw.tsx';

const next = z.string().max(2000).optional();
const query = z.object({ next });
const codeForm = z.object({ code: z.string().max(40).default(''), next });
const enrolmentForm = codeForm.extend({ sealed: z.string().max(400).default('') });

const whileOwing = { access: 'session' as const, beforeSecondFactor: true };

export function secondFactorRoutes(app: App): void {
  const asked = { config: whileOwing, schema: { querystring: query, hide: true } };
  app.get('/second-factor', asked, async (request, reply) => {
    if (await isEnrolled(request.ctx))
      return drawFactor(request, reply, { next: request.query.next, errors: [] });
    return seeOther(
      reply,
      `/second-factor/enrolment?next=${encodeURIComponent(localPath(request.query.next))}`,
    );
  });
  app.post(
    '/second-factor',
    { config: whileOwing, schema: { body: codeForm, hide: true } },
    (request, reply) =>
      orDrawAgain(request, () => give(request, reply, request.body), {
        field: 'code',
        draw: (errors, status) => drawFactor(request, reply, { next: request.body.next, errors, status }),
      }),
  );
  app.get('/second-factor/enrolment', asked, async (request, reply) => {
    await requireOwnEnrolment(request.ctx);
    return drawEnrolment(request, reply, { next: request.query.next, errors: [] });
  });
  app.post(
    '/second-factor/enrolment',
    { config: whileOwing, schema: { body: enrolmentForm, hide: true } },
    (request, reply) =>
      orDrawAgain(request, () => enrol(request, reply, request.body), {
        field: 'code',
        draw: (errors, status) => drawEnrolment(request, reply, { ...request.body, errors, status }),
      }),
  );
  const own = { config: { access: 'session' as const }, schema: { hide: true } };
  app.get('/profile/second-factor', own, showSettings);
  app.post('/second-factor/recovery-codes', own, async (request, reply) =>
    drawCodes(request, reply, {
      codes: await renewRecoveryCodes(request.ctx),
      next: '/profile/second-factor',
    }),
  );
}

async function isEnrolled(ctx: Ctx): Promise<boolean> {
  return (await secondFactorOf(ctx, requirePerson(ctx))) !== undefined;
}

/** Who owes his factor sees no page to put another in its place. */
async function requireOwnEnrolment(ctx: Ctx): Promise<void> {
  const owes = ctx.actor.kind === 'person' && !ctx.actor.secondFactorDone;
  if (owes && (await isEnrolled(ctx))) throw forbidden();
}

async function give(request: FastifyRequest, reply: FastifyReply, form: z.infer<typeof codeForm>) {
  await giveSecondFactor(request.ctx, { code: form.code, browser: browserOf(request) });
  return seeOther(reply, localPath(form.next));
}

async function enrol(request: FastifyRequest, reply: FastifyReply, form: z.infer<typeof enrolmentForm>) {
  const codes = await enrolSecondFactor(request.ctx, form);
  return drawCodes(request, reply, { codes, next: localPath(form.next) });
}

type Drawing = { errors: FieldError[]; status?: number; next?: string };

function drawFactor(request: FastifyRequest, reply: FastifyReply, { errors, status, next }: Drawing) {
  const options = { title: 'signin.factorTitle', area: 'public' } as const;
  return drawPage(
    { request, reply, errors, status },
    options,
    <SecondFactorPage errors={errors} next={next} />,
  );
}

async function drawEnrolment(
  request: FastifyRequest,
  reply: FastifyReply,
  drawing: Drawing & { sealed?: string },
) {
  const { errors, status, next, sealed } = drawing;
  const personId = requirePerson(request.ctx);
  const [person] = await signInPersons(request.ctx, [personId]);
  const label = person?.employeeCode ?? personId;
  const kept = sealed ? await sameEnrolment(sealed, personId, label) : undefined;
  const enrolment = kept ?? (await newEnrolment(personId, label));
  return drawPage(
    { request, reply, errors, status },
    { title: 'signin.enrolTitle', area: 'public' },
    <EnrolmentPage enrolment={enrolment} errors={errors} next={next} />,
  );
}

function drawCodes(
  request: FastifyRequest,
  reply: FastifyReply,
  { codes, next }: { codes: string[]; next: string },
) {
  const options = { title: 'signin.recoveryTitle', area: 'public' } as const;
  return drawPage({ request, reply }, options, <RecoveryCodesPage codes={codes} next={next} />);
}

async function showSettings(request: FastifyRequest, reply: FastifyReply) {
  const personId = requirePerson(request.ctx);
  const codesLeft = await recoveryCodesLeft(request.ctx, personId);
  return drawPage(
    { request, reply },
    { title: 'signin.factorTitle', activeLink: 'profile' },
    <FactorSettingsPage isEnrolled={await isEnrolled(request.ctx)} codesLeft={codesLeft} />,
  );
}
