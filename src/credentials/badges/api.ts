import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Ctx } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { officeById } from '../../organisations/index.ts';
import { certificateDetail } from '../list-certificates.ts';
import { byNumber } from '../schema.ts';
import { publicKeySet } from '../signing-keys.ts';
import { didDocument, issuerDid, issuerUrl } from './issuer.ts';
import { badgesContext, credentialsContext, openBadge, statusListCredential } from './open-badge.ts';
import { signCredential } from './sign-credential.ts';
import { statusList, statusListSeconds } from './status-lists.ts';

const tags = ['certificates'];
const config = { access: 'public' as const };
const byOffice = z.object({ officeId: z.uuid() });
const anyObject = z.record(z.string(), z.unknown());

export function badgesApi(app: App): void {
  app.get(
    '/api/v1/certificates/:certificateNo/badge',
    {
      config: { access: 'signed-in' },
      schema: {
        tags,
        summary:
          'The certificate as a signed Open Badge 3.0 (VC-JWT), for its holder and for who may read names there',
        params: byNumber,
        response: { 200: z.object({ jwt: z.string(), credential: anyObject }) },
      },
    },
    async (request) => {
      const certificate = await certificateDetail(request.ctx, request.params.certificateNo);
      const credential = openBadge(certificate, request.ctx.config);
      return { jwt: await signCredential(request.ctx.db, credential), credential };
    },
  );
  statusLists(app);
  issuers(app);
}

function statusLists(app: App): void {
  app.get(
    '/status-lists/:list',
    {
      config,
      schema: {
        tags,
        summary: 'Which certificates were withdrawn: a Bitstring Status List credential (VC-JWT)',
        params: z.object({ list: z.coerce.number().int().min(0).max(1_000_000) }),
        response: {
          200: { description: 'VC-JWT', content: { 'application/vc+jwt': { schema: z.string() } } },
        },
      },
    },
    async (request, reply) => {
      const { ctx, params } = request;
      const found = await statusList(ctx, params.list);
      if (!found) throw notFound();
      const given = { config: ctx.config, asOf: found.asOf, ttlMs: statusListSeconds * 1000 };
      const credential = statusListCredential(params.list, found.encodedList, given);
      forAll(reply, statusListSeconds).type('application/vc+jwt');
      return reply.send(await signCredential(ctx.db, credential));
    },
  );
}

function issuers(app: App): void {
  const did = { description: 'DID document', content: { 'application/did+json': { schema: anyObject } } };
  for (const url of ['/.well-known/did.json', '/did.json'])
    app.get(
      url,
      { config, schema: { tags, summary: 'did:web of this installation', response: { 200: did } } },
      async (request, reply) => sendDid(request.ctx, reply),
    );
  app.get(
    '/issuers/:officeId/did.json',
    {
      config,
      schema: { tags, summary: 'did:web of an issuing office', params: byOffice, response: { 200: did } },
    },
    async (request, reply) => {
      if (!(await officeById(request.ctx, request.params.officeId))) throw notFound();
      return sendDid(request.ctx, reply, request.params.officeId);
    },
  );
  app.get(
    '/issuers/:officeId',
    {
      config,
      schema: {
        tags,
        summary: 'Profile of an issuing office (Open Badges 3.0), also after it was closed',
        params: byOffice,
        response: {
          200: { description: 'Profile', content: { 'application/ld+json': { schema: anyObject } } },
        },
      },
    },
    async (request, reply) => {
      const office = await officeById(request.ctx, request.params.officeId);
      if (!office) throw notFound();
      forAll(reply, 3600).type('application/ld+json');
      return reply.send({
        '@context': [credentialsContext, badgesContext],
        id: issuerDid(request.ctx.config, office.officeId),
        type: ['Profile'],
        name: office.nameHi,
        ...(office.nameEn ? { description: office.nameEn } : {}),
        url: issuerUrl(request.ctx.config, office.officeId),
      });
    },
  );
}

async function sendDid(ctx: Ctx, reply: FastifyReply, officeId?: string) {
  const { keys } = await publicKeySet(ctx.db);
  forAll(reply, 3600).type('application/did+json');
  return reply.send(didDocument(issuerDid(ctx.config, officeId), issuerUrl(ctx.config, officeId), keys));
}

/** For programs of everybody: nothing here is secret, and none of it is of a person. */
export function forAll(reply: FastifyReply, seconds: number): FastifyReply {
  return reply
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('cache-control', `public, max-age=${seconds}`);
}
