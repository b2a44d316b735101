import type { MergeHandler } from '../people/index.ts';
import { countNamed, moveNamed } from './assignments/store.ts';
import { countRatings, moveRatings } from './ratings/store.ts';
import { countItems, moveItems } from './shelf/store.ts';

/** Ratings, what was put aside, and assignments by name follow the survivor of two records. */
export const mergeKept: MergeHandler = {
  name: 'kept',
  async preview(ctx, { mergedId }) {
    const [ratings, items, named] = await Promise.all([
      countRatings(ctx.db.read, mergedId),
      countItems(ctx.db.read, mergedId),
      countNamed(ctx.db.read, mergedId),
    ]);
    const label = {
      hi: 'मूल्यांकन, “बाद में” के कोर्स और नाम से सौंपे गए कोर्स',
      en: 'Ratings, courses put aside and courses assigned by name',
    };
    return [{ label, count: ratings + items + named }];
  },
  async move(tx, _ctx, pair) {
    await moveRatings(tx, pair);
    await moveItems(tx, pair);
    await moveNamed(tx, pair);
  },
};
