import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireRole } from '../../kernel/context.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { translator } from '../../kernel/i18n.ts';
import { addSiteLink, flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { addDeskRow } from '../authoring/desk-rows.ts';
import { searchCourses } from '../stores/course-search.ts';
import { collectionHooks } from './hooks.ts';
import {
  CollectionDesk,
  CollectionEdit,
  CollectionForm,
  CollectionPage,
  CollectionsPage,
  editHref,
  titleIn,
} from './pages.tsx';
import {
  arrangeCollection,
  arrangeInput,
  collectionInput,
  createCollection,
  newCollectionInput,
  ownCollection,
  rolesCollecting,
  saveCollection,
  shownCollection,
} from './save-collection.ts';
import { collectionsOfCourse, collectionsWithin, coursesIn, publishedCollections } from './store.ts';

const open = { access: 'public' } as const;
const config = { access: { roles: rolesCollecting } };
const byCode = z.object({ code: z.string().max(64) });
const searched = z.object({ q: z.string().trim().max(200).default('').catch('') });
const desk = '/office/collections';

export function addCollectionLink(): void {
  addSiteLink({
    key: 'collections',
    area: 'office',
    label: 'catalogue.collections',
    href: desk,
    icon: 'menu',
    roles: rolesCollecting,
    group: 'learning',
    order: 37,
  });
}

/** On an author's desk: the collections that the course stands in. */
export function addCollectionRow(): void {
  addDeskRow('collections', async (ctx, course) => {
    const t = translator(ctx.language);
    const rows = await collectionsOfCourse(ctx.db.read, course.courseId);
    return {
      label: t('catalogue.collections'),
      value: rows.map((row) => titleIn(row, ctx.language)).join('; ') || t('catalogue.authorAroundNone'),
      href: desk,
    };
  });
}

/** An office's lists of courses: a page of each for everybody, and a desk for who keeps them. */
export function collectionRoutes(app: App): void {
  app.get('/collections', { config: open, schema: { hide: true } }, async (request, reply) => {
    const say = sayOf(request);
    const rows = await publishedCollections(request.ctx.db.read);
    const frame = {
      title: say.t('catalogue.collections'),
      activeLink: 'courses',
      breadcrumbs: [{ label: say.t('catalogue.allCourses'), href: '/courses' }],
    };
    return sendPage(request, reply, frame, <CollectionsPage rows={rows} say={say} />);
  });
  app.get(
    '/collections/:code',
    { config: open, schema: { params: byCode, hide: true } },
    async (request, reply) => {
      const say = sayOf(request);
      const shown = await shownCollection(request.ctx, request.params.code);
      const frame = {
        title: titleIn(shown.row, say.language),
        activeLink: 'courses',
        breadcrumbs: [{ label: say.t('catalogue.collections'), href: '/collections' }],
      };
      return sendPage(request, reply, frame, <CollectionPage {...shown} say={say} />);
    },
  );
  deskRoutes(app);
  collectionApi(app);
}

function deskRoutes(app: App): void {
  app.get(desk, { config, schema: { hide: true } }, async (request, reply) => {
    const scopes = requireRole(request.ctx, rolesCollecting);
    const rows = await collectionsWithin(request.ctx.db.read, scopes);
    return sendPage(request, reply, deskFrame(request), <CollectionDesk rows={rows} say={sayOf(request)} />);
  });
  app.get(`${desk}/new`, { config, schema: { hide: true } }, (request, reply) =>
    sendNew(request, reply, emptyForm),
  );
  app.post(desk, { config, schema: { hide: true } }, (request, reply) =>
    answerForm(request, reply, {
      schema: newCollectionInput,
      submit: async (input) => {
        await createCollection(request.ctx, input);
        flash(reply, { kind: 'success', key: 'catalogue.collectionSaved' });
        return seeOther(reply, editHref(input.code));
      },
      redraw: async (state) => sendNew(request, reply, state),
    }),
  );
  editRoutes(app);
}

/** The page of one collection's courses, each step of them, and the form of what it says of itself. */
function editRoutes(app: App): void {
  const found = { params: byCode, querystring: searched, hide: true };
  app.get(`${desk}/:code`, { config, schema: found }, (request, reply) =>
    sendEdit(request, reply, { code: request.params.code, q: request.query.q, state: emptyForm }),
  );
  app.post(`${desk}/:code/courses`, { config, schema: { params: byCode, hide: true } }, (request, reply) => {
    const { code } = request.params;
    const { q } = searched.parse(request.body ?? {});
    return answerForm(request, reply, {
      schema: arrangeInput,
      submit: async (input) => {
        await arrangeCollection(request.ctx, code, input);
        return seeOther(reply, `${editHref(code)}${q ? `?q=${encodeURIComponent(q)}` : ''}#chosen`);
      },
      redraw: (state) => sendEdit(request, reply, { code, q, state }),
    });
  });
  app.get(`${desk}/:code/details`, { config, schema: { params: byCode, hide: true } }, (request, reply) =>
    sendDetails(request, reply, { code: request.params.code, state: emptyForm }),
  );
  app.post(`${desk}/:code`, { config, schema: { params: byCode, hide: true } }, (request, reply) => {
    const { code } = request.params;
    return answerForm(request, reply, {
      schema: collectionInput,
      submit: async (input) => {
        await saveCollection(request.ctx, code, input);
        flash(reply, { kind: 'success', key: 'catalogue.collectionSaved' });
        return seeOther(reply, editHref(code));
      },
      redraw: (state) => sendDetails(request, reply, { code, state }),
    });
  });
}

type Drawn = { code: string; state: FormState };

async function sendDetails(request: FastifyRequest, reply: FastifyReply, { code, state: form }: Drawn) {
  const row = await ownCollection(request.ctx, code);
  const { titleHi, titleEn, summaryHi, summaryEn, state } = row;
  const kept = { titleHi, titleEn, summaryHi, summaryEn, state };
  const given = Object.entries(kept).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const values = { ...Object.fromEntries(given), ...form.values };
  const say = sayOf(request);
  const collection = titleIn(row, say.language);
  return sendOffice(request, reply, {
    title: `${collection}: ${say.t('catalogue.collectionDetails')}`,
    below: [{ label: collection, href: editHref(row.code) }],
    body: <CollectionForm code={row.code} values={values} state={form} say={say} />,
  });
}

const coursesOffered = 20;

async function sendEdit(request: FastifyRequest, reply: FastifyReply, at: Drawn & { q: string }) {
  const { ctx } = request;
  const row = await ownCollection(ctx, at.code);
  const [courses, found, note] = await Promise.all([
    coursesIn(ctx.db.read, row.collectionId),
    at.q ? searchCourses(ctx, { q: at.q, limit: coursesOffered }) : undefined,
    collectionHooks().note(ctx, row),
  ]);
  const props = { row, courses, note, q: at.q, found: found?.rows, state: at.state, say: sayOf(request) };
  const title = titleIn(row, props.say.language);
  return sendOffice(request, reply, { title, below: [], body: <CollectionEdit {...props} /> });
}

type Office = {
  title: string;
  below: { label: string; href: string }[];
  body: Parameters<typeof sendPage>[3];
};

function sendOffice(request: FastifyRequest, reply: FastifyReply, { title, below, body }: Office) {
  const back = { label: sayOf(request).t('catalogue.collections'), href: desk };
  return sendPage(request, reply, { ...deskFrame(request), title, breadcrumbs: [back, ...below] }, body);
}

function sendNew(request: FastifyRequest, reply: FastifyReply, state: FormState) {
  const say = sayOf(request);
  const back = { label: say.t('catalogue.collections'), href: desk };
  const frame = { ...deskFrame(request), title: say.t('catalogue.collectionNew'), breadcrumbs: [back] };
  return sendPage(request, reply, frame, <CollectionForm values={state.values} state={state} say={say} />);
}

function deskFrame(request: FastifyRequest) {
  const title = sayOf(request).t('catalogue.collections');
  return { title, area: 'office' as const, activeLink: 'collections' };
}

function sayOf(request: FastifyRequest) {
  const { language } = request.ctx;
  return { t: translator(language), language };
}

const local = z.object({ hi: z.string().nullable(), en: z.string().nullable() });
const listed = z.object({ code: z.string(), title: local, summary: local, courses: z.number() });

function collectionApi(app: App): void {
  const tags = ['collections'];
  app.get(
    '/api/v1/collections',
    {
      config: open,
      schema: {
        tags,
        summary: 'Collections of courses',
        response: { 200: z.object({ items: z.array(listed) }) },
      },
    },
    async (request) => ({
      items: (await publishedCollections(request.ctx.db.read)).map((row) => ({
        code: row.code,
        title: { hi: row.titleHi, en: row.titleEn },
        summary: { hi: row.summaryHi, en: row.summaryEn },
        courses: row.courses,
      })),
    }),
  );
  app.get(
    '/api/v1/collections/:code',
    {
      config: open,
      schema: {
        tags,
        summary: 'One collection with its courses in their order',
        params: byCode,
        response: { 200: listed.extend({ courseCodes: z.array(z.string()) }) },
      },
    },
    async (request) => {
      const { row, courses } = await shownCollection(request.ctx, request.params.code);
      return {
        code: row.code,
        title: { hi: row.titleHi, en: row.titleEn },
        summary: { hi: row.summaryHi, en: row.summaryEn },
        courses: courses.length,
        courseCodes: courses.map((one) => one.code),
      };
    },
  );
  app.put(
    '/api/v1/collections/:code',
    {
      config,
      schema: {
        tags,
        summary: 'Save a collection',
        params: byCode,
        body: collectionInput,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await saveCollection(request.ctx, request.params.code, request.body);
      return reply.status(204).send(null);
    },
  );
  app.post(
    '/api/v1/collections',
    {
      config,
      schema: { tags, summary: 'Make a collection', body: newCollectionInput, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await createCollection(request.ctx, request.body);
      return reply.status(204).send(null);
    },
  );
}
