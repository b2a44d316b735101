import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Ctx, personIdOf, scopesOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { type FieldError as Fault, invalid, Refusal } from '../../kernel/errors.ts';
import type { App, Runtime } from '../../kernel/feature.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { visibleMandates } from '../../mandates/index.ts';
import {
  officeTyped,
  rolesSeeingFigures,
  rolesSeeingPersons,
  suggestedOffices,
} from '../../organisations/index.ts';
import { seeOther } from '../../shell/site/index.ts';
import { config, sendRows } from '../api.ts';
import { askRun, listRuns, offeredRun, retryRun, stopRun } from '../ask-run.ts';
import { callFilters } from '../call-filters.ts';
import { type Definition, formats } from '../definition.ts';
import { ownReport, renameReport, saveReport, visibleReport, visibleReports } from '../keep-report.ts';
import { nameTyped } from '../names.ts';
import { readTaken, rolesSeeingTaken } from '../read-taken.ts';
import { byId, sendRun } from '../saved-api.ts';
import type { SavedReport } from '../stores/reports.ts';
import type { Run } from '../stores/runs.ts';
import { done, faultsAt, fieldOf, nothing, send, type Tried, tryPreview } from './answers.tsx';
import { BuilderPage, type BuilderProps } from './builder-page.tsx';
import { ReportsPage } from './list-page.tsx';
import {
  type BuilderQuery,
  builderQuery,
  daysTyped,
  definitionInForm,
  definitionOf,
  faultsOf,
  home,
  one,
  takenAsked,
} from './query.ts';
import { RunPage } from './run-page.tsx';
import { savedRoutes } from './saved-routes.tsx';
import { TakenPage } from './taken-page.tsx';
import { definitionTaken } from './taken-words.ts';

/** They run the report that they show. */
const heavy = { ...config, load: 'reports' } as const;

export function servePages(app: App, runtime: Runtime): void {
  app.get(home, { config, schema: { hide: true } }, (request, reply) => sendList(request, reply, runtime));
  const building = { querystring: builderQuery, hide: true };
  app.get(`${home}/new`, { config: heavy, schema: building }, sendBuilder);
  app.get(
    `${home}/rows.csv`,
    { config: { ...config, file: 'report' }, schema: { querystring: builderQuery, hide: true } },
    async (request, reply) => {
      const faults = faultsOf(request.query);
      if (faults.length > 0) throw invalid(faults);
      return sendRows(request, reply, { definition: definitionOf(request.query, '') });
    },
  );
  app.get(
    `${home}/taken`,
    { config: { access: { roles: rolesSeeingTaken } }, schema: { querystring: builderQuery, hide: true } },
    sendTaken,
  );
  saving(app);
  savedRoutes(app, runtime);
  files(app, runtime);
}

async function sendList(request: FastifyRequest, reply: FastifyReply, { storage }: Runtime) {
  const { ctx } = request;
  const ownerId = personIdOf(ctx.actor);
  const [reports, runs] = await Promise.all([visibleReports(ctx), ownerId ? listRuns(ctx, storage) : []]);
  const maySeeTaken = scopesOf(ctx.actor, rolesSeeingTaken).length > 0;
  return send(
    request,
    reply,
    { title: translator(ctx.language)('reports.title') },
    <ReportsPage {...{ reports, runs, ownerId, maySeeTaken }} />,
  );
}

type Asked = { query: BuilderQuery };

const takenOnPage = 50;

async function sendTaken(request: FastifyRequest, reply: FastifyReply) {
  const { ctx } = request;
  const { asked, after, faults: wrongDays } = takenAsked((request as unknown as Asked).query);
  const office = asked.office ? await codeOf(ctx, asked.office, rolesSeeingTaken) : undefined;
  const wrongOffice = office?.fault && { path: 'office', code: office.fault.code, text: office.fault.text };
  const faults = [...(wrongOffice ? [wrongOffice] : []), ...wrongDays];
  const isFound = faults.length === 0;
  const shown = isFound
    ? await readTaken(ctx, { ...asked, office: office?.code, after, limit: takenOnPage })
    : { items: [], next: null };
  const title = translator(ctx.language)('reports.takenTitle');
  const called = await callFilters(
    ctx,
    shown.items.flatMap((one) => definitionTaken(one) ?? []),
  );
  const errors = faults.map((fault) => fieldOf(fault, ctx));
  const props = { asked, today: todayInIndia(ctx.clock), called, errors, ...shown };
  return send(request, reply, { title, hasErrors: !isFound, isBelow: true }, <TakenPage {...props} />);
}

async function sendBuilder(request: FastifyRequest, reply: FastifyReply) {
  const { ctx } = request;
  const { query } = request as unknown as Asked;
  const reportId = z.uuid().safeParse(one(query['id'])).data;
  const saved = reportId ? await ownReport(ctx, reportId) : undefined;
  const offices = await suggestedOffices(ctx, rolesSeeingFigures);
  const typed = definitionOf(query, offices[0]?.code ?? '');
  const { code, fault } = query['show']
    ? await codeOf(ctx, typed.office, rolesSeeingFigures)
    : { code: typed.office };
  const definition = { ...typed, office: code };
  const faults = query['show'] ? faultsOf(query) : [];
  const tried =
    query['show'] && faults.length === 0 ? await tryPreview(request, reply, definition, fault) : nothing;
  return showBuilder(request, reply, { definition, saved, tried, faults, typed: daysTyped(query) });
}

type Shown = Pick<BuilderProps, 'definition' | 'typed'> & {
  saved: SavedReport | undefined;
  tried: Tried;
  /** What is wrong with what was typed: then the answer is 422. */
  faults: Fault[];
};

async function showBuilder(request: FastifyRequest, reply: FastifyReply, shown: Shown) {
  const { ctx } = request;
  const { definition, saved, typed, faults } = shown;
  const { preview } = shown.tried;
  if (faults.length > 0) reply.status(422);
  const errors = [...faults.map((one) => fieldOf(one, ctx)), ...shown.tried.errors];
  const offices = await suggestedOffices(ctx, rolesSeeingFigures);
  const orders = definition.subject === 'orders' ? await ordersInForce(ctx) : [];
  const t = translator(ctx.language);
  const mayList = scopesOf(ctx.actor, rolesSeeingPersons).length > 0;
  const props = {
    definition,
    typed,
    saved,
    preview,
    errors,
    unknown: shown.tried.unknown,
    offices,
    orders,
    mayList,
    today: todayInIndia(ctx.clock),
  };
  return send(
    request,
    reply,
    { title: saved?.name ?? t('reports.newTitle'), hasErrors: errors.length > 0, isBelow: true },
    <BuilderPage {...props} />,
  );
}

/** A name is as good as a code where it can mean one office only; whether a text that is neither will do, the report decides. */
async function codeOf(
  ctx: Ctx,
  text: string,
  roles: readonly string[],
): Promise<{ code: string; fault?: Refusal }> {
  try {
    return { code: (await officeTyped(ctx, text, roles)).code };
  } catch (error) {
    if (error instanceof Refusal) return { code: text, fault: error };
    throw error;
  }
}

async function ordersInForce(ctx: Ctx): Promise<{ number: string; title: string }[]> {
  const { items } = await visibleMandates(ctx, { limit: 200, state: 'published' });
  return items
    .filter(({ kind }) => kind === 'order' || kind === 'amendment')
    .map(({ number, titleHi, titleEn }) => ({
      number,
      title: pick({ hi: titleHi, en: titleEn }, ctx.language),
    }));
}

function saving(app: App): void {
  const input = z.object({ definition: definitionInForm, name: z.string().max(2000).optional() });
  app.post(home, { config, schema: { body: input, hide: true } }, async (request, reply) => {
    const { ctx, body } = request;
    const { name, faults } = nameTyped(body.name);
    if (faults.length > 0) return showAgain(request, reply, { ...body, faults });
    try {
      const reportId = await saveReport(ctx, { name, definition: body.definition });
      return done(reply, { to: `${home}/${reportId}`, said: 'reports.wasSaved' });
    } catch (error) {
      return showAgain(request, reply, { ...body, faults: faultsAt('name', error) });
    }
  });
  app.post(
    `${home}/:id/definition`,
    { config, schema: { params: byId, body: input, hide: true } },
    async (request, reply) => {
      const { ctx, params, body } = request;
      const saved = await ownReport(ctx, params.id);
      try {
        await renameReport(ctx, params.id, { ...body, name: body.name?.trim() || undefined });
        return done(reply, { to: `${home}/${params.id}`, said: 'reports.wasSaved' });
      } catch (error) {
        return showAgain(request, reply, { ...body, saved, faults: faultsAt('name', error) });
      }
    },
  );
  const file = input.extend({ format: z.enum(formats).default('xlsx') });
  app.post(`${home}/files`, { config, schema: { body: file, hide: true } }, async (request, reply) => {
    const { ctx, body } = request;
    const { name, faults } = nameTyped(body.name);
    if (faults.length > 0) return showAgain(request, reply, { ...body, faults });
    try {
      const runId = await askRun(ctx, { ...body, name, language: ctx.language });
      return seeOther(reply, `${home}/files/${runId}`);
    } catch (error) {
      return showAgain(request, reply, { ...body, faults: faultsAt('format', error) });
    }
  });
}

type Refused = { definition: Definition; name?: string | undefined; saved?: SavedReport; faults: Fault[] };

/** A report that cannot be kept so: the builder with what it shows and what was typed. */
async function showAgain(request: FastifyRequest, reply: FastifyReply, refused: Refused) {
  const { definition, name, saved, faults } = refused;
  const tried = await tryPreview(request, reply, definition);
  return showBuilder(request, reply, { definition, saved, tried, faults, typed: { name } });
}

/** The kept report that a file was made of, where its reader may still see that. */
async function reportOf(ctx: Ctx, { reportId }: Run): Promise<SavedReport | undefined> {
  if (!reportId) return undefined;
  try {
    return await visibleReport(ctx, reportId);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function files(app: App, runtime: Runtime): void {
  const at = `${home}/files/:id`;
  const follow = z.object({ follow: z.string().max(1).optional() });
  app.get(
    at,
    { config, schema: { params: byId, querystring: follow, hide: true } },
    async (request, reply) => {
      const run = await offeredRun(request.ctx, runtime.storage, request.params.id);
      const isOpen = run.state === 'waiting' || run.state === 'running';
      const isFollowing = request.query.follow !== undefined && isOpen;
      const refresh = isFollowing ? { refreshSeconds: 3 } : {};
      return send(
        request,
        reply,
        { title: run.name, isBelow: true, ...refresh },
        <RunPage {...{ run, isFollowing }} report={await reportOf(request.ctx, run)} />,
      );
    },
  );
  const one = { config, schema: { params: byId, hide: true } };
  app.post(`${at}/stop`, one, async ({ ctx, params }, reply) => {
    await stopRun(ctx, params.id);
    return seeOther(reply, `${home}/files/${params.id}`);
  });
  app.post(`${at}/retry`, one, async ({ ctx, params }, reply) => {
    await retryRun(ctx, runtime.storage, params.id);
    return seeOther(reply, `${home}/files/${params.id}`);
  });
  app.get(`${at}/content`, { ...one, config: { ...config, file: 'report' } }, ({ ctx, params }, reply) =>
    sendRun(ctx, reply, { runId: params.id, runtime }),
  );
}
