import type { Ctx } from '../../kernel/context.ts';
import { badgesOf } from '../stores/own.ts';
import { BadgesCard } from './own-page.tsx';
import { sayIn } from './words.ts';

/** On one's own profile: what follows from one's completions, so it comes and goes with them. */
export async function badgesCard(ctx: Ctx, personId: string) {
  const badges = await badgesOf(ctx.db.read, personId);
  return <BadgesCard badges={badges} say={sayIn(ctx.language)} />;
}
