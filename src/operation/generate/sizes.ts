import { invalid } from '../../kernel/errors.ts';
import type { CommandLine } from '../../kernel/feature.ts';

/** How much is made up. The three public sizes are those of the product's scale table. */
export type Size = {
  people: number;
  offices: number;
  courses: number;
  completions: number;
  /** Of a thousand people, how many have no completion. */
  idlePerMille: number;
};

export const sizes = {
  department: { people: 3900, offices: 100, courses: 300, completions: 21_150, idlePerMille: 293 },
  state: {
    people: 1_880_000,
    offices: 60_000,
    courses: 4179,
    completions: 7_200_000,
    idlePerMille: 468,
  },
  nation: {
    people: 14_500_000,
    offices: 500_000,
    courses: 4342,
    completions: 72_600_000,
    idlePerMille: 250,
  },
  /** A tenth of the state, for measuring. */
  tenth: { people: 188_000, offices: 6000, courses: 4179, completions: 720_000, idlePerMille: 468 },
  /** For tests. */
  tiny: { people: 60, offices: 7, courses: 20, completions: 240, idlePerMille: 300 },
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof sizes;

export function isSizeName(text: unknown): text is SizeName {
  return typeof text === 'string' && Object.hasOwn(sizes, text);
}

/** What `--size` says. */
export function sizeOf(line: CommandLine, usual?: SizeName): SizeName {
  const size = line.flags['size'] ?? usual;
  if (isSizeName(size)) return size;
  const text = {
    hi: 'आकार दें: --size department, state या nation',
    en: 'Give a size: --size department, state or nation',
  };
  throw invalid([{ path: 'size', code: 'unknown', text }], text);
}
