import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import type { Ctx } from '../../../kernel/context.ts';
import type { App } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState, type FormValues } from '../../../kernel/http/answer-form.ts';
import { type MessageKey, translator } from '../../../kernel/i18n.ts';
import { FormPage } from '../../../shell/index.ts';
import { flash, seeOther } from '../../../shell/site/index.ts';
import { rolesChangingPersons } from '../policy.ts';
import type { PersonRecord } from '../stores/person-record.ts';
import { sendDeskPage } from './frame.ts';

type Key = { personId: string };
/** What is said after it, and where one goes on: the person's page unless another is named. */
type Done = { key: MessageKey; vars?: Record<string, number>; href?: string };

type PersonForm<K extends Key, S extends z.ZodType> = {
  /** Where it stands below the person, with what `params` reads. */
  path: string;
  params: z.ZodType<K>;
  schema: S;
  clearable?: readonly string[];
  read?(body: Record<string, unknown>): Record<string, unknown>;
  submit(ctx: Ctx, key: K, input: z.output<S>): Promise<Done>;
  draw(request: FastifyRequest, reply: FastifyReply, drawn: { key: K; state: FormState }): Promise<unknown>;
};

export const personHref = (personId: string) => `/office/persons/${personId}`;

/** One form about a person: its address draws it, and takes it. */
export function personForm<K extends Key, S extends z.ZodType>(app: App, form: PersonForm<K, S>): void {
  const url = `/office/persons/:personId/${form.path}`;
  const route = {
    config: { access: { roles: rolesChangingPersons } },
    schema: { params: form.params, hide: true },
  };
  app.get(url, route, (request, reply) =>
    form.draw(request, reply, { key: request.params as K, state: emptyForm }),
  );
  app.post(url, route, (request, reply) => {
    const key = request.params as K;
    return answerForm(request, reply, {
      schema: form.schema,
      clearable: form.clearable,
      read: form.read,
      submit: async (input) => {
        const { href, ...said } = await form.submit(request.ctx, key, input);
        flash(reply, { kind: 'success', ...said });
        return seeOther(reply, href ?? personHref(key.personId));
      },
      redraw: (state) => form.draw(request, reply, { key, state }),
    });
  });
}

type FormOfPerson = {
  person: PersonRecord;
  state: FormState;
  path: string;
  title: string;
  lead: string;
  submit: MessageKey;
  /** What stands in the fields until somebody writes something else. */
  known: FormValues;
};

/** A form about one person; `fields` draws them with what was typed, or what is known. */
export function sendPersonForm(
  request: FastifyRequest,
  reply: FastifyReply,
  form: FormOfPerson,
  fields: (state: FormState) => ComponentChildren,
) {
  const { person, title, lead } = form;
  const state = { ...form.state, values: { ...form.known, ...form.state.values } };
  return sendDeskPage(
    request,
    reply,
    { title, person, hasErrors: state.errors.length > 0, width: 'reading' },
    <FormPage
      title={title}
      lead={lead}
      action={`${personHref(person.personId)}/${form.path}`}
      submit={translator(request.ctx.language)(form.submit)}
      cancelHref={personHref(person.personId)}
      state={state}
    >
      {fields(state)}
    </FormPage>,
  );
}
