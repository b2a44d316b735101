import { z } from 'zod';
import type { CompetencyNeeded } from './needs/competencies-needed.ts';
import { strengths } from './passbook/evidence.ts';
import type { Passbook, PassbookEntry } from './passbook/rules.ts';
import { type Competency, kinds } from './stores/dictionary.ts';

const both = z.object({ hi: z.string(), en: z.string() });
const perhaps = z.object({ hi: z.string().nullable(), en: z.string().nullable() });
const level = z.number().int().min(1).max(5);

export const competencyShape = z.object({
  key: z.string(),
  framework: z.string(),
  kind: z.enum(kinds),
  name: both,
  subThemes: z.array(both),
  levels: z.array(z.object({ level, descriptor: perhaps.describe('null where nobody has written it yet') })),
  ordinal: z.number(),
  isRetired: z.boolean(),
  courses: z.number().int().describe('Published courses that bear it'),
});

export const oneCompetencyShape = competencyShape.extend({
  revision: z.number().int(),
  taughtBy: z.array(z.object({ code: z.string(), title: perhaps, level: level.nullable() })),
});

export function competencyAnswer(one: Competency & { courses: number }): z.input<typeof competencyShape> {
  return {
    key: one.key,
    framework: one.framework,
    kind: one.kind,
    name: { hi: one.nameHi, en: one.nameEn },
    subThemes: one.subThemes,
    levels: one.descriptors.map((descriptor, index) => ({ level: index + 1, descriptor })),
    ordinal: one.ordinal,
    isRetired: one.retiredAt !== null,
    courses: one.courses,
  };
}

const evidenceShape = z.object({
  strength: z.enum(strengths).exclude(['declared']),
  level: level.nullable(),
  day: z.string(),
  course: z.object({ code: z.string(), title: perhaps, isRetired: z.boolean() }),
  certificateNo: z.string().nullable(),
  source: z.string(),
  score: z.number().nullable().describe('Share of the points of the passed test'),
});

const needShape = z.object({
  key: z.string(),
  name: both,
  level: level.describe('What the post asks for'),
  shown: level.nullable().describe('The highest that courses show'),
  isMet: z.boolean(),
});

export const passbookShape = z.object({
  needs: z.array(needShape).describe('What the posts held today ask for, what is missing first'),
  items: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(kinds),
      name: both,
      level: level.nullable().describe('The highest that courses show; where none does, the declared one'),
      strength: z.enum(strengths),
      evidence: z.array(evidenceShape),
      declaration: z
        .object({ id: z.string(), level, note: z.string(), declaredAt: z.string() })
        .nullable()
        .describe("The person's own statement"),
    }),
  ),
});

export function passbookAnswer(passbook: Passbook, needs: CompetencyNeeded[]): z.input<typeof passbookShape> {
  return {
    items: passbook.entries.map(entryAnswer),
    needs: needs.map(({ key, nameHi, nameEn, level: asked, shown, isMet }) => ({
      key,
      name: { hi: nameHi, en: nameEn },
      level: asked,
      shown,
      isMet,
    })),
  };
}

export const needsShape = z.object({
  designation: perhaps,
  needs: z.array(z.object({ competency: z.string(), level })),
});

function entryAnswer({ competency, level: reached, strength, evidence, declaration }: PassbookEntry) {
  return {
    key: competency.key,
    kind: competency.kind,
    name: { hi: competency.nameHi, en: competency.nameEn },
    level: reached,
    strength,
    evidence: evidence.map(({ course, certificate, ...line }) => ({
      ...line,
      course: {
        code: course.code,
        title: { hi: course.titleHi, en: course.titleEn },
        isRetired: course.isRetired,
      },
      certificateNo: certificate?.number ?? null,
    })),
    declaration: declaration && {
      id: declaration.declarationId,
      level: declaration.level,
      note: declaration.note,
      declaredAt: declaration.declaredAt.toISOString(),
    },
  };
}
