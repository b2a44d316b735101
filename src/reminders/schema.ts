import { z } from 'zod';
import { dayField } from '../kernel/day-field.ts';

const steps = z.array(z.int().min(-365).max(365)).max(20);
export const channel = z.enum(['mail', 'sms']);
const ladder = {
  personDays: steps.describe('Days before the due day, told to the person; 0 is the day, below 0 after it'),
  officerDays: steps.describe('The same, told to the controlling officer'),
  channels: z.array(channel).max(2).describe('Beside the inbox'),
};
export const stepsBody = z.object(ladder);
export const stateBody = z.object({ state: z.enum(['on', 'paused', 'off']) });
export const ruleShape = z.object({
  number: z.string(),
  state: z.enum(['off', 'on', 'paused']),
  ...ladder,
  since: z.string().nullable().describe('Switched on last; steps before this day are not made up for'),
});

const count = z.int();
export const previewShape = z.object({
  today: z.string(),
  channels: z.array(channel).describe('What it would leave by here, beside the inbox'),
  people: count.describe('Who would be told: still before them, and serving'),
  heldBack: count.describe('Still before them, but on leave, suspended or posted nowhere today'),
  officers: count,
  withoutOfficer: count.describe('People of whom no officer would hear'),
  steps: z.array(
    z.object({
      audience: z.enum(['person', 'officer']),
      daysBefore: z.int(),
      ...{ firstDay: z.string(), lastDay: z.string(), people: count, mails: count },
      mainDay: z.string().describe('The day on which most are told'),
      mainPeople: count,
      numbers: count.describe('Different mobile numbers, each of which gets one SMS'),
    }),
  ),
});

export const bounceBody = z.object({
  address: z.string().trim().min(3).max(320).describe('A mobile number or an e-mail address'),
  reason: z.string().trim().max(300).optional(),
});
export const reportBody = z.object({
  reference: z.uuid(),
  state: z.enum(['delivered', 'failed']),
  reason: z.string().trim().max(300).optional(),
});
export const done = z.object({ recorded: z.literal(true) });

const state = z
  .enum(['waiting', 'sending', 'sent', 'failed', 'unknown', 'shared', 'bounced', 'lapsed'])
  .nullable();
export const logShape = z.object({
  items: z.array(
    z.object({
      day: z.string(),
      personId: z.string(),
      name: z.object({ hi: z.string().nullable(), en: z.string().nullable() }),
      audience: z.enum(['person', 'officer']),
      daysBefore: z.int(),
      dueOn: z.string(),
      seen: z.boolean(),
      mail: state,
      sms: state,
    }),
  ),
  next: z.string().nullable(),
});
export const logQuery = z.object({
  day: dayField.optional(),
  state: z.enum(['sent', 'not', 'unknown']).optional(),
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
