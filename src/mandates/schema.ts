import { z } from 'zod';
import type { OrderRow } from './stores/orders.ts';

export const statusSchema = z.enum(['exempt', 'met', 'metLate', 'open', 'overdue']);
const day = z.string().nullable();

export const flag = z
  .enum(['', '0', '1', 'true', 'false'])
  .optional()
  .transform((value) => value === '' || value === '1' || value === 'true');

/** Read by the feature itself, which names every fault with its path in both languages. */
export const orderBody = z
  .record(z.string(), z.unknown())
  .describe(
    'An order as a file: order {number, date, issuer, issuerEn}, title {hi, en}, scope, window, condition, countRenewals, graceDays, joinersMinimumDays, reminderDays, clocks, claims, proportional; `amends {number, effectiveOn}` where it takes the place of another. Or order, title and `extends {number, until}`; or order, title and `withdraws {number, effectiveOn}`; either may cite an extension, which it gives another day or takes back.',
  );

export const orderShape = z.object({
  id: z.string(),
  number: z.string(),
  kind: z.enum(['order', 'extension', 'amendment', 'withdrawal']),
  orderDate: z.string(),
  issuer: z.string(),
  issuerEn: z.string().nullable(),
  title: z.object({ hi: z.string().nullable(), en: z.string().nullable() }),
  state: z.enum(['draft', 'published', 'withdrawn']),
  digest: z.string().describe('SHA-256 of what the order says'),
  cites: z.string().nullable().describe('The number of the order that this one extends, amends or withdraws'),
  takesBack: z
    .string()
    .nullable()
    .describe('The number of an extension that this one takes back, or gives another day'),
  rules: z.record(z.string(), z.unknown()).describe('As in the file, with the defaults filled in'),
  extendedUntil: day,
  inForceFrom: day,
  inForceUntil: day.describe('The last day before another order took its place'),
  publishedAt: z.string().nullable(),
});

export function orderView(order: OrderRow): z.input<typeof orderShape> {
  return {
    ...{ id: order.mandateId, number: order.number, kind: order.kind, orderDate: order.orderDate },
    ...{ issuer: order.issuer, issuerEn: order.issuerEn },
    ...{ title: { hi: order.titleHi, en: order.titleEn }, state: order.state },
    digest: order.digest,
    ...{
      cites: order.cites,
      takesBack: order.takesBack,
      rules: order.rules,
      extendedUntil: order.extendedUntil,
    },
    ...{ inForceFrom: order.inForceFrom, inForceUntil: order.inForceUntil },
    publishedAt: order.publishedAt?.toISOString() ?? null,
  };
}

const count = z.int();
const overlap = z.object({
  number: z.string(),
  titleHi: z.string().nullable(),
  titleEn: z.string().nullable(),
  persons: count.describe('Bound by both'),
  courses: z.array(z.string()).describe('Courses that count for both, at most fifty'),
  anyCourse: z.boolean().describe('Any course counts for both'),
  sharesDays: z.boolean().describe('The same days at training count for both'),
});

export const importShape = z.object({
  id: z.string(),
  kind: z.literal('mandate'),
  number: z.string(),
  committed: z.boolean(),
  ...{ rows: count, added: count, changed: count, unchanged: count, ended: count, rejected: count },
  asOf: z.string().describe('The day of these counts: today, or from when an amendment takes effect'),
  bound: count.describe('Bound on that day, the exempt included'),
  alreadyMet: count.describe('Of these, who has met it already'),
  exempt: count,
  overdue: count.describe(
    'Of the others, whose last day lies before that day or the order’s date: overdue at once',
  ),
  overlaps: z.array(overlap),
  warnings: z.array(z.object({ code: z.string(), count, sample: z.array(z.string()) })),
});

const figure = z.int().nullable();
const line = z.object({
  office: z.object({ code: z.string(), nameHi: z.string(), nameEn: z.string().nullable() }),
  masked: z.boolean().describe('Small counts outside one’s own offices: all figures are null'),
  ...{ bound: figure, met: figure, metLate: figure, open: figure, overdue: figure, exempt: figure },
});
export const summaryShape = line.extend({ number: z.string(), asOf: z.string(), children: z.array(line) });

export const personShape = z.object({
  personId: z.string(),
  employeeCode: z.string().nullable(),
  name: z.object({ hi: z.string().nullable(), en: z.string().nullable() }),
  office: z.object({ code: z.string(), nameHi: z.string(), nameEn: z.string().nullable() }),
  status: statusSchema,
  ...{ reachedOn: day, dueOn: day, overdueFrom: day },
});

const words = z.object({ hi: z.string(), en: z.string() });
export const ownShape = z.object({
  items: z.array(
    z.object({
      mandate: z.object({
        ...{ id: z.string(), number: z.string(), orderDate: z.string(), issuer: z.string() },
        ...{ titleHi: z.string().nullable(), titleEn: z.string().nullable() },
      }),
      status: statusSchema,
      boundBy: z.object({
        words,
        office: z.object({ code: z.string(), nameHi: z.string(), nameEn: z.string().nullable() }),
      }),
      window: z.object({ from: z.string(), to: z.string() }),
      ...{ dueOn: day, overdueFrom: day, reachedOn: day },
      dueReasons: z
        .array(
          z.object({
            kind: z.enum(['extension', 'moreTime', 'leave', 'suspension', 'minimum']),
            days: z.int().optional(),
          }),
        )
        .describe('Why the last day is another than that of the window, while the order is open or overdue'),
      match: z.enum(['all', 'any']).describe('Of the outermost group'),
      groups: z
        .array(
          z.object({
            match: z.enum(['all', 'any']),
            met: z.boolean(),
            parent: z.int().nullable().describe('The place in this list of the group around it'),
          }),
        )
        .describe('How the conditions hang together, the outermost group first'),
      conditions: z.array(
        z.object({
          words,
          required: z.number(),
          requiredInFull: z.number().describe('Of whoever serves the whole window'),
          done: z.number(),
          met: z.boolean(),
          open: z.boolean().describe('Still asked: not met, and no group around it is met by another'),
          group: z.int().describe('The place in `groups` of the group that it belongs to'),
          countedItems: z
            .array(
              z.object({
                ...{ code: z.string().nullable(), titleHi: z.string().nullable() },
                ...{ titleEn: z.string().nullable(), day: z.string() },
              }),
            )
            .describe('What was done and counts'),
          openItems: z.array(
            z.object({ code: z.string(), titleHi: z.string().nullable(), titleEn: z.string().nullable() }),
          ),
        }),
      ),
      exemption: z
        .object({ from: day, until: day, orderNumber: z.string().nullable(), reasonClass: z.string() })
        .optional(),
    }),
  ),
  next: z.null().describe('This list comes whole'),
});
