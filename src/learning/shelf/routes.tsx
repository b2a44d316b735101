import { z } from 'zod';
import type { App } from '../../kernel/feature.ts';
import { translator } from '../../kernel/i18n.ts';
import { Button, Card, CourseCard, CourseList, EmptyState, PageHeading } from '../../shell/index.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { courseHref, titleOf } from '../pages/words.ts';
import { dropCourse, keepCourse, ownShelf } from './keep-course.ts';

const config = { access: 'person' } as const;
const byCode = z.object({ code: z.string().max(64) });
const shelfShape = z.object({
  items: z.array(
    z.object({
      courseCode: z.string(),
      title: z.object({ hi: z.string().nullable(), en: z.string().nullable() }),
      durationMinutes: z.number(),
    }),
  ),
});

/** "Later": a person's own list of courses. */
export function shelfRoutes(app: App): void {
  app.get('/shelf', { config, schema: { hide: true } }, async (request, reply) => {
    const { language } = request.ctx;
    const t = translator(language);
    const courses = await ownShelf(request.ctx);
    return sendPage(
      request,
      reply,
      {
        title: t('learning.shelf'),
        activeLink: 'courses',
        breadcrumbs: [{ label: t('learning.allCourses'), href: '/courses' }],
      },
      <>
        <PageHeading title={t('learning.shelf')} lead={t('learning.shelfLead')} />
        {courses.length === 0 ? (
          <EmptyState
            title={t('learning.shelfNone')}
            icon="course"
            action={<Button href="/courses">{t('learning.findCourses')}</Button>}
          >
            {t('learning.shelfNoneAdvice')}
          </EmptyState>
        ) : (
          <Card>
            <CourseList>
              {courses.map((course) => (
                <CourseCard
                  headingLevel={2}
                  key={course.code}
                  {...titleOf(course, language)}
                  href={courseHref(course.code)}
                  minutes={course.durationMinutes}
                  languages={course.languages}
                />
              ))}
            </CourseList>
          </Card>
        )}
      </>,
    );
  });
  app.post(
    '/courses/:code/shelf',
    { config, schema: { params: byCode, hide: true } },
    async (request, reply) => {
      await keepCourse(request.ctx, request.params.code);
      flash(reply, { kind: 'success', key: 'learning.shelfPutDone' });
      return seeOther(reply, courseHref(request.params.code));
    },
  );
  app.post(
    '/courses/:code/shelf/removal',
    { config, schema: { params: byCode, hide: true } },
    async (request, reply) => {
      await dropCourse(request.ctx, request.params.code);
      flash(reply, { kind: 'success', key: 'learning.shelfTakeDone' });
      return seeOther(reply, courseHref(request.params.code));
    },
  );
  shelfApi(app);
}

function shelfApi(app: App): void {
  const tags = ['shelf'];
  const none = { 204: z.null() };
  app.get(
    '/api/v1/me/shelf',
    {
      config,
      schema: { tags, summary: 'Courses that I put aside for later', response: { 200: shelfShape } },
    },
    async (request) => ({
      items: (await ownShelf(request.ctx)).map((one) => ({
        courseCode: one.code,
        title: { hi: one.titleHi, en: one.titleEn },
        durationMinutes: one.durationMinutes,
      })),
    }),
  );
  app.put(
    '/api/v1/me/shelf/:code',
    { config, schema: { tags, summary: 'Put a course aside', params: byCode, response: none } },
    async (request, reply) => {
      await keepCourse(request.ctx, request.params.code);
      return reply.status(204).send(null);
    },
  );
  app.delete(
    '/api/v1/me/shelf/:code',
    { config, schema: { tags, summary: 'Take a course off the list', params: byCode, response: none } },
    async (request, reply) => {
      await dropCourse(request.ctx, request.params.code);
      return reply.status(204).send(null);
    },
  );
}
