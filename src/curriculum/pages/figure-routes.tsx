import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireRole } from '../../kernel/context.ts';
import { type Day, todayInIndia } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import { keepExport } from '../../kernel/exports.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { sendFile } from '../../kernel/http/send-file.ts';
import type { MessageKey } from '../../kernel/i18n.ts';
import { type Cell, csvStream } from '../../kernel/tabular/index.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { mayAt, rolesReading, rolesReasoning } from '../policy.ts';
import { kinds } from '../rules/compliance.ts';
import { giveReason } from '../rules/give-reason.ts';
import { curriculumCoverage, failingSubjects } from '../rules/read-coverage.ts';
import { staleSyllabi } from '../rules/stale-syllabi.ts';
import { reasonInput } from '../schema.ts';
import { reasonsOf } from '../stores/rules.ts';
import { subjectsOfKind } from '../stores/subjects.ts';
import { missingText } from '../words.ts';
import { atOffice, officeAsked, sayOf, send } from './frame.tsx';
import { FailingPage, type FailingProps, ReasonPage, StalePage } from './lists-page.tsx';
import { OverviewPage } from './overview-page.tsx';
import { addressOf, home, officeOf, subjectName } from './words.ts';

const config = { access: { roles: rolesReading } } as const;
const asked = z.object({
  office: z.string().trim().max(200).optional(),
  asOf: z.string().max(40).optional(),
  kind: z.enum(kinds).optional().catch(undefined),
});
const schema = { querystring: asked, hide: true };
/** A file has no form that would show which kind was taken. */
const inFile = asked.extend({ kind: z.enum(kinds, { error: 'unknown_choice' }).optional() });

/** Coverage, what fails and what is old, with their lists as files, and the reasons. */
export function figurePages(app: App): void {
  app.get(home, { config, schema }, (request, reply) => {
    const { ctx, query } = request;
    const draw = async (office: string) => {
      const coverage = await curriculumCoverage(ctx, { ...query, office });
      const say = sayOf(request);
      return {
        title: say.t('curriculum.overviewTitle'),
        asOf: coverage.asOf,
        body: <OverviewPage {...{ coverage, say }} asked={query.asOf} today={todayInIndia(ctx.clock)} />,
      };
    };
    return atOffice(request, reply, { tab: '', query, draw });
  });
  app.get(`${home}/failing`, { config, schema }, (request, reply) => {
    const { ctx, query } = request;
    const draw = async (office: string) => {
      const found = await failingSubjects(ctx, { ...query, office });
      const say = sayOf(request);
      const more = { kind: query.kind, asked: query.asOf, today: todayInIndia(ctx.clock), say };
      const mayReason: FailingProps['mayReason'] = (subject) =>
        mayAt(ctx, rolesReasoning, subject.officePath);
      return {
        title: say.t('curriculum.tabFailing'),
        asOf: found.asOf,
        backTo: '/office/review',
        body: <FailingPage {...found} {...more} mayReason={mayReason} />,
      };
    };
    return atOffice(request, reply, { tab: '/failing', query, draw });
  });
  app.get(`${home}/stale`, { config, schema }, (request, reply) => {
    const { ctx, query } = request;
    const draw = async (office: string) => {
      const found = await staleSyllabi(ctx, { ...query, office });
      const say = sayOf(request);
      return {
        title: say.t('curriculum.tabStale'),
        asOf: found.asOf,
        body: <StalePage {...found} asked={query.asOf} today={todayInIndia(ctx.clock)} say={say} />,
      };
    };
    return atOffice(request, reply, { tab: '/stale', query, draw });
  });
  filesOf(app);
  reasonPages(app);
}

function filesOf(app: App): void {
  const failing = {
    config: { ...config, file: 'curriculum_failing' as const },
    schema: { querystring: inFile, hide: true },
  };
  app.get(`${home}/failing.csv`, failing, async (request, reply) => {
    const { ctx, query } = request;
    const found = await failingSubjects(ctx, { ...query, office: await officeAsked(ctx, query.office) });
    const say = sayOf(request);
    const rows = found.items.map(({ subject, missing, reason, isReasonRunning }) => [
      ...[say.t(`curriculum.kind_${subject.kind}`), subject.code, subjectName(subject, say)],
      ...[subject.officeCode, officeOf(subject, say.language), missingText(missing, say)],
      ...[reason?.reason, reason?.givenOn, reason?.untilOn],
      reason ? say.t(isReasonRunning ? 'curriculum.yes' : 'curriculum.no') : null,
    ]);
    return sendCsv(request, reply, {
      ...{ kind: 'curriculum_failing', officeId: found.office.officeId, asOf: found.asOf },
      name: `curriculum-${found.office.code}-${found.asOf}`,
      headings: [
        ...(['kind', 'code', 'name', 'officeCode', 'office', 'missing', 'reason', 'givenOn'] as const),
        ...(['reasonUntil', 'reasonRuns'] as const),
      ].map((key): MessageKey => `curriculum.${key}`),
      rows,
    });
  });
  const stale = { config: { ...config, file: 'curriculum_stale' as const }, schema };
  app.get(`${home}/stale.csv`, stale, async (request, reply) => {
    const { ctx, query } = request;
    const found = await staleSyllabi(ctx, { ...query, office: await officeAsked(ctx, query.office) });
    const say = sayOf(request);
    const rows = found.items.map(({ subject, version, staleFrom, rule }) => [
      ...[subject.code, subjectName(subject, say), subject.officeCode, officeOf(subject, say.language)],
      ...[version.revisedOn, staleFrom, say.t(version.isInduction ? 'curriculum.yes' : 'curriculum.no')],
      rule.orderNumber,
    ]);
    return sendCsv(request, reply, {
      ...{ kind: 'curriculum_stale', officeId: found.office.officeId, asOf: found.asOf },
      name: `syllabi-${found.office.code}-${found.asOf}`,
      headings: (
        [
          'code',
          'name',
          'officeCode',
          'office',
          'revisedOn',
          'staleFrom',
          'induction',
          'orderNumber',
        ] as const
      ).map((key): MessageKey => `curriculum.${key}`),
      rows,
    });
  });
}

type CsvFile = {
  kind: 'curriculum_failing' | 'curriculum_stale';
  officeId: string;
  asOf: Day;
  name: string;
  headings: MessageKey[];
  rows: Cell[][];
};

async function sendCsv(request: FastifyRequest, reply: FastifyReply, file: CsvFile) {
  const { t } = sayOf(request);
  const { kind, officeId, asOf, name, headings, rows } = file;
  await keepExport(request.ctx, { kind, format: 'csv', officeId, rows: rows.length, detail: { asOf } });
  const titles = headings.map((key) => t(key));
  return sendFile(reply, { name, format: 'csv', body: csvStream(titles, [rows], { bom: true }) });
}

const about = z.object({ kind: z.enum(kinds), id: z.uuid() });

function reasonPages(app: App): void {
  const reasoning = { access: { roles: rolesReasoning } };
  const url = `${home}/reasons/:kind/:id`;
  const shape = { params: about, hide: true };
  app.get(url, { config: reasoning, schema: shape }, (request, reply) =>
    sendReason(request, reply, emptyForm),
  );
  app.post(url, { config: reasoning, schema: shape }, (request, reply) =>
    answerForm(request, reply, {
      schema: reasonInput,
      submit: async (input) => {
        await giveReason(request.ctx, request.params, input);
        flash(reply, { kind: 'success', key: 'curriculum.reasonSaved' });
        return seeOther(reply, addressOf('/failing'));
      },
      redraw: (state) => sendReason(request, reply, state),
    }),
  );
}

async function sendReason(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const { ctx } = request;
  const { kind, id } = about.parse(request.params);
  requireRole(ctx, rolesReasoning);
  const [subject] = await subjectsOfKind(ctx.db.read, kind, [id]);
  if (!subject || !mayAt(ctx, rolesReasoning, subject.officePath)) throw notFound();
  const say = sayOf(request);
  const reasons = await reasonsOf(ctx.db.read, id);
  return send(request, reply, {
    title: `${subjectName(subject, say)}: ${say.t('curriculum.reasonTitle')}`,
    hasErrors: state.errors.length > 0,
    crumbs: [{ label: say.t('curriculum.tabFailing'), href: addressOf('/failing') }],
    body: <ReasonPage {...{ subject, reasons, state, say }} today={todayInIndia(ctx.clock)} />,
  });
}
