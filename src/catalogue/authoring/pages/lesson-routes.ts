import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { invalid, Refusal } from '../../../kernel/errors.ts';
import type { App, Runtime } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import { pick, translator } from '../../../kernel/i18n.ts';
import { flash, seeOther } from '../../../shell/site/index.ts';
import { authorRoles, readerRoles } from '../../policy.ts';
import { largestBytes, saveFile } from '../../save-file.ts';
import { filesById } from '../../stores/kept-files.ts';
import { addLesson } from '../add-lesson.ts';
import { attachFile, detachFile, type FileSlot } from '../attach-file.ts';
import { courseDesk, lessonOf } from '../course-desk.ts';
import { moveLesson } from '../move-lesson.ts';
import { removeLesson } from '../remove-lesson.ts';
import { saveLesson } from '../save-lesson.ts';
import { sendDesk } from './desk-page.tsx';
import { addLessonForm, lessonFields, lessonForm, placeForm, revision } from './forms.ts';
import { type LessonView, sendLesson } from './lesson-page.tsx';
import { sendLessonPreview } from './preview-page.tsx';
import { sendRemoval } from './rules-pages.tsx';
import { staleOther } from './stale-other.ts';
import { courseHref, lessonHref, titleOf } from './words.ts';

const byLesson = z.object({ code: z.string().min(1).max(64), lesson: z.string().min(1).max(64) });
const author = { config: { access: { roles: authorRoles } }, schema: { params: byLesson, hide: true } };
const reader = { config: { access: { roles: readerRoles } }, schema: { params: byLesson, hide: true } };

/** Adding, editing, ordering and removing lessons, and their files. */
export function lessonRoutes(app: App, runtime: Runtime): void {
  addRoute(app);
  editRoutes(app);
  placeRoutes(app);
  fileRoutes(app, runtime);
}

function addRoute(app: App): void {
  const options = { config: author.config, schema: { params: byLesson.pick({ code: true }), hide: true } };
  app.post('/office/courses/:code/lessons', options, (request, reply) => {
    const { code } = request.params;
    return answerForm(request, reply, {
      schema: addLessonForm,
      redraw: async (state) => sendDesk(request, reply, { desk: await courseDesk(request.ctx, code), state }),
      async submit({ kind, titleHi, titleEn }) {
        const lesson = await addLesson(request.ctx, code, {
          kind,
          titleHi: titleHi ?? null,
          titleEn: titleEn ?? null,
        });
        flash(reply, { kind: 'success', key: 'catalogue.authorLessonAdded' });
        return seeOther(reply, lessonHref(code, lesson));
      },
    });
  });
}

type LessonRequest = Pick<FastifyRequest, 'ctx'> & { params: z.output<typeof byLesson> };

export async function lessonView(request: LessonRequest, state: FormState): Promise<LessonView> {
  const desk = await courseDesk(request.ctx, request.params.code);
  const lesson = lessonOf(desk, request.params.lesson);
  const ids = lesson.contents.flatMap((content) => [content.fileId, content.captionsFileId]);
  const files = await filesById(
    request.ctx,
    ids.filter((id) => id !== null),
  );
  const other = await staleOther(request.ctx, desk, { state, lessonId: lesson.lessonId });
  return { desk, lesson, files, state, other };
}

function editRoutes(app: App): void {
  app.get('/office/courses/:code/lessons/:lesson', reader, async (request, reply) =>
    sendLesson(request, reply, await lessonView(request, emptyForm)),
  );
  app.post('/office/courses/:code/lessons/:lesson', author, async (request, reply) => {
    const { code, lesson } = request.params;
    const body = (request.body ?? {}) as Record<string, unknown>;
    if (body['action'] === 'preview') {
      const state = { values: textsIn(body), errors: [] };
      return sendLesson(request, reply, { ...(await lessonView(request, state)), isPreview: true });
    }
    return answerForm(request, reply, {
      schema: lessonForm,
      clearable: lessonFields,
      redraw: async (state) => sendLesson(request, reply, await lessonView(request, state)),
      async submit(values) {
        await saveLesson(request.ctx, { code, lesson }, editOf(values));
        flash(reply, { kind: 'success', key: 'catalogue.authorSaved' });
        return seeOther(reply, lessonHref(code, lesson));
      },
    });
  });
  app.get(
    '/office/courses/:code/lessons/:lesson/preview',
    {
      config: reader.config,
      schema: {
        params: byLesson,
        querystring: z.object({ language: z.enum(['hi', 'en']).catch('hi') }),
        hide: true,
      },
    },
    async (request, reply) => {
      const desk = await courseDesk(request.ctx, request.params.code);
      const lesson = lessonOf(desk, request.params.lesson);
      return sendLessonPreview(reply, { desk, lesson, language: request.query.language });
    },
  );
}

function textsIn(body: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(body).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}

function editOf(values: z.output<typeof lessonForm>) {
  return {
    revision: values.revision,
    titleHi: values.titleHi ?? null,
    titleEn: values.titleEn ?? null,
    hi: { body: values.bodyHi, transcript: values.transcriptHi, altText: values.altHi },
    en: { body: values.bodyEn, transcript: values.transcriptEn, altText: values.altEn },
    durationMinutes: values.durationMinutes ?? null,
    minimumSeconds: values.minimumSeconds === null ? null : Math.round(values.minimumSeconds ?? 0),
  };
}

function placeRoutes(app: App): void {
  app.post('/office/courses/:code/lessons/:lesson/position', author, (request, reply) => {
    const { code, lesson } = request.params;
    return answerForm(request, reply, {
      schema: placeForm,
      redraw: async (state) => sendLesson(request, reply, await lessonView(request, state)),
      async submit({ step, place }) {
        await moveLesson(request.ctx, { code, lesson }, step ?? place ?? 1);
        flash(reply, { kind: 'success', key: 'catalogue.authorMoved' });
        return seeOther(reply, courseHref(code, '/edit#lessons'));
      },
    });
  });
  app.get('/office/courses/:code/lessons/:lesson/removal', author, async (request, reply) => {
    const { desk, lesson } = await lessonView(request, emptyForm);
    const t = translator(request.ctx.language);
    return sendRemoval(request, reply, {
      desk,
      revision: lesson.revision,
      title: t('catalogue.authorRemoveLesson'),
      name: titleOf(lesson, request.ctx.language),
      consequences: [t('catalogue.authorRemoveText'), t('catalogue.authorRemoveStay')],
      action: lessonHref(desk.course.code, lesson.code, '/removal'),
      cancelHref: courseHref(desk.course.code, '/edit'),
    });
  });
  app.post('/office/courses/:code/lessons/:lesson/removal', author, async (request, reply) => {
    const { code, lesson } = request.params;
    const body = (request.body ?? {}) as Record<string, unknown>;
    await removeLesson(request.ctx, { code, lesson }, revision.parse(body['revision']));
    flash(reply, { kind: 'success', key: 'catalogue.authorLessonRemoved' });
    return seeOther(reply, courseHref(code, '/edit#lessons'));
  });
}

const bySlot = byLesson.extend({ slot: z.enum(['file', 'captions']), language: z.enum(['hi', 'en']) });

function fileRoutes(app: App, runtime: Runtime): void {
  const options = { config: author.config, schema: { params: bySlot, hide: true } };
  const url = '/office/courses/:code/lessons/:lesson/files/:slot/:language';
  app.post(url, options, async (request, reply) => {
    const { code, lesson, slot, language } = request.params;
    try {
      const at = { code, lesson, slot, language };
      await attachFile(request.ctx, at, await uploadedFile(request, runtime, at));
      flash(reply, { kind: 'success', key: 'catalogue.authorAttached' });
      return seeOther(reply, lessonHref(code, lesson, '#files'));
    } catch (error) {
      if (!(error instanceof Refusal) || !isAboutFile(error)) throw error;
      const text = pick(error.fields[0]?.text ?? error.text, request.ctx.language);
      const state = { values: {}, errors: [{ field: `${slot}-${language}`, text }] };
      reply.status(error.status);
      return sendLesson(request, reply, await lessonView(request, state));
    }
  });
  app.post(`${url}/removal`, options, async (request, reply) => {
    const { code, lesson } = request.params;
    await detachFile(request.ctx, request.params);
    flash(reply, { kind: 'success', key: 'catalogue.authorDetached' });
    return seeOther(reply, lessonHref(code, lesson, '#files'));
  });
}

function isAboutFile(refusal: Refusal): boolean {
  return ['invalid', 'unsupported_type', 'too_large', 'conflict'].includes(refusal.code);
}

async function uploadedFile(request: FastifyRequest, runtime: Runtime, at: FileSlot): Promise<string> {
  const part = request.isMultipart()
    ? await request.file({ limits: { fileSize: largestBytes.video + 1_000_000 } })
    : undefined;
  if (!part?.filename) {
    part?.file.resume();
    const text = { hi: 'पहले फ़ाइल चुनें।', en: 'Choose a file first.' };
    throw invalid([{ path: `${at.slot}-${at.language}`, code: 'no_file', text }], text);
  }
  const saved = await saveFile(request.ctx, runtime.storage, { source: part.file, name: part.filename });
  return saved.fileId;
}
