import { invalid } from '../../kernel/errors.ts';
import type { Command, CommandLine } from '../../kernel/feature.ts';
import { formatNumber } from '../../kernel/numbers.ts';
import { sizeText } from '../backup/progress.ts';
import { generateData } from './generate-data.ts';
import { sizeOf } from './sizes.ts';

/** `daksh generate`: made-up data of a stated size, for trials and measurements. */
export const generateCommand: Command = {
  name: 'generate',
  usage:
    'generate --size department|state|nation [--seed N] [--json]: made-up offices, people and completions',
  async run(ctx, line) {
    const made = await generateData(ctx, { size: sizeOf(line), seed: seedOf(line) });
    if (line.flags['json']) line.print(JSON.stringify(made));
    else {
      const n = (value: number) => formatNumber(value, 'en');
      line.print(
        `${made.root}: कार्यालय / offices ${n(made.offices)}, कार्मिक / people ${n(made.people)}, कोर्स / courses ${n(made.courses)}, पूर्णताएँ / completions ${n(made.completions)} (${made.seconds} s, ${sizeText(made.databaseBytes)})`,
      );
    }
    return 0;
  },
};

function seedOf(line: CommandLine): number {
  const seed = Number(line.flags['seed'] ?? 1);
  if (Number.isInteger(seed) && seed >= 0 && seed <= 1_000_000_000) return seed;
  const text = {
    hi: '--seed एक पूर्ण संख्या हो (0 से 1,00,00,00,000)।',
    en: '--seed is a whole number from 0 to 1,000,000,000.',
  };
  throw invalid([{ path: 'seed', code: 'not_a_number', text }], text);
}
