import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Ctx, personIdOf, scopesOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { type FieldError as Fault, invalid, Refusal } from '../../kernel/errors.ts';
import type { App, Runtime } from '../../kernel/feature.ts';
import { languages, pick, translator } from '../../kernel/i18n.ts';
import { visibleMandates } from '../../mandates/index.ts';
import {
  officeTyped,
  rolesSeeingFigures,
  rolesSeeingPersons,
  suggestedOffices,
} from '../../organisations/index.ts';
import type { FieldError } from '../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { config, leaving, sendRows } from '../api.ts';
import { askRun, listRuns, ownRun, retryRun, stopRun } from '../ask-run.ts';
import { callFilters } from '../call-filters.ts';
import { type Definition, formats, schedules } from '../definition.ts';
import {
  copyReport,
  deleteReport,
  isOwn,
  ownReport,
  renameReport,
  saveReport,
  setSchedule,
  shareReport,
  unshareReport,
  visibleReport,
  visibleReports,
} from '../keep-report.ts';
import { type Preview, previewReport } from '../preview-report.ts';
import { readTaken, rolesSeeingTaken, type TakenAsked } from '../read-taken.ts';
import { byId, sendFile } from '../saved-api.ts';
import { addressOf } from '../schedule.ts';
import type { SavedReport } from '../stores/reports.ts';
import { BuilderPage, type BuilderProps } from './builder-page.tsx';
import { ReportsPage } from './list-page.tsx';
import {
  type BuilderQuery,
  builderQuery,
  daysTyped,
  definitionInForm,
  definitionOf,
  faultsOf,
  faultsOfDays,
  home,
  nameTyped,
  one,
} from './query.ts';
import { RunPage } from './run-page.tsx';
import { SavedPage } from './saved-page.tsx';
import { definitionTaken, TakenPage } from './taken-page.tsx';

/** They run the report that they show. */
const heavy = { ...config, load: 'reports' } as const;

export function servePages(app: App, runtime: Runtime): void {
  app.get(home, { config, schema: { hide: true } }, sendList);
  const building = { querystring: builderQuery, hide: true };
  app.get(`${home}/new`, { config: heavy, schema: building }, sendBuilder);
  app.get(
    `${home}/rows.csv`,
    { config, schema: { querystring: builderQuery, hide: true } },
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
  saved(app);
  files(app, runtime);
}

async function sendList(request: FastifyRequest, reply: FastifyReply) {
  const { ctx } = request;
  const ownerId = personIdOf(ctx.actor);
  const [reports, runs] = await Promise.all([visibleReports(ctx), ownerId ? listRuns(ctx) : []]);
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
  const { query } = request as unknown as Asked;
  const text = (name: string) => one(query[name])?.trim() || undefined;
  const typed = { office: text('office'), by: text('by'), from: text('from'), until: text('until') };
  const after = z.uuid().safeParse(text('after')).data;
  const [wrongDay] = faultsOfDays({ from: typed.from, until: typed.until });
  const found = wrongDay ? wrongDay : await tryTaken(ctx, { ...typed, after, limit: takenOnPage });
  const isFound = 'items' in found;
  const shown = isFound ? found : { items: [], next: null, fault: fieldOf(found, ctx) };
  const title = translator(ctx.language)('reports.takenTitle');
  const called = await callFilters(
    ctx,
    shown.items.flatMap((one) => definitionTaken(one) ?? []),
  );
  const props = { asked: typed, today: todayInIndia(ctx.clock), called, ...shown };
  return send(request, reply, { title, hasErrors: !isFound, isBelow: true }, <TakenPage {...props} />);
}

/** An office that is not visible is told beside its field. */
async function tryTaken(ctx: Ctx, asked: TakenAsked) {
  try {
    return await readTaken(ctx, asked);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'not_found') throw error;
    return { path: 'office', code: error.code, text: error.text };
  }
}

async function sendBuilder(request: FastifyRequest, reply: FastifyReply) {
  const { ctx } = request;
  const { query } = request as unknown as Asked;
  const reportId = z.uuid().safeParse(one(query['id'])).data;
  const saved = reportId ? await ownReport(ctx, reportId) : undefined;
  const offices = await suggestedOffices(ctx, rolesSeeingFigures);
  const typed = definitionOf(query, offices[0]?.code ?? '');
  const { code, fault } = query['show'] ? await codeOf(ctx, typed.office) : { code: typed.office };
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
async function codeOf(ctx: Ctx, text: string): Promise<{ code: string; fault?: Refusal }> {
  try {
    return { code: (await officeTyped(ctx, text, rolesSeeingFigures)).code };
  } catch (error) {
    if (error instanceof Refusal) return { code: text, fault: error };
    throw error;
  }
}

const nothing: Tried = { preview: undefined, errors: [] };
type Tried = { preview: Preview | undefined; errors: FieldError[] };

/** A report that cannot be shown leaves the form with what was chosen, and says why. */
async function tryPreview(
  request: FastifyRequest,
  reply: FastifyReply,
  definition: Definition,
  officeFault?: Refusal,
): Promise<Tried> {
  const { ctx } = request;
  try {
    return { preview: await previewReport(ctx, definition, leaving(reply)), errors: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    reply.status(error.status);
    const fields = error.fields.map((one) => fieldOf(one, ctx));
    const whole =
      error.code === 'not_found'
        ? { field: 'office', text: pick((officeFault ?? error).text, ctx.language) }
        : { field: 'measures', text: pick(error.text, ctx.language) };
    return { preview: undefined, errors: fields.length > 0 ? fields : [whole] };
  }
}

function fieldOf({ path, text }: Fault, { language }: Ctx): FieldError {
  return { field: path, text: pick(text, language) };
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
      return showAgain(request, reply, { ...body, faults: ofNameOrThrow(error) });
    }
  });
  app.post(
    `${home}/:id/definition`,
    { config, schema: { params: byId, body: input, hide: true } },
    async (request, reply) => {
      const { ctx, params, body } = request;
      const saved = await ownReport(ctx, params.id);
      const { name, faults } = nameTyped(body.name);
      if (faults.length > 0) return showAgain(request, reply, { ...body, saved, faults });
      await renameReport(ctx, params.id, { definition: body.definition, name });
      return done(reply, { to: `${home}/${params.id}`, said: 'reports.wasSaved' });
    },
  );
  const file = input.extend({ format: z.enum(formats).default('xlsx') });
  app.post(`${home}/files`, { config, schema: { body: file, hide: true } }, async ({ ctx, body }, reply) => {
    const { definition, format } = body;
    const { name, faults } = nameTyped(body.name);
    if (faults.length > 0) throw invalid(faults);
    const runId = await askRun(ctx, { definition, name, format, language: ctx.language });
    return seeOther(reply, `${home}/files/${runId}`);
  });
}

/** What is wrong with the name that something is to be kept under; anything else goes on. */
function ofNameOrThrow(error: unknown): Fault[] {
  if (error instanceof Refusal && error.fields.some(({ path }) => path === 'name')) return error.fields;
  throw error;
}

type Refused = { definition: Definition; name?: string | undefined; saved?: SavedReport; faults: Fault[] };

/** A report that cannot be kept so: the builder with what it shows and what was typed. */
async function showAgain(request: FastifyRequest, reply: FastifyReply, refused: Refused) {
  const { definition, name, saved, faults } = refused;
  const tried = await tryPreview(request, reply, definition);
  return showBuilder(request, reply, { definition, saved, tried, faults, typed: { name } });
}

/** `copy`: the name that was typed for one, and what is wrong with it; then the answer is 422. */
type SavedShown = { reportId: string; copy?: { name: string; errors: Fault[] } };

async function showSaved(request: FastifyRequest, reply: FastifyReply, { reportId, copy }: SavedShown) {
  const { ctx } = request;
  const report = await visibleReport(ctx, reportId);
  const { preview, errors } = await tryPreview(request, reply, report.definition);
  reply.status(copy ? 422 : 200);
  const runs = personIdOf(ctx.actor) ? await listRuns(ctx, report.reportId) : [];
  const wrong = copy?.errors.map((one) => fieldOf(one, ctx)) ?? [];
  const props = {
    ...{ report, preview, runs, isOwn: isOwn(ctx, report), copyName: copy?.name },
    ...{ errors: [...wrong, ...errors], hasAddress: (await addressOf(ctx)) !== null },
  };
  const framed = { title: report.name, hasErrors: wrong.length > 0, isBelow: true } as const;
  return send(request, reply, framed, <SavedPage {...props} />);
}

function saved(app: App): void {
  const one = { config, schema: { params: byId, hide: true } };
  const at = `${home}/:id`;
  app.get(at, { ...one, config: heavy }, (request, reply) =>
    showSaved(request, reply, { reportId: request.params.id }),
  );
  app.get(`${at}/rows.csv`, one, async (request, reply) => {
    const report = await visibleReport(request.ctx, request.params.id);
    return sendRows(request, reply, report);
  });
  app.post(`${at}/sharing`, one, async ({ ctx, params }, reply) => {
    await shareReport(ctx, params.id);
    return done(reply, { to: `${home}/${params.id}`, said: 'reports.wasShared' });
  });
  app.post(`${at}/sharing/end`, one, async ({ ctx, params }, reply) => {
    await unshareReport(ctx, params.id);
    return done(reply, { to: `${home}/${params.id}`, said: 'reports.wasUnshared' });
  });
  app.post(`${at}/removal`, one, async ({ ctx, params }, reply) => {
    await deleteReport(ctx, params.id);
    return done(reply, { to: home, said: 'reports.wasRemoved' });
  });
  app.post(
    `${at}/copies`,
    { config, schema: { params: byId, body: z.object({ name: z.string().max(2000) }), hide: true } },
    async (request, reply) => {
      const { ctx, params, body } = request;
      const { name = '', faults } = nameTyped(body.name, 'required');
      const again = (errors: Fault[]) =>
        showSaved(request, reply, { reportId: params.id, copy: { name: body.name, errors } });
      if (faults.length > 0) return again(faults);
      try {
        const copyId = await copyReport(ctx, params.id, name);
        return done(reply, { to: `${home}/${copyId}`, said: 'reports.wasCopied' });
      } catch (error) {
        return again(ofNameOrThrow(error));
      }
    },
  );
  const schedule = z.object({
    schedule: z.enum(schedules),
    format: z.enum(formats),
    language: z.enum(languages),
    isMailed: z.literal('yes').optional(),
  });
  app.post(
    `${at}/schedule`,
    { config, schema: { params: byId, body: schedule, hide: true } },
    async ({ ctx, params, body }, reply) => {
      await setSchedule(ctx, params.id, { ...body, isMailed: body.isMailed === 'yes' });
      return done(reply, { to: `${home}/${params.id}`, said: 'reports.wasScheduled' });
    },
  );
  app.post(
    `${at}/files`,
    { config, schema: { params: byId, body: z.object({ format: z.enum(formats) }), hide: true } },
    async ({ ctx, params, body }, reply) => {
      const { name, definition, reportId } = await visibleReport(ctx, params.id);
      const runId = await askRun(ctx, {
        name,
        definition,
        reportId,
        format: body.format,
        language: ctx.language,
      });
      return seeOther(reply, `${home}/files/${runId}`);
    },
  );
}

function files(app: App, runtime: Runtime): void {
  const at = `${home}/files/:id`;
  const follow = z.object({ follow: z.string().max(1).optional() });
  app.get(
    at,
    { config, schema: { params: byId, querystring: follow, hide: true } },
    async (request, reply) => {
      const run = await ownRun(request.ctx, request.params.id);
      const isOpen = run.state === 'waiting' || run.state === 'running';
      const isFollowing = request.query.follow !== undefined && isOpen;
      const refresh = isFollowing ? { refreshSeconds: 3 } : {};
      return send(
        request,
        reply,
        { title: run.name, isBelow: true, ...refresh },
        <RunPage {...{ run, isFollowing }} />,
      );
    },
  );
  const one = { config, schema: { params: byId, hide: true } };
  app.post(`${at}/stop`, one, async ({ ctx, params }, reply) => {
    await stopRun(ctx, params.id);
    return seeOther(reply, `${home}/files/${params.id}`);
  });
  app.post(`${at}/retry`, one, async ({ ctx, params }, reply) => {
    await retryRun(ctx, params.id);
    return seeOther(reply, `${home}/files/${params.id}`);
  });
  app.get(`${at}/content`, one, ({ ctx, params }, reply) =>
    sendFile(ctx, reply, { runId: params.id, runtime }),
  );
}

type Said =
  | 'reports.wasSaved'
  | 'reports.wasShared'
  | 'reports.wasUnshared'
  | 'reports.wasRemoved'
  | 'reports.wasCopied'
  | 'reports.wasScheduled';

function done(reply: FastifyReply, { to, said }: { to: string; said: Said }) {
  flash(reply, { kind: 'success', key: said });
  return seeOther(reply, to);
}

type Framed = { title: string; hasErrors?: boolean; refreshSeconds?: number; isBelow?: true };

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { isBelow, ...framed }: Framed,
  body: preact.JSX.Element,
) {
  const t = translator(request.ctx.language);
  const crumbs = isBelow
    ? { breadcrumbs: [{ label: t('reports.title'), href: home }, { label: framed.title }] }
    : {};
  return sendPage(request, reply, { area: 'office', activeLink: 'reports', ...framed, ...crumbs }, body);
}
