import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../../../kernel/feature.ts';
import { translator } from '../../../kernel/i18n.ts';
import { flash, seeOther } from '../../../shell/site/index.ts';
import { findPersons } from '../list-query.ts';
import { mergePersons, previewPersonsMerge } from '../merge-persons.ts';
import { requireManagedPerson, rolesChangingPersons } from '../policy.ts';
import { personIdParams } from '../schema.ts';
import { personName } from '../words.ts';
import { sendDeskPage } from './frame.ts';
import { MergeConfirmPage, MergeSearchPage } from './merge-pages.tsx';

const config = { access: { roles: rolesChangingPersons } };
const searchQuery = z.object({ q: z.string().trim().max(200).optional() });
const pairParams = z.object({ personId: z.uuid(), otherId: z.uuid() });
const choice = z.object({ survivor: z.enum(['this', 'other']).catch('this').default('this') });

/** Finding the other record, looking at both side by side, and making them one. */
export function mergeRoutes(app: App): void {
  app.get(
    '/office/persons/:personId/merge',
    { config, schema: { params: personIdParams, querystring: searchQuery, hide: true } },
    (request, reply) => drawSearch(request, reply, { ...request.params, ...request.query }),
  );
  const pair = { config, schema: { params: pairParams, querystring: choice, hide: true } };
  app.get('/office/persons/:personId/merge/:otherId', pair, (request, reply) =>
    drawConfirm(request, reply, pairOf(request.params, request.query.survivor)),
  );
  app.post('/office/persons/:personId/merge/:otherId', pair, async (request, reply) => {
    const chosen = pairOf(request.params, request.query.survivor);
    await mergePersons(request.ctx, chosen);
    flash(reply, { kind: 'success', key: 'people.merged' });
    return seeOther(reply, `/office/persons/${chosen.survivorId}`);
  });
}

type Params = z.output<typeof pairParams>;
type Pair = { survivorId: string; mergedId: string; params: Params; survivor: 'this' | 'other' };

function pairOf(params: Params, survivor: 'this' | 'other'): Pair {
  const { personId, otherId } = params;
  return survivor === 'this'
    ? { survivorId: personId, mergedId: otherId, params, survivor }
    : { survivorId: otherId, mergedId: personId, params, survivor };
}

type Search = { personId: string; q?: string };

async function drawSearch(request: FastifyRequest, reply: FastifyReply, { personId, q }: Search) {
  const { ctx } = request;
  const person = await requireManagedPerson(ctx, personId);
  // Without words, whoever shares the mobile or the name is the likeliest.
  const words = q ?? person.nameHi ?? person.nameEn ?? '';
  const listing = await findPersons(ctx, { q: words, state: 'posted' });
  const others = listing.persons.filter((other) => other.personId !== personId);
  const title = translator(ctx.language)('people.mergeTitle', { name: personName(person, ctx.language) });
  return sendDeskPage(
    request,
    reply,
    { title, person },
    <MergeSearchPage title={title} person={person} words={words} others={others} />,
  );
}

async function drawConfirm(request: FastifyRequest, reply: FastifyReply, pair: Pair) {
  const { ctx } = request;
  const preview = await previewPersonsMerge(ctx, pair);
  const person = pair.survivor === 'this' ? preview.survivor : preview.merged;
  const title = translator(ctx.language)('people.mergeConfirmTitle');
  return sendDeskPage(
    request,
    reply,
    { title, person },
    <MergeConfirmPage title={title} preview={preview} params={pair.params} survivor={pair.survivor} />,
  );
}
