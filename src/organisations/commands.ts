import type { Command } from '../kernel/feature.ts';
import { allOffices } from './list-offices.ts';

/** `daksh offices`: the tree as lines, or with `--json` as one list. */
export const officesCommand: Command = {
  name: 'offices',
  usage: 'offices [--roots] [--json]: every office, or only those without a parent',
  async run(ctx, line) {
    const chunks = allOffices(ctx, { rootsOnly: line.flags['roots'] !== undefined });
    const offices = (await Array.fromAsync(chunks)).flat();
    if (line.flags['json']) line.print(JSON.stringify(offices));
    else
      for (const office of offices)
        line.print([office.code, office.nameHi, office.nameEn].filter(Boolean).join('\t'));
    return 0;
  },
};
