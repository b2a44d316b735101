import { z } from 'zod';
import type { App } from '../kernel/feature.ts';
import { rolesChangingPersons } from './desk/policy.ts';
import { approveNameRequest, listNameRequests, refuseNameRequest } from './profile/decide-name-request.ts';
import { requestName } from './profile/request-name.ts';
import { nameRefusalInput, nameRequestInput, nameRequestParams } from './profile/schema.ts';
import { approveRegistration, refuseRegistration } from './registration/decide-registration.ts';
import { listRegistrations, revealRegistrationContact } from './registration/registrations.ts';
import { approvalInput, refusalInput, registrationParams } from './registration/schema.ts';

const changes = { access: { roles: rolesChangingPersons } };
const text = z.string().nullable();
const done = z.null().describe('done');

const registrationBody = z.object({
  id: z.uuid(),
  nameHi: text,
  nameEn: text,
  code: z.string(),
  issuer: z.string(),
  officeCode: z.string(),
  requestedAt: z.string(),
});
const nameRequestBody = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  code: text,
  nameHi: text,
  nameEn: text,
  reason: z.string(),
  requestedAt: z.string(),
});

/** Requests that wait at the people desk, and the decisions on them. */
export function requestsApi(app: App): void {
  registrationsApi(app);
  namesApi(app);
}

function registrationsApi(app: App): void {
  const tags = ['registrations'];
  const schema = { tags, params: registrationParams };
  app.get(
    '/api/v1/registrations',
    {
      config: changes,
      schema: { summary: 'Who asks to be registered', tags, response: { 200: listOf(registrationBody) } },
    },
    async (request) => ({
      items: (await listRegistrations(request.ctx)).map((one) => ({
        ...one,
        id: one.registrationId,
        requestedAt: one.requestedAt.toISOString(),
      })),
      next: null,
    }),
  );
  app.post(
    '/api/v1/registrations/:registrationId/contact-views',
    {
      config: changes,
      schema: {
        ...schema,
        summary: 'The whole mobile of who asks; recorded',
        response: { 200: z.object({ mobile: z.string() }) },
      },
    },
    async (request) => revealRegistrationContact(request.ctx, request.params.registrationId),
  );
  app.post(
    '/api/v1/registrations/:registrationId/approval',
    {
      config: changes,
      schema: {
        ...schema,
        summary: 'Approve',
        body: approvalInput,
        response: { 201: z.object({ personId: z.uuid() }) },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await approveRegistration(request.ctx, { ...request.body, ...request.params })),
  );
  app.post(
    '/api/v1/registrations/:registrationId/refusal',
    {
      config: changes,
      schema: { ...schema, summary: 'Refuse', body: refusalInput, response: { 204: done } },
    },
    async (request, reply) => {
      await refuseRegistration(request.ctx, { ...request.body, ...request.params });
      return reply.status(204).send(null);
    },
  );
}

function namesApi(app: App): void {
  const tags = ['names'];
  const schema = { tags, params: nameRequestParams };
  app.post(
    '/api/v1/me/name-requests',
    {
      config: { access: 'person' },
      schema: {
        summary: 'Ask for a corrected name',
        tags,
        body: nameRequestInput,
        response: { 201: z.object({ nameRequestId: z.uuid() }) },
      },
    },
    async (request, reply) => reply.status(201).send(await requestName(request.ctx, request.body)),
  );
  app.get(
    '/api/v1/name-requests',
    {
      config: changes,
      schema: { summary: 'Names that wait for a decision', tags, response: { 200: listOf(nameRequestBody) } },
    },
    async (request) => ({
      items: (await listNameRequests(request.ctx)).map((one) => ({
        ...one,
        id: one.nameRequestId,
        requestedAt: one.requestedAt.toISOString(),
      })),
      next: null,
    }),
  );
  app.post(
    '/api/v1/name-requests/:personId/:nameRequestId/approval',
    { config: changes, schema: { ...schema, summary: 'Approve', response: { 204: done } } },
    async (request, reply) => {
      await approveNameRequest(request.ctx, request.params);
      return reply.status(204).send(null);
    },
  );
  app.post(
    '/api/v1/name-requests/:personId/:nameRequestId/refusal',
    {
      config: changes,
      schema: { ...schema, summary: 'Refuse', body: nameRefusalInput, response: { 204: done } },
    },
    async (request, reply) => {
      await refuseNameRequest(request.ctx, { ...request.body, ...request.params });
      return reply.status(204).send(null);
    },
  );
}

function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}
