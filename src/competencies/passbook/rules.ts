import type { Level } from '../dictionary/tags.ts';
import type { Competency } from '../stores/dictionary.ts';
import { type Declaration, type Evidence, type Strength, strengths } from './evidence.ts';

export type EvidenceLine = Omit<Evidence, 'tags'> & { level: Level | null };

export type PassbookEntry = {
  competency: Competency;
  /** The highest level that a course shows; where none does, the declared one; null: shown without a level. */
  level: Level | null;
  /** The strongest that shows this level. */
  strength: Strength;
  /** The highest level first, then the strongest, then the newest. */
  evidence: EvidenceLine[];
  declaration: Declaration | null;
};

export type Passbook = { entries: PassbookEntry[] };

/** The rules of the passbook, as its page says them. An entry that the dictionary does not have is left out. */
export function passbookOf(
  dictionary: readonly Competency[],
  shown: { evidence: readonly Evidence[]; declarations: readonly Declaration[] },
): Passbook {
  const lines = linesByKey(shown.evidence);
  const declared = new Map(shown.declarations.map((one) => [one.key, one]));
  const entries = dictionary.flatMap((competency) => {
    const evidence = (lines.get(competency.key) ?? []).sort(strongestFirst);
    const declaration = declared.get(competency.key) ?? null;
    return evidence.length > 0 || declaration ? [entryOf(competency, evidence, declaration)] : [];
  });
  return { entries };
}

function linesByKey(evidence: readonly Evidence[]): Map<string, EvidenceLine[]> {
  const lines = evidence.flatMap(({ tags, ...line }) =>
    tags.map(({ key, level }) => ({ key, line: { ...line, level } })),
  );
  const byKey = Map.groupBy(lines, (one) => one.key);
  return new Map([...byKey].map(([key, found]) => [key, found.map((one) => one.line)]));
}

function strongestFirst(a: EvidenceLine, b: EvidenceLine): number {
  return (
    (b.level ?? 0) - (a.level ?? 0) ||
    strengths.indexOf(a.strength) - strengths.indexOf(b.strength) ||
    b.day.localeCompare(a.day) ||
    a.course.code.localeCompare(b.course.code)
  );
}

function entryOf(
  competency: Competency,
  evidence: EvidenceLine[],
  declaration: Declaration | null,
): PassbookEntry {
  const best = evidence[0];
  if (best) return { competency, level: best.level, strength: best.strength, evidence, declaration };
  return { competency, level: declaration?.level ?? null, strength: 'declared', evidence, declaration };
}
