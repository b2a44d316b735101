import type { Ctx } from '../../kernel/context.ts';
import { romanise } from '../../kernel/text/index.ts';
import { courseByCode } from '../course-store.ts';

/** A code made of the course's title, in small Latin letters; numbered where others have it. */
export async function proposedCode(ctx: Pick<Ctx, 'db'>, title: string): Promise<string> {
  const words = romanise(title)
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const stem = (words ?? ['course']).join('-').slice(0, 40).replace(/-$/, '');
  let code = stem;
  for (let number = 2; await courseByCode(ctx.db, code); number += 1) code = `${stem}-${number}`;
  return code;
}
