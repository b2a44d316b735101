import type { App } from '../../kernel/feature.ts';
import { pick, translator } from '../../kernel/i18n.ts';
import { sendPage } from '../../shell/site/index.ts';
import { homeOf } from '../home-view.ts';
import { FrontPage } from '../pages/front-page.tsx';
import { HomePage } from '../pages/home-page.tsx';

export function homeRoute(app: App): void {
  app.get('/', { config: { access: 'public' }, schema: { hide: true } }, async (request, reply) => {
    const { actor, language } = request.ctx;
    const say = { t: translator(language), language };
    if (actor.kind !== 'person')
      return sendPage(request, reply, { title: say.t('learning.frontTitle') }, <FrontPage say={say} />);
    if (request.owes) throw request.owes;
    const home = await homeOf(request.ctx);
    const name = pick({ hi: actor.nameHi, en: actor.nameEn }, language);
    const subtitle = actor.subtitle && pick(actor.subtitle, language);
    return sendPage(
      request,
      reply,
      { title: say.t('learning.home'), activeLink: 'home' },
      <HomePage home={home} name={name} subtitle={subtitle} say={say} />,
    );
  });
}
