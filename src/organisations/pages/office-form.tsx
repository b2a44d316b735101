import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import type { Ctx } from '../../kernel/context.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState, type FormValues } from '../../kernel/http/answer-form.ts';
import { type MessageKey, translator } from '../../kernel/i18n.ts';
import { FormPage } from '../../shell/index.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { requireKeptOffice } from '../desk/office-view.ts';
import { rolesKeepingOffices } from '../desk/policy.ts';
import { codeParams } from '../desk/schema.ts';
import type { OfficeRow } from '../scope.ts';
import { officeName } from './office-picker.tsx';
import { sendOfficePage } from './offices-routes.tsx';

export const keeperRoute = {
  config: { access: { roles: rolesKeepingOffices } },
  schema: { params: codeParams, hide: true },
};
export const officeHref = (code: string) => `/office/offices/${encodeURIComponent(code)}`;

/** The office that a form is about, and what stands in the form. */
export type Drawn = { office: OfficeRow; state: FormState };

type OfficeForm<S extends z.ZodType> = {
  /** Where it stands below the office. */
  path: string;
  schema: S;
  clearable?: readonly string[];
  /** Makes the change; answers with the code of the office that is shown next. */
  submit(ctx: Ctx, code: string, input: z.output<S>): Promise<string>;
  done: MessageKey;
  draw(request: FastifyRequest, reply: FastifyReply, drawn: Drawn): unknown;
};

/** One form of an office that its keeper may change: its address draws it, and takes it. */
export function officeForm<S extends z.ZodType>(app: App, form: OfficeForm<S>): void {
  const url = `/office/offices/:code/${form.path}`;
  const draw = async (request: FastifyRequest, reply: FastifyReply, state: FormState) => {
    const { code } = request.params as { code: string };
    return form.draw(request, reply, { office: await requireKeptOffice(request.ctx, code), state });
  };
  app.get(url, keeperRoute, (request, reply) => draw(request, reply, emptyForm));
  app.post(url, keeperRoute, (request, reply) =>
    answerForm(request, reply, {
      schema: form.schema,
      clearable: form.clearable,
      submit: async (input) => {
        const shown = await form.submit(request.ctx, request.params.code, input);
        flash(reply, { kind: 'success', key: form.done });
        return seeOther(reply, officeHref(shown));
      },
      redraw: (state) => draw(request, reply, state),
    }),
  );
}

type Body = Parameters<typeof sendOfficePage>[3];
type Titled = Drawn & { title: MessageKey };

/** A page about one office, entitled with its name. */
export function sendAboutOffice(
  request: FastifyRequest,
  reply: FastifyReply,
  { office, state, title }: Titled,
  body: (title: string) => Body,
) {
  const { language } = request.ctx;
  const text = translator(language)(title, { office: officeName(office, language) });
  const hasErrors = state.errors.length > 0;
  return sendOfficePage(
    request,
    reply,
    { title: text, path: [office], hasErrors, width: 'reading' },
    body(text),
  );
}

type FormOfOffice = Titled & {
  path: string;
  lead?: MessageKey;
  submit: MessageKey;
  /** What stands in the fields until somebody writes something else. */
  known?: FormValues;
};

/** A form about one office; `fields` draws them with what was typed, or what is known. */
export function sendOfficeForm(
  request: FastifyRequest,
  reply: FastifyReply,
  form: FormOfOffice,
  fields: (state: FormState) => ComponentChildren,
) {
  const t = translator(request.ctx.language);
  const state = { ...form.state, values: { ...form.known, ...form.state.values } };
  return sendAboutOffice(request, reply, form, (title) => (
    <FormPage
      title={title}
      lead={form.lead && t(form.lead)}
      action={`${officeHref(form.office.code)}/${form.path}`}
      submit={t(form.submit)}
      cancelHref={officeHref(form.office.code)}
      state={state}
    >
      {fields(state)}
    </FormPage>
  ));
}
