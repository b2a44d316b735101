import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import type { Ctx } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { translator } from '../../kernel/i18n.ts';
import {
  Button,
  ButtonRow,
  Card,
  ErrorSummary,
  errorFor,
  Form,
  HiddenFields,
  PageHeading,
  TaskList,
  TextArea,
} from '../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { type Say, titleOf } from '../pages/words.ts';
import {
  attemptInput,
  type ClosedDoor,
  giveAttempt,
  mayGiveAttempt,
  rolesGivingAttempts,
  visibleDoors,
} from './give-attempt.ts';

const byPerson = z.object({ personId: z.uuid() });
const byTest = z.object({ course: z.string().max(64), lesson: z.string().max(64) });
const nodal = { access: { roles: rolesGivingAttempts } } as const;

/** The form of a nodal officer who opens a closed door, and the same for programs. */
export function extraAttemptRoutes(app: App): void {
  app.get(
    '/office/persons/:personId/attempts',
    { config: nodal, schema: { params: byPerson, querystring: byTest, hide: true } },
    (request, reply) => sendForm(request, reply, { test: request.query, state: emptyForm }),
  );
  app.post(
    '/office/persons/:personId/attempts',
    { config: nodal, schema: { params: byPerson, querystring: byTest, hide: true } },
    (request, reply) =>
      answerForm(request, reply, {
        schema: attemptInput,
        redraw: (state) => sendForm(request, reply, { test: request.query, state }),
        async submit(given) {
          const { personId } = request.params;
          await giveAttempt(request.ctx, personId, given);
          flash(reply, { kind: 'success', key: 'learning.attemptGiven' });
          return seeOther(reply, `/office/persons/${personId}`);
        },
      }),
  );
  app.post(
    '/api/v1/persons/:personId/extra-attempts',
    {
      config: nodal,
      schema: {
        tags: ['learning'],
        summary: 'Give a person one more attempt at a quiz or test whose attempts are all used',
        params: byPerson,
        body: attemptInput,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await giveAttempt(request.ctx, request.params.personId, request.body);
      return reply.status(204).send(null);
    },
  );
}

type Shown = { test: z.output<typeof byTest>; state: FormState };

async function sendForm(
  request: FastifyRequest<{ Params: { personId: string } }>,
  reply: FastifyReply,
  { test, state }: Shown,
) {
  const { personId } = request.params;
  const doors = await visibleDoors(request.ctx, personId);
  const door = doors.find((one) => one.code === test.course && one.lesson.code === test.lesson);
  if (!door) throw notFound();
  const say = { t: translator(request.ctx.language), language: request.ctx.language };
  const title = say.t('learning.giveAttempt');
  return sendPage(
    request,
    reply,
    { title, area: 'office', activeLink: 'persons', width: 'reading', hasErrors: state.errors.length > 0 },
    <GiveForm personId={personId} door={door} state={state} say={say} />,
  );
}

type FormProps = { personId: string; door: ClosedDoor; state: FormState; say: Say };

function GiveForm({ personId, door, state, say }: FormProps) {
  const { t } = say;
  const label = t('learning.giveReason');
  const at = { course: door.code, lesson: door.lesson.code };
  return (
    <>
      <ErrorSummary errors={state.errors} labels={{ reason: label }} />
      <PageHeading title={t('learning.giveAttempt')} lead={doorText(door, say)} />
      <Form action={`/office/persons/${personId}/attempts?${new URLSearchParams(at)}`}>
        <HiddenFields values={at} />
        <Card>
          <p>{t('learning.giveAttemptText', { n: door.made })}</p>
          <TextArea
            name="reason"
            label={label}
            hint={t('learning.giveReasonHint')}
            value={state.values['reason']}
            error={errorFor(state.errors, 'reason')}
            rows={3}
            maxLength={500}
          />
        </Card>
        <ButtonRow>
          <Button>{t('learning.giveAttempt')}</Button>
          <Button href={`/office/persons/${personId}`} variant="quiet">
            {t('common.cancel')}
          </Button>
        </ButtonRow>
      </Form>
    </>
  );
}

function doorText(door: ClosedDoor, { language }: Pick<Say, 'language'>): string {
  return `${titleOf(door, language).title} · ${titleOf(door.lesson, language).title}`;
}

/** On a person's page, for the nodal officer: where this person cannot go on without help. */
export async function closedDoorsCard(ctx: Ctx, personId: string): Promise<ComponentChildren> {
  if (!(await mayGiveAttempt(ctx, personId))) return null;
  const doors = await visibleDoors(ctx, personId);
  if (doors.length === 0) return null;
  const say = { t: translator(ctx.language), language: ctx.language };
  return (
    <Card title={say.t('learning.closedDoors')} lead={say.t('learning.closedDoorsLead')} tone="needs-you">
      <TaskList
        tasks={doors.map((door) => ({
          text: doorText(door, say),
          isDone: false,
          detail: say.t('learning.closedDoorMade', { n: door.made }),
          href: `/office/persons/${personId}/attempts?${new URLSearchParams({ course: door.code, lesson: door.lesson.code })}`,
        }))}
      />
    </Card>
  );
}
