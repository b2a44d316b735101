import { z } from 'zod';
import type { Kind } from './rules/compliance.ts';
import { kinds } from './rules/compliance.ts';
import type { Coverage, Failing } from './rules/read-coverage.ts';
import type { staleSyllabi } from './rules/stale-syllabi.ts';
import type { PlanRow, PlanVersionRow } from './stores/plans.ts';
import type { ProgrammeRow, SyllabusRow } from './stores/programmes.ts';
import type { RuleRow } from './stores/rules.ts';
import type { ListedSubject } from './stores/subjects.ts';
import { missingView } from './words.ts';

const name = z.object({ hi: z.string().nullable(), en: z.string().nullable() });
const officeShape = z.object({ code: z.string(), name });
const counts = z.object({
  inForce: z.number().describe('In force on the day'),
  underRule: z.number().describe('Of these, those that a rule holds for: the denominator'),
  complying: z.number(),
  failing: z.number(),
  reasoned: z.number().describe('Of the failing, those with a reason that still runs'),
});
const group = counts.extend({ office: officeShape });
export const missingShape = z.object({
  tag: z.string(),
  orderNumber: z.string(),
  enforcement: z.enum(['blocking', 'warning']),
  minutes: z.number().describe('What there is of it'),
  minimumMinutes: z.number(),
});
export const ruleShape = z.object({
  id: z.uuid(),
  orderNumber: z.string(),
  orderDate: z.string(),
  issuer: z.string(),
  title: name,
  office: officeShape,
  kinds: z.array(z.enum(kinds)),
  tags: z.array(z.string()),
  minimumMinutes: z.number(),
  enforcement: z.enum(['blocking', 'warning']),
  staleAfterYears: z.number().nullable(),
  validFrom: z.string(),
  validUntil: z.string().nullable(),
  endOrderNumber: z.string().nullable(),
  doubts: z.array(name).describe('What is not certain about it'),
});

export const coverageShape = z.object({
  office: officeShape,
  asOf: z.string(),
  rules: z.array(ruleShape),
  kinds: z.object({ programme: counts, plan: counts, collection: counts }),
  departments: z.array(group),
  institutes: z.array(group).describe('Programmes alone'),
  trend: z.array(
    z.object({
      month: z.string(),
      day: z.string().describe('The month’s last day; of the unfinished month the day itself'),
      underRule: z.number(),
      complying: z.number(),
      isUnfinished: z.boolean(),
    }),
  ),
});

const subject = z.object({
  kind: z.enum(kinds),
  id: z.uuid(),
  code: z.string(),
  title: name,
  office: officeShape,
});
const reasonShape = z.object({
  reason: z.string(),
  givenOn: z.string(),
  untilOn: z.string(),
  givenBy: name,
  isRunning: z.boolean(),
});
export const failingShape = z.object({
  office: officeShape,
  asOf: z.string(),
  items: z.array(subject.extend({ missing: z.array(missingShape), reason: reasonShape.nullable() })),
  next: z.null().describe('This list comes whole'),
});
export const staleShape = z.object({
  office: officeShape,
  asOf: z.string(),
  items: z.array(
    subject.extend({
      revisedOn: z.string(),
      isInduction: z.boolean(),
      staleFrom: z.string(),
      orderNumber: z.string(),
      staleAfterYears: z.number(),
    }),
  ),
  next: z.null().describe('This list comes whole'),
});

const partShape = z.object({
  ordinal: z.number(),
  course: z.string().nullable(),
  title: name,
  tags: z.array(z.string()),
  minutes: z.number(),
});
const syllabusShape = z.object({
  version: z.number(),
  state: z.enum(['draft', 'published']),
  revisedOn: z.string(),
  isInduction: z.boolean(),
  publishedOn: z.string().nullable(),
  parts: z.array(partShape),
});
export const programmeShape = z.object({
  code: z.string(),
  title: name,
  office: officeShape,
  revisedOn: z.string().nullable(),
  isInduction: z.boolean().nullable(),
  hasDraft: z.boolean(),
  closedOn: z.string().nullable(),
});
export const wholeProgrammeShape = programmeShape.extend({ syllabi: z.array(syllabusShape) });

export const planShape = z.object({
  office: officeShape,
  year: z.string(),
  approvedOn: z.string().nullable(),
  lines: z.number(),
  headcount: z.number(),
  hasDraft: z.boolean(),
});
export const wholePlanShape = planShape.omit({ lines: true }).extend({
  versions: z.array(
    z.object({
      version: z.number(),
      state: z.enum(['draft', 'approved']),
      amendmentReason: z.string().nullable(),
      approvedOn: z.string().nullable(),
      lines: z.array(
        z.object({
          ordinal: z.number(),
          role: name.nullable(),
          course: z.string().nullable(),
          programme: z.string().nullable(),
          title: name,
          owner: z.string(),
          ownerEn: z.string().nullable(),
          quarter: z.number(),
          headcount: z.number(),
        }),
      ),
    }),
  ),
});

type Named = { nameHi: string | null; nameEn: string | null };
const named = ({ nameHi, nameEn }: Named) => ({ hi: nameHi, en: nameEn });
const titled = (row: { titleHi: string | null; titleEn: string | null }) => ({
  hi: row.titleHi,
  en: row.titleEn,
});
const officeOf = (row: { officeCode: string; officeHi: string; officeEn: string | null }) => ({
  code: row.officeCode,
  name: { hi: row.officeHi, en: row.officeEn },
});
const officeView = (office: Named & { code: string }) => ({ code: office.code, name: named(office) });

export function ruleView(rule: RuleRow) {
  const { ruleId: id, orderNumber, orderDate, issuer, tags, minimumMinutes, enforcement } = rule;
  const { staleAfterYears, validFrom, validUntil, endOrderNumber, doubts } = rule;
  return {
    ...{ id, orderNumber, orderDate, issuer, tags, minimumMinutes, enforcement, kinds: rule.kinds },
    ...{ staleAfterYears, validFrom, validUntil, endOrderNumber, doubts },
    title: titled(rule),
    office: officeOf(rule),
  };
}

export function coverageView(coverage: Coverage) {
  const groups = (list: Coverage['departments']) =>
    list.map(({ code, nameHi, nameEn, isBelow: _, ...rest }) => ({
      ...rest,
      office: officeView({ code, nameHi, nameEn }),
    }));
  return {
    office: officeView(coverage.office),
    asOf: coverage.asOf,
    rules: coverage.rules.map(ruleView),
    kinds: coverage.kinds,
    departments: groups(coverage.departments),
    institutes: groups(coverage.institutes),
    trend: coverage.trend,
  };
}

function subjectView(one: ListedSubject): {
  kind: Kind;
  id: string;
  code: string;
  title: { hi: string | null; en: string | null };
  office: ReturnType<typeof officeOf>;
} {
  return { kind: one.kind, id: one.id, code: one.code, title: titled(one), office: officeOf(one) };
}

export function failingView({ office, asOf, items }: Failing) {
  return {
    office: officeView(office),
    asOf,
    next: null,
    items: items.map(({ subject: one, missing, reason, isReasonRunning }) => ({
      ...subjectView(one),
      missing: missing.map(missingView),
      reason: reason
        ? {
            ...{ reason: reason.reason, givenOn: reason.givenOn, untilOn: reason.untilOn },
            givenBy: { hi: reason.giverHi, en: reason.giverEn },
            isRunning: isReasonRunning,
          }
        : null,
    })),
  };
}

export function staleView({ office, asOf, items }: Awaited<ReturnType<typeof staleSyllabi>>) {
  return {
    office: officeView(office),
    asOf,
    next: null,
    items: items.map(({ subject: one, version, rule, staleFrom }) => ({
      ...subjectView(one),
      revisedOn: version.revisedOn,
      isInduction: version.isInduction ?? false,
      staleFrom,
      orderNumber: rule.orderNumber,
      staleAfterYears: rule.staleAfterYears ?? 0,
    })),
  };
}

export function programmeView(row: ProgrammeRow) {
  const { code, revisedOn, isInduction, hasDraft, closedOn } = row;
  return { code, revisedOn, isInduction, hasDraft, closedOn, title: titled(row), office: officeOf(row) };
}

export function syllabusView(row: SyllabusRow) {
  const { version, state, revisedOn, isInduction, publishedOn } = row;
  const parts = row.parts.map((part) => ({
    ordinal: part.ordinal,
    course: part.courseCode,
    title: titled(part),
    tags: part.tags,
    minutes: part.minutes,
  }));
  return { version, state, revisedOn, isInduction, publishedOn, parts };
}

export function planView(row: PlanRow) {
  const { year, approvedOn, lines, headcount, hasDraft } = row;
  return { office: officeOf(row), year, approvedOn, lines, headcount, hasDraft };
}

export function planVersionView(row: PlanVersionRow) {
  const { version, state, amendmentReason, approvedOn } = row;
  const lines = row.lines.map((line) => ({
    ordinal: line.ordinal,
    role: line.roleHi === null ? null : { hi: line.roleHi, en: line.roleEn },
    course: line.courseCode,
    programme: line.programmeCode,
    title: titled(line),
    ...{ owner: line.owner, ownerEn: line.ownerEn, quarter: line.quarter, headcount: line.headcount },
  }));
  return { version, state, amendmentReason, approvedOn, lines };
}
