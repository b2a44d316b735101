import { audit } from '../kernel/audit.ts';
import type { MergeEffect, MergeHandler } from '../people/index.ts';
import { claimsTwice, countFacts, moveFacts } from './merge-store.ts';

/** What becomes of leave, exemptions, requests, claims and attendance when two records prove to be one person. */
export const mergeServiceFacts: MergeHandler = {
  name: 'service-facts',
  async preview(ctx, pair): Promise<MergeEffect[]> {
    const [count, twice] = await Promise.all([
      countFacts(ctx.db.read, pair.mergedId),
      claimsTwice(ctx.db.read, pair),
    ]);
    const label = {
      hi: 'जुड़ने वाली सेवा प्रविष्टियाँ, छूट, दावे और उपस्थिति',
      en: 'Service entries, exemptions, claims and attendance that are added',
    };
    const once = {
      hi: 'दोनों अभिलेखों में स्वीकृत एक-से दावे, जो एक बार गिने जाएँगे',
      en: 'Claims accepted under both records, which count once',
    };
    return [
      { label, count: count - twice.length },
      { label: once, count: twice.length },
    ];
  },
  async move(tx, ctx, pair) {
    const leftOut = await claimsTwice(tx, pair);
    await moveFacts(tx, pair, { now: ctx.clock.now(), leftOut });
    for (const claimId of leftOut)
      await audit(tx, ctx, {
        action: 'claim.left_out',
        subjectKind: 'claim',
        subjectId: claimId,
        personId: pair.survivorId,
      });
  },
};
