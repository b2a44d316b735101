import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { courseByCode } from '../catalogue/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { appraisalYear, todayInIndia } from '../kernel/dates.ts';
import type { Runtime } from '../kernel/feature.ts';
import { projectRoot } from '../kernel/project-root.ts';
import { officeByCode } from '../organisations/index.ts';
import { fillDemonstrationDesks } from './fill-demonstration-desks.ts';
import { commitMandate } from './import-mandate.ts';
import { readOrder } from './rules/order-file.ts';
import type { Rules } from './rules/rules.ts';
import { orderByNumber } from './stores/orders.ts';

const folder = () => join(projectRoot(), 'demo', 'orders');

/**
 * The orders of the state as far as they are publicly known, with their doubts, and something at each desk. Their
 * windows become the reporting year that runs, as the demonstration's learning ends yesterday.
 */
export async function loadDemonstrationOrders(ctx: Ctx, { storage }: Runtime): Promise<void> {
  if (!(await officeByCode(ctx, 'UP'))) return;
  const names = (await readdir(folder())).filter((name) => name.endsWith('.json'));
  for (const name of names.toSorted()) await loadOrder(ctx, name);
  const certificate = join(folder(), 'certificate.pdf');
  await fillDemonstrationDesks(ctx, { storage, certificate, mandate: 'नमूना/सात-दिवस/2026-3' });
}

type OrderText = Pick<Rules, 'condition' | 'doubts'> & { order: { number: string } };

async function loadOrder(ctx: Ctx, name: string): Promise<void> {
  const given = JSON.parse(await readFile(join(folder(), name), 'utf8')) as OrderText;
  if (await orderByNumber(ctx.db.read, given.order.number)) return;
  const { from, to } = appraisalYear(todayInIndia(ctx.clock));
  const condition = await withKnownCourses(ctx, given.condition);
  const doubts = {
    hi: `${given.doubts?.hi ?? ''} प्रदर्शन के लिए अवधि चालू प्रतिवेदन वर्ष की रखी गई है।`.trim(),
    en: `${given.doubts?.en ?? ''} For the demonstration the window is the reporting year that runs.`.trim(),
  };
  await commitMandate(ctx, readOrder({ ...given, condition, doubts, window: { from, to } }));
}

/** A list names courses of the whole demonstration; a smaller one has some of them. */
async function withKnownCourses(ctx: Ctx, condition: Rules['condition']): Promise<Rules['condition']> {
  const { courses } = condition;
  if (!courses?.of) return condition;
  const found = await Promise.all(courses.of.map((code) => courseByCode(ctx.db, code)));
  return { courses: { ...courses, of: courses.of.filter((_code, at) => found[at] !== undefined) } };
}
