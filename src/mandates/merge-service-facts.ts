import type { MergeEffect, MergeHandler } from '../people/index.ts';
import { countFacts, moveFacts } from './merge-store.ts';

/** What becomes of leave, exemptions, requests, claims and attendance when two records prove to be one person. */
export const mergeServiceFacts: MergeHandler = {
  name: 'service-facts',
  async preview(ctx, pair): Promise<MergeEffect[]> {
    const count = await countFacts(ctx.db.read, pair.mergedId);
    const label = {
      hi: 'जुड़ने वाली सेवा प्रविष्टियाँ, छूट, दावे और उपस्थिति',
      en: 'Service entries, exemptions, claims and attendance that are added',
    };
    return [{ label, count }];
  },
  move: (tx, ctx, pair) => moveFacts(tx, pair, ctx.clock.now()),
};
