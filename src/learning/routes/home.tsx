import type { FastifyReply, FastifyRequest } from 'fastify';
import { newestCourses } from '../../catalogue/index.ts';
import { grantsOf } from '../../kernel/context.ts';
import type { App } from '../../kernel/feature.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { PublicFront } from '../../people/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { homeOf } from '../home-view.ts';
import { HomePage } from '../pages/home-page.tsx';
import { courseHref, titleOf } from '../pages/words.ts';

/** `/`: the front door for everybody, the learner's home for the signed-in. */
export function homeRoute(app: App): void {
  app.get('/', { config: { access: 'public' }, schema: { hide: true } }, async (request, reply) => {
    const { actor, language } = request.ctx;
    if (actor.kind !== 'person') return showFront(request, reply);
    if (request.owes) throw request.owes;
    const say = { t: translator(language), language };
    const home = await homeOf(request.ctx);
    const name = pick({ hi: actor.nameHi, en: actor.nameEn }, language);
    const subtitle = actor.subtitle && pick(actor.subtitle, language);
    return sendPage(
      request,
      reply,
      { title: say.t('learning.home'), activeLink: 'home' },
      <HomePage
        {...{ home, name, subtitle, say }}
        now={request.ctx.clock.now()}
        worksInOffice={grantsOf(actor).length > 0}
      />,
    );
  });
}

async function showFront(request: FastifyRequest, reply: FastifyReply) {
  const { language } = request.ctx;
  const newest = (await newestCourses(request.ctx)).slice(0, 4);
  const courses = newest.map((course) => ({
    ...titleOf(course, language),
    href: courseHref(course.code),
    minutes: course.durationMinutes,
    languages: course.languages,
  }));
  return sendPage(
    request,
    reply,
    { title: translator(language)('learning.frontTitle'), area: 'public' },
    <PublicFront courses={courses} coursesHref="/courses" />,
  );
}
