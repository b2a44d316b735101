import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Ctx, scopesOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { mayAt, rolesReading, rolesTeaching } from '../policy.ts';
import { discardSyllabusDraft } from '../programmes/discard-draft.ts';
import { missingToday, previewSyllabus, publishSyllabus } from '../programmes/publish-syllabus.ts';
import { closeProgramme, createProgramme } from '../programmes/save-programme.ts';
import { addPart, beginSyllabus, setAbout, takePart } from '../programmes/save-syllabus.ts';
import { listProgrammes, wholeProgramme } from '../read.ts';
import { type Missing, type Part, rulesFor, type Subject } from '../rules/compliance.ts';
import { aboutInput, partInput, programmeInput } from '../schema.ts';
import { allRules } from '../stores/rules.ts';
import { tagsKnown } from '../stores/tags.ts';
import { askFirst } from './ask-first.ts';
import { ConfirmPage } from './confirm-page.tsx';
import { sayOf, send } from './frame.tsx';
import { Check, ProgrammeForm, ProgrammePage, ProgrammesPage } from './programmes-page.tsx';
import { addressOf, programmeHref, titleOf } from './words.ts';

const reading = { access: { roles: rolesReading } } as const;
const teaching = { access: { roles: rolesTeaching } } as const;
const list = addressOf('/programmes');
const byCode = z.object({ code: z.string().max(64) });
const hidden = { hide: true };
const schema = { params: byCode, hide: true };
const perPage = 50;
const asked = {
  publication: {
    ask: 'curriculum.publishAsk',
    lead: 'curriculum.publishLead',
    verb: 'curriculum.publish',
  },
  'draft-removal': {
    ask: 'curriculum.discardAsk',
    lead: 'curriculum.discardSyllabusLead',
    verb: 'curriculum.discardDraft',
  },
} as const;

export function programmePages(app: App): void {
  const querystring = z.object({ after: z.string().max(64).optional() });
  app.get(list, { config: reading, schema: { querystring, hide: true } }, async (request, reply) => {
    const { ctx } = request;
    const found = await listProgrammes(ctx, { after: request.query.after, limit: perPage });
    const say = sayOf(request);
    const mayTeach = scopesOf(ctx.actor, rolesTeaching).length > 0;
    return send(request, reply, {
      title: say.t('curriculum.kinds_programme'),
      body: <ProgrammesPage {...found} mayTeach={mayTeach} say={say} />,
    });
  });
  app.get(`${list}/new`, { config: teaching, schema: hidden }, (request, reply) =>
    sendNew(request, reply, emptyForm),
  );
  app.post(list, { config: teaching, schema: hidden }, (request, reply) =>
    answerForm(request, reply, {
      schema: programmeInput,
      submit: async (input) => {
        await createProgramme(request.ctx, input);
        await beginSyllabus(request.ctx, input.code);
        flash(reply, { kind: 'success', key: 'curriculum.saved' });
        return seeOther(reply, programmeHref(input.code));
      },
      redraw: (state) => sendNew(request, reply, state),
    }),
  );
  onePages(app);
}

function onePages(app: App): void {
  app.get(`${list}/:code`, { config: reading, schema }, (request, reply) =>
    sendOne(request, reply, emptyForm),
  );
  app.post(`${list}/:code/versions`, { config: teaching, schema }, async (request, reply) => {
    await beginSyllabus(request.ctx, request.params.code);
    return seeOther(reply, programmeHref(request.params.code));
  });
  app.post(`${list}/:code/parts`, { config: teaching, schema }, (request, reply) =>
    answerForm(request, reply, {
      schema: partInput,
      read: (body) => ({ ...body, ...(body['tags'] ? { tags: [body['tags']].flat() } : {}) }),
      submit: async (input) => {
        await addPart(request.ctx, request.params.code, input);
        return seeOther(reply, programmeHref(request.params.code));
      },
      redraw: (state) => sendOne(request, reply, state),
    }),
  );
  app.post(
    `${list}/:code/parts/:ordinal/removal`,
    { config: teaching, schema: { params: byCode.extend({ ordinal: z.coerce.number().int() }), hide: true } },
    async (request, reply) => {
      await takePart(request.ctx, request.params.code, request.params.ordinal);
      return seeOther(reply, programmeHref(request.params.code));
    },
  );
  app.post(`${list}/:code/about`, { config: teaching, schema }, (request, reply) =>
    answerForm(request, reply, {
      schema: aboutInput,
      submit: async (input) => {
        await setAbout(request.ctx, request.params.code, input);
        flash(reply, { kind: 'success', key: 'curriculum.saved' });
        return seeOther(reply, programmeHref(request.params.code));
      },
      redraw: (state) => sendOne(request, reply, state),
    }),
  );
  endPages(app);
}

function endPages(app: App): void {
  app.post(`${list}/:code/publication`, { config: teaching, schema }, (request, reply) => {
    const { code } = request.params;
    return askFirst(request, reply, {
      ask: async () => {
        const missing = await previewSyllabus(request.ctx, code);
        return sendAsk(request, reply, { code, what: 'publication', missing });
      },
      act: () => publishSyllabus(request.ctx, code),
      done: { said: 'curriculum.published', href: programmeHref(code) },
      redraw: (state) => sendOne(request, reply, state),
    });
  });
  // What is thrown away was somebody's work.
  app.post(`${list}/:code/draft-removal`, { config: teaching, schema }, (request, reply) => {
    const { code } = request.params;
    return askFirst(request, reply, {
      ask: () => sendAsk(request, reply, { code, what: 'draft-removal' }),
      act: () => discardSyllabusDraft(request.ctx, code),
      done: { said: 'curriculum.draftDiscarded', href: programmeHref(code) },
      redraw: (state) => sendOne(request, reply, state),
    });
  });
  app.post(`${list}/:code/closure`, { config: teaching, schema }, async (request, reply) => {
    await closeProgramme(request.ctx, request.params.code);
    flash(reply, { kind: 'success', key: 'curriculum.closed' });
    return seeOther(reply, programmeHref(request.params.code));
  });
}

type Asked = { code: string; what: keyof typeof asked; missing?: Missing[] };

async function sendAsk(request: FastifyRequest, reply: FastifyReply, { code, what, missing }: Asked) {
  const { programme } = await wholeProgramme(request.ctx, code);
  const say = sayOf(request);
  const title = titleOf(programme, say.language);
  const { ask, lead, verb } = asked[what];
  return send(request, reply, {
    title,
    crumbs: [{ label: say.t('curriculum.kinds_programme'), href: list }],
    body: (
      <ConfirmPage
        title={say.t(ask, { name: title })}
        lead={say.t(lead)}
        action={`${programmeHref(code)}/${what}`}
        verb={say.t(verb)}
        backHref={programmeHref(code)}
        say={say}
      >
        {missing ? <Check missing={missing} isDraft say={say} /> : null}
      </ConfirmPage>
    ),
  });
}

async function sendNew(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const say = sayOf(request);
  return send(request, reply, {
    title: say.t('curriculum.programmeNew'),
    hasErrors: state.errors.length > 0,
    crumbs: [{ label: say.t('curriculum.kinds_programme'), href: list }],
    body: <ProgrammeForm state={state} say={say} />,
  });
}

async function sendOne(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const { ctx } = request;
  const { code } = byCode.parse(request.params);
  const { programme, syllabi } = await wholeProgramme(ctx, code);
  const mayTeach = mayAt(ctx, rolesTeaching, programme.officePath);
  const shown = syllabi.find((one) => mayTeach || one.state === 'published');
  const { officePath } = programme;
  const missing = await checkOf(ctx, { kind: 'programme', officePath }, shown?.parts);
  const tags = mayTeach ? (await tagsKnown(ctx.db.read)).map((one) => one.tag) : [];
  const { tags: ticked } = (request.body ?? {}) as { tags?: unknown };
  const say = sayOf(request);
  return send(request, reply, {
    title: titleOf(programme, say.language),
    hasErrors: state.errors.length > 0,
    crumbs: [{ label: say.t('curriculum.kinds_programme'), href: list }],
    body: (
      <ProgrammePage
        {...{ programme, syllabi, missing, mayTeach, tags, state, say }}
        ticked={[ticked ?? []].flat().map(String)}
      />
    ),
  });
}

/** What today's rules miss; undefined where none holds, 'nothing' where there is nothing to judge yet. */
export async function checkOf(
  ctx: Ctx,
  of: Pick<Subject, 'kind' | 'officePath'>,
  parts: readonly Part[] | undefined,
): Promise<Missing[] | 'nothing' | undefined> {
  const day = todayInIndia(ctx.clock);
  if (!parts) return 'nothing';
  if (rulesFor(await allRules(ctx.db.read), of, day).length === 0) return undefined;
  return missingToday(ctx.db.read, { ...of, parts, day });
}
