import { type Family, type Sample, unpublished } from './registry.ts';

const slowMs = 200;
const mostKept = 100;
const name = 'slow statements';

export type SlowStatement = { text: string; calls: number; seconds: number };

const kept = new Map<string, SlowStatement>();

/**
 * Statements of ours that took long, as whoever asked saw it: waiting for a lock or behind another one counts. Only
 * their text, in which values are `$1`; how often and how long, since this process began.
 */
export function noteStatement(text: string, ms: number): void {
  if (ms < slowMs) return;
  const key = shortened(text);
  const known = kept.get(key) ?? { text: key, calls: 0, seconds: 0 };
  if (!kept.has(key) && kept.size >= mostKept) return;
  known.calls += 1;
  known.seconds += ms / 1000;
  kept.set(key, known);
}

type Asking = (...asked: unknown[]) => unknown;

/** Notes what this connection takes long for, by promise and by callback; not what is streamed (COPY, cursors). */
export function watchStatements(client: object & { query: unknown }): void {
  const ask = (client.query as Asking).bind(client);
  const watched: Asking = (...asked) => {
    const text = textOf(asked[0]);
    if (text === undefined) return ask(...asked);
    const began = performance.now();
    const note = () => noteStatement(text, performance.now() - began);
    const heard = asked.at(-1);
    if (typeof heard === 'function')
      return ask(...asked.slice(0, -1), (...answer: unknown[]) => {
        note();
        heard(...answer);
      });
    const answer = ask(...asked);
    if (answer instanceof Promise) answer.then(note, note);
    return answer;
  };
  client.query = watched;
}

function textOf(asked: unknown): string | undefined {
  if (typeof asked === 'string') return asked;
  if (typeof asked !== 'object' || asked === null || 'submit' in asked) return undefined;
  return 'text' in asked ? String(asked.text) : undefined;
}

unpublished(name, () =>
  [...kept.values()].flatMap(({ text, calls, seconds }): Sample[] => [
    { suffix: 'calls', labels: text, value: calls },
    { suffix: 'seconds', labels: text, value: seconds },
  ]),
);

/** Those among the figures of all processes, what took most time first. */
export function slowStatementsIn(families: Family[]): SlowStatement[] {
  const found = new Map<string, SlowStatement>();
  for (const { suffix, labels: text, value } of families.find((family) => family.name === name)?.samples ??
    []) {
    const one = found.get(text) ?? { text, calls: 0, seconds: 0 };
    found.set(text, suffix === 'calls' ? { ...one, calls: value } : { ...one, seconds: value });
  }
  return [...found.values()].sort((a, b) => b.seconds - a.seconds);
}

/** Without comments, and without values that stand in the text itself; the beginning tells which one it is. */
export function shortened(text: string): string {
  return text
    .replace(/'(?:[^']|'')*'|--[^\n]*|\/\*.*?\*\//gs, (part) => (part.startsWith("'") ? "'…'" : ' '))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}
