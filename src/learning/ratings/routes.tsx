import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ratingOf } from '../../catalogue/index.ts';
import { formatDay, indiaDay } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { answerForm, emptyForm, type FormState } from '../../kernel/http/answer-form.ts';
import { translator } from '../../kernel/i18n.ts';
import { flash, seeOther, sendPage } from '../../shell/site/index.ts';
import { courseHref, titleOf } from '../pages/words.ts';
import { RatingWordsPage } from './pages.tsx';
import {
  courseWordsOf,
  decideWords,
  decisionInput,
  rateCourse,
  ratingInput,
  removeRating,
  reportInput,
  reportWords,
  rolesReadingWords,
} from './rate-course.ts';

const person = { access: 'person' } as const;
const reader = { access: { roles: rolesReadingWords } };
const byCode = z.object({ code: z.string().max(64) });
const byRating = z.object({ code: z.string().max(64), ratingId: z.uuid() });
export type RedrawCourse = (
  request: FastifyRequest,
  reply: FastifyReply,
  state: FormState,
) => Promise<unknown>;

/** Ratings: given on the course's page, their words read on a page of the office. */
export function ratingRoutes(app: App, redrawCourse: RedrawCourse): void {
  app.post(
    '/courses/:code/rating',
    { config: person, schema: { params: byCode, hide: true } },
    (request, reply) =>
      answerForm(request, reply, {
        schema: ratingInput,
        submit: async (input) => {
          await rateCourse(request.ctx, request.params.code, input);
          flash(reply, { kind: 'success', key: 'learning.rateSaved' });
          return seeOther(reply, courseHref(request.params.code));
        },
        redraw: (state) => redrawCourse(request, reply, state),
      }),
  );
  app.post(
    '/courses/:code/rating/removal',
    { config: person, schema: { params: byCode, hide: true } },
    async (request, reply) => {
      await removeRating(request.ctx, request.params.code);
      flash(reply, { kind: 'success', key: 'learning.rateRemoved' });
      return seeOther(reply, courseHref(request.params.code));
    },
  );
  wordsRoutes(app);
  ratingApi(app);
}

const wordsHref = (code: string) => `/office/courses/${encodeURIComponent(code)}/ratings`;

function wordsRoutes(app: App): void {
  const path = '/office/courses/:code/ratings';
  app.get(path, { config: reader, schema: { params: byCode, hide: true } }, (request, reply) =>
    sendWords(request, reply, { code: request.params.code, state: emptyForm }),
  );
  const schema = { params: byRating, hide: true };
  app.post(`${path}/:ratingId/report`, { config: reader, schema }, (request, reply) => {
    const { code, ratingId } = request.params;
    return answerForm(request, reply, {
      schema: reportInput,
      submit: async ({ reason }) => {
        await reportWords(request.ctx, { courseCode: code, ratingId }, reason);
        flash(reply, { kind: 'success', key: 'learning.ratingReportDone' });
        return seeOther(reply, wordsHref(code));
      },
      redraw: (state) => sendWords(request, reply, { code, state, ratingId }),
    });
  });
  app.post(`${path}/:ratingId/decision`, { config: reader, schema }, (request, reply) => {
    const { code, ratingId } = request.params;
    return answerForm(request, reply, {
      schema: decisionInput,
      submit: async ({ decision }) => {
        await decideWords(request.ctx, { courseCode: code, ratingId }, decision);
        flash(reply, { kind: 'success', key: 'learning.ratingDecided' });
        return seeOther(reply, wordsHref(code));
      },
      redraw: (state) => sendWords(request, reply, { code, state }),
    });
  });
}

type Wish = { code: string; state: FormState; ratingId?: string };

async function sendWords(request: FastifyRequest, reply: FastifyReply, { code, state, ratingId }: Wish) {
  const { language } = request.ctx;
  const say = { t: translator(language), language };
  const found = await courseWordsOf(request.ctx, code);
  const title = titleOf(found.course, language).title;
  return sendPage(
    request,
    reply,
    {
      title: say.t('learning.ratingsOfCourse'),
      area: 'office',
      activeLink: 'courses',
      breadcrumbs: [{ label: title, href: courseHref(code) }],
    },
    <RatingWordsPage
      found={found}
      state={state}
      failedId={ratingId}
      say={say}
      dayOf={(at) => formatDay(indiaDay(at), language)}
    />,
  );
}

const wordsShape = z.object({
  ratings: z.number(),
  average: z.number().nullable().describe('Null below 5 ratings'),
  items: z.array(
    z.object({
      id: z.string(),
      stars: z.number(),
      words: z.string().nullable().describe('Null while they are reported'),
      changedOn: z.string(),
    }),
  ),
});

function ratingApi(app: App): void {
  const tags = ['ratings'];
  const none = { 204: z.null() };
  app.put(
    '/api/v1/courses/:code/rating',
    {
      config: person,
      schema: {
        tags,
        summary: 'Rate a course that I completed',
        params: byCode,
        body: ratingInput,
        response: none,
      },
    },
    async (request, reply) => {
      await rateCourse(request.ctx, request.params.code, request.body);
      return reply.status(204).send(null);
    },
  );
  app.delete(
    '/api/v1/courses/:code/rating',
    { config: person, schema: { tags, summary: 'Take my rating away', params: byCode, response: none } },
    async (request, reply) => {
      await removeRating(request.ctx, request.params.code);
      return reply.status(204).send(null);
    },
  );
  app.get(
    '/api/v1/courses/:code/ratings',
    {
      config: reader,
      schema: {
        tags,
        summary: 'What was written with ratings, without names; for the author and the office',
        params: byCode,
        response: { 200: wordsShape },
      },
    },
    async (request) => {
      const { total, words } = await courseWordsOf(request.ctx, request.params.code);
      return {
        ratings: total.ratings,
        average: ratingOf(total)?.average ?? null,
        items: words.map((one) => ({
          id: one.ratingId,
          stars: one.stars,
          words: one.reportedAt && one.decision !== 'kept' ? null : one.words,
          changedOn: indiaDay(one.changedAt),
        })),
      };
    },
  );
}
