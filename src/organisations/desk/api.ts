import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { closeOffice, reopenOffice } from './close-office.ts';
import { addOffice, editOffice } from './keep-office.ts';
import { officePosts, readOffice } from './office-view.ts';
import { rolesKeepingOffices, rolesReadingOffices } from './policy.ts';
import { savePost } from './save-post.ts';
import { closing, codeParams, newOffice, officePatch, postInput, serviceGroups } from './schema.ts';

const reads = { access: { roles: rolesReadingOffices } };
const changes = { access: { roles: rolesKeepingOffices } };
const tags = ['organisations'];

const text = z.string().nullable();
const dayText = z.string().nullable().describe('YYYY-MM-DD');
const officeBody = z.object({
  code: z.string(),
  nameHi: z.string(),
  nameEn: text,
  parentCode: text,
  kind: text,
  areaCode: text.describe('LGD code'),
  strength: z.number().nullable().describe('sanctioned posts in all'),
  validFrom: dayText,
  validUntil: dayText.describe('the last day of an office that is closed, or will be'),
});
const postsBody = z.object({
  items: z.array(
    z.object({
      designation: z.string(),
      serviceGroup: text.describe(serviceGroups.join(', ')),
      sanctioned: z.number(),
    }),
  ),
});
const childInput = newOffice.extend({ parentCode: z.string().trim().min(1, 'required').max(300) });

/** `/api/v1/offices/{code}` and what changes it: the same commands as the pages. */
export function officeDeskApi(app: App): void {
  keepingApi(app);
  closingApi(app);
  postsApi(app);
}

function keepingApi(app: App): void {
  app.get(
    '/api/v1/offices/:code',
    {
      config: reads,
      schema: { summary: 'One office', tags, params: codeParams, response: { 200: officeBody } },
    },
    (request) => readOffice(request.ctx, request.params.code),
  );
  app.post(
    '/api/v1/offices',
    {
      config: changes,
      schema: {
        summary: 'Add an office below another, open from today',
        tags,
        body: childInput,
        response: { 201: officeBody },
      },
    },
    async (request, reply) => {
      const code = await addOffice(request.ctx, request.body);
      reply.status(201).header('location', `/api/v1/offices/${encodeURIComponent(code)}`);
      return readOffice(request.ctx, code);
    },
  );
  app.patch(
    '/api/v1/offices/:code',
    {
      config: changes,
      schema: {
        summary: 'Change name, kind, area, strength; what is absent stays, null empties',
        tags,
        params: codeParams,
        body: officePatch,
        response: { 200: officeBody },
      },
    },
    async (request) => {
      const { code } = request.params;
      await editOffice(request.ctx, { ...request.body, code });
      return readOffice(request.ctx, code);
    },
  );
}

function closingApi(app: App): void {
  const url = '/api/v1/offices/:code/closure';
  app.post(
    url,
    {
      config: changes,
      schema: {
        summary:
          'Close after a day; refused while people are posted there or come later, or offices below are open',
        tags,
        params: codeParams,
        body: closing,
        response: { 200: officeBody },
      },
    },
    async (request) => {
      const { code } = request.params;
      await closeOffice(request.ctx, { ...request.body, code });
      return readOffice(request.ctx, code);
    },
  );
  app.delete(
    url,
    {
      config: changes,
      schema: { summary: 'Take the closing back', tags, params: codeParams, response: { 200: officeBody } },
    },
    async (request) => {
      const { code } = request.params;
      await reopenOffice(request.ctx, code);
      return readOffice(request.ctx, code);
    },
  );
}

function postsApi(app: App): void {
  const url = '/api/v1/offices/:code/posts';
  app.get(
    url,
    {
      config: reads,
      schema: { summary: 'Sanctioned posts', tags, params: codeParams, response: { 200: postsBody } },
    },
    async (request) => ({ items: await officePosts(request.ctx, request.params.code) }),
  );
  app.put(
    url,
    {
      config: changes,
      schema: {
        summary: 'Sanctioned posts of one designation and group; zero takes the line away',
        tags,
        params: codeParams,
        body: postInput,
        response: { 200: postsBody },
      },
    },
    async (request) => {
      const { code } = request.params;
      await savePost(request.ctx, { ...request.body, code });
      return { items: await officePosts(request.ctx, code) };
    },
  );
}
