import type { FastifyRequest } from 'fastify';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { App } from '../../kernel/feature.ts';
import { translator } from '../../kernel/i18n.ts';
import { addHomeCard } from '../../learning/index.ts';
import { sendPage } from '../../shell/site/index.ts';
import { standingOfPerson } from '../standing.ts';
import { HomeOrders, MyOrdersPage } from './person-page.tsx';
import type { Say } from './words.ts';

const config = { access: 'person' } as const;

export function sayOf({ ctx: { language } }: Pick<FastifyRequest, 'ctx'>): Say {
  return { t: translator(language), language };
}

/** A person's own orders, and what is due by them on his home. */
export function personOrderRoutes(app: App): void {
  app.get('/orders', { config, schema: { hide: true } }, async (request, reply) => {
    const { ctx } = request;
    const rows = await standingOfPerson(ctx, requirePerson(ctx));
    const say = sayOf(request);
    return sendPage(
      request,
      reply,
      { title: say.t('orders.mine'), activeLink: 'home' },
      <MyOrdersPage rows={rows} today={todayInIndia(ctx.clock)} say={say} />,
    );
  });
}

export function addOrdersToHome(): void {
  addHomeCard('orders', async (ctx: Ctx, personId) => {
    const rows = await standingOfPerson(ctx, personId);
    const say = { t: translator(ctx.language), language: ctx.language };
    return <HomeOrders rows={rows} today={todayInIndia(ctx.clock)} say={say} />;
  });
}
