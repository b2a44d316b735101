import { z } from 'zod';
import type { App, Runtime } from '../../kernel/feature.ts';
import { type Listed, listQuery, pagedList } from '../../kernel/lists.ts';
import { rolesDeciding } from '../deciding.ts';
import { takenBack } from '../service/schema.ts';
import { ownClaimFile, ownClaims, waitingClaims } from './claims.ts';
import { decideClaim, takeBackClaim } from './decide-claim.ts';
import { receiveClaim } from './http/receive-claim.ts';
import { sendClaimFile } from './http/send-file.ts';
import { withdrawClaim } from './make-claim.ts';
import { byClaim, claimDecision } from './schema.ts';
import type { ClaimRow } from './store.ts';

const tags = ['mandates'];
const own = { access: 'person' } as const;
const nodal = { access: { roles: rolesDeciding } } as const;
const byId = z.object({ claimId: z.uuid() });
const claimShape = z.object({
  id: z.string(),
  personId: z.string(),
  employeeCode: z.string().nullable(),
  title: z.string(),
  provider: z.string().nullable(),
  courseCode: z.string().nullable(),
  claimedTopics: z.array(z.string()).describe('What the person says it was about'),
  topics: z.array(z.string()).nullable().describe('What who accepted it confirmed; only these count'),
  minutes: z.number(),
  completedOn: z.string(),
  certificateNo: z.string().nullable(),
  state: z.enum(['asked', 'accepted', 'refused', 'withdrawn', 'takenBack']),
  decidedAt: z.date().nullable(),
  decisionReason: z.string().nullable(),
  recordedAt: z.date(),
});
const claims = pagedList(claimShape);

/** Courses done elsewhere: claimed with a certificate, decided by the nodal officer. */
export function claimApi(app: App, runtime: Runtime): void {
  app.get(
    '/api/v1/me/claims',
    {
      config: own,
      schema: {
        tags,
        summary: 'One’s own claims, the newest first',
        querystring: listQuery,
        response: { 200: claims },
      },
    },
    async (request) => viewOfList(await ownClaims(request.ctx, request.query)),
  );
  app.post(
    '/api/v1/me/claims',
    {
      config: own,
      schema: {
        tags,
        summary: 'Claim a course done elsewhere',
        description:
          'A multipart form: title, provider, minutes, completedOn, certificateNo?, courseCode?, topics? (several fields, or one with commas), then `file`, a PDF or picture of at most 10 MB.',
        consumes: ['multipart/form-data'],
        response: { 201: z.object({ id: z.string() }) },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await receiveClaim(request, runtime.storage, { values: {} })),
  );
  app.post(
    '/api/v1/me/claims/:claimId/withdrawal',
    {
      config: own,
      schema: { tags, summary: 'Withdraw one’s own claim', params: byId, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await withdrawClaim(request.ctx, request.params.claimId);
      return reply.status(204).send(null);
    },
  );
  app.get(
    '/api/v1/me/claims/:claimId/file',
    {
      config: { ...own, file: 'own' },
      schema: { tags, summary: 'The certificate of one’s own claim', params: byId },
    },
    async (request, reply) =>
      sendClaimFile(reply, runtime.storage, await ownClaimFile(request.ctx, request.params.claimId)),
  );
  decisions(app);
}

function decisions(app: App): void {
  app.get(
    '/api/v1/claims',
    {
      config: nodal,
      schema: {
        tags,
        summary: 'Claims that wait for the actor, the oldest first',
        querystring: listQuery,
        response: { 200: claims },
      },
    },
    async (request) => viewOfList(await waitingClaims(request.ctx, request.query)),
  );
  app.post(
    '/api/v1/persons/:personId/claims/:claimId/decision',
    {
      config: nodal,
      schema: {
        tags,
        summary: 'Accept or refuse a claim',
        params: byClaim,
        body: claimDecision,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await decideClaim(request.ctx, request.params, request.body);
      return reply.status(204).send(null);
    },
  );
  app.post(
    '/api/v1/persons/:personId/claims/:claimId/withdrawal',
    {
      config: nodal,
      schema: {
        tags,
        summary: 'Take an acceptance back',
        params: byClaim,
        body: takenBack,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await takeBackClaim(request.ctx, request.params, request.body);
      return reply.status(204).send(null);
    },
  );
}

function viewOfList({ items, next }: Listed<ClaimRow>) {
  return { items: items.map(viewOf), next };
}

function viewOf(row: ClaimRow): z.input<typeof claimShape> {
  const { claimId, personId, title, provider, courseCode, minutes, completedOn, certificateNo } = row;
  return {
    ...{ id: claimId, personId, employeeCode: row.code, title, provider, courseCode, minutes, completedOn },
    ...{ claimedTopics: row.claimedTopics, topics: row.topics },
    ...{ certificateNo, state: row.isTakenBack ? 'takenBack' : row.state },
    ...{ decidedAt: row.decidedAt, decisionReason: row.decisionReason, recordedAt: row.recordedAt },
  };
}
