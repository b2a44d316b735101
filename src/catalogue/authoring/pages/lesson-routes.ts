import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Runtime } from '../../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../../kernel/http/answer-form.ts';
import { translator } from '../../../kernel/i18n.ts';
import { contentLanguages } from '../../../kernel/languages.ts';
import type { Storage } from '../../../kernel/storage.ts';
import { flash, seeOther } from '../../../shell/site/index.ts';
import { blueprintChoices } from '../../blueprint-facts.ts';
import type { LessonRow } from '../../course-store.ts';
import { authorRoles, readerRoles } from '../../policy.ts';
import { retryRenditions } from '../../renditions/plan-renditions.ts';
import { renditionsOf } from '../../renditions/rendition-store.ts';
import { filesById } from '../../stores/kept-files.ts';
import { transcriptFromCaptions } from '../../transcript-from-captions.ts';
import { workingLessons } from '../../translation/working-lesson.ts';
import { addLesson } from '../add-lesson.ts';
import { courseDesk, lessonOf } from '../course-desk.ts';
import type { FileSlot } from '../file-slots.ts';
import { mergeValues, valuesOfLesson } from '../lesson-values.ts';
import type { Kept } from '../merge-texts.ts';
import { moveLesson } from '../move-lesson.ts';
import { removeLesson } from '../remove-lesson.ts';
import { contentOf, saveLesson } from '../save-lesson.ts';
import { setModule } from '../set-module.ts';
import { snapshotAt } from '../stores/revisions.ts';
import { autosaveRoute } from './autosave-route.ts';
import { sendDesk } from './desk-page.tsx';
import { addLessonForm, lessonFields, lessonForm, moduleForm, placeForm, revision } from './forms.ts';
import { historyRoutes } from './history-routes.ts';
import { editOf } from './lesson-edit.ts';
import { type LessonView, sendLesson } from './lesson-page.tsx';
import { type SentLesson, sentLesson, slotOf } from './lesson-upload.ts';
import { sendLessonPreview } from './preview-page.tsx';
import { sendRemoval } from './rules-pages.tsx';
import { staleOther } from './stale-other.ts';
import { courseHref, lessonHref, titleOf } from './words.ts';

const byLesson = z.object({ code: z.string().min(1).max(64), lesson: z.string().min(1).max(64) });
const language = z.enum(['hi', 'en']).optional().catch(undefined);
const author = { config: { access: { roles: authorRoles } }, schema: { params: byLesson, hide: true } };
const reader = { config: { access: { roles: readerRoles } }, schema: { params: byLesson, hide: true } };

/** Adding, editing, ordering and removing lessons, and their files. */
export function lessonRoutes(app: App, runtime: Runtime): void {
  addRoute(app);
  editRoutes(app, runtime);
  placeRoutes(app);
  autosaveRoute(app);
  historyRoutes(app);
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
  const renditions = await renditionsOf(request.ctx, [...files.keys()]);
  const other = await staleOther(request.ctx, desk, { state, lessonId: lesson.lessonId });
  const merged = other ? await mergedState(request.ctx, lesson, state) : undefined;
  const blueprints = lesson.kind === 'quiz' && desk.mayEdit ? await blueprintChoices(request.ctx) : [];
  return { desk, lesson, files, renditions, state, other, merged, blueprints };
}

/** What this author's text and the saved one make together, and where they collide. */
async function mergedState(ctx: LessonRequest['ctx'], lesson: LessonRow, { values }: FormState) {
  const base = await snapshotAt(ctx.db, lesson.lessonId, revision.parse(values['revision']));
  const saved = valuesOfLesson(lesson);
  const mine = Object.fromEntries(Object.entries(values).filter(([name]) => name in saved));
  // Without what the form began from, two texts that differ are two whole texts.
  const three = { base: base ? valuesOfLesson(base) : {}, mine, theirs: saved };
  const inWay = (kept: Kept) => ({ ...saved, ...mergeValues(three, kept).values });
  const ways = { mine: inWay('mine'), theirs: inWay('theirs'), both: inWay('both') };
  return { ...mergeValues(three), ways };
}

function editRoutes(app: App, runtime: Runtime): void {
  const shown = { ...reader.schema, querystring: z.object({ language }) };
  app.get(
    '/office/courses/:code/lessons/:lesson',
    { config: reader.config, schema: shown },
    async (request, reply) => {
      const view = await lessonView(request, emptyForm);
      return sendLesson(request, reply, { ...view, language: request.query.language });
    },
  );
  app.post('/office/courses/:code/lessons/:lesson', author, async (request, reply) => {
    const kind = lessonOf(await courseDesk(request.ctx, request.params.code), request.params.lesson).kind;
    const sent = await sentLesson(request, { runtime, kind });
    await takeTranscript(request, sent, runtime.storage);
    return answerLesson(request, reply, sent);
  });
  app.get(
    '/office/courses/:code/lessons/:lesson/preview',
    {
      config: reader.config,
      schema: {
        params: byLesson,
        querystring: z.object({ language: z.enum(contentLanguages).catch('hi') }),
        hide: true,
      },
    },
    async (request, reply) => {
      const desk = await courseDesk(request.ctx, request.params.code);
      const lesson = lessonOf(desk, request.params.lesson);
      const { language } = request.query;
      const said = await workingLessons(request.ctx, desk, language);
      return sendLessonPreview(reply, {
        ...{ desk, language, lesson: said?.[desk.lessons.indexOf(lesson)] ?? lesson },
        page: language === 'hi' || language === 'en' ? language : request.ctx.language,
      });
    },
  );
}

type LessonPost = FastifyRequest<{ Params: z.output<typeof byLesson> }>;

/** `transcript-hi`: the captions' words go where nothing is written yet, and are saved with the rest. */
async function takeTranscript(request: LessonPost, sent: SentLesson, storage: Storage): Promise<void> {
  const language = /^transcript-(hi|en)$/.exec(sent.values['action'] ?? '')?.[1];
  if (!language) return;
  const lesson = lessonOf(await courseDesk(request.ctx, request.params.code), request.params.lesson);
  const field = language === 'hi' ? 'transcriptHi' : 'transcriptEn';
  const { captionsFileId } = contentOf(lesson, language);
  if (!captionsFileId) return;
  if (sent.values[field]?.trim())
    sent.errors.push({ field, text: translator(request.ctx.language)('media.transcriptThere') });
  else sent.values[field] = await transcriptFromCaptions(request.ctx, storage, captionsFileId);
}

/** Texts and files are one form: both are saved, or the page comes back with every text and what is wrong. */
async function answerLesson(request: LessonPost, reply: FastifyReply, sent: SentLesson): Promise<unknown> {
  const { code, lesson } = request.params;
  const { values, files, errors } = sent;
  if (values['action'] === 'preview') {
    const view = await lessonView(request, { values, errors: [] });
    return sendLesson(request, reply, { ...view, isPreview: true });
  }
  if (errors.length > 0) {
    reply.status(sent.status);
    return sendLesson(request, reply, await lessonView(request, { values, errors }));
  }
  request.body = values;
  return answerForm(request, reply, {
    schema: lessonForm,
    clearable: lessonFields,
    redraw: async (state) => sendLesson(request, reply, await lessonView(request, state)),
    async submit(form) {
      const detached = slotOf((values['action'] ?? '').replace(/^detach-/, ''));
      const changes = detached ? [...files, { ...detached, fileId: null }] : files;
      const saved = await saveLesson(request.ctx, { code, lesson }, { ...editOf(form), files: changes });
      await retryWanted(request, values['action']);
      const key = saved.isByOthers ? 'editor.mergedFlash' : doneKey(sent, detached);
      flash(reply, { kind: 'success', key });
      return seeOther(reply, lessonHref(code, lesson, detached || files.length > 0 ? '#files' : ''));
    },
  });
}

/** `retry-<file>`: lighter copies that failed are tried again. */
async function retryWanted({ ctx }: LessonPost, action = ''): Promise<void> {
  const fileId = z.uuid().safeParse(action.replace(/^retry-/, ''));
  if (action.startsWith('retry-') && fileId.success) await retryRenditions(ctx, fileId.data);
}

function doneKey({ files, imageCount, values }: SentLesson, detached: FileSlot | undefined) {
  if (values['action']?.startsWith('transcript-')) return 'media.transcriptMade';
  if (values['action']?.startsWith('retry-')) return 'media.retrying';
  if (detached) return 'catalogue.authorDetached';
  if (imageCount > 0) return 'catalogue.authorImageAdded';
  return files.length > 0 ? 'catalogue.authorAttached' : 'catalogue.authorSaved';
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
  app.post('/office/courses/:code/lessons/:lesson/module', author, (request, reply) => {
    const { code, lesson } = request.params;
    return answerForm(request, reply, {
      schema: moduleForm,
      redraw: async (state) => sendLesson(request, reply, await lessonView(request, state)),
      async submit({ moduleHi, moduleEn }) {
        await setModule(request.ctx, { code, lesson }, { hi: moduleHi ?? null, en: moduleEn ?? null });
        flash(reply, { kind: 'success', key: 'editor.moduleSet' });
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
      consequences: [
        t('catalogue.authorRemoveText'),
        t('editor.removeComesBack'),
        t('catalogue.authorRemoveStay'),
      ],
      isReversible: true,
      action: lessonHref(desk.course.code, lesson.code, '/removal'),
      cancelHref: courseHref(desk.course.code, '/edit'),
    });
  });
  app.post('/office/courses/:code/lessons/:lesson/removal', author, async (request, reply) => {
    const { code, lesson } = request.params;
    const body = (request.body ?? {}) as Record<string, unknown>;
    await removeLesson(request.ctx, { code, lesson }, revision.parse(body['revision']));
    flash(reply, { kind: 'success', key: 'catalogue.authorLessonRemoved' });
    return seeOther(reply, courseHref(code, '/edit#removed'));
  });
}
