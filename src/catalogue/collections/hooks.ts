import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import type { CollectionRow } from './store.ts';

export type SavedCollection = {
  collectionId: string;
  officeId: string | null;
  state: 'draft' | 'published';
  courseIds: readonly string[];
};

export type CollectionHooks = {
  /** In the transaction of every change; what it throws refuses the change. */
  saved(ctx: Ctx, tx: Tx, collection: SavedCollection): Promise<void>;
  /** What whoever edits it should know, in the language of the page. */
  note(ctx: Ctx, row: CollectionRow): Promise<string | undefined>;
};

let hooks: CollectionHooks = { saved: async () => undefined, note: async () => undefined };

/** Set by the feature that knows what orders ask of collections. */
export function setCollectionHooks(given: CollectionHooks): void {
  hooks = given;
}

export function collectionHooks(): CollectionHooks {
  return hooks;
}
