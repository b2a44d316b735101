import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { type Listed, listQuery, pagedList } from '../../kernel/lists.ts';
import { rolesDeciding } from '../deciding.ts';
import { takenBack } from '../service/schema.ts';
import { askExtension, withdrawExtension } from './ask-extension.ts';
import { decideExtension, ownRequests, takeBackExtension, waitingRequests } from './decide-extension.ts';
import { byRequest, extensionDecision, extensionInput } from './schema.ts';
import type { ExtensionRow } from './store.ts';

const tags = ['mandates'];
const own = { access: 'person' } as const;
const nodal = { access: { roles: rolesDeciding } } as const;
const requestShape = z.object({
  id: z.string(),
  personId: z.string(),
  employeeCode: z.string().nullable(),
  mandate: z.string(),
  askedUntil: z.string(),
  reason: z.string().nullable(),
  state: z.enum(['asked', 'granted', 'refused', 'withdrawn', 'takenBack']),
  grantedUntil: z.string().nullable(),
  decisionReason: z.string().nullable(),
  decidedAt: z.date().nullable(),
  recordedAt: z.date(),
});
const requests = pagedList(requestShape);

/** More time under an order: asked by the person, decided by the nodal officer. */
export function extensionApi(app: App): void {
  app.get(
    '/api/v1/me/extensions',
    {
      config: own,
      schema: {
        tags,
        summary: 'One’s own requests for more time, the newest first',
        querystring: listQuery,
        response: { 200: requests },
      },
    },
    async (request) => viewOfList(await ownRequests(request.ctx, request.query)),
  );
  app.post(
    '/api/v1/me/extensions',
    {
      config: own,
      schema: {
        tags,
        summary: 'Ask for more time under an order that binds one',
        body: extensionInput.extend({ mandateId: z.uuid() }),
        response: { 201: z.object({ id: z.string() }) },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await askExtension(request.ctx, request.body.mandateId, request.body)),
  );
  app.post(
    '/api/v1/me/extensions/:requestId/withdrawal',
    {
      config: own,
      schema: {
        tags,
        summary: 'Withdraw one’s own request',
        params: z.object({ requestId: z.uuid() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await withdrawExtension(request.ctx, request.params.requestId);
      return reply.status(204).send(null);
    },
  );
  app.get(
    '/api/v1/extensions',
    {
      config: nodal,
      schema: {
        tags,
        summary: 'Requests for more time that wait for the actor, the oldest first',
        querystring: listQuery,
        response: { 200: requests },
      },
    },
    async (request) => viewOfList(await waitingRequests(request.ctx, request.query)),
  );
  app.post(
    '/api/v1/persons/:personId/extensions/:requestId/decision',
    {
      config: nodal,
      schema: {
        tags,
        summary: 'Grant more time, or refuse it',
        params: byRequest,
        body: extensionDecision,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await decideExtension(request.ctx, request.params, request.body);
      return reply.status(204).send(null);
    },
  );
  app.post(
    '/api/v1/persons/:personId/extensions/:requestId/withdrawal',
    {
      config: nodal,
      schema: {
        tags,
        summary: 'Take granted time back',
        params: byRequest,
        body: takenBack,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await takeBackExtension(request.ctx, request.params, request.body);
      return reply.status(204).send(null);
    },
  );
}

function viewOfList({ items, next }: Listed<ExtensionRow>) {
  return { items: items.map(viewOf), next };
}

function viewOf(row: ExtensionRow): z.input<typeof requestShape> {
  const { requestId, personId, code, mandateNumber, askedUntil, reason, state, grantedUntil } = row;
  const { decisionReason, decidedAt, recordedAt } = row;
  return {
    ...{ id: requestId, personId, employeeCode: code, mandate: mandateNumber, askedUntil, reason },
    state: row.isTakenBack ? 'takenBack' : state,
    ...{ grantedUntil, decisionReason, decidedAt, recordedAt },
  };
}
