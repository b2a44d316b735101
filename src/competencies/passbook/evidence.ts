import type { Ctx } from '../../kernel/context.ts';
import type { CompetencyTag, Level } from '../dictionary/tags.ts';

/** How well something shows a competency, the strongest first. */
export const strengths = ['assessed', 'completed', 'declared'] as const;
export type Strength = (typeof strengths)[number];

/** What a course or an assessment shows of a person: one line for each competency that it bears. */
export type Evidence = {
  tags: CompetencyTag[];
  strength: Exclude<Strength, 'declared'>;
  /** India day. */
  day: string;
  course: { code: string; titleHi: string | null; titleEn: string | null; isRetired: boolean };
  certificate: { number: string; href: string | null } | null;
  /** 'daksh', else where it was imported from. */
  source: string;
  /** Share of the points of the test that was passed, 0 to 1. */
  score: number | null;
};

type EvidenceSource = (ctx: Ctx, personId: string) => Promise<Evidence[]>;

const sources = new Map<string, EvidenceSource>();

/**
 * What is known above of a person's competencies (completions, passed assessments) flows up to the passbook here.
 * The caller has checked that the actor may see the person.
 */
export function addEvidenceSource(name: string, source: EvidenceSource): void {
  sources.set(name, source);
}

export async function evidenceOf(ctx: Ctx, personId: string): Promise<Evidence[]> {
  return (await Promise.all([...sources.values()].map((source) => source(ctx, personId)))).flat();
}

/** A person's own statement. */
export type Declaration = {
  declarationId: string;
  key: string;
  level: Level;
  note: string;
  declaredAt: Date;
};
