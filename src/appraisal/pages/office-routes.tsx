import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { personIdOf, requireRole, scopesOf } from '../../kernel/context.ts';
import { appraisalYear, todayInIndia } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { type MessageKey, pick, translator } from '../../kernel/i18n.ts';
import { officeFiltered } from '../../organisations/index.ts';
import { keepPaper } from '../../people/index.ts';
import { Button, ButtonRow, Card, Notice, PageHeading } from '../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { calendarFor, defaultCalendar } from '../calendars/calendar.ts';
import { knownCalendars } from '../calendars/reference.ts';
import { saveCalendar } from '../calendars/save-calendar.ts';
import { decideObjection, previewDecision } from '../objections/decide-objection.ts';
import { readObjection } from '../objections/read-objection.ts';
import { rolesHelping, rolesIssuing, rolesKeepingCalendars, rolesReading } from '../policy.ts';
import { calendarInput, correctInput, decisionInput, freezeInput, sureInput, yearInput } from '../schema.ts';
import { previewOfOther, statementsOfOffice, statementsReadOf } from '../statements/read-statement.ts';
import { type JobInput, previewWork, queueStatements, stopStatements } from '../statements/run-job.ts';
import { calendarsOfYear, listCalendars } from '../stores/calendars.ts';
import { ownFiles } from '../stores/files.ts';
import { jobsOf } from '../stores/jobs.ts';
import { countOpenObjections, listObjections } from '../stores/objections.ts';
import { CalendarsPage } from './calendars.tsx';
import { ConfirmDecisionPage } from './decision.tsx';
import { ObjectionPage, ObjectionsPage } from './objections.tsx';
import { DeskPage, deskAddress } from './office.tsx';
import { StatementLinks } from './person-card.tsx';
import { pdfOf, sendPdf } from './routes.tsx';
import { StatementView } from './statement-view.tsx';
import { ConfirmPage } from './work.tsx';
import { sendWrongOffice } from './wrong-office.tsx';

const reading = { access: { roles: rolesReading } };
const issuing = { access: { roles: rolesIssuing } };
const keeping = { access: { roles: [...new Set([...rolesKeepingCalendars, ...rolesReading])] } };
const deskQuery = z.object({
  year: yearInput.optional().catch(undefined),
  office: z.string().trim().max(100).optional(),
  state: z.enum(['all', 'disputed', 'corrected']).catch('all').default('all'),
  q: z
    .string()
    .trim()
    .max(100)
    .optional()
    .transform((text) => text || undefined),
  after: z.string().max(60).optional(),
});
const objectionsQuery = z.object({ after: z.uuid().optional(), decidedAfter: z.uuid().optional() });
type DeskQuery = z.infer<typeof deskQuery>;

/** The desk of the appraisal officer; nodal officers and auditors read. */
export function officePages(app: App): void {
  app.get(
    deskAddress,
    { config: reading, schema: { querystring: deskQuery, hide: true } },
    (request, reply) => sendDesk(request, reply, { query: request.query, state: emptyForm }),
  );
  workPages(app);
  objectionPages(app);
  calendarPages(app);
  previewPages(app);
}

function workPages(app: App): void {
  const config = issuing;
  app.post(`${deskAddress}/freezes`, { config, schema: { hide: true } }, (request, reply) =>
    answerForm(request, reply, {
      schema: freezeInput.extend(sureInput),
      submit: ({ sure, ...input }) =>
        askedWork(request, reply, { sure, input: { kind: 'freeze', ...input } }),
      redraw: (state) => sendDesk(request, reply, { query: queryOf(state), state }),
    }),
  );
  app.post(`${deskAddress}/corrections`, { config, schema: { hide: true } }, (request, reply) =>
    answerForm(request, reply, {
      schema: correctInput.extend(sureInput),
      submit: ({ sure, ...input }) =>
        askedWork(request, reply, { sure, input: { kind: 'correct', ...input } }),
      redraw: (state) => sendDesk(request, reply, { query: queryOf(state), state }),
    }),
  );
  const schema = { params: z.object({ id: z.uuid() }), hide: true };
  app.post(`${deskAddress}/jobs/:id/stop`, { config, schema }, async (request, reply) => {
    const stopped = await stopStatements(request.ctx, request.params.id);
    flash(reply, { kind: 'success', key: 'appraisal.stoppedFlash' });
    return seeOther(reply, addressOf(stopped));
  });
}

type AskedWork = { sure: 'yes' | undefined; input: JobInput };

/** Shown first with its numbers; begun when the officer has seen them. */
async function askedWork(request: FastifyRequest, reply: FastifyReply, { sure, input }: AskedWork) {
  const { kind } = input;
  if (!sure) {
    const body = <ConfirmPage input={input} preview={await previewWork(request.ctx, input)} />;
    return send(request, reply, { title: `appraisal.job_${kind}`, body });
  }
  await queueStatements(request.ctx, input);
  flash(reply, {
    kind: 'success',
    key: kind === 'freeze' ? 'appraisal.freezeFlash' : 'appraisal.correctFlash',
  });
  return seeOther(reply, addressOf(input));
}

function addressOf({ year, officeCode }: { year: string; officeCode: string }): string {
  return `${deskAddress}?${new URLSearchParams({ year, office: officeCode })}`;
}

function queryOf({ values }: FormState): DeskQuery {
  const { year, officeCode: office } = values;
  return deskQuery.parse({ year, office });
}

type Drawn = { query: DeskQuery; state: FormState };

async function sendDesk(request: FastifyRequest, reply: FastifyReply, { query, state }: Drawn) {
  const { ctx } = request;
  const scopes = requireRole(ctx, rolesReading);
  const today = todayInIndia(ctx.clock);
  const running = Number(appraisalYear(today).from.slice(0, 4));
  // The year that is over is the one that is worked on.
  const years = [0, 1, 2, 3].map((back) => appraisalYear(`${running - back}-04-01`).name);
  const year = query.year ?? years[1] ?? '';
  const { office, fault } = await officeFiltered(ctx, query.office, rolesReading);
  if (fault)
    return sendWrongOffice(request, reply, {
      ...{ title: 'appraisal.deskTitle', action: deskAddress },
      fault,
      query,
    });
  const officeCode = office?.code ?? '';
  const list = await statementsOfOffice(ctx, {
    year,
    officeCode: officeCode || undefined,
    state: query.state,
    q: query.q,
    after: query.after,
    limit: 50,
  });
  const calendars = await calendarsOfYear(ctx.db.read, year);
  const fitting = office && calendarFor(calendars, { path: office.path, group: 'A' });
  const officeIds = office ? [office.officeId] : scopes;
  const jobs = await jobsOf(ctx.db.read, { officeIds, year });
  return send(request, reply, {
    title: 'appraisal.deskTitle',
    hasErrors: state.errors.length > 0,
    body: (
      <DeskPage
        {...{ year, years, officeCode, list, jobs, today, state }}
        filter={query.state}
        q={query.q}
        calendar={fitting ?? defaultCalendar(year)}
        openObjections={await countOpenObjections(ctx.db.read, { officeIds, year })}
        mayIssue={scopesOf(ctx.actor, rolesIssuing).length > 0}
        files={await filesFor(ctx)}
      />
    ),
  });
}

function filesFor(ctx: FastifyRequest['ctx']) {
  const personId = personIdOf(ctx.actor);
  return personId && scopesOf(ctx.actor, rolesHelping).length > 0
    ? ownFiles(ctx.db.read, personId)
    : undefined;
}

function objectionPages(app: App): void {
  const schema = { params: z.object({ id: z.uuid() }), hide: true };
  app.get(
    `${deskAddress}/objections`,
    { config: issuing, schema: { querystring: objectionsQuery, hide: true } },
    async (request, reply) => {
      const officeIds = requireRole(request.ctx, rolesIssuing);
      const db = request.ctx.db.read;
      const { after, decidedAfter } = request.query;
      const limit = 50;
      const open = await listObjections(db, { officeIds, isOpen: true, after, limit });
      const decided = await listObjections(db, { officeIds, isOpen: false, after: decidedAfter, limit });
      const body = <ObjectionsPage open={open} decided={decided} />;
      return send(request, reply, { title: 'appraisal.objections', body });
    },
  );
  const draw = async (request: FastifyRequest, reply: FastifyReply, state: FormState) => {
    const { id } = schema.params.parse(request.params);
    const objection = await readObjection(request.ctx, id);
    const body = <ObjectionPage objection={objection} state={state} />;
    return send(request, reply, { title: 'appraisal.objections', body, hasErrors: state.errors.length > 0 });
  };
  const url = `${deskAddress}/objections/:id`;
  app.get(url, { config: issuing, schema }, (request, reply) => draw(request, reply, emptyForm));
  app.post(url, { config: issuing, schema }, (request, reply) =>
    answerForm(request, reply, {
      schema: decisionInput.extend({ sure: z.enum(['yes', 'back']).optional() }),
      submit: async ({ sure, ...given }) => {
        const input = { objectionId: request.params.id, ...given };
        if (sure === 'back') return draw(request, reply, { ...emptyForm, values: request.body as Values });
        if (!sure && input.verdict !== 'rejected') {
          const preview = await previewDecision(request.ctx, input);
          const body = <ConfirmDecisionPage {...{ input, preview }} />;
          return send(request, reply, { title: 'appraisal.confirmDecision', body });
        }
        await decideObjection(request.ctx, input);
        flash(reply, { kind: 'success', key: 'appraisal.decidedFlash' });
        return seeOther(reply, `${deskAddress}/objections/${request.params.id}`);
      },
      redraw: (state) => draw(request, reply, state),
    }),
  );
}

function calendarPages(app: App): void {
  const draw = async (request: FastifyRequest, reply: FastifyReply, state: FormState) => {
    const { ctx } = request;
    const mayKeep = scopesOf(ctx.actor, rolesKeepingCalendars).length > 0;
    const calendars = await listCalendars(ctx.db.read);
    const body = <CalendarsPage {...{ calendars, mayKeep, state }} known={knownCalendars()} />;
    return send(request, reply, { title: 'appraisal.calendars', body, hasErrors: state.errors.length > 0 });
  };
  const url = `${deskAddress}/calendars`;
  app.get(url, { config: keeping, schema: { hide: true } }, (request, reply) =>
    draw(request, reply, emptyForm),
  );
  app.post(
    url,
    { config: { access: { roles: rolesKeepingCalendars } }, schema: { hide: true } },
    (request, reply) =>
      answerForm(request, reply, {
        schema: calendarInput,
        submit: async (input) => {
          await saveCalendar(request.ctx, input);
          flash(reply, { kind: 'success', key: 'appraisal.savedFlash' });
          return seeOther(reply, url);
        },
        redraw: (state) => draw(request, reply, state),
      }),
  );
}

function previewPages(app: App): void {
  const schema = {
    params: z.object({ id: z.uuid() }),
    querystring: z.object({ year: yearInput.optional() }),
    hide: true,
  };
  const url = `${deskAddress}/persons/:id`;
  app.get(url, { config: reading, schema }, async (request, reply) => {
    const { ctx, params, query } = request;
    const { content, progress } = await previewOfOther(ctx, params.id, query.year);
    const statements = await statementsReadOf(ctx, params.id);
    const t = translator(ctx.language);
    const body = (
      <>
        <PageHeading title={pick(content.person.name, ctx.language)} lead={t('appraisal.statementTitle')} />
        <Notice title={t('appraisal.previewOther', { year: content.year })} />
        <ButtonRow>
          <Button
            href={`${deskAddress}/persons/${params.id}/preview.pdf?year=${content.year}`}
            variant="secondary"
          >
            {t('appraisal.previewPdf')}
          </Button>
        </ButtonRow>
        {statements.length > 0 ? (
          <Card title={t('appraisal.frozenOf')}>
            <StatementLinks statements={statements} />
          </Card>
        ) : null}
        <StatementView content={content} progress={progress} />
      </>
    );
    return send(request, reply, { title: 'appraisal.statementTitle', body });
  });
  const file = { config: { ...reading, file: 'statement' as const }, schema };
  app.get(`${url}/preview.pdf`, file, async ({ ctx, params: { id: personId }, query }, reply) => {
    const preview = await previewOfOther(ctx, personId, query.year);
    const pdf = await pdfOf(ctx, preview);
    const { year } = preview.content;
    await keepPaper(ctx, { kind: 'statement', format: 'pdf', personId, detail: { year } });
    return sendPdf(reply, `statement-${year}`, pdf);
  });
}

type Values = FormState['values'];
type Sent = { title: MessageKey; body: Parameters<typeof sendPage>[3]; hasErrors?: boolean };

function send(request: FastifyRequest, reply: FastifyReply, { title, body, hasErrors }: Sent) {
  const options = { title: translator(request.ctx.language)(title), hasErrors };
  return sendPage(request, reply, { ...options, area: 'office', activeLink: 'appraisal' }, body);
}
