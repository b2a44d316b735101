import { z } from 'zod';
import type { Ctx } from '../kernel/context.ts';
import type { App } from '../kernel/feature.ts';
import { type OrderFace, orderFace } from '../mandates/index.ts';
import { recordBounce, recordReport } from './bounces.ts';
import { changeSteps, ruleFor, switchReminders } from './change-rule.ts';
import { requireRemindable, rolesReadingLog, rolesReminding } from './policy.ts';
import { previewReminders } from './preview-reminders.ts';
import { reminderLog } from './read-log.ts';
import {
  bounceBody,
  done,
  logQuery,
  logShape,
  previewShape,
  reportBody,
  ruleShape,
  stateBody,
  stepsBody,
} from './schema.ts';
import type { LogRow } from './stores/log.ts';
import type { RuleRow } from './stores/rules.ts';

const tags = ['reminders'];
const reminding = { access: { roles: rolesReminding } };
const operating = { access: { roles: ['operator'] } };
const params = z.object({ number: z.string().min(1).max(200) });
const path = '/api/v1/mandates/:number/reminders';

/** Reminders for programs: the same commands as the pages. */
export function remindersApi(app: App): void {
  ruleApi(app);
  readingApi(app);
  reportsApi(app);
}

function ruleApi(app: App): void {
  const response = { 200: ruleShape };
  app.get(
    path,
    {
      config: reminding,
      schema: { tags, summary: 'The reminders of an order: on or off, and their days', params, response },
    },
    async ({ ctx, params: { number } }) => {
      const order = await remindable(ctx, number);
      return ruleView(order, await ruleFor(ctx, order));
    },
  );
  app.put(
    path,
    {
      config: reminding,
      schema: {
        tags,
        summary:
          'Other days or channels for an order; where they are others, reminders that are on are paused',
        ...{ params, body: stepsBody, response },
      },
    },
    async ({ ctx, params: { number }, body }) => {
      const order = await remindable(ctx, number);
      return ruleView(order, await changeSteps(ctx, order.mandateId, body));
    },
  );
  app.put(
    `${path}/state`,
    {
      config: reminding,
      schema: {
        tags,
        summary: 'Switches an order’s reminders on, pauses them or switches them off',
        ...{ params, body: stateBody, response },
      },
    },
    async ({ ctx, params: { number }, body }) => {
      const order = await remindable(ctx, number);
      return ruleView(order, await switchReminders(ctx, order.mandateId, body.state));
    },
  );
}

async function remindable(ctx: Ctx, number: string): Promise<OrderFace> {
  const order = await orderFace(ctx, { number });
  return requireRemindable(ctx, order.mandateId);
}

function ruleView(order: OrderFace, rule: RuleRow): z.input<typeof ruleShape> {
  const { state, personDays, officerDays, channels, since } = rule;
  return { number: order.number, state, personDays, officerDays, channels, since };
}

function readingApi(app: App): void {
  app.get(
    `${path}/preview`,
    {
      config: reminding,
      schema: {
        tags,
        summary: 'Who would be told what and when, with everybody as he stands today',
        params,
        response: { 200: previewShape },
      },
    },
    async ({ ctx, params: { number } }) => previewReminders(ctx, (await remindable(ctx, number)).mandateId),
  );
  app.get(
    `${path}/log`,
    {
      config: { access: { roles: rolesReadingLog } },
      schema: {
        tags,
        summary: 'Each step that was told, and what became of it, of the people of one’s offices',
        params,
        querystring: logQuery,
        response: { 200: logShape },
      },
    },
    async ({ ctx, params: { number }, query }) => {
      const { mandateId } = await orderFace(ctx, { number });
      const { items, next } = await reminderLog(ctx, mandateId, query);
      return { items: items.map(rowView), next };
    },
  );
}

function rowView(row: LogRow): z.input<typeof logShape>['items'][number] {
  const { day, personId, audience, daysBefore, dueOn, isSeen, mail, sms } = row;
  const name = { hi: row.nameHi, en: row.nameEn };
  return { day, personId, name, audience, daysBefore, dueOn, seen: isSeen, mail, sms };
}

function reportsApi(app: App): void {
  app.post(
    '/api/v1/reminders/bounces',
    {
      config: operating,
      schema: {
        tags,
        summary: 'An address that takes no messages: it gets no reminders until it is corrected',
        body: bounceBody,
        response: { 200: done },
      },
    },
    async ({ ctx, body }) => {
      await recordBounce(ctx, body);
      return { recorded: true as const };
    },
  );
  app.post(
    '/api/v1/reminders/delivery-reports',
    {
      config: operating,
      schema: {
        tags,
        summary: 'The gateway’s report on one SMS, by the reference that went with it',
        body: reportBody,
        response: { 200: done },
      },
    },
    async ({ ctx, body }) => {
      await recordReport(ctx, body);
      return { recorded: true as const };
    },
  );
}
