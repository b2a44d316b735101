import { inChance } from '../catalogue/index.ts';
import type { BlueprintRules } from './rules.ts';

/** A question that may be drawn. */
export type Candidate = {
  questionId: string;
  revision: number;
  bank: string;
  tags: string[];
  difficulty: number;
  points: number;
};
/** A place of a paper: which question in which state, its section (counted from 0) and what it is worth. */
export type DrawnQuestion = { questionId: string; revision: number; section: number; points: number };
export type Shortage = { section: number; part: number; wanted: number; found: number };
export type Drawing = { questions: DrawnQuestion[]; shortages: Shortage[] };

type Slot = { section: number; part: number; fits: Candidate[] };

/**
 * Draws a paper: which questions follows from the seed alone (and from `seen`, which are taken last). No question
 * stands twice. Where parts overlap ("5 with tag otp", "5 easy ones") one makes room for another, so that a paper
 * is found whenever there is one; a bipartite matching, slot by slot.
 */
export function drawPaper(
  rules: Pick<BlueprintRules, 'sections'>,
  candidates: Candidate[],
  { seed, seen = new Set() }: { seed: string; seen?: ReadonlySet<string> },
): Drawing {
  const mixed = inChance(
    [...candidates].sort((a, b) => (a.questionId < b.questionId ? -1 : 1)),
    seed,
  ).sort((a, b) => Number(seen.has(a.questionId)) - Number(seen.has(b.questionId)));
  const slots = slotsOf(rules, mixed);
  const taken = new Map<string, { slot: number; candidate: Candidate }>();
  for (const slot of slots.keys()) place(slot, { slots, taken, tried: new Set() });
  const bySlot = new Map([...taken.values()].map(({ slot, candidate }) => [slot, candidate]));
  return {
    questions: questionsOf(rules, slots, { bySlot, seed }),
    shortages: shortagesOf(rules, slots, bySlot),
  };
}

function slotsOf({ sections }: Pick<BlueprintRules, 'sections'>, mixed: Candidate[]): Slot[] {
  return sections.flatMap((section, at) =>
    section.parts.flatMap((part, which) => {
      const fits = mixed.filter(
        (one) =>
          one.bank === part.bank &&
          (part.tag === null || one.tags.includes(part.tag)) &&
          (part.difficulty === null || one.difficulty === part.difficulty),
      );
      return Array.from({ length: part.count }, () => ({ section: at, part: which, fits }));
    }),
  );
}

type Placing = {
  slots: Slot[];
  taken: Map<string, { slot: number; candidate: Candidate }>;
  tried: Set<string>;
};

/** Gives a slot a question, moving another slot to one of its other questions where that helps. */
function place(slot: number, placing: Placing): boolean {
  const { slots, taken, tried } = placing;
  const fits = slots[slot]?.fits ?? [];
  const free = fits.find((one) => !taken.has(one.questionId));
  if (free) {
    taken.set(free.questionId, { slot, candidate: free });
    return true;
  }
  for (const candidate of fits) {
    if (tried.has(candidate.questionId)) continue;
    tried.add(candidate.questionId);
    const holder = taken.get(candidate.questionId);
    if (holder && holder.slot !== slot && place(holder.slot, placing)) {
      taken.set(candidate.questionId, { slot, candidate });
      return true;
    }
  }
  return false;
}

type Filled = { bySlot: ReadonlyMap<number, Candidate>; seed: string };

/** Section by section; within a section mixed, so that the parts do not show. */
function questionsOf(
  { sections }: Pick<BlueprintRules, 'sections'>,
  slots: Slot[],
  { bySlot, seed }: Filled,
): DrawnQuestion[] {
  return sections.flatMap((section, at) => {
    const drawn = slots.flatMap((slot, index) => {
      const candidate = bySlot.get(index);
      if (slot.section !== at || !candidate) return [];
      const { questionId, revision, points } = candidate;
      return [{ questionId, revision, section: at, points: section.points ?? points }];
    });
    return inChance(drawn, `${seed}:${at}`);
  });
}

function shortagesOf(
  { sections }: Pick<BlueprintRules, 'sections'>,
  slots: Slot[],
  bySlot: ReadonlyMap<number, Candidate>,
): Shortage[] {
  return sections.flatMap((section, at) =>
    section.parts.flatMap((part, which) => {
      const found = slots.filter(
        (slot, index) => slot.section === at && slot.part === which && bySlot.has(index),
      ).length;
      return found < part.count ? [{ section: at, part: which, wanted: part.count, found }] : [];
    }),
  );
}
