import { z } from 'zod';
import type { App } from '../kernel/feature.ts';
import { forAll } from './badges/api.ts';
import { certificateDetail, ownCertificates } from './list-certificates.ts';
import { correctAndReplace } from './replace-certificate.ts';
import { revokeCertificate } from './revoke-certificate.ts';
import {
  byNumber,
  certificateShape,
  keySetShape,
  ownListQuery,
  reasonInput,
  replacementInput,
} from './schema.ts';
import { certificateAnswer } from './shapes.ts';
import { publicKeySet } from './signing-keys.ts';

const tags = ['certificates'];

export function credentialsApi(app: App): void {
  app.get(
    '/api/v1/me/certificates',
    {
      config: { access: 'person' },
      schema: {
        tags,
        summary: 'My certificates, newest first; replaced ones are left out',
        querystring: ownListQuery,
        response: { 200: z.object({ items: z.array(certificateShape), next: z.string().nullable() }) },
      },
    },
    async (request) => {
      const { items, next } = await ownCertificates(request.ctx, request.query);
      return { items: items.map((item) => certificateAnswer(item, request.ctx.config)), next };
    },
  );
  app.get(
    '/api/v1/certificates/:certificateNo',
    {
      config: { access: 'signed-in' },
      schema: {
        tags,
        summary: 'One certificate, for its holder and for who may read names there',
        params: byNumber,
        response: { 200: certificateShape },
      },
    },
    async (request) =>
      certificateAnswer(
        await certificateDetail(request.ctx, request.params.certificateNo),
        request.ctx.config,
      ),
  );
  changesApi(app);
  keysRoute(app);
}

function changesApi(app: App): void {
  app.post(
    '/api/v1/certificates/:certificateNo/revocation',
    {
      config: { access: 'signed-in' },
      schema: {
        tags,
        summary: 'Revoke a certificate, with the reason (nodal officer)',
        params: byNumber,
        body: reasonInput,
        response: { 200: certificateShape },
      },
    },
    async (request) => {
      const input = { ...request.params, ...request.body };
      return certificateAnswer(await revokeCertificate(request.ctx, input), request.ctx.config);
    },
  );
  app.post(
    '/api/v1/certificates/:certificateNo/replacements',
    {
      config: { access: 'signed-in' },
      schema: {
        tags,
        summary:
          "Issue a certificate anew with the person's name of today, or a corrected one (nodal officer)",
        params: byNumber,
        body: replacementInput,
        response: { 201: certificateShape },
      },
    },
    async (request, reply) => {
      const newNo = await correctAndReplace(request.ctx, { ...request.params, ...request.body });
      const made = await certificateDetail(request.ctx, newNo);
      return reply.status(201).send(certificateAnswer(made, request.ctx.config));
    },
  );
}

function keysRoute(app: App): void {
  app.get(
    '/.well-known/daksh-keys.json',
    {
      config: { access: 'public' },
      schema: {
        tags,
        summary: 'Public keys (JWK set) that certificates are signed with, retired ones too',
        response: {
          200: { description: 'JWK set', content: { 'application/jwk-set+json': { schema: keySetShape } } },
        },
      },
    },
    async (request, reply) => {
      // For programs of other states as well: nothing here is secret.
      forAll(reply, 3600);
      const keys = keySetShape.parse(await publicKeySet(request.ctx.db));
      return reply.type('application/jwk-set+json').send(keys);
    },
  );
}
