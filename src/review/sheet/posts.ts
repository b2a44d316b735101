import type { Day } from '../../kernel/dates.ts';
import type { Reads } from '../../kernel/db.ts';
import { type Strength, standsBare, strengthOfArea, strengthsOf } from '../stores/offices.ts';
import { share } from './ratios.ts';
import type { Posts } from './shape.ts';

/** `isForAll`: whoever counts stands in an office that a number stands for; only then is there a share. */
export type KnownPosts = { strength: number; isForAll: boolean };

/** Of an office and of those right below it, by code; nothing of those of which no posts are entered. */
export async function postsByOffice(
  reads: Reads,
  wish: { officeId: string; asOf: Day },
): Promise<Map<string, KnownPosts>> {
  const found = await strengthsOf(reads, wish.officeId);
  return new Map(
    await Promise.all(
      found.map(
        async ({ code, ...posts }) => [code, await knownOf(reads, { ...posts, asOf: wish.asOf })] as const,
      ),
    ),
  );
}

/** Of an area; `recorded` of its highest offices have a number, of so many. */
export async function postsOfArea(
  reads: Reads,
  { nodeId, asOf }: { nodeId: string; asOf: Day },
): Promise<(KnownPosts & Pick<Posts, 'recorded' | 'of'>) | null> {
  const found = await strengthOfArea(reads, nodeId);
  if (!found) return null;
  return { ...(await knownOf(reads, { ...found, asOf })), recorded: found.whole, of: found.of };
}

/** The share with the reason where there is none. */
export function postsFor(
  { strength, isForAll }: KnownPosts,
  { registered, ...counts }: Pick<Posts, 'recorded' | 'of'> & { registered: number | null },
): Posts {
  const why = isForAll ? (registered === null ? 'masked' : null) : 'notRecordedForAll';
  return { share: postsShare({ strength, isForAll }, registered), why, ...counts };
}

/** Per cent of the posts that the registered are; null where some of them stand where no posts are entered. */
export function postsShare(known: KnownPosts | undefined, registered: number | null): number | null {
  return known?.isForAll ? share(registered, known.strength) : null;
}

async function knownOf(reads: Reads, { strength, ...where }: Strength & { asOf: Day }): Promise<KnownPosts> {
  return { strength, isForAll: !(await standsBare(reads, where)) };
}
