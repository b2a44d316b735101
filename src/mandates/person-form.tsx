import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import type { z } from 'zod';
import type { Ctx } from '../kernel/context.ts';
import type { App } from '../kernel/feature.ts';
import {
  answerForm,
  emptyForm,
  type FormState,
  type FormValues,
  valuesOf,
} from '../kernel/http/answer-form.ts';
import { type MessageKey, pick, translator } from '../kernel/i18n.ts';
import { readPerson } from '../people/index.ts';
import { FormPage, HiddenFields } from '../shell/index.ts';
import { flash, seeOther, sendPage } from '../shell/site/index.ts';
import { requireDecider, rolesDeciding } from './deciding.ts';

type Key = { personId: string };

type PersonForm<K extends Key, S extends z.ZodType> = {
  /** Below the person's address, with parameters that `params` reads. */
  path: string;
  params: z.ZodType<K>;
  schema: S;
  title: MessageKey;
  lead: MessageKey;
  submit: MessageKey;
  done: MessageKey;
  save(ctx: Ctx, key: K, input: z.output<S>): Promise<unknown>;
  fields(ctx: Ctx, key: K, state: FormState): Promise<ComponentChildren>;
  /** What follows from it, where that is asked about before it is written down; nothing: it is written at once. */
  question?(ctx: Ctx, key: K, input: z.output<S>): Promise<Question | undefined>;
};

export type Question = { title: string; submit: string; text: ComponentChildren };

export const serviceHref = (personId: string) => `/office/persons/${personId}/service`;

/** One form of the nodal officer about a person's service: its address draws it, and takes it. */
export function personForm<K extends Key, S extends z.ZodType>(app: App, form: PersonForm<K, S>): void {
  const url = `/office/persons/:personId/${form.path}`;
  const route = { config: { access: { roles: rolesDeciding } }, schema: { params: form.params, hide: true } };
  app.get(url, route, (request, reply) =>
    draw(request, reply, { form, key: request.params as K, state: emptyForm }),
  );
  app.post(url, route, (request, reply) => {
    const key = request.params as K;
    return answerForm(request, reply, {
      schema: form.schema,
      redraw: (state) => draw(request, reply, { form, key, state }),
      async submit(input) {
        const sent = valuesOf(request.body);
        const question = sent['sure'] === 'yes' ? undefined : await form.question?.(request.ctx, key, input);
        if (question) return ask(request, reply, { key, question, sent });
        await form.save(request.ctx, key, input);
        flash(reply, { kind: 'success', key: form.done });
        return seeOther(reply, serviceHref(key.personId));
      },
    });
  });
}

type Drawn<K extends Key, S extends z.ZodType> = { form: PersonForm<K, S>; key: K; state: FormState };

async function draw<K extends Key, S extends z.ZodType>(
  request: FastifyRequest,
  reply: FastifyReply,
  { form, key, state }: Drawn<K, S>,
) {
  const { ctx } = request;
  const t = translator(ctx.language);
  const page = await personPage(ctx, key.personId);
  const title = t(form.title, { name: page.name });
  const fields = await form.fields(ctx, key, state);
  return sendPage(
    request,
    reply,
    {
      ...{
        title,
        area: 'office',
        activeLink: 'persons',
        width: 'reading',
        hasErrors: state.errors.length > 0,
      },
      breadcrumbs: [
        ...page.crumbs,
        { label: t('service.title'), href: serviceHref(key.personId) },
        { label: title },
      ],
    },
    <FormPage
      title={title}
      lead={t(form.lead)}
      action={request.url.replace(/\?.*$/, '')}
      submit={t(form.submit)}
      cancelHref={serviceHref(key.personId)}
      state={state}
    >
      {fields}
    </FormPage>,
  );
}

type Asked = { key: Key; question: Question; sent: FormValues };

/** The same values once more, with what would follow from them. */
async function ask(request: FastifyRequest, reply: FastifyReply, { key, question, sent }: Asked) {
  const { ctx } = request;
  const { crumbs } = await personPage(ctx, key.personId);
  const { title, submit, text } = question;
  const { _csrf, ...values } = sent;
  const service = { label: translator(ctx.language)('service.title'), href: serviceHref(key.personId) };
  return sendPage(
    request,
    reply,
    {
      ...{ title, area: 'office', activeLink: 'persons', width: 'reading' },
      breadcrumbs: [...crumbs, service, { label: title }],
    },
    <FormPage
      {...{ title, submit }}
      action={request.url.replace(/\?.*$/, '')}
      cancelHref={serviceHref(key.personId)}
      state={emptyForm}
    >
      {text}
      <HiddenFields values={{ ...values, sure: 'yes' }} />
    </FormPage>,
  );
}

/** The person's name and the way back, once the actor is known to decide about him; the look is written down. */
export async function personPage(ctx: Ctx, personId: string) {
  await requireDecider(ctx, personId);
  const person = await readPerson(ctx, personId);
  const name = pick({ hi: person.nameHi, en: person.nameEn }, ctx.language);
  const crumbs = [
    { label: translator(ctx.language)('people.persons'), href: '/office/persons' },
    { label: name, href: `/office/persons/${personId}` },
  ];
  return { person, name, crumbs };
}
