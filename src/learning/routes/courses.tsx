import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { durationBands, sorts } from '../../catalogue/index.ts';
import { courseCompetencies } from '../../competencies/index.ts';
import type { App } from '../../kernel/feature.ts';
import { emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { translator } from '../../kernel/i18n.ts';
import { contentLanguages } from '../../kernel/languages.ts';
import { ConfirmPanel, PageHeading } from '../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { catalogueView } from '../catalogue-view.ts';
import { changeEnrolmentLanguage } from '../change-language.ts';
import { besideCourse } from '../course-beside.ts';
import { learnerCourse } from '../course-view.ts';
import { enrolLearner } from '../enrol-learner.ts';
import { CataloguePage } from '../pages/catalogue-page.tsx';
import { CoursePage } from '../pages/course-page.tsx';
import { courseHref, lessonHref, titleOf } from '../pages/words.ts';
import { prerequisiteRoutes } from '../prerequisites/routes.tsx';
import { ratingRoutes } from '../ratings/routes.tsx';
import { withdrawLearner } from '../withdraw-learner.ts';

const blank = (text: unknown) => (text === '' ? undefined : text);
/** What cannot be read is left out: an address that somebody shortened still finds something. */
const lenient = <T extends z.ZodType>(type: T) => z.preprocess(blank, type.optional()).catch(undefined);
const listQuery = z.object({
  q: lenient(z.string().trim().max(200)),
  tag: lenient(z.string().max(60)),
  language: lenient(z.enum(contentLanguages)),
  provider: lenient(z.string().max(200)),
  audience: lenient(z.string().max(400)),
  duration: lenient(z.enum(durationBands.map((band) => band.key))),
  competency: lenient(z.string().max(100)),
  level: lenient(z.coerce.number().int().min(1).max(5)),
  sort: lenient(z.enum(sorts)),
  after: lenient(z.string().max(200)),
});
const byCode = z.object({ code: z.string().max(64) });
const open = { access: 'public' } as const;
const person = { access: 'person' } as const;
const languageForm = z.object({
  language: z.enum(contentLanguages).optional(),
  lesson: z.string().max(64).optional(),
});

export function courseRoutes(app: App): void {
  app.get(
    '/courses',
    { config: open, schema: { querystring: listQuery, hide: true } },
    async (request, reply) => {
      const { language } = request.ctx;
      const say = { t: translator(language), language };
      const view = await catalogueView(request.ctx, request.query);
      const title = say.t('catalogue.title');
      return sendPage(
        request,
        reply,
        { title, activeLink: 'courses' },
        <CataloguePage view={view} say={say} />,
      );
    },
  );
  app.get('/courses/:code', { config: open, schema: { params: byCode, hide: true } }, (request, reply) =>
    showCourse(request, reply, { code: request.params.code, ratingState: emptyForm }),
  );
  ratingRoutes(app, (request, reply, ratingState) =>
    showCourse(request, reply, { code: (request.params as { code: string }).code, ratingState }),
  );
  prerequisiteRoutes(app);
  enrolmentRoutes(app);
  withdrawalRoutes(app);
}

type Shown = { code: string; ratingState: FormState };

async function showCourse(request: FastifyRequest, reply: FastifyReply, { code, ratingState }: Shown) {
  const { language, actor } = request.ctx;
  const say = { t: translator(language), language };
  const { in: shownIn } = request.query as { in?: string };
  const at = await learnerCourse(request.ctx, code, shownIn);
  const [skills, beside] = await Promise.all([
    courseCompetencies(request.ctx, at.course.competencies),
    besideCourse(request.ctx, at),
  ]);
  return sendPage(
    request,
    reply,
    {
      title: titleOf(at.course, language).title,
      activeLink: 'courses',
      breadcrumbs: [{ label: say.t('learning.allCourses'), href: '/courses' }],
    },
    <CoursePage
      at={at}
      say={say}
      isSignedIn={actor.kind === 'person'}
      skills={skills}
      beside={beside}
      ratingState={ratingState}
    />,
  );
}

function enrolmentRoutes(app: App): void {
  app.post(
    '/courses/:code/enrolment',
    { config: person, schema: { params: byCode, body: languageForm.nullish(), hide: true } },
    async (request, reply) => {
      const { code } = request.params;
      const { isNew } = await enrolLearner(request.ctx, {
        courseCode: code,
        language: request.body?.language,
      });
      if (isNew) flash(reply, { kind: 'success', key: 'learning.enrolled' });
      return seeOther(reply, courseHref(code));
    },
  );
  app.post(
    '/courses/:code/enrolment/language',
    {
      config: person,
      schema: { params: byCode, body: languageForm.required({ language: true }), hide: true },
    },
    async (request, reply) => {
      const { code } = request.params;
      const { language, lesson } = request.body;
      await changeEnrolmentLanguage(request.ctx, { courseCode: code, language });
      flash(reply, { kind: 'success', key: 'learning.languageChanged' });
      return seeOther(reply, lesson ? lessonHref(code, lesson) : courseHref(code));
    },
  );
}

function withdrawalRoutes(app: App): void {
  app.get(
    '/courses/:code/withdrawal',
    { config: person, schema: { params: byCode, hide: true } },
    async (request, reply) => {
      const { language } = request.ctx;
      const t = translator(language);
      const { course, detail } = await learnerCourse(request.ctx, request.params.code);
      if (!detail || detail.enrolment.completedAt) return seeOther(reply, courseHref(course.code));
      const { title } = titleOf(course, language);
      return sendPage(
        request,
        reply,
        { title: t('learning.withdraw'), activeLink: 'courses' },
        <>
          <PageHeading title={t('learning.withdrawTitle', { title })} />
          <ConfirmPanel
            title={t('learning.withdrawWhat')}
            consequences={[t('learning.withdrawList'), t('learning.withdrawAgain')]}
            action={`${courseHref(course.code)}/withdrawal`}
            confirmLabel={t('learning.withdrawConfirm')}
            cancelHref={courseHref(course.code)}
          />
        </>,
      );
    },
  );
  app.post(
    '/courses/:code/withdrawal',
    { config: person, schema: { params: byCode, hide: true } },
    async (request, reply) => {
      const { detail, course } = await learnerCourse(request.ctx, request.params.code);
      if (detail) await withdrawLearner(request.ctx, detail.enrolment.enrolmentId);
      flash(reply, { kind: 'success', key: 'learning.withdrawn' });
      return seeOther(reply, courseHref(course.code));
    },
  );
}
