import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { notFound, Refusal } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import {
  dismissCompletion,
  matchCompletion,
  waitingCompletion,
  waitingCompletions,
} from '../../learning/index.ts';
import { importRoles } from '../../organisations/index.ts';
import { flash, seeOther } from '../../shell/site/index.ts';
import { sendImportPage } from './frame.ts';
import { MatchPage, UnmatchedList } from './unmatched-pages.tsx';

const config = { access: { roles: importRoles } };
const params = z.object({ unmatchedId: z.uuid() });
const list = '/office/imports/unmatched';

/** The matching desk: completions whose person the file did not say. */
export function unmatchedRoutes(app: App): void {
  app.get(
    list,
    { config, schema: { querystring: z.object({ after: z.uuid().optional() }), hide: true } },
    async (request, reply) => {
      const page = await waitingCompletions(request.ctx, { after: request.query.after, limit: 50 });
      const title = translator(request.ctx.language)('imports.unmatched');
      return sendImportPage(request, reply, { title }, <UnmatchedList {...page} />);
    },
  );
  app.get(
    `${list}/:unmatchedId`,
    {
      config,
      schema: { params, querystring: z.object({ code: z.string().max(100).optional() }), hide: true },
    },
    (request, reply) =>
      drawMatch(request, reply, {
        unmatchedId: request.params.unmatchedId,
        code: request.query.code?.trim(),
      }),
  );
  app.post(
    `${list}/:unmatchedId/match`,
    { config, schema: { params, hide: true } },
    async (request, reply) => {
      const { unmatchedId } = request.params;
      const { personId } = readPerson(request.body);
      return orRedraw(request, reply, unmatchedId, async () => {
        const { completionId } = await matchCompletion(request.ctx, { unmatchedId, personId });
        flash(reply, { kind: 'success', key: completionId ? 'imports.matched' : 'imports.matchedAlready' });
      });
    },
  );
  app.post(
    `${list}/:unmatchedId/dismissal`,
    { config, schema: { params, hide: true } },
    async (request, reply) => {
      const { unmatchedId } = request.params;
      return orRedraw(request, reply, unmatchedId, async () => {
        await dismissCompletion(request.ctx, unmatchedId);
        flash(reply, { kind: 'info', key: 'imports.dismissed' });
      });
    },
  );
}

function readPerson(body: unknown): { personId: string } {
  const read = z.object({ personId: z.uuid() }).safeParse(body);
  if (!read.success) throw notFound();
  return read.data;
}

async function orRedraw(
  request: FastifyRequest,
  reply: FastifyReply,
  unmatchedId: string,
  act: () => Promise<void>,
) {
  try {
    await act();
    return seeOther(reply, list);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'conflict') throw error;
    reply.status(error.status);
    return drawMatch(request, reply, { unmatchedId, refusal: error });
  }
}

type Drawn = { unmatchedId: string; code?: string; refusal?: Refusal };

async function drawMatch(request: FastifyRequest, reply: FastifyReply, drawn: Drawn) {
  const { ctx } = request;
  const t = translator(ctx.language);
  const found = await waitingCompletion(ctx, {
    unmatchedId: drawn.unmatchedId,
    text: drawn.code || undefined,
  });
  const errors = drawn.refusal ? [{ field: 'main', text: pick(drawn.refusal.text, ctx.language) }] : [];
  return sendImportPage(
    request,
    reply,
    {
      title: t('imports.matchTitle'),
      parent: { label: t('imports.unmatched'), href: list },
      width: 'reading',
      hasErrors: errors.length > 0,
    },
    <MatchPage {...found} code={drawn.code} errors={errors} />,
  );
}
