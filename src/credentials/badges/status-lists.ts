import { gzipSync } from 'node:zlib';
import type { Clock } from '../../kernel/clock.ts';
import type { Db } from '../../kernel/db.ts';
import { listLength, setBit, statusPosition } from './status-position.ts';
import { lastStatusIndex, withdrawnBetween } from './store.ts';

export type StatusList = { encodedList: string; asOf: Date };

/** So long a list may be old; whoever keeps one is told to ask again after it. */
export const statusListSeconds = 60;

type Source = { db: Db; clock: Clock };
const kept = new WeakMap<Db, Map<number, { list: Promise<StatusList>; until: number }>>();

/** One of the published lists; undefined where no certificate stands in it yet. */
export async function statusList(source: Source, list: number): Promise<StatusList | undefined> {
  const count = await statusListCount(source);
  if (!Number.isInteger(list) || list < 0 || list >= count) return undefined;
  return keptList(source, list);
}

/** There is always one, so that whoever keeps the lists has something to keep. */
export async function statusListCount({ db }: Source): Promise<number> {
  return Math.max(1, Math.floor((await lastStatusIndex(db)) / listLength) + 1);
}

export async function allStatusLists(source: Source): Promise<StatusList[]> {
  const count = await statusListCount(source);
  const lists: StatusList[] = [];
  for (let list = 0; list < count; list += 1) lists.push(await keptList(source, list));
  return lists;
}

/** Many ask at once, and a list is the same for all: it is made once a minute. */
function keptList(source: Source, list: number): Promise<StatusList> {
  const lists = kept.get(source.db) ?? new Map();
  kept.set(source.db, lists);
  const now = source.clock.now().getTime();
  const known = lists.get(list);
  if (known && known.until > now) return known.list;
  const made = makeList(source, list);
  lists.set(list, { list: made, until: now + statusListSeconds * 1000 });
  made.catch(() => lists.delete(list));
  return made;
}

async function makeList({ db, clock }: Source, list: number): Promise<StatusList> {
  const asOf = clock.now();
  const range = { from: list * listLength, below: (list + 1) * listLength };
  const bits = new Uint8Array(listLength / 8);
  for (const index of await withdrawnBetween(db, range)) setBit(bits, statusPosition(index).position);
  return { encodedList: `u${gzipSync(bits, { level: 9 }).toString('base64url')}`, asOf };
}
