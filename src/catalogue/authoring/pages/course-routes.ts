import { z } from 'zod';
import { Refusal } from '../../../kernel/errors.ts';
import type { App } from '../../../kernel/feature.ts';
import { answerForm, emptyForm } from '../../../kernel/http/answer-form.ts';
import { contentLanguages } from '../../../kernel/languages.ts';
import { flash, seeOther } from '../../../shell/site/index.ts';
import { authorRoles, publisherRoles, readerRoles } from '../../policy.ts';
import { publishCourse, retireCourse } from '../../publish-course.ts';
import { redoChoices } from '../../redo.ts';
import { courseLanguages } from '../../translation/store.ts';
import { workingLessons } from '../../translation/working-lesson.ts';
import { courseDesk } from '../course-desk.ts';
import { discardDraft } from '../discard-draft.ts';
import { openDraft } from '../open-draft.ts';
import { publicationFacts } from '../publication-facts.ts';
import { saveCompletion, saveSources } from '../save-details.ts';
import { versionHistory } from '../stores/courses.ts';
import { completionForm, sourcesForm } from './forms.ts';
import { sendPreview } from './preview-page.tsx';
import { sendCourseQuestion, sendPublication } from './publication-page.tsx';
import { sendCompletion, sendSources } from './rules-pages.tsx';
import { staleOther } from './stale-other.ts';
import { courseHref } from './words.ts';

const schema = { params: z.object({ code: z.string().min(1).max(64) }), hide: true };
const author = { config: { access: { roles: authorRoles } }, schema };
const reader = { config: { access: { roles: readerRoles } }, schema };
const publisher = { config: { access: { roles: publisherRoles } }, schema };

/** Everything about one course beside its lessons: draft, rules, preview, publication, retirement. */
export function courseRoutes(app: App): void {
  draftRoutes(app);
  rulesRoutes(app);
  previewRoute(app);
  publicationRoutes(app);
}

function draftRoutes(app: App): void {
  app.post('/office/courses/:code/draft', author, async (request, reply) => {
    const { version } = await openDraft(request.ctx, request.params.code);
    flash(reply, { kind: 'success', key: 'catalogue.authorDraftOpened', vars: { version } });
    return seeOther(reply, courseHref(request.params.code, '/edit'));
  });
  app.get('/office/courses/:code/draft/removal', author, async (request, reply) => {
    const desk = await courseDesk(request.ctx, request.params.code);
    return sendCourseQuestion(request, reply, { desk, question: 'draft/removal' });
  });
  app.post('/office/courses/:code/draft/removal', author, async (request, reply) => {
    await discardDraft(request.ctx, request.params.code);
    flash(reply, { kind: 'success', key: 'catalogue.authorDiscarded' });
    return seeOther(reply, courseHref(request.params.code, '/edit'));
  });
}

function rulesRoutes(app: App): void {
  app.get('/office/courses/:code/completion', author, async (request, reply) =>
    sendCompletion(request, reply, {
      desk: await courseDesk(request.ctx, request.params.code),
      state: emptyForm,
    }),
  );
  app.post('/office/courses/:code/completion', author, (request, reply) => {
    const { code } = request.params;
    return answerForm(request, reply, {
      schema: completionForm,
      read: (body) => ({ ...body, lessons: chosenLessons(body) }),
      async redraw(state) {
        const desk = await courseDesk(request.ctx, code);
        return sendCompletion(request, reply, {
          desk,
          state,
          other: await staleOther(request.ctx, desk, { state }),
        });
      },
      async submit({ revision, rule, lessons }) {
        await saveCompletion(request.ctx, code, { revision, lessons: rule === 'all' ? 'all' : lessons });
        flash(reply, { kind: 'success', key: 'catalogue.authorSaved' });
        return seeOther(reply, courseHref(code, '/edit'));
      },
    });
  });
  sourcesRoutes(app);
}

function chosenLessons(body: Record<string, unknown>): string[] {
  return Object.keys(body)
    .filter((name) => name.startsWith('need:'))
    .map((name) => name.slice('need:'.length));
}

function sourcesRoutes(app: App): void {
  app.get('/office/courses/:code/sources', author, async (request, reply) =>
    sendSources(request, reply, {
      desk: await courseDesk(request.ctx, request.params.code),
      state: emptyForm,
    }),
  );
  app.post('/office/courses/:code/sources', author, (request, reply) => {
    const { code } = request.params;
    return answerForm(request, reply, {
      schema: sourcesForm,
      clearable: ['sources'],
      async redraw(state) {
        const desk = await courseDesk(request.ctx, code);
        return sendSources(request, reply, {
          desk,
          state,
          other: await staleOther(request.ctx, desk, { state }),
        });
      },
      async submit(input) {
        await saveSources(request.ctx, code, input);
        flash(reply, { kind: 'success', key: 'catalogue.authorSaved' });
        return seeOther(reply, courseHref(code, '/edit'));
      },
    });
  });
}

const previewQuery = z.object({
  language: z.enum(contentLanguages).optional().catch(undefined),
  width: z.enum(['phone', 'wide']).catch('phone'),
  lesson: z.string().max(64).optional(),
});

function previewRoute(app: App): void {
  const options = { config: reader.config, schema: { ...schema, querystring: previewQuery } };
  app.get('/office/courses/:code/preview', options, async (request, reply) => {
    const desk = await courseDesk(request.ctx, request.params.code);
    const { language = request.ctx.language, width, lesson: wanted } = request.query;
    const lesson = desk.lessons.find((one) => one.code === wanted) ?? desk.lessons[0];
    const worked = await courseLanguages(request.ctx.db.read, desk.course.courseId);
    const named = ['hi', 'en', ...desk.course.languages, ...worked.map((one) => one.language), language];
    const languages = [...new Set(named)];
    const said = (await workingLessons(request.ctx, desk, language)) ?? desk.lessons;
    return sendPreview(request, reply, { desk, lesson, language, languages, said, width });
  });
}

const redoForm = z.object({ redo: z.enum(redoChoices).default('nobody').catch('nobody') });
const shownOnPublication = ['not_ready_for_publication', 'review_needed'];

function publicationRoutes(app: App): void {
  const viewOf = async (request: { ctx: Parameters<typeof courseDesk>[0]; params: { code: string } }) => {
    const desk = await courseDesk(request.ctx, request.params.code);
    const [history, facts] = await Promise.all([
      versionHistory(request.ctx, desk.course.courseId),
      publicationFacts(request.ctx, desk),
    ]);
    return { desk, history, facts };
  };
  app.get('/office/courses/:code/publication', reader, async (request, reply) =>
    sendPublication(request, reply, await viewOf(request)),
  );
  app.post('/office/courses/:code/publication', publisher, async (request, reply) => {
    try {
      const { redo } = redoForm.parse(request.body ?? {});
      const { version } = await publishCourse(request.ctx, request.params.code, { redo });
      flash(reply, { kind: 'success', key: 'catalogue.authorPublished', vars: { version } });
      return seeOther(reply, courseHref(request.params.code, '/publication'));
    } catch (error) {
      // Somebody edited since the confirmation was opened: the page says what is missing now.
      const isShownThere = error instanceof Refusal && shownOnPublication.includes(error.reason);
      if (!isShownThere) throw error;
      return sendPublication(request, reply, { ...(await viewOf(request)), status: 422 });
    }
  });
  app.get('/office/courses/:code/retirement', publisher, async (request, reply) => {
    const desk = await courseDesk(request.ctx, request.params.code);
    return sendCourseQuestion(request, reply, { desk, question: 'retirement' });
  });
  app.post('/office/courses/:code/retirement', publisher, async (request, reply) => {
    await retireCourse(request.ctx, request.params.code);
    flash(reply, { kind: 'success', key: 'catalogue.authorRetired' });
    return seeOther(reply, courseHref(request.params.code, '/publication'));
  });
}
