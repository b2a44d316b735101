import {
  type Answer,
  isAnswered,
  isReached,
  pointsFor,
  type Question,
  shareFor,
} from '../catalogue/index.ts';
import type { BlueprintRules } from './rules.ts';

/** One place of a paper with what was answered; `markedShare` where a person has marked it. */
export type Answered = {
  question: Question;
  section: number;
  points: number;
  answer: Answer | null;
  markedShare?: number | null;
};
export type ScoredAnswer = { share: number; points: number; waits: boolean };
export type SectionResult = { score: number; maxScore: number; isReached: boolean };
export type PaperScore = {
  score: number;
  maxScore: number;
  isPassed: boolean;
  /** A short answer is still to be marked, so the score and what follows from it may rise. */
  waits: boolean;
  sections: SectionResult[];
  answers: ScoredAnswer[];
};

/**
 * Scores a whole paper: pure, the same for a learner's attempt and an author's trial. Wrong answers may cost
 * points, but the total never falls below the blueprint's floor; passing needs the total and every section.
 */
export function scorePaper(rules: BlueprintRules, paper: Answered[]): PaperScore {
  const exact = paper.map((one) => scoreAnswer(rules, one));
  const sections = rules.sections.map((section, at): SectionResult => {
    const own = paper.flatMap((one, index) => (one.section === at ? [index] : []));
    const score = own.reduce((sum, index) => sum + (exact[index]?.points ?? 0), 0);
    const maxScore = own.reduce((sum, index) => sum + (paper[index]?.points ?? 0), 0);
    const isEnough =
      section.cutOffShare === 0 ||
      maxScore === 0 ||
      isReached(score, { of: maxScore, share: section.cutOffShare });
    return { score: rounded(score), maxScore: rounded(maxScore), isReached: isEnough };
  });
  const sum = exact.reduce((total, one) => total + one.points, 0);
  const total = Math.max(rules.floor, sum);
  const of = paper.reduce((all, one) => all + one.points, 0);
  const isPassed = isReached(total, { of, share: rules.passShare }) && sections.every((one) => one.isReached);
  // Rounded for show only after they were added: three thirds are one.
  const answers = exact.map((one) => ({ ...one, points: rounded(one.points) }));
  const [score, maxScore] = [rounded(total), rounded(of)];
  return { score, maxScore, isPassed, waits: exact.some((one) => one.waits), sections, answers };
}

function scoreAnswer(rules: BlueprintRules, one: Answered): ScoredAnswer {
  const { question, answer, points, markedShare } = one;
  if (question.kind === 'short') {
    const isOpen = isAnswered(answer) && (markedShare === null || markedShare === undefined);
    const share = isAnswered(answer) ? Math.min(1, Math.max(0, markedShare ?? 0)) : 0;
    return { share, points: share * points, waits: isOpen };
  }
  const given = answer ?? undefined;
  const share = shareFor(question, given, rules);
  return { share, points: pointsFor({ ...question, points }, given, rules), waits: false };
}

/** Ten-thousandths are enough to show. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
