import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseDay } from '../../../kernel/dates.ts';
import type { App } from '../../../kernel/feature.ts';
import type { MessageKey } from '../../../kernel/i18n.ts';
import type { FieldError } from '../../../shell/index.ts';
import { flash, localPath, seeOther } from '../../../shell/site/index.ts';
import type { StepResult } from '../advance-flow.ts';
import { checkCode } from '../check-code.ts';
import { checkIdentity } from '../check-identity.ts';
import { choosePerson, disputeContact } from '../choose-person.ts';
import { flowCookie } from '../cookies.ts';
import { enterPin } from '../enter-pin.ts';
import { flowState, type Step } from '../flow.ts';
import { FlowPage } from '../pages/flow.tsx';
import { setUpSignIn } from '../set-up-sign-in.ts';
import { browserOf, enter } from './browser-of.ts';
import { drawPage, orDrawAgain } from './draw.tsx';

const text = z.string().max(200).default('');
const forms = {
  code: z.object({ code: text }),
  person: z.object({ personId: text }),
  identity: z.object({ employeeCode: text, joinedOn: text }),
  pin: z.object({ pin: text }),
  setup: z.object({
    password: z.string().max(1000).default(''),
    pin: text,
    again: z.string().max(1000).default(''),
  }),
};

const pathOf: Record<Step, string> = {
  code: '/sign-in/code',
  person: '/sign-in/person',
  nobody: '/sign-in/person',
  identity: '/sign-in/identity',
  pin: '/sign-in/pin',
  setup: '/sign-in/setup',
  done: '/sign-in',
};

const titleOf: Record<Step, MessageKey> = {
  code: 'signin.codeTitle',
  person: 'signin.personTitle',
  nobody: 'signin.nobodyTitle',
  identity: 'signin.identityTitle',
  pin: 'signin.pinTitle',
  setup: 'signin.setupPasswordTitle',
  done: 'signin.title',
};

const config = { access: 'public' as const };

/** One address a step; whoever comes to another step than his is led to his own. */
export function flowRoutes(app: App): void {
  for (const path of [
    '/sign-in/code',
    '/sign-in/person',
    '/sign-in/identity',
    '/sign-in/pin',
    '/sign-in/setup',
  ])
    app.get(path, { config, schema: { hide: true } }, showStep);
  const at = inputOf;
  app.post('/sign-in/code', { config, schema: { body: forms.code, hide: true } }, (request, reply) =>
    advance(request, reply, {
      field: 'code',
      work: () => checkCode(request.ctx, { ...at(request), ...request.body }),
    }),
  );
  app.post('/sign-in/person', { config, schema: { body: forms.person, hide: true } }, (request, reply) =>
    advance(request, reply, {
      field: 'personId',
      work: () => choosePerson(request.ctx, { ...at(request), ...request.body }),
    }),
  );
  app.post(
    '/sign-in/identity',
    { config, schema: { body: forms.identity, hide: true } },
    (request, reply) => {
      const { employeeCode, joinedOn } = request.body;
      const given = { employeeCode, joinedOn: parseDay(joinedOn) ?? '' };
      return advance(request, reply, {
        field: 'employeeCode',
        work: () => checkIdentity(request.ctx, { ...at(request), ...given }),
      });
    },
  );
  app.post('/sign-in/pin', { config, schema: { body: forms.pin, hide: true } }, (request, reply) =>
    advance(request, reply, {
      field: 'pin',
      work: () => enterPin(request.ctx, { ...at(request), ...request.body }),
    }),
  );
  app.post('/sign-in/setup', { config, schema: { body: forms.setup, hide: true } }, (request, reply) =>
    advance(request, reply, {
      field: 'password',
      work: () => setUpSignIn(request.ctx, { ...at(request), ...request.body }),
    }),
  );
  app.post(
    '/sign-in/disputes',
    { config, schema: { body: forms.person, hide: true } },
    async (request, reply) => {
      await disputeContact(request.ctx, { ...at(request), ...request.body });
      flash(reply, { kind: 'success', key: 'signin.notMeDone' });
      return seeOther(reply, '/sign-in/person');
    },
  );
}

function inputOf(request: FastifyRequest) {
  return { flowSecret: request.cookies[flowCookie], browser: browserOf(request) };
}

async function showStep(request: FastifyRequest, reply: FastifyReply) {
  const flowSecret = request.cookies[flowCookie];
  if (!flowSecret) return seeOther(reply, '/sign-in');
  const { step, candidates } = await flowState(request.ctx, flowSecret);
  const asked = request.url.split('?')[0];
  // Who touched the wrong name goes back and chooses again.
  if (asked === pathOf.person && candidates.length > 1)
    return drawStep(request, reply, { errors: [], step: 'person' });
  if (pathOf[step] !== asked) return seeOther(reply, pathOf[step]);
  return drawStep(request, reply, { errors: [] });
}

type Advance = { field: string; work: () => Promise<StepResult> };

function advance(request: FastifyRequest, reply: FastifyReply, { field, work }: Advance) {
  const go = async () => {
    const { session, returnPath } = await work();
    if (session) {
      enter(request, reply, session);
      return seeOther(reply, localPath(returnPath));
    }
    const { step } = await flowState(request.ctx, request.cookies[flowCookie]);
    return seeOther(reply, pathOf[step]);
  };
  const draw = (errors: FieldError[], status?: number) => drawStep(request, reply, { errors, status });
  return orDrawAgain(request, go, { field, draw });
}

type Drawing = { errors: FieldError[]; status?: number; step?: Step };

/** Without a flow (over time, used up, cookies refused) flowState refuses, and the edge says so. */
async function drawStep(request: FastifyRequest, reply: FastifyReply, { errors, status, step }: Drawing) {
  const found = await flowState(request.ctx, request.cookies[flowCookie]);
  const state = { ...found, step: step ?? found.step };
  const values = (request.body ?? {}) as Record<string, string | undefined>;
  const title = state.needsPin && state.step === 'setup' ? 'signin.setupPinTitle' : titleOf[state.step];
  return drawPage(
    { request, reply, errors, status },
    { title, area: 'public' },
    <FlowPage state={state} errors={errors} values={values} />,
  );
}
