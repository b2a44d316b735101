import { z } from 'zod';
import { invalid } from '../../kernel/errors.ts';
import type { App } from '../../kernel/feature.ts';
import { rolesSeeingPersons } from '../../organisations/index.ts';
import { addPerson } from './add-person.ts';
import { addPosting } from './add-posting.ts';
import {
  contactBody,
  effectsBody,
  madePerson,
  madePosting,
  personBody,
  personListBody,
} from './api-schema.ts';
import { toListedPerson, toPerson } from './api-view.ts';
import { correctPosting } from './correct-posting.ts';
import { editPerson } from './edit-person.ts';
import { endPosting } from './end-posting.ts';
import { findPersons, listFields, pageKey } from './list-query.ts';
import { mergePersons, previewPersonsMerge } from './merge-persons.ts';
import { movePerson } from './move-person.ts';
import { readPerson } from './person-view.ts';
import { rolesChangingPersons } from './policy.ts';
import { revealContact } from './reveal-contact.ts';
import {
  editPersonInput,
  moveInput,
  newPersonInput,
  newPostingInput,
  personIdParams,
  postingCorrectionInput,
  postingEndInput,
  postingParams,
} from './schema.ts';

const reads = { access: { roles: rolesSeeingPersons } };
const changes = { access: { roles: rolesChangingPersons } };
const tags = ['persons'];
const done = z.null().describe('done');

/** `/api/v1/persons`: the same queries and commands as the pages. */
export function personsApi(app: App): void {
  readingApi(app);
  personApi(app);
  postingApi(app);
  mergingApi(app);
}

const pageFields = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  after: pageKey.optional(),
};

function readingApi(app: App): void {
  app.get(
    '/api/v1/persons',
    {
      config: reads,
      schema: {
        summary: 'Persons of one’s offices, by name',
        tags,
        querystring: z.object({ ...listFields, ...pageFields }),
        response: { 200: personListBody },
      },
    },
    async (request) => {
      const { persons, next, faults } = await findPersons(request.ctx, request.query);
      if (faults.length > 0) throw invalid(faults);
      return { items: persons.map(toListedPerson), next: next ?? null };
    },
  );
  app.get(
    '/api/v1/persons/:personId',
    {
      config: reads,
      schema: {
        summary: 'One person, contacts masked',
        tags,
        params: personIdParams,
        response: { 200: personBody },
      },
    },
    async (request) => toPerson(await readPerson(request.ctx, request.params.personId)),
  );
  app.post(
    '/api/v1/persons/:personId/contact-views',
    {
      config: reads,
      schema: {
        summary: 'The whole contacts; recorded',
        tags,
        params: personIdParams,
        response: { 200: contactBody },
      },
    },
    async (request) => revealContact(request.ctx, request.params.personId),
  );
}

function personApi(app: App): void {
  app.post(
    '/api/v1/persons',
    {
      config: changes,
      schema: { summary: 'Add one person', tags, body: newPersonInput, response: { 201: madePerson } },
    },
    async (request, reply) => reply.status(201).send(await addPerson(request.ctx, request.body)),
  );
  app.patch(
    '/api/v1/persons/:personId',
    {
      config: changes,
      schema: {
        summary: 'Change names, contacts, dates',
        tags,
        params: personIdParams,
        body: editPersonInput,
        response: { 200: personBody },
      },
    },
    async (request) => {
      const { personId } = request.params;
      await editPerson(request.ctx, { ...request.body, personId });
      return toPerson(await readPerson(request.ctx, personId));
    },
  );
}

function postingApi(app: App): void {
  app.post(
    '/api/v1/persons/:personId/transfers',
    {
      config: changes,
      schema: {
        summary: 'Transfer',
        tags,
        params: personIdParams,
        body: moveInput,
        response: { 201: madePosting },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await movePerson(request.ctx, { ...request.body, ...request.params })),
  );
  app.post(
    '/api/v1/persons/:personId/postings',
    {
      config: changes,
      schema: {
        summary: 'Additional charge, deputation, attachment',
        tags,
        params: personIdParams,
        body: newPostingInput,
        response: { 201: madePosting },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await addPosting(request.ctx, { ...request.body, ...request.params })),
  );
  app.post(
    '/api/v1/persons/:personId/postings/:postingId/end',
    {
      config: changes,
      schema: {
        summary: 'End a posting on its last day',
        tags,
        params: postingParams,
        body: postingEndInput,
        response: { 200: z.object({ ended: z.number() }) },
      },
    },
    async (request) => endPosting(request.ctx, { ...request.body, ...request.params }),
  );
  app.post(
    '/api/v1/persons/:personId/postings/:postingId/correction',
    {
      config: changes,
      schema: {
        summary: 'Correct a posting',
        tags,
        params: postingParams,
        body: postingCorrectionInput,
        response: { 204: done },
      },
    },
    async (request, reply) => {
      await correctPosting(request.ctx, { ...request.body, ...request.params });
      return reply.status(204).send(null);
    },
  );
}

const mergeBody = z.object({ mergedId: z.uuid().describe('the record that is taken into this one') });

function mergingApi(app: App): void {
  const schema = { tags, params: personIdParams };
  app.get(
    '/api/v1/persons/:personId/merge-preview',
    {
      config: changes,
      schema: {
        ...schema,
        summary: 'What a merge would do',
        querystring: mergeBody,
        response: { 200: effectsBody },
      },
    },
    async (request) => {
      const pair = { survivorId: request.params.personId, mergedId: request.query.mergedId };
      const { effects } = await previewPersonsMerge(request.ctx, pair);
      return { effects };
    },
  );
  app.post(
    '/api/v1/persons/:personId/merges',
    {
      config: changes,
      schema: {
        ...schema,
        summary: 'Take another record into this one',
        body: mergeBody,
        response: { 204: done },
      },
    },
    async (request, reply) => {
      await mergePersons(request.ctx, {
        survivorId: request.params.personId,
        mergedId: request.body.mergedId,
      });
      return reply.status(204).send(null);
    },
  );
}
