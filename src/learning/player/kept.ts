import type { Part } from './parts.ts';

/** What was not yet acknowledged of one lesson, and where one was; kept in the browser until it was. */
export type Kept = {
  /** Whose: several people share a phone. */
  person: string;
  enrolment: string;
  lesson: string;
  seconds: number;
  parts: Part[];
  position: number;
  /** When it was kept, by the browser's clock. */
  at: number;
  /** Whether the page went away since; of one that died so much is not known. */
  isLeft: boolean;
};

const prefix = 'daksh.lesson.';
const deadAfterMs = 15_000;
const forgottenAfterMs = 30 * 86_400_000;

// Each tab has a place of its own, so that two tabs never take each other's seconds.
const tab = tabName();

export function keep(kept: Kept): void {
  try {
    localStorage.setItem(prefix + kept.lesson + tab, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing still reports while the line holds.
  }
}

/** Takes out what this person's tabs left behind: those that went away, and this one before it was loaded anew. */
export function takeLeft(person: string, now: number): Kept[] {
  const left: Kept[] = [];
  for (const key of keys()) {
    const kept = read(key);
    const isOld = !kept || now - kept.at > forgottenAfterMs;
    const isGone = kept && (kept.isLeft || key.endsWith(tab) || now - kept.at > deadAfterMs);
    const isLeft = isGone && kept.person === person;
    if (isOld || isLeft) localStorage.removeItem(key);
    if (kept && isLeft && !isOld) left.push(kept);
  }
  return left.sort((a, b) => a.at - b.at);
}

function keys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

function read(key: string): Kept | undefined {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '') as Kept;
  } catch {
    return undefined;
  }
}

function tabName(): string {
  try {
    const known = sessionStorage.getItem('daksh.tab');
    const name = known ?? `.${Math.random().toString(36).slice(2)}`;
    if (!known) sessionStorage.setItem('daksh.tab', name);
    return name;
  } catch {
    return '.one';
  }
}
