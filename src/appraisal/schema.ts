import { z } from 'zod';
import { isDay, parseDay } from '../kernel/dates.ts';
import { addFieldTexts } from '../kernel/field-texts.ts';
import { verdicts } from './objections/decide-objection.ts';
import { eventKinds } from './stores/feed.ts';
import { visibilities } from './stores/statements.ts';

addFieldTexts({
  appraisal_objection_days: {
    hi: 'आपत्ति के दिन 1 से 366 के बीच लिखें।',
    en: 'Give 1 to 366 days for objections.',
  },
});

const twoScripts = z.object({ hi: z.string().nullable(), en: z.string().nullable() });
const day = z.string();
const office = twoScripts.extend({ code: z.string() });
const person = z.object({ name: twoScripts, code: z.string().nullable(), issuer: z.string() });
const item = z.object({
  kind: z.enum(['course', 'session', 'claim']),
  code: z.string().nullable(),
  title: twoScripts,
  provider: z.string().nullable(),
  mode: z.enum(['online', 'classroom', 'residential', 'other']),
  begunOn: day.nullable(),
  completedOn: day,
  minutes: z.number(),
  isRenewal: z.boolean(),
  isCounted: z.boolean(),
  competencies: z.array(z.object({ key: z.string(), level: z.number().nullable(), name: twoScripts })),
  scorePercent: z.number().nullable(),
  certificateNo: z.string().nullable(),
  verified: z.object({
    how: z.enum(['decided', 'imported', 'claimed', 'attendance']),
    source: z.string().nullable(),
    recordedOn: day,
  }),
});
const mandate = z.object({
  number: z.string(),
  title: twoScripts,
  status: z.enum(['met', 'metLate', 'open', 'overdue', 'exempt']),
  dueOn: day.nullable(),
  reachedOn: day.nullable(),
});
const totals = z.object({
  courses: z.number(),
  renewals: z.number(),
  onlineMinutes: z.number(),
  elsewhereMinutes: z.number().optional(),
  classroomMinutes: z.number(),
  minutes: z.number(),
  days: z.number(),
});

export const contentShape = z.object({
  form: z.union([z.literal(1), z.literal(2)]),
  number: z.string().nullable(),
  year: z.string(),
  period: z.object({ from: day, to: day }),
  cutOff: day,
  frozenAt: z.string().nullable(),
  calendar: z.object({ code: z.string(), orderNumber: z.string().nullable(), orderDate: day.nullable() }),
  government: twoScripts,
  department: twoScripts.nullable(),
  person,
  post: z.object({ designation: twoScripts.nullable(), group: z.string().nullable(), office }).nullable(),
  postings: z.array(
    z.object({
      office,
      designation: twoScripts.nullable(),
      cadre: z.string().nullable(),
      group: z.string().nullable(),
      engagement: z.string().nullable(),
      kind: z.string(),
      from: day,
      to: day.nullable(),
    }),
  ),
  items: z.array(item),
  mandates: z.array(mandate),
  totals,
  replaces: z
    .object({ number: z.string(), reason: z.string(), orderNumber: z.string().nullable() })
    .nullable(),
});

export const states = ['frozen', 'disputed', 'replaced'] as const;

export const statementShape = z.object({
  number: z.string(),
  year: z.string(),
  state: z.enum(states),
  servedOn: day.nullable(),
  objectionUntil: day.nullable(),
  replaces: z.string().nullable(),
  replacedBy: z.string().nullable(),
  visibility: z.enum(visibilities),
  checkUrl: z.string(),
  digest: z.string(),
  signature: z.string(),
  keyId: z.string(),
  canonical: z.string(),
  statement: contentShape,
});

export const checkShape = z.object({
  genuine: z.boolean(),
  number: z.string(),
  year: z.string(),
  state: z.enum(states),
  replacedBy: z.string().optional(),
  person: person.optional(),
  totals: totals.optional(),
  items: z.array(item).optional(),
  mandates: z.array(mandate).optional(),
});

export const feedShape = z.object({
  items: z.array(
    z.object({
      cursor: z.string(),
      event: z.enum(eventKinds),
      happenedAt: z.string(),
      statementNo: z.string(),
      state: z.enum(states),
      isDisputed: z.boolean(),
      replacesNo: z.string().nullable(),
      replacedByNo: z.string().nullable(),
      servedOn: day.nullable(),
      digest: z.string(),
      statement: contentShape,
    }),
  ),
  next: z.string().nullable(),
});

export const jobShape = z.object({
  id: z.string(),
  kind: z.enum(['freeze', 'correct']),
  year: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'stopped', 'failed']),
  total: z.number(),
  done: z.number(),
  made: z.number(),
  leftOut: z.number(),
});

export const calendarShape = z.object({
  id: z.string().nullable(),
  code: z.string(),
  year: z.string(),
  officeCode: z.string(),
  groups: z.array(z.string()).nullable(),
  from: day,
  to: day,
  cutOff: day,
  freezeOn: day,
  serviceOn: day,
  objectionDays: z.number(),
  steps: z.array(z.object({ step: z.string(), by: day.nullable(), note: z.string().nullable() })),
  orderNumber: z.string().nullable(),
  orderDate: day.nullable(),
  extends: z.string().nullable(),
  sources: z.array(z.string()),
  doubts: z.array(z.string()),
});

/** A day as any office writes it; kept as YYYY-MM-DD. */
const dayInput = z
  .string()
  .trim()
  .refine((text) => parseDay(text) !== undefined, 'bad_day')
  .transform((text) => parseDay(text) ?? text)
  .refine(isDay, 'bad_day');
const groupsInput = z.preprocess(
  (given) => (given === undefined ? undefined : [given].flat()),
  z
    .array(z.enum(['A', 'B', 'C', 'D']))
    .min(1)
    .optional(),
);
export const yearInput = z
  .string()
  .trim()
  .regex(/^\d{4}-\d{2}$/, 'required');

export const calendarInput = z.object({
  code: z.string().trim().min(1).max(60),
  year: yearInput,
  officeCode: z.string().trim().min(1).max(100),
  groups: groupsInput,
  cutOff: dayInput.optional(),
  freezeOn: dayInput.optional(),
  serviceOn: dayInput.optional(),
  objectionDays: z.coerce
    .number()
    .int('appraisal_objection_days')
    .min(1, 'appraisal_objection_days')
    .max(366, 'appraisal_objection_days')
    .optional(),
  orderNumber: z.string().trim().min(1).max(200).optional(),
  orderDate: dayInput.optional(),
  extendsId: z.uuid().optional(),
});

export const freezeInput = z.object({ year: yearInput, officeCode: z.string().trim().min(1).max(100) });
export const correctInput = freezeInput.extend({
  orderNumber: z.string().trim().min(1).max(200),
  reason: z.string().trim().min(3).max(1000),
});
/** Pages ask once more before the work is begun. */
export const sureInput = { sure: z.literal('yes').optional() };
export const objectionInput = z.object({
  body: z.string().trim().min(10, 'required').max(4000),
  items: z.preprocess(
    (given) => (given === undefined ? [] : [given].flat()),
    z.array(z.string().max(200)).max(500),
  ),
});
export const decisionInput = z.object({
  verdict: z.enum(verdicts),
  reason: z.string().trim().min(10, 'required').max(4000),
  orderNumber: z.string().trim().min(1).max(200).optional(),
});
export const visibilityInput = z.object({ visibility: z.enum(visibilities) });
export const byNumber = z.object({ number: z.string().max(60) });
