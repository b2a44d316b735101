/** Names of fields with their values, as a form sends them. */
export type QuizAnswers = Record<string, string[]>;
/** Whose answers, to which quiz of which enrolment, for which attempt. */
export type QuizPlace = { person: string; quiz: string; number: number };

type Kept = { at: number; answers: QuizAnswers };

const prefix = 'daksh.quiz.';
const forgottenAfterMs = 14 * 86_400_000;

export function keepQuiz(place: QuizPlace, answers: QuizAnswers, now: number): boolean {
  try {
    localStorage.setItem(keyOf(place), JSON.stringify({ at: now, answers }));
    return true;
  } catch {
    return false;
  }
}

export function quizKept(place: QuizPlace): QuizAnswers | undefined {
  const kept = read(keyOf(place));
  return kept && Object.keys(kept.answers).length > 0 ? kept.answers : undefined;
}

/** Earlier attempts at this quiz are handed in; what is older than two weeks nobody comes back for. */
export function forgetQuiz(place: QuizPlace): void {
  try {
    const own = `${prefix}${place.person}.${place.quiz}.`;
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(prefix)) continue;
      const isHandedIn = key.startsWith(own) && Number(key.slice(own.length)) < place.number;
      const isOld = Date.now() - (read(key)?.at ?? 0) > forgottenAfterMs;
      if (isHandedIn || isOld) localStorage.removeItem(key);
    }
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function keyOf({ person, quiz, number }: QuizPlace): string {
  return `${prefix}${person}.${quiz}.${number}`;
}

function read(key: string): Kept | undefined {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '') as Kept;
  } catch {
    return undefined;
  }
}
